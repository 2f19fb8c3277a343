import { type KnownDocument, newestOf } from '../imports/known.ts';
import type { Prints } from '../store/prints.ts';
import type { Store } from '../store/store.ts';
import type { Gist } from './imported-gist.ts';
import { createImportedShelf, type ImportedShelf } from './imported-shelf.ts';
import { blockOf, createKeptGists, isFull, type KeptGists } from './kept-gists.ts';
import { readSignedFile } from './versions.ts';

export type Filling = {
  shelf: Pick<ImportedShelf, 'gist' | 'put'>;
  kept: KeptGists;
  /** Resolves once no publication is in hand: none waits for gists. */
  calm(): Promise<unknown>;
};

export type Fill = {
  /**
   * Puts gists of documents on the shelf, those that are kept and the others from the originals; one call after the other.
   * @param size how many entries the house has, of which no document is missing in this call and those before
   */
  take(documents: readonly KnownDocument[], size: number): Promise<void>;
  /** Resolves once nothing is read or kept any more. */
  stop(): Promise<void>;
};

const readAtOnce = 4;

export function createFill({ shelf, kept, calm }: Filling): Fill {
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;
  /** Blocks that may not be kept yet, with their gists; `isWhole`: none of their documents was unreadable. */
  const open = new Map<number, { gists: Map<string, Gist>; isWhole: boolean; isKept: boolean }>();

  async function fillBlock(number: number, documents: readonly KnownDocument[]): Promise<void> {
    const known = await kept.read(number);
    const block = open.get(number) ?? { gists: new Map<string, Gist>(), isWhole: true, isKept: true };
    open.set(number, block);
    const take = (document: KnownDocument, gist: Gist): void => {
      block.gists.set(newestOf(document).file.sha256, gist);
      shelf.put(document, gist);
    };
    const left: KnownDocument[] = [];
    for (const document of documents) {
      const gist = known.get(newestOf(document).file.sha256);
      if (gist) take(document, gist);
      else left.push(document);
    }
    if (left.length > 0) block.isKept = false;
    for (let at = 0; at < left.length; at += readAtOnce) {
      await calm();
      if (isStopped) return;
      const reads = left.slice(at, at + readAtOnce).map(async (document) => take(document, await shelf.gist(document)));
      // Search then goes by the original before, or passes the document over; its own page says why.
      if ((await Promise.allSettled(reads)).some(({ status }) => status === 'rejected')) block.isWhole = false;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** For good, so not before they are complete. */
  async function keepFull(size: number): Promise<void> {
    for (const [number, { gists, isWhole, isKept }] of open) {
      if (!isFull(number, size)) continue;
      if (isWhole && !isKept) await kept.keep(number, gists);
      open.delete(number);
    }
  }

  async function fill(documents: readonly KnownDocument[], size: number): Promise<void> {
    for (const [number, inBlock] of Map.groupBy(documents, (document) => blockOf(newestOf(document).entry))) {
      await calm();
      if (!isStopped) await fillBlock(number, inBlock);
      if (isStopped) return;
      await keepFull(size);
    }
  }

  return {
    take(documents, size) {
      running = running.then(() => fill(documents, size));
      return running;
    },
    stop() {
      isStopped = true;
      return running;
    },
  };
}

/** Keeps the gists of a house that is not being served, so that its next start need not read the documents; `documents` are all that it has. */
export async function keepGists(store: Pick<Store, 'ledger'>, prints: Prints, documents: readonly KnownDocument[], step: () => void): Promise<void> {
  const { gist } = createImportedShelf((entry, name) => readSignedFile(store, entry, name));
  const { size } = await store.ledger(-1, 0);
  await createFill({ shelf: { gist, put: () => step() }, kept: createKeptGists(prints), calm: async () => {} }).take(documents, size);
}
