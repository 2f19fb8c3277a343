/** `/check` in a real browser, on the site and from disk. */

import './browser/check.ts';
import './browser/check-answers.ts';
import './browser/check-privacy.ts';
