/** Every public page, in every look and language. */

import './browser/accessibility.ts';
