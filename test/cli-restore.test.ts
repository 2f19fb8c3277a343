/** Restores, also those that are cut off. */

import './cli/restore.ts';
import './cli/restore-killed.ts';
