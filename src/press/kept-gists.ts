import { z } from 'zod';
import type { Prints } from '../store/prints.ts';
import { Gist } from './imported-gist.ts';

/** Gists of imported originals as prints, those of a block of the log's entries together, so that a start need not read the documents. */
export type KeptGists = {
  /** By the SHA-256 (hex) of the original; none where nothing is kept that can be read. Never rejects. */
  read(block: number): Promise<ReadonlyMap<string, Gist>>;
  /** Never rejects: what is not kept is read from the originals again. */
  keep(block: number, gists: ReadonlyMap<string, Gist>): Promise<void>;
};

const entriesEach = 64;
/** Raise it when a gist would say something else of the same document. */
const edition = 1;
const Kept = z.array(z.tuple([z.string(), Gist]));

/** The block of an entry of the house. */
export function blockOf(entry: number): number {
  return Math.floor(entry / entriesEach);
}

/** Whether no entry can come into a block any more, in a house of `size` entries. */
export function isFull(block: number, size: number): boolean {
  return (block + 1) * entriesEach <= size;
}

export function createKeptGists(prints: Pick<Prints, 'read' | 'keep'>): KeptGists {
  // By its last entry: a backup leaves out what was told of entries that it does not hold.
  const nameOf = (block: number): string => `imported/${edition}-${(block + 1) * entriesEach - 1}.json`;
  const readKept = async (block: number): Promise<z.infer<typeof Kept>> => {
    const bytes = await prints.read(nameOf(block));
    return bytes ? Kept.parse(JSON.parse(bytes.toString('utf8'))) : [];
  };
  return {
    read: async (block) => new Map(await readKept(block).catch(() => [])),
    async keep(block, gists) {
      await prints.keep(nameOf(block), Buffer.from(JSON.stringify([...gists]))).catch(() => undefined);
    },
  };
}
