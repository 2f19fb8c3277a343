/** The house itself: its import rules, its words, its look. */

import './house/bundles.ts';
import './house/import-rules.ts';
import './house/security.ts';
import './house/suites.ts';
import './house/uncaught.ts';
import './house/words.ts';
import './theme/theme.ts';
