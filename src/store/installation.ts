import { join } from 'node:path';
import { z } from 'zod';
import { OnrecordError } from '../errors.ts';
import { Instant } from '../statement/schema.ts';
import { type Disk, errnoOf, readIfThere, realDisk } from './disk.ts';
import { makeDirectories, temporaryName, writeDurably } from './durable-file.ts';
import { readDocument, writeDocument } from './embedded-document.ts';
import { acquireLock } from './lock.ts';
import { Moved, movedName, refuseMoved } from './moved.ts';

/** The marker that names an installation. Without it nothing boots, so that lost files cannot pass for a fresh start. */
export const Installation = z.strictObject({
  schema: z.literal(1),
  installation: z.string().regex(/^[0-9a-f]{32}$/),
  origin: z.string().min(1),
  /** The current log's origin where it is another than the identity: after an accepted rollback (record.md, "Rollback"). */
  log: z.string().min(1).optional(),
  createdAt: Instant,
  demonstration: z.boolean(),
});
export type Installation = z.infer<typeof Installation>;

/** The origin of the log that is written now. */
export function logOrigin({ origin, log }: Pick<Installation, 'origin' | 'log'>): string {
  return log ?? origin;
}

export const markerName = 'onrecord.json';
/** Directories that every installation has. */
export const installationParts = ['statements', 'texts', 'record', 'ledger', 'staging', 'people', 'outbox'] as const;
const firstFiles: Readonly<Record<string, string>> = {
  'ledger/entries.jsonl': '',
  'people/_sessions.json': '{"sessions":{}}\n',
  'outbox/notices.json': '{"notices":[],"putAway":{}}\n',
  'outbox/refusals.jsonl': '',
};
/** What a volume or an interrupted `init` may have left. */
const isHarmless = (name: string): boolean => name === 'lost+found' || /^lock\.[0-9]+$/.test(name) || temporaryName.test(name);

type Beginning = Pick<Installation, 'origin' | 'demonstration'> & { now: () => number; random: (n: number) => Buffer };

/**
 * Makes an empty installation; the marker is written last. `store_exists`: there is one, or something else is in the directory.
 * @param beside names the caller put there itself before, such as the signing key
 */
export async function initialise(directory: string, beginning: Beginning, beside: readonly string[] = [], disk: Disk = realDisk): Promise<Installation> {
  const known = new Set<string>();
  await makeDirectories(directory, known, disk);
  await refuseContent(directory, beside, disk);
  const lock = await acquireLock(directory, 'lock', disk);
  try {
    await refuseContent(directory, beside, disk);
    await layOut(directory, known, disk);
    const installation: Installation = {
      schema: 1,
      installation: beginning.random(16).toString('hex'),
      origin: beginning.origin,
      createdAt: new Date(beginning.now()).toISOString(),
      demonstration: beginning.demonstration,
    };
    await writeDocument(join(directory, markerName), installation, Installation, disk);
    return installation;
  } finally {
    await lock.release();
  }
}

/** Makes what every installation has, but for its marker. */
export async function layOut(directory: string, known: Set<string>, disk: Disk): Promise<void> {
  for (const name of installationParts) await makeDirectories(join(directory, name), known, disk);
  for (const [name, text] of Object.entries(firstFiles)) await writeDurably(join(directory, name), Buffer.from(text), disk);
}

/** The marker. `store_not_initialised`: there is none. `store_moved`: the house is elsewhere now. `store_corrupt`: it cannot be read, or a part of the installation is gone. */
export async function readInstallation(directory: string, disk: Disk = realDisk): Promise<Installation> {
  if ((await readIfThere(disk, join(directory, markerName))) === undefined) {
    throw new OnrecordError('store_not_initialised', 'there is no installation in the data directory');
  }
  const moved = join(directory, movedName);
  if ((await readIfThere(disk, moved)) !== undefined) refuseMoved(await readDocument(moved, Moved, disk), moved);
  const installation = await readDocument(join(directory, markerName), Installation, disk);
  for (const name of installationParts) await requireList(join(directory, name), disk);
  for (const name of Object.keys(firstFiles)) await requireFile(join(directory, name), disk);
  return installation;
}

async function refuseContent(directory: string, beside: readonly string[], disk: Disk): Promise<void> {
  const ours: readonly string[] = installationParts;
  for (const name of await disk.list(directory)) {
    if (isHarmless(name) || beside.includes(name)) continue;
    if (!ours.includes(name) || !(await isUntouched(directory, name, disk))) {
      throw new OnrecordError('store_exists', `the data directory already holds ${name}`);
    }
  }
}

/** Whether one of our directories holds no more than an interrupted `init` could have left. */
async function isUntouched(directory: string, part: string, disk: Disk): Promise<boolean> {
  for (const name of await disk.list(join(directory, part))) {
    if (temporaryName.test(name)) continue;
    const first = firstFiles[`${part}/${name}`];
    if (first === undefined || (await disk.read(join(directory, part, name))).toString() !== first) return false;
  }
  return true;
}

async function requireList(path: string, disk: Disk): Promise<void> {
  await disk.list(path).catch((cause: unknown) => refuseMissing(path, cause));
}

async function requireFile(path: string, disk: Disk): Promise<void> {
  await disk.stamp(path).catch((cause: unknown) => refuseMissing(path, cause));
}

function refuseMissing(path: string, cause: unknown): never {
  const code = errnoOf(cause) === 'ENOENT' || errnoOf(cause) === 'ENOTDIR' ? 'store_corrupt' : undefined;
  if (code === undefined) throw cause;
  throw new OnrecordError(code, `${path} is gone from the installation`, { cause });
}
