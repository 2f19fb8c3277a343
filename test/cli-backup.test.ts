/** Backups: whole, proved, and taken while the service runs. */

import './cli/backup.ts';
import './cli/backup-command.ts';
