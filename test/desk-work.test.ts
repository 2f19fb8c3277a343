/** What staff can do with statements. */

import './desk/acts.ts';
import './desk/first-draft.ts';
import './desk/hostile.ts';
import './desk/late-bodies.ts';
import './desk/presence.ts';
