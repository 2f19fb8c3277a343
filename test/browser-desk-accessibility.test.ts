/** Every screen of the desk, in every look and language. */

import './browser/desk-accessibility.ts';
