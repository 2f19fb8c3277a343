import type { SubtreeHash } from './proof.ts';
import { nodeHash } from './tree.ts';

/** Every perfect subtree's root of a growing tree: about two hashes a leaf, so that a proof or a tile is a look-up. */
export type Subtrees = { size(): number; append(leaf: Buffer): void; hashOf: SubtreeHash };

export function createSubtrees(leaves: readonly Buffer[] = []): Subtrees {
  const levels: Buffer[][] = [];

  const push = (level: number, hash: Buffer): void => {
    levels[level] ??= [];
    const row = levels[level];
    row.push(hash);
    const [left, right] = [row[row.length - 2], row[row.length - 1]];
    if (row.length % 2 === 0 && left && right) push(level + 1, nodeHash(left, right));
  };
  for (const leaf of leaves) push(0, leaf);

  return {
    size: () => levels[0]?.length ?? 0,
    append: (leaf) => push(0, leaf),
    hashOf: (level, index) => {
      const hash = levels[level]?.[index];
      if (hash === undefined) throw new RangeError(`no perfect subtree ${index} at level ${level}`);
      return hash;
    },
  };
}
