/** A rollback is noticed, or accepted on purpose. */

import './cli/rollback.ts';
import './cli/rollback-redactions.ts';
