/** What machines read. */

import './press/api.ts';
import './press/cosigned.ts';
import './press/feed-blocks.ts';
import './press/feed-items.ts';
import './press/feed-rules.ts';
import './press/feeds.ts';
import './press/openapi.ts';
import './press/register.ts';
import './press/schema.ts';
