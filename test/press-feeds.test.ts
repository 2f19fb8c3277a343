/** What feed readers are told. */

import './press/feed-blocks.ts';
import './press/feed-items.ts';
import './press/feed-rules.ts';
import './press/feeds.ts';
