import { OnrecordError } from '../errors.ts';
import { decodeBase64, hasSignature, openNote, type Signer, signNote, type VerifierKey } from './note.ts';

/** The head of the log (c2sp.org/tlog-checkpoint, no extension lines). `root`: 32 bytes. */
export type Checkpoint = { origin: string; size: number; root: Buffer };

/** The signed note of a checkpoint: origin, size, base64 root, a blank line, a signature line for each signer (two while a key is rotated). */
export function signCheckpoint(checkpoint: Checkpoint, ...signers: readonly Signer[]): string {
  return signNote(formatCheckpoint(checkpoint), signers);
}

/** The checkpoint in a note that the first of these keys which signed it signed well; `store_corrupt` when none did. */
export function openCheckpointBy(note: string, keys: readonly VerifierKey[]): Checkpoint {
  const signed = keys.find(({ name, keyId }) => hasSignature(note, name, keyId)) ?? keys[0];
  if (signed === undefined) throw new OnrecordError('store_corrupt', 'no key to open a checkpoint with');
  return openCheckpoint(note, signed);
}

/** The checkpoint in a note that `key` signed; `store_corrupt` if it is malformed, has other lines, or does not verify. */
export function openCheckpoint(note: string, key: VerifierKey): Checkpoint {
  return parseCheckpoint(openNote(note, key));
}

/** The checkpoint of a note's text, who signed it set aside; `store_corrupt` if it is malformed or has other lines. */
export function parseCheckpoint(text: string): Checkpoint {
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
