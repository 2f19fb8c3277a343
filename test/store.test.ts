/** What is kept, and what a fault may do to it. */

import './store/boot.ts';
import './store/durable-file.ts';
import './store/embedded.ts';
import './store/line.ts';
import './store/lock.ts';
import './store/prints.ts';
