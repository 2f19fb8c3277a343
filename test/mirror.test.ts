/** The public site as files. */

import './acceptance/mirror.ts';
import './cli/export.ts';
