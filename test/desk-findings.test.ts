/** What staff say of leaked material, and what is due. */

import './desk/clock.ts';
import './desk/findings.ts';
