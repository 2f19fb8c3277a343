import { OnrecordError } from '../errors.ts';
import { decodeBase64, isSignedBy, splitNote, type VerifierKey } from '../ledger/note.ts';
import { verifyConsistency } from '../ledger/proof.ts';
import { emptyTree, rootOf } from '../ledger/tree.ts';
import { parseSize, parseSubmission, type Submission } from './submission.ts';

/** The witness's decisions, pure (c2sp.org/tlog-witness, add-checkpoint). */

/** Cosigns other logs' checkpoints; remembers of each log the newest one that it cosigned. */
export type Witness = {
  /** Answers the body of an add-checkpoint request. @throws busy, and codes of the store when no answer can be given safely */
  addCheckpoint(body: string): Promise<WitnessAnswer>;
};
export type WitnessAnswer = { status: 200 | 400 | 403 | 404 | 409 | 422; type: string; body: string };

/** The newest head of a log that this witness cosigned. `root`: 32 bytes. */
export type Head = { size: number; root: Buffer };
/** Every log that this witness knows, by origin, with the keys it trusts for it. */
export type KnownLogs = ReadonlyMap<string, readonly VerifierKey[]>;
/** A checkpoint that its log signed. `text`: the note's text, which is what gets cosigned. */
export type SignedHead = Head & Submission & { origin: string; text: string };

export const neverCosigned: Head = { size: 0, root: rootOf(emptyTree) };

/** Reads a request's body. 400: not of the form; 404: a log we do not know; 403: none of its keys signed, or one of them wrongly. */
export function readSignedHead(body: string, logs: KnownLogs): SignedHead | { refused: 400 | 403 | 404 } {
  const submission = parseSubmission(body);
  const note = submission && readNote(submission.note);
  const head = note && readHead(note.text);
  if (!submission || !note || !head) return { refused: 400 };
  const keys = logs.get(head.origin);
  if (keys === undefined) return { refused: 404 };
  const ours = note.signatures.flatMap(({ name, keyId, signature }) => {
    const key = keys.find((known) => known.name === name && known.keyId === keyId);
    return key ? [{ key, signature }] : [];
  });
  // One line a key, or a body of copies would cost a check each.
  if (new Set(ours.map(({ key }) => key.keyId)).size !== ours.length) return { refused: 403 };
  const isSigned = ours.length > 0 && ours.every(({ key, signature }) => isSignedBy(key, Buffer.from(note.text), signature));
  return isSigned ? { ...submission, ...head, text: note.text } : { refused: 403 };
}

/**
 * Whether this head may be cosigned after `known`. 400: it asks from beyond its own size; 409: from another size than ours; 422: it is no
 * continuation of what we cosigned, the same size with another root included.
 */
export function judge({ old, proof, size, root }: SignedHead, known: Head): 'consistent' | 400 | 409 | 422 {
  if (old > size) return 400;
  if (old !== known.size) return 409;
  return verifyConsistency(old, size, known.root, root, proof) ? 'consistent' : 422;
}

/** Origin, size and root; what a log writes in further lines is cosigned and means nothing here (c2sp.org/tlog-checkpoint). */
function readHead(text: string): (Head & { origin: string }) | undefined {
  const [origin = '', sizeLine = '', rootLine = '', ...more] = text.slice(0, -1).split('\n');
  const size = parseSize(sizeLine);
  const root = decodeBase64(rootLine);
  return origin !== '' && size !== undefined && root?.length === 32 && !more.includes('') ? { origin, size, root } : undefined;
}

function readNote(note: string): ReturnType<typeof splitNote> | undefined {
  try {
    return splitNote(note);
  } catch (error) {
    if (error instanceof OnrecordError) return undefined;
    throw error;
  }
}
