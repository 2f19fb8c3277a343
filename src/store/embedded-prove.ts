import { join } from 'node:path';
import { OnrecordError, refuse } from '../errors.ts';
import { type BelievedKey, openBelieved } from '../ledger/believed.ts';
import { parseEntry } from '../ledger/entry.ts';
import type { Signer } from '../ledger/note.ts';
import { type Disk, readIfThere, realDisk } from './disk.ts';
import { openEmbeddedStore } from './embedded.ts';
import { openEmbeddedOutbox } from './embedded-outbox.ts';
import { openEmbeddedPeople } from './embedded-people.ts';
import { countEntries, type HouseLog } from './house-log.ts';
import { type Installation, logOrigin, readInstallation } from './installation.ts';
import { readWhole } from './statement-proof.ts';
import type { LoggedEntry, Store } from './store.ts';

export type Proved = { installation: Installation; logs: readonly HouseLog[]; statements: number };

const batch = 50;

/**
 * Opens a data directory that nobody serves as a boot would, and reads everything in it: the logs against a checkpoint that one of these
 * keys signed, statements against the logs, each signed file, each working text, people and outbox. Finishes what the last commit left
 * over and applies redactions. `store_corrupt`, `key_invalid`: it does not hold.
 */
export async function proveStore(directory: string, believed: readonly BelievedKey[], disk: Disk = realDisk): Promise<Proved> {
  const installation = await readInstallation(directory, disk);
  const name = logOrigin(installation);
  const note = (await readIfThere(disk, join(directory, 'ledger', 'checkpoint')))?.toString();
  const key = note === undefined ? believed.find((item) => item.key.name === name)?.key : openBelieved(note, believed).key;
  if (key === undefined) throw new OnrecordError('key_invalid', `no key of ${name} is known here`);
  const signer: Signer = { ...key, sign: () => refuse('key_invalid', 'this key only reads') };
  return proveWith(directory, installation, { signer, previous: null, changesKeys: true }, disk);
}

/** The same under these keys. Unless `changesKeys` is true they must be the ones that the log itself names: those that will sign from now on. */
export async function proveWith(
  directory: string,
  installation: Installation,
  keys: { signer: Signer; previous: Signer | null; changesKeys: boolean },
  disk: Disk = realDisk,
): Promise<Proved> {
  const now = (): number => 0;
  const store = await openEmbeddedStore({ directory, ...keys, anchorFile: null, now, disk });
  try {
    const logs = await readLogs(store, logOrigin(installation));
    const lines = await store.list();
    for (const { id } of lines) await readWhole(store, id);
    const trouble = store.trouble();
    if (trouble !== null) throw new OnrecordError('store_corrupt', trouble);
    await (await openEmbeddedPeople({ directory, now, disk })).close();
    await (await openEmbeddedOutbox({ directory, disk })).close();
    return { installation, logs, statements: lines.length };
  } finally {
    await store.close();
    for (const file of await disk.list(directory)) if (/^lock\.[0-9]+$/.test(file)) await disk.remove(join(directory, file));
  }
}

/** Removes what belongs to no entry: files of a commit that never came, and prints of versions that were published after the log was copied. */
export async function removeStrayFiles(directory: string, { logs }: Proved, disk: Disk, files: readonly string[]): Promise<void> {
  const named = new Set(logs.flatMap(({ entries }) => entries).flatMap((bytes) => parseEntry(bytes).files?.map((file) => file.name) ?? []));
  const count = countEntries(logs);
  const isLater = (path: string): boolean =>
    path.startsWith('prints/') && (path.slice(path.lastIndexOf('/')).match(/[0-9]+/g) ?? []).some((entry) => Number(entry) >= count);
  for (const path of files)
    if ((path.startsWith('record/') && !named.has(path.slice('record'.length))) || isLater(path)) await disk.remove(join(directory, path));
}

/** Reads every entry with its signed files, a batch at a time. */
async function readLogs(store: Store, origin: string): Promise<readonly HouseLog[]> {
  const all: LoggedEntry['bytes'][] = [];
  const { closed, checkpoint, size } = await store.ledger(-1, 0);
  while (all.length < size) {
    const { entries } = await store.ledger(all.length - 1, batch);
    if (entries.length === 0) throw new OnrecordError('store_corrupt', `entry ${all.length} is missing`);
    all.push(...entries.map(({ bytes }) => bytes));
  }
  const logs: HouseLog[] = [];
  let begin = 0;
  for (const log of closed) {
    logs.push({ origin: log.origin, checkpoint: log.checkpoint, entries: all.slice(begin, begin + log.size) });
    begin += log.size;
  }
  logs.push({ origin, checkpoint, entries: all.slice(begin) });
  return logs;
}
