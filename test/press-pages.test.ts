/** What people read. */

import './press/cards.ts';
import './press/changes.ts';
import './press/check-page.ts';
import './press/draw-ahead.ts';
import './press/markdown.ts';
import './press/press.ts';
import './press/search-verify.ts';
import './press/sharing.ts';
import './press/tidying.ts';
import './press/timeline.ts';
