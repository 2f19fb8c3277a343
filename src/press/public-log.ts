import type { SubtreeHash } from '../ledger/proof.ts';
import { createSubtrees } from '../ledger/subtrees.ts';
import { leafHash } from '../ledger/tree.ts';
import type { LedgerSlice } from '../store/store.ts';

/** The log as readers may ask for it: what one checkpoint signs, and nothing behind it. */
export type PublicLog = {
  /** Takes in what was committed since; `size` and `checkpoint` then belong together. */
  catchUp(): Promise<void>;
  size(): number;
  checkpoint(): string | null;
  hashOf: SubtreeHash;
  /** The exact bytes of `count` entries from `first`. */
  entries(first: number, count: number): Promise<readonly Buffer[]>;
};
export type ReadEntries = (after: number, limit: number) => Promise<Pick<LedgerSlice, 'size' | 'checkpoint'> & { entries: readonly { bytes: Buffer }[] }>;

const atOnce = 1_000;

export function createPublicLog(read: ReadEntries): PublicLog {
  const subtrees = createSubtrees();
  let signed: { size: number; checkpoint: string | null } = { size: 0, checkpoint: null };

  return {
    catchUp: async () => {
      for (let slice = await read(subtrees.size() - 1, atOnce); ; slice = await read(subtrees.size() - 1, atOnce)) {
        for (const { bytes } of slice.entries) subtrees.append(leafHash(bytes));
        if (subtrees.size() !== slice.size) continue;
        signed = { size: slice.size, checkpoint: slice.checkpoint };
        return;
      }
    },
    size: () => signed.size,
    checkpoint: () => signed.checkpoint,
    hashOf: subtrees.hashOf,
    entries: async (first, count) => (await read(first - 1, count)).entries.map(({ bytes }) => bytes),
  };
}
