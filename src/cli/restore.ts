import { resolve } from 'node:path';
import { databaseUrl } from '../config.ts';
import { refuse } from '../errors.ts';
import { parseVerifierKey } from '../ledger/note.ts';
import { type Arguments, type Command, optional, print, printJson, readArguments, theWord, UsageError } from './command.ts';
import { type Restored, restoreBackup, type Way } from './restore-acts.ts';

const options = {
  newest: { type: 'string' },
  'complete-from': { type: 'string' },
  'accept-rollback': { type: 'string' },
  'new-key-file': { type: 'string' },
  key: { type: 'string' },
} as const;

const ways = `  --complete-from DIR|URL   fetch what was published since from the public site, another server of it or a mirror, and check
                            each byte against its signed log: the usual way after a disaster
  --newest CHECKPOINT|URL   nothing newer is public: a checkpoint file that was kept, or the site itself; "nothing" for an
                            installation that never published
  --accept-rollback NOTE --new-key-file PATH
                            what was published since is lost: the log is closed for ever where the backup ends, and a second
                            one opens under a new key. NOTE is public: one sentence, at most 280 characters. Without an anchor,
                            --newest says how far the old log was known to have come`;

export const restoreCommand: Command = {
  usage: `Usage: onrecord restore BACKUP WAY [options]

Restores into the data directory (ONRECORD_DATA_DIR), which must be absent or empty. Every file is held against the manifest, the log
against its signed checkpoint, each signed file against the log. A backup is older than the public record: to sign on from it would
prove the agency wrong for ever. So one of these is needed:

${ways}

  --key VKEY  also believe this key, as for a checkpoint that was signed before a change of keys
  --json      print the result as JSON`,
  async run(args) {
    const given = readArguments(args, options, { min: 1, max: 1 });
    if (databaseUrl() !== null) throw new UsageError('a database is restored by its own means: docs/operate.md, "PostgreSQL"');
    const way = readWay(given);
    const key = optional(given, 'key');
    const restored = await restoreBackup({ backup: resolve(theWord(given)), way, given: key === null ? [] : [parseVerifierKey(key)], now: Date.now() });
    if (given.json) printJson({ ...restored, manifest: undefined, createdAt: restored.manifest.createdAt });
    else for (const line of report(restored, way)) print(line);
    return 0;
  },
};

function readWay(given: Arguments): Way {
  const [newest, source] = [optional(given, 'newest'), optional(given, 'complete-from')];
  const [note, newKeyFile] = [optional(given, 'accept-rollback'), optional(given, 'new-key-file')];
  if (note !== null) {
    if (source !== null) throw new UsageError('--complete-from loses nothing: it needs no --accept-rollback');
    if (newKeyFile === null) throw new UsageError('--accept-rollback needs --new-key-file: the new log is signed by a new key');
    return { way: 'accept-rollback', note, newKeyFile: resolve(newKeyFile), newest };
  }
  if (newest !== null && source !== null) throw new UsageError('one way only: --newest, --complete-from or --accept-rollback');
  if (newKeyFile !== null && (newest ?? source) !== null) throw new UsageError('--new-key-file belongs to --accept-rollback');
  if (newest !== null) return { way: 'newest', newest };
  if (source !== null) return { way: 'complete-from', source };
  return refuse('rollback_detected', `a backup may be older than what is public, and nothing was said about that. Choose one way:\n${ways}`);
}

function report({ directory, manifest, origin, size, completed, burned, unscheduled, repeated }: Restored, way: Way): readonly string[] {
  const ranges = burned.map(({ first, last }) => (first === last ? first : `${first} to ${last}`));
  return [
    `Restored into ${directory}: the backup of ${manifest.createdAt}. The log ${origin} has ${size} entries.`,
    ...(completed === null ? [] : [`Fetched and proved: ${completed.entries} entries, ${completed.versions} versions of ${completed.statements} statements.`]),
    ...(way.way === 'accept-rollback'
      ? [
          ranges.length > 0 ? `Never given again: ${ranges.join(', ')}.` : 'No reference was burned.',
          'Before the next start:',
          `  ONRECORD_SIGNING_KEY_FILE=${way.newKeyFile}, and ONRECORD_PREVIOUS_KEY_FILE unset`,
          '  onrecord key policy, sign it with the root key (onrecord key sign), set ONRECORD_TRUST_FILE: it retires the old key',
        ]
      : []),
    ...(repeated === 0 ? [] : [`${repeated} text(s) that were redacted after this backup are removed again, and the new log says so.`]),
    ...(way.way === 'accept-rollback' ? [`Redact again what was redacted after ${manifest.createdAt} and is not counted here.`] : []),
    ...(unscheduled === 0 ? [] : [`${unscheduled} scheduled release(s) were taken back: whoever is responsible decides again.`]),
    'Drafts and private notes since the backup are lost; so are changes of accounts: look through "onrecord user list".',
    'Everybody signs in again. If this house witnesses others: it stays silent until it has a new key (docs/operate.md).',
  ];
}
