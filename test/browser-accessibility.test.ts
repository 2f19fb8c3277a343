/** Every screen, in every look and language. */

import './browser/accessibility.ts';
