/** What browsers are sent: valid HTML, and a look that is the agency’s own. */

import './browser/html.ts';
import './browser/theme.ts';
