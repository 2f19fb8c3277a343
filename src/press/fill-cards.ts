import { type KnownDocument, newestOf } from '../imports/known.ts';
import type { Prints } from '../store/prints.ts';
import type { Store } from '../store/store.ts';
import type { Card } from './imported-card.ts';
import { createImportedShelf, type ImportedShelf } from './imported-shelf.ts';
import { blockOf, createKeptCards, isFull, type KeptCards } from './kept-cards.ts';
import { createPublicLog } from './public-log.ts';
import { readSignedFile } from './versions.ts';

export type Filling = {
  shelf: Pick<ImportedShelf, 'card' | 'put'>;
  kept: KeptCards;
  /** Resolves once no publication is in hand: none waits for cards. */
  calm(): Promise<unknown>;
};

/**
 * Puts cards of documents on the shelf, those that are kept and the others from the originals; one call after the other, in the order of the log.
 * @param size how many entries the house has, of which no document is missing in this call and those before
 */
export type Fill = (documents: readonly KnownDocument[], size: number) => Promise<void>;

const readAtOnce = 4;

export function createFill({ shelf, kept, calm }: Filling): Fill {
  let running: Promise<void> = Promise.resolve();
  /** Cards of blocks that are not kept yet. */
  const waiting = new Map<number, Map<string, Card>>();
  const unreadable = new Set<number>();

  /** False where one had to be read. */
  async function fillBlock(block: number, documents: readonly KnownDocument[]): Promise<boolean> {
    const known = await kept.read(block);
    const cards = waiting.get(block) ?? new Map<string, Card>();
    waiting.set(block, cards);
    const take = (document: KnownDocument, card: Card): void => {
      cards.set(newestOf(document).file.sha256, card);
      shelf.put(document, card);
    };
    const left: KnownDocument[] = [];
    for (const document of documents) {
      const card = known.get(newestOf(document).file.sha256);
      if (card) take(document, card);
      else left.push(document);
    }
    for (let at = 0; at < left.length; at += readAtOnce) {
      await calm();
      const reads = left.slice(at, at + readAtOnce).map(async (document) => take(document, await shelf.card(document)));
      // One that cannot be read is missing in search alone; its own page says why.
      if ((await Promise.allSettled(reads)).some(({ status }) => status === 'rejected')) unreadable.add(block);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return left.length === 0;
  }

  async function fill(documents: readonly KnownDocument[], size: number): Promise<void> {
    const blocks = Map.groupBy(documents, (document) => blockOf(newestOf(document).entry));
    for (const [block, inBlock] of blocks) {
      await calm();
      const isKept = await fillBlock(block, inBlock);
      // For good, so not before it is complete.
      if (!isFull(block, size)) continue;
      if (!isKept && !unreadable.has(block)) await kept.keep(block, waiting.get(block) ?? new Map());
      waiting.delete(block);
    }
  }

  return (documents, size) => {
    running = running.then(() => fill(documents, size));
    return running;
  };
}

/** Keeps the cards of a house that is not being served, so that its next start reads no document. */
export async function keepCards(store: Pick<Store, 'ledger'>, prints: Prints, step: () => void = () => {}): Promise<void> {
  const shelf = createImportedShelf((entry, name) => readSignedFile(store, entry, name));
  const log = createPublicLog((after, limit) => store.ledger(after, limit, 'entries'), shelf.take);
  await log.catchUp();
  const { begin, size } = log.current();
  const counted = {
    card: shelf.card,
    put: (document: KnownDocument, card: Card): void => {
      shelf.put(document, card);
      step();
    },
  };
  await createFill({ shelf: counted, kept: createKeptCards(prints), calm: async () => {} })(shelf.fresh(), begin + size);
}
