/** Other houses: cosignatures and time-stamps. */

import './witness/mutual.ts';
import './witness/time-stamp.ts';
import './witness/witness.ts';
import './witness/witness-site.ts';
