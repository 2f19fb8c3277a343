import { join } from 'node:path';
import { OnrecordError } from '../errors.ts';
import type { BelievedKey } from '../ledger/believed.ts';
import { dataName, listFiles, type Manifest, manifestName, walkFiles } from './backup-manifest.ts';
import { type Disk, realDisk } from './disk.ts';
import { makeDirectories, writeDurably } from './durable-file.ts';
import { type Copying, copyRound, syncTree } from './embedded-copy.ts';
import { type Proved, proveStore, removeStrayFiles } from './embedded-prove.ts';
import { currentLog } from './house-log.ts';
import { readInstallation } from './installation.ts';

export type BackupRequest = {
  /** The data directory; a server may be using it. */
  from: string;
  /** Where the backup goes: made, or empty. */
  to: string;
  believed: readonly BelievedKey[];
  /** Files beside the marker to take along: a demonstration's. */
  beside: readonly string[];
  /** Milliseconds UTC. */
  now: number;
  disk?: Disk;
};

const mostRounds = 30;

/**
 * A backup that was proved as a boot would prove it. `store_exists`: the place is not empty; `store_corrupt`: the data does not hold,
 * and nothing in it moved meanwhile; `busy`: it moved in every round.
 */
export async function makeBackup({ from, to, believed, beside, now, disk = realDisk }: BackupRequest): Promise<Manifest> {
  await readInstallation(from, disk);
  const known = new Set<string>();
  await makeDirectories(to, known, disk);
  if ((await disk.list(to)).length > 0) throw new OnrecordError('store_exists', `${to} is not empty`);
  const data = join(to, dataName);
  const proved = await copyUntilProved({ disk, from, to: data, beside, stamps: new Map(), known }, believed);
  await removeStrayFiles(data, proved, disk, await walkFiles(disk, data));
  await syncTree(disk, data);
  const { checkpoint, entries, origin } = currentLog(proved.logs);
  const files = [...(await listFiles(disk, data))];
  const manifest: Manifest = {
    ...{ schema: 1, createdAt: new Date(now).toISOString(), origin: proved.installation.origin, log: origin },
    ...{ checkpoint, size: entries.length, files },
  };
  await writeDurably(join(to, manifestName), Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`), disk);
  return manifest;
}

/** Copies and proves; as long as files move, what moved is copied again. A failure while nothing moves is the data's own. */
async function copyUntilProved(copying: Copying, believed: readonly BelievedKey[]): Promise<Proved> {
  await copyRound(copying);
  for (let round = 1; ; round += 1) {
    try {
      return await proveStore(copying.to, believed, copying.disk);
    } catch (cause) {
      if (!(cause instanceof OnrecordError)) throw cause;
      if ((await copyRound(copying)) === 0) throw cause;
      if (round === mostRounds) throw new OnrecordError('busy', `the data moved in each of ${mostRounds} rounds: try again when less is written`, { cause });
    }
  }
}
