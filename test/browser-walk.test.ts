/** From the first word to the publication in real browsers, with scripts and without. */

import './browser/walk.ts';
import './browser/without-scripts.ts';
