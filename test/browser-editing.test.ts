/** Writing and publishing in real browsers: fast, together, and without scripts. */

import './browser/fast-hands.ts';
import './browser/two-editors.ts';
import './browser/walk.ts';
import './browser/without-scripts.ts';
