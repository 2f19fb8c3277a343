import { nodeHash } from './tree.ts';

/** Proofs of RFC 6962 §2.1.1 and §2.1.2, made and checked. All hashes are 32 bytes; a proof lists them from the leaf up. */

/** The root of the perfect subtree over leaves `index · 2^level` to `(index + 1) · 2^level − 1`. */
export type SubtreeHash = (level: number, index: number) => Buffer;

/** That the leaf at `index` is in the tree of `size` leaves. @throws RangeError unless 0 ≤ index < size */
export function inclusionProof(index: number, size: number, hashOf: SubtreeHash): readonly Buffer[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  return path(index, 0, size, hashOf);
}

/** That the tree of `from` leaves is a beginning of the tree of `to` leaves. @throws RangeError unless 0 ≤ from ≤ to */
export function consistencyProof(from: number, to: number, hashOf: SubtreeHash): readonly Buffer[] {
  if (!(from >= 0 && from <= to)) throw new RangeError(`no proof from ${from} to ${to}`);
  return from === 0 || from === to ? [] : subproof(from, 0, to, true, hashOf);
}

/** Whether the proof leads from the leaf's hash to the root. */
export function verifyInclusion(leaf: Buffer, index: number, size: number, proof: readonly Buffer[], root: Buffer): boolean {
  if (!(index >= 0 && index < size)) return false;
  let [at, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else hash = nodeHash(hash, sibling);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && hash.equals(root);
}

/** Whether the proof shows that the tree with `oldRoot` is a beginning of the tree with `newRoot`. */
export function verifyConsistency(from: number, to: number, oldRoot: Buffer, newRoot: Buffer, proof: readonly Buffer[]): boolean {
  if (!(from >= 0 && from <= to)) return false;
  if (from === to) return proof.length === 0 && oldRoot.equals(newRoot);
  if (from === 0) return proof.length === 0;
  const isPower = 2 ** Math.round(Math.log2(from)) === from;
  const [first, ...rest] = isPower ? [oldRoot, ...proof] : proof;
  if (first === undefined) return false;
  let [at, last] = [from - 1, to - 1];
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  let [old, now] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [old, now] = [nodeHash(sibling, old), nodeHash(sibling, now)];
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else now = nodeHash(now, sibling);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && old.equals(oldRoot) && now.equals(newRoot);
}

/** The largest power of two below `size`. */
function split(size: number): number {
  return 2 ** Math.floor(Math.log2(size - 1));
}

function path(index: number, start: number, size: number, hashOf: SubtreeHash): readonly Buffer[] {
  if (size === 1) return [];
  const left = split(size);
  return index < left
    ? [...path(index, start, left, hashOf), rangeHash(start + left, size - left, hashOf)]
    : [...path(index - left, start + left, size - left, hashOf), rangeHash(start, left, hashOf)];
}

function subproof(from: number, start: number, size: number, isWhole: boolean, hashOf: SubtreeHash): readonly Buffer[] {
  if (from === size) return isWhole ? [] : [rangeHash(start, size, hashOf)];
  const left = split(size);
  if (from <= left) return [...subproof(from, start, left, isWhole, hashOf), rangeHash(start + left, size - left, hashOf)];
  return [...subproof(from - left, start + left, size - left, false, hashOf), rangeHash(start, left, hashOf)];
}

/** The tree hash of `size` leaves from `start`, where `start` is a multiple of the power of two that holds them. */
function rangeHash(start: number, size: number, hashOf: SubtreeHash): Buffer {
  const level = Math.log2(size);
  if (Number.isInteger(level)) return hashOf(level, start / size);
  const left = split(size);
  return nodeHash(rangeHash(start, left, hashOf), rangeHash(start + left, size - left, hashOf));
}
