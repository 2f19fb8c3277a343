import { readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Config, databaseUrl, dataDirectory, readConfig } from '../config.ts';
import { isInside } from '../config-checks.ts';
import { OnrecordError } from '../errors.ts';
import { demonstrationFiles, loadTrust } from '../keys.ts';
import { dataName } from '../store/backup-manifest.ts';
import { makeBackup } from '../store/embedded-backup.ts';
import { readInstallation } from '../store/installation.ts';
import { type Command, print, printJson, readArguments, theWord, UsageError } from './command.ts';
import { createBelief, readPems } from './restore-belief.ts';

/** Copies the data directory, also while a server uses it, and proves the copy before it counts as a backup. */
export const backupCommand: Command = {
  usage: `Usage: onrecord backup DIRECTORY

Copies the data directory (ONRECORD_DATA_DIR) into DIRECTORY, which must be absent or empty; the service may go on publishing. The copy
is opened and proved as a start would do it, and only then gets its manifest.json: a directory without one is no backup.

It holds drafts, password hashes and second-factor secrets: encrypt it. It never holds keys, the anchor, or sign-in sessions, except
for the keys of a demonstration, which are no secret.

  --json  print the result as JSON`,
  async run(args) {
    const given = readArguments(args, {}, { min: 1, max: 1 });
    const to = resolve(theWord(given));
    if (databaseUrl() !== null) throw new UsageError('a database is backed up by its own means: docs/operate.md, "PostgreSQL"');
    const config = readConfig(await readInstallation(dataDirectory()));
    const { size, log, files, createdAt } = await backUp(config, to, Date.now());
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    if (given.json) printJson({ directory: to, createdAt, log, size, files: files.length, bytes });
    else
      print(
        `The backup is in ${to}: ${size} entries of ${log}, ${files.length} files, ${bytes} bytes.\nIt holds drafts and personal data: encrypt it. The anchor is not in it${config.agency.demonstration ? '' : ', nor is any key'}.`,
      );
    return 0;
  },
};

/** @throws store_exists, store_corrupt, busy; nothing is left in the place then */
export async function backUp(config: Config, to: string, now: number): ReturnType<typeof makeBackup> {
  const { dataDirectory: from, agency } = config;
  if (isInside(to, from)) throw new UsageError('a backup lies outside the data directory');
  const belief = createBelief(await readPems(config, from), await loadTrust(config), []);
  const own: readonly string[] = agency.demonstration ? [demonstrationFiles.key, demonstrationFiles.root, demonstrationFiles.trust] : [];
  const there = new Set(await readdir(from));
  try {
    return await makeBackup({ from, to, believed: belief(config.logOrigin), beside: own.filter((name) => there.has(name)), now });
  } catch (error) {
    // Without a manifest it is no backup, but it would still hold people's data.
    if (!(error instanceof OnrecordError && error.code === 'store_exists')) await rm(join(to, dataName), { recursive: true, force: true });
    throw error;
  }
}
