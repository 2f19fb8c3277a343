import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import { OnrecordError } from '../errors.ts';
import { type Cosigner, cosign } from '../ledger/cosignature.ts';
import { sha256Hex } from '../ledger/hash.ts';
import { type Disk, readIfThere, realDisk } from '../store/disk.ts';
import { makeDirectories, sweepTemporary, writeDurably } from '../store/durable-file.ts';
import { createWriteQueue } from '../store/queue.ts';
import { type Head, judge, type KnownLogs, neverCosigned, readSignedHead, type SignedHead, type Witness, type WitnessAnswer } from './witness.ts';

export type WitnessOptions = {
  /** Where the heads are kept, one file a log. */
  directory: string;
  logs: KnownLogs;
  cosigner: Cosigner;
  /** Milliseconds UTC. */
  now(): number;
  log: Pick<Logger, 'info' | 'error'>;
  disk?: Disk;
};

const HeadFile = z.strictObject({
  origin: z.string().min(1),
  size: z.int().nonnegative(),
  root: z.string().regex(/^[0-9a-f]{64}$/),
});
const plain = 'text/plain; charset=utf-8';
const sentences = { 400: 'Bad Request', 403: 'Forbidden', 404: 'Not Found', 422: 'Unprocessable Content' } as const;

/**
 * A restore leaves this file among the heads: they are a backup's, and this key may have cosigned more since. The witness answers 403
 * until it has a new key and an empty directory.
 */
export const restoredMarker = 'restored';

/** Makes the directory and opens the witness. One process a directory: the store's lock on the data directory sees to that. */
export async function openEmbeddedWitness({ directory, logs, cosigner, now, log, disk = realDisk }: WitnessOptions): Promise<Witness> {
  await makeDirectories(directory, new Set(), disk);
  await sweepTemporary(directory, disk);
  const isRestored = (await disk.list(directory)).includes(restoredMarker);
  if (isRestored) log.error({ directory }, 'this witness is silent: its state is from a backup; give it a new key, then empty the directory');
  const queue = createWriteQueue();
  const pathOf = (origin: string): string => join(directory, `${sha256Hex(origin)}.json`);

  /** Comparing with what we know and putting the new head in its place is one step: two requests can never roll a log back. */
  async function advance(head: SignedHead): Promise<WitnessAnswer> {
    const known = await readHead(disk, pathOf(head.origin), head.origin);
    const judgement = judge(head, known);
    if (judgement === 409) return { status: 409, type: 'text/x.tlog.size', body: `${known.size}\n` };
    if (judgement === 422)
      log.error(
        { origin: head.origin, cosigned: known.size, note: head.note.slice(0, 2_000) },
        'a checkpoint was handed in that does not continue what was cosigned',
      );
    if (judgement !== 'consistent') return plainAnswer(judgement);
    // Durable before the cosignature leaves: a witness that forgets would cosign a second history.
    if (head.size !== known.size) await writeHead(disk, pathOf(head.origin), head);
    return { status: 200, type: plain, body: cosign(head.text, cosigner, Math.floor(now() / 1_000)) };
  }

  return {
    addCheckpoint: async (body) => {
      if (isRestored) return plainAnswer(403);
      const head = readSignedHead(body, logs);
      return 'refused' in head ? plainAnswer(head.refused) : queue.run(() => advance(head));
    },
  };
}

function plainAnswer(status: keyof typeof sentences): WitnessAnswer {
  return { status, type: plain, body: `${sentences[status]}\n` };
}

/** No file: never cosigned. A file that is not ours word for word is `store_corrupt`, never a fresh start. */
async function readHead(disk: Disk, path: string, origin: string): Promise<Head> {
  const bytes = await readIfThere(disk, path);
  if (bytes === undefined) return neverCosigned;
  const head = attempt(() => HeadFile.parse(JSON.parse(bytes.toString())));
  if (head?.origin !== origin) throw new OnrecordError('store_corrupt', `what was cosigned of ${origin} cannot be read`);
  return { size: head.size, root: Buffer.from(head.root, 'hex') };
}

function writeHead(disk: Disk, path: string, { origin, size, root }: SignedHead): Promise<void> {
  const file: z.infer<typeof HeadFile> = { origin, size, root: root.toString('hex') };
  return writeDurably(path, Buffer.from(`${JSON.stringify(file)}\n`), disk);
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
