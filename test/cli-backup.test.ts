/** Backups and restores. */

import './cli/backup.ts';
import './cli/backup-command.ts';
import './cli/restore.ts';
import './cli/restore-killed.ts';
