import fc from 'fast-check';
import t from 'tap';
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from '../../src/ledger/proof.ts';
import { createSubtrees } from '../../src/ledger/subtrees.ts';
import { appendLeaf, emptyTree, leafHash, rootOf } from '../../src/ledger/tree.ts';

const most = 130;
const leaves = Array.from({ length: most }, (_, index) => leafHash(Buffer.from(`entry ${index}`)));
const trees = [emptyTree];
for (const leaf of leaves) trees.push(appendLeaf(trees.at(-1) ?? emptyTree, leaf));
const roots = trees.map(rootOf);
const { hashOf } = createSubtrees(leaves);
const rootAt = (size: number): Buffer => roots[size] ?? Buffer.alloc(0);
const leafAt = (index: number): Buffer => leaves[index] ?? Buffer.alloc(0);

t.test('every leaf of every tree up to 130 is proved, and no other leaf, size or root fits', async (t) => {
  let proved = 0;
  let wrong = 0;
  for (let size = 1; size <= most; size += 1) {
    for (let index = 0; index < size; index += 1) {
      const proof = inclusionProof(index, size, hashOf);
      if (verifyInclusion(leafAt(index), index, size, proof, rootAt(size))) proved += 1;
      if (verifyInclusion(leafAt((index + 1) % most), index, size, proof, rootAt(size))) wrong += 1;
      if (size > 1 && verifyInclusion(leafAt(index), index, size, proof, rootAt(size - 1))) wrong += 1;
      if (size > 1 && verifyInclusion(leafAt(index), (index + 1) % size, size, proof, rootAt(size))) wrong += 1;
    }
  }
  t.equal(proved, (most * (most + 1)) / 2);
  t.equal(wrong, 0);
});

t.test('every tree up to 130 is proved to begin with each smaller one, and with no other', async (t) => {
  let proved = 0;
  let wrong = 0;
  for (let to = 1; to <= most; to += 1) {
    for (let from = 1; from <= to; from += 1) {
      const proof = consistencyProof(from, to, hashOf);
      if (verifyConsistency(from, to, rootAt(from), rootAt(to), proof)) proved += 1;
      if (from < to && verifyConsistency(from, to, rootAt(from), rootAt(from), proof)) wrong += 1;
      if (verifyConsistency(from, to, rootAt(from - 1), rootAt(to), proof)) wrong += 1;
    }
  }
  t.equal(proved, (most * (most + 1)) / 2);
  t.equal(wrong, 0);
});

t.test('a proof with one flipped bit, one hash more or one less proves nothing', async () => {
  const cases = fc
    .integer({ min: 2, max: most })
    .chain((size) =>
      fc.record({ size: fc.constant(size), index: fc.nat(size - 1), bit: fc.nat(255), at: fc.nat(7), kind: fc.constantFrom('flip', 'more', 'less') }),
    );
  const mutate = (proof: readonly Buffer[], { at, bit, kind }: { at: number; bit: number; kind: string }): Buffer[] => {
    const changed = proof.map((hash) => Buffer.from(hash));
    const target = changed[at % Math.max(1, changed.length)];
    if (kind === 'more') changed.push(Buffer.alloc(32));
    else if (kind === 'less') changed.pop();
    else if (target) target[bit >> 3] = (target[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return changed;
  };
  fc.assert(
    fc.property(cases, (one) => {
      const proof = inclusionProof(one.index, one.size, hashOf);
      const consistency = consistencyProof(one.index + 1, one.size, hashOf);
      const stays = one.kind === 'less' && consistency.length === 0;
      return (
        !verifyInclusion(leafAt(one.index), one.index, one.size, mutate(proof, one), rootAt(one.size)) &&
        (stays ||
          (consistency.length === 0 && one.kind === 'flip') ||
          !verifyConsistency(one.index + 1, one.size, rootAt(one.index + 1), rootAt(one.size), mutate(consistency, one)))
      );
    }),
    { numRuns: 2_000 },
  );
});
