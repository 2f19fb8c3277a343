import { openCheckpoint } from './checkpoint.ts';
import { type Entry, parseEntry } from './entry.ts';
import { sha256Hex } from './hash.ts';
import type { VerifierKey } from './note.ts';
import { verifyInclusion } from './proof.ts';
import { parseProof } from './tlog-proof.ts';
import { leafHash } from './tree.ts';

export type Verdict = { isProved: true; entry: Entry; index: number; size: number } | { isProved: false; step: 'proof' | 'file' | 'path' | 'signature' };

/**
 * Whether a file was published by whoever holds `key` and logged: its hash stands in the entry, the entry leads to the root, the
 * root is signed. Says nothing about whether the version is still current.
 */
export function verifyFile(file: Buffer, proofText: string, key: VerifierKey): Verdict {
  const proof = attempt(() => parseProof(proofText));
  const entry = proof && attempt(() => parseEntry(proof.extra));
  if (!proof || !entry) return { isProved: false, step: 'proof' };
  const hash = sha256Hex(file);
  if (!entry.files?.some(({ sha256, bytes }) => sha256 === hash && bytes === file.length)) return { isProved: false, step: 'file' };
  const checkpoint = attempt(() => openCheckpoint(proof.checkpoint, key));
  if (!checkpoint || checkpoint.origin !== key.name) return { isProved: false, step: 'signature' };
  const { size, root } = checkpoint;
  return verifyInclusion(leafHash(proof.extra), proof.index, size, proof.hashes, root)
    ? { isProved: true, entry, index: proof.index, size }
    : { isProved: false, step: 'path' };
}

/** The value, or undefined where the strict parser refuses. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
