import { openCheckpointBy } from '../ledger/checkpoint.ts';
import type { VerifierKey } from '../ledger/note.ts';
import { type Disk, readIfThere } from './disk.ts';
import { writeDurably } from './durable-file.ts';
import { type Log, rootAt } from './log.ts';

/** The newest checkpoint outside the data directory and every backup (record.md, "Rollback"): what the store cannot see of itself. */

/** Why the log does not extend the anchor, or null. No file yet is no objection: the first commit makes it. */
export async function anchorObjection(disk: Disk, path: string, log: Log, keys: readonly VerifierKey[]): Promise<string | null> {
  const note = await readIfThere(disk, path).catch((error: unknown) => new Error(`${error}`));
  return note instanceof Error ? `the anchor cannot be read: ${note.message}` : objectionOf(note?.toString() ?? null, log, keys);
}

/** The same of an anchor that was read before the log was: another process may have brought it further since. */
export function objectionOf(note: string | null, log: Log, keys: readonly VerifierKey[]): string | null {
  if (note === null) return null;
  try {
    const anchor = openCheckpointBy(note, keys);
    if (anchor.origin !== keys[0]?.name) return 'the anchor is of another log';
    if (anchor.size > log.size) return `rollback: the anchor knows ${anchor.size} entries, the store ${log.size}`;
    return anchor.root.equals(rootAt(log, anchor.size)) ? null : 'rollback: the store holds another history than the anchor';
  } catch (error) {
    return `the anchor cannot be read: ${error instanceof Error ? error.message : error}`;
  }
}

/** Brings the anchor up to the newest checkpoint. */
export async function writeAnchor(disk: Disk, path: string, checkpoint: string): Promise<void> {
  if ((await readIfThere(disk, path))?.toString() === checkpoint) return;
  await writeDurably(path, Buffer.from(checkpoint), disk);
}
