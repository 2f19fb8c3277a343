import { signCheckpoint } from '../../src/ledger/checkpoint.ts';
import { createSigner, newSigningKey } from '../../src/ledger/signer.ts';
import { appendLeaf, emptyTree, leafHash, rootOf } from '../../src/ledger/tree.ts';
import type { ReadEntries } from '../../src/press/public-log.ts';

/** A log of so many entries that say nothing but their number, but for those that are given, for a press whose archive has none. */
export function logOf(size: number, origin: string, given: ReadonlyMap<number, Buffer> = new Map()): ReadEntries {
  const entries = Array.from({ length: size }, (_, index) => ({ bytes: given.get(index) ?? Buffer.from(`entry ${index}`) }));
  const tree = entries.reduce((grown, { bytes }) => appendLeaf(grown, leafHash(bytes)), emptyTree);
  const checkpoint = signCheckpoint({ origin, size, root: rootOf(tree) }, createSigner(newSigningKey(), origin));
  return async (after, limit) => ({ size, checkpoint, closed: [], entries: entries.slice(after + 1, after + 1 + limit) });
}
