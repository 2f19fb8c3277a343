/** Writing in real browsers: fast, and together. */

import './browser/fast-hands.ts';
import './browser/two-editors.ts';
