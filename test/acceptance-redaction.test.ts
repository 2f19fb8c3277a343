/** Words that have to go are gone everywhere, and what is left is made again the same. */

import './acceptance/redaction.ts';
import './acceptance/redaction-faults.ts';
import './acceptance/regeneration.ts';
