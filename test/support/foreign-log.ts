import { signCheckpoint } from '../../src/ledger/checkpoint.ts';
import type { Signer } from '../../src/ledger/note.ts';
import { consistencyProof } from '../../src/ledger/proof.ts';
import { createSigner, newSigningKey } from '../../src/ledger/signer.ts';
import { createSubtrees } from '../../src/ledger/subtrees.ts';
import { appendLeaf, emptyTree, leafHash, rootOf } from '../../src/ledger/tree.ts';
import { formatSubmission } from '../../src/witness/submission.ts';

/** Somebody else's log, honest or not, of entries that say who wrote them. */
export type ForeignLog = {
  signer: Signer;
  /** The signed checkpoint of the first `size` entries. */
  note(size: number, signer?: Signer): string;
  proof(from: number, to: number): readonly Buffer[];
  /** The body of an add-checkpoint request, as an honest log writes it. */
  submission(old: number, size: number): string;
  /** Another history with the same key: the same entries up to `at`, others from there. */
  fork(at: number): ForeignLog;
};

const longest = 40;

export function createForeignLog(origin: string): ForeignLog {
  return grow(
    createSigner(newSigningKey(), origin),
    Array.from({ length: longest }, (_, index) => `entry ${index}`),
  );
}

function grow(signer: Signer, entries: readonly string[]): ForeignLog {
  const leaves = entries.map((entry) => leafHash(Buffer.from(entry)));
  const { hashOf } = createSubtrees(leaves);
  const note = (size: number, by = signer): string =>
    signCheckpoint({ origin: signer.name, size, root: rootOf(leaves.slice(0, size).reduce(appendLeaf, emptyTree)) }, by);
  const proof = (from: number, to: number): readonly Buffer[] => consistencyProof(from, to, hashOf);
  return {
    signer,
    note,
    proof,
    submission: (old, size) => formatSubmission({ old, proof: proof(old, size), note: note(size) }),
    fork: (at) =>
      grow(
        signer,
        entries.map((entry, index) => (index < at ? entry : `other ${index}`)),
      ),
  };
}
