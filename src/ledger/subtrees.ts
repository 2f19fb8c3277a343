import { createHashList, type HashList } from './hash-list.ts';
import type { SubtreeHash } from './proof.ts';
import { nodeHash } from './tree.ts';

/** Every perfect subtree's root of a growing tree: about two hashes a leaf, so that a proof or a tile is a look-up. */
export type Subtrees = { size(): number; append(leaf: Buffer): void; hashOf: SubtreeHash };

export function createSubtrees(leaves: readonly Buffer[] = []): Subtrees {
  const levels: HashList[] = [];

  const push = (level: number, hash: Uint8Array): void => {
    const row = levels[level] ?? createHashList();
    levels[level] = row;
    const place = row.length();
    row.set(place, hash);
    const left = place % 2 === 1 ? row.at(place - 1) : undefined;
    if (left) push(level + 1, nodeHash(left, hash));
  };
  for (const leaf of leaves) push(0, leaf);

  return {
    size: () => levels[0]?.length() ?? 0,
    append: (leaf) => push(0, leaf),
    hashOf: (level, index) => {
      const hash = levels[level]?.at(index);
      if (hash === undefined) throw new RangeError(`no perfect subtree ${index} at level ${level}`);
      return hash;
    },
  };
}
