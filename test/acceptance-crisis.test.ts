/** A crisis from the first word to its last reader: what an agency says, and what readers of all kinds get of it. */

import './acceptance/feed-reader.ts';
import './acceptance/log.ts';
import './acceptance/sports-agency.ts';
import './acceptance/upgrade.ts';
