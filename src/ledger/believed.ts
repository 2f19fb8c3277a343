import { refuse } from '../errors.ts';
import { type Checkpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { hasSignature, splitNote, type VerifierKey } from './note.ts';

/** A key whose word on a log of ours counts. `lastSize`: of a retired one, the size up to which it is believed; else null. */
export type BelievedKey = { key: VerifierKey; lastSize: number | null };
export type Believed = { checkpoint: Checkpoint; key: VerifierKey };

/**
 * The checkpoint of a note, and the first of these keys that signed it under the name of its origin. `key_invalid` when none did, or a
 * retired one beyond its last size; `store_corrupt` for a malformed note or a wrong signature.
 */
export function openBelieved(note: string, believed: readonly BelievedKey[]): Believed {
  const { origin, size } = parseCheckpoint(splitNote(note).text);
  const signers = believed.filter(({ key }) => key.name === origin && hasSignature(note, key.name, key.keyId));
  const signed = signers.find(({ lastSize }) => lastSize === null || size <= lastSize);
  if (signed === undefined) return refuse('key_invalid', `no key that is believed signed the checkpoint of ${origin} at ${size} entries`);
  return { checkpoint: openCheckpoint(note, signed.key), key: signed.key };
}

/** The note with the signature lines of these keys alone: what others wrote under it is theirs to say again. */
export function withoutStrangers(note: string, believed: readonly BelievedKey[]): string {
  const end = note.lastIndexOf('\n\n') + 2;
  const lines = note.slice(end).split(/(?<=\n)/);
  const isOurs = (line: string): boolean => believed.some(({ key }) => hasSignature(note.slice(0, end) + line, key.name, key.keyId));
  return note.slice(0, end) + lines.filter((line) => line !== '' && isOurs(line)).join('');
}
