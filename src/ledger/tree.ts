import { sha256 } from './hash.ts';

/** A Merkle tree (RFC 6962 §2.1) as far as its root needs it: the roots of its perfect subtrees, largest first. Never changed in place. */
export type Tree = { readonly size: number; readonly peaks: readonly Buffer[] };

export const emptyTree: Tree = { size: 0, peaks: [] };

/** SHA-256(0x00 ‖ entry), 32 bytes. */
export function leafHash(entry: Uint8Array): Buffer {
  return sha256(Buffer.concat([Buffer.of(0), entry]));
}

/** SHA-256(0x01 ‖ left ‖ right), 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(Buffer.concat([Buffer.of(1), left, right]));
}

/** The tree with one more leaf (its hash, 32 bytes); at most log₂(size) hashes. */
export function appendLeaf(tree: Tree, leaf: Buffer): Tree {
  const peaks = [...tree.peaks];
  let top = leaf;
  for (let rest = tree.size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = peaks.pop();
    if (left === undefined) throw new RangeError('a tree whose peaks do not fit its size');
    top = nodeHash(left, top);
  }
  return { size: tree.size + 1, peaks: [...peaks, top] };
}

/** The Merkle tree hash over whole entries, 32 bytes. */
export function rootOfEntries(entries: readonly Uint8Array[]): Buffer {
  return rootOf(entries.map(leafHash).reduce(appendLeaf, emptyTree));
}

/** The Merkle tree hash, 32 bytes; for the empty tree the SHA-256 of nothing. */
export function rootOf(tree: Tree): Buffer {
  if (tree.peaks.length === 0) return sha256('');
  return tree.peaks.reduceRight((right, left) => nodeHash(left, right));
}
