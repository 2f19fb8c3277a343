import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { cosignedAt } from './cosignature.ts';
import { type Entry, type ImportedEntry, isImportedEntry, isVersionEntry, parseEntry, type VersionEntry } from './entry.ts';
import { sha256Hex } from './hash.ts';
import { isSignedBy, type NoteSignature, splitNote, type VerifierKey } from './note.ts';
import { verifyInclusion } from './proof.ts';
import { parseProof } from './tlog-proof.ts';
import { leafHash } from './tree.ts';
import type { Trust } from './trust.ts';

/** What did not hold: the proof's form, the file's hash in the entry, the log's signature, the witnesses' quorum, the path to the root. */
export type Step = 'proof' | 'file' | 'signature' | 'witnesses' | 'path';
export type Verdict =
  | { isProved: true; entry: VersionEntry | ImportedEntry; index: number; checkpoint: Checkpoint; witnesses: number }
  | { isProved: false; step: Step };

/**
 * Whether a file was published, or as an imported document brought along, by the agency whose trust note this is, and logged (record.md, "Verifying"): its hash stands in the
 * entry, the checkpoint is signed and witnessed as the trust note asks, the entry leads to its root. Says nothing about whether the
 * version is still current: that is `standingOf`.
 */
export function verifyFile(file: Buffer, proofText: string, trust: Trust): Verdict {
  const proof = attempt(() => parseProof(proofText));
  const entry = proof && attempt(() => parseEntry(proof.extra));
  if (!proof || !entry) return { isProved: false, step: 'proof' };
  const hash = sha256Hex(file);
  if (!hasFiles(entry) || !entry.files.some(({ sha256, bytes }) => sha256 === hash && bytes === file.length)) return { isProved: false, step: 'file' };
  const head = verifyCheckpoint(proof.checkpoint, trust);
  if (!head.isGood) return { isProved: false, step: head.step };
  const { checkpoint, witnesses } = head;
  return verifyInclusion(leafHash(proof.extra), proof.index, checkpoint.size, proof.hashes, checkpoint.root)
    ? { isProved: true, entry, index: proof.index, checkpoint, witnesses }
    : { isProved: false, step: 'path' };
}

const hasFiles = (entry: Entry): entry is VersionEntry | ImportedEntry => isVersionEntry(entry) || isImportedEntry(entry);

/**
 * The checkpoint of a note, if a log key of its origin signed it, a current one or a retired one up to its last size, and as many
 * witnesses as the quorum (c2sp.org/signed-note, c2sp.org/tlog-policy). Keys are chosen by name and key id; unknown signatures are
 * passed over, one wrong signature of a known key spoils the note.
 */
export function verifyCheckpoint(note: string, trust: Trust): { isGood: true; checkpoint: Checkpoint; witnesses: number } | { isGood: false; step: Step } {
  const split = attempt(() => splitNote(note));
  const checkpoint = split && attempt(() => parseCheckpoint(split.text));
  if (!split || !checkpoint) return { isGood: false, step: 'signature' };
  const { text, signatures } = split;
  const signedBy = (key: VerifierKey): number | null => countGood(signatures, [key], ({ signature }) => isSignedBy(key, Buffer.from(text), signature));
  const retired = trust.retired.map(({ key }) => key);
  if ([...trust.logs, ...retired].some((key) => signedBy(key) === null)) return { isGood: false, step: 'signature' };
  const valid = [...trust.logs, ...trust.retired.filter(({ lastSize }) => checkpoint.size <= lastSize).map(({ key }) => key)];
  if (!valid.some((key) => key.name === checkpoint.origin && signedBy(key) === 1)) return { isGood: false, step: 'signature' };
  const witnesses = countGood(
    signatures,
    trust.witnesses.map(({ key }) => key),
    ({ signature }, key) => cosignedAt(text, signature, key) !== null,
  );
  return witnesses === null || witnesses < trust.quorum ? { isGood: false, step: 'witnesses' } : { isGood: true, checkpoint, witnesses };
}

/** How many of the keys signed, each counted once; null when a signature under the name and id of one of them is wrong. */
function countGood(
  signatures: readonly NoteSignature[],
  keys: readonly VerifierKey[],
  isGood: (signature: NoteSignature, key: VerifierKey) => boolean,
): number | null {
  let count = 0;
  for (const key of keys) {
    const ours = signatures.filter(({ name, keyId }) => name === key.name && keyId === key.keyId);
    if (!ours.every((signature) => isGood(signature, key))) return null;
    if (ours.length > 0) count += 1;
  }
  return count;
}

/** How a version stands by the log: `newest` is the statement's last version, `supersededBy` that one where it is a later one. */
export type Standing = { newest: number; supersededBy: number | null; withdrawn: boolean; underRecheck: boolean; disowned: boolean; redacted: boolean };

/**
 * What the entries of a whole log say of one version today. A recheck, and the word of a reviewer who does not stand behind a text,
 * end with a correction or a withdrawal; a recheck also with its own notice. `redacted`: this version has lost its text.
 */
export function standingOf(entries: readonly Entry[], statement: string, version: number): Standing {
  const standing: Standing = { newest: version, supersededBy: null, withdrawn: false, underRecheck: false, disowned: false, redacted: false };
  for (const entry of entries.filter((item) => item.statement === statement)) {
    const { event } = entry;
    if (entry.version !== undefined) {
      standing.newest = entry.version;
      standing.withdrawn = event === 'withdrawal';
    }
    if (event === 'recheck') standing.underRecheck = true;
    if (event === 'recheck-ended' || event === 'correction' || event === 'withdrawal') standing.underRecheck = false;
    if (event === 'disowned') standing.disowned = true;
    if (event === 'correction' || event === 'withdrawal') standing.disowned = false;
    if (entry.redacts?.version === version) standing.redacted = true;
  }
  return { ...standing, supersededBy: standing.newest > version ? standing.newest : null };
}

/** The value, or undefined where the strict parser refuses. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
