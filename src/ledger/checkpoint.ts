import { OnrecordError } from '../errors.ts';
import { decodeBase64, openNote, type Signer, signNote, type VerifierKey } from './note.ts';

/** The head of the log (c2sp.org/tlog-checkpoint, no extension lines). `root`: 32 bytes. */
export type Checkpoint = { origin: string; size: number; root: Buffer };

/** The signed note of a checkpoint: origin, size, base64 root, a blank line, the signature. */
export function signCheckpoint(checkpoint: Checkpoint, signer: Signer): string {
  return signNote(formatCheckpoint(checkpoint), [signer]);
}

/** The checkpoint in a note that `key` signed; `store_corrupt` if it is malformed, has other lines, or does not verify. */
export function openCheckpoint(note: string, key: VerifierKey): Checkpoint {
  const text = openNote(note, key);
  const [origin, size, encodedRoot] = text.split('\n');
  const root = encodedRoot === undefined ? undefined : decodeBase64(encodedRoot);
  if (origin && size !== undefined && /^(0|[1-9][0-9]{0,14})$/.test(size) && root?.length === 32) {
    const checkpoint = { origin, size: Number(size), root };
    if (formatCheckpoint(checkpoint) === text) return checkpoint;
  }
  throw new OnrecordError('store_corrupt', 'a checkpoint is malformed');
}

function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}
