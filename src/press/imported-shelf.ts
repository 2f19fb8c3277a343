import { LRUCache } from 'lru-cache';
import MiniSearch from 'minisearch';
import { OnrecordError } from '../errors.ts';
import { type ImportedDocument, readImported } from '../imports/document.ts';
import { type KnownDocument, type KnownDocuments, keyOf, knownDocuments, newestFirst, newestOf, type Original } from '../imports/known.ts';
import { fold } from './fold.ts';

/** Documents that the agency brought along: where each lies, what it says, and which of them hold a word. */
export type ImportedShelf = KnownDocuments & {
  /** How many originals there are. */
  count(): number;
  /** @throws OnrecordError `store_corrupt` */
  read(original: Original): Promise<ImportedDocument>;
  /** What a list says of a document: kept once it was read, so that no list and no search reads whole documents. @throws OnrecordError `store_corrupt` */
  card(document: KnownDocument): Promise<Card>;
  /** Those that match every word, by what they are called, by whom, and the weaknesses that they name; the one that changed last comes first. */
  find(query: string, limit: number): readonly { document: KnownDocument; terms: readonly string[] }[];
  /** Takes a document's newest original into the index. */
  put(document: KnownDocument): Promise<void>;
  /** Documents that have a new original since this was asked last. */
  fresh(): readonly KnownDocument[];
};
export type Card = { k: number; title: string; lang: string | undefined; publisher: string };

type Line = { key: string; words: string };

const keptBytes = 32 * 1024 * 1024;
const indexedAtOnce = 4;
/** Words of a question that are looked for; each is a look through the whole index. */
const mostTerms = 8;
const longestTitle = 400;

export function createImportedShelf(readSigned: (entry: number, name: string) => Promise<Buffer>): ImportedShelf {
  const known = knownDocuments();
  const read = new LRUCache<string, ImportedDocument>({ maxSize: keptBytes });
  const cards = new Map<string, Card>();
  const index = new MiniSearch<Line>({
    idField: 'key',
    fields: ['words'],
    // Null drops the empty term.
    processTerm: (term) => fold(term) || null,
    tokenize: (text) => text.split(/[^\p{L}\p{N}]+/u),
  });
  const indexed = new Map<string, number>();
  let waiting = new Map<string, KnownDocument>();
  let count = 0;

  async function readOne({ entry, file: { name, bytes } }: Original, isKept: boolean): Promise<ImportedDocument> {
    const kept = read.get(name);
    if (kept) return kept;
    const reading = readImported(await readSigned(entry, name));
    if ('objections' in reading) throw new OnrecordError('store_corrupt', `${name} is no document any more`);
    // What is parsed takes some times the room of its bytes.
    if (isKept) read.set(name, reading.document, { size: 3 * bytes + 1_024 });
    return reading.document;
  }

  function cardOf(document: KnownDocument, { document: said }: ImportedDocument): Card {
    const card = { k: newestOf(document).k, title: said.title.slice(0, longestTitle), lang: said.lang, publisher: said.publisher.name.slice(0, longestTitle) };
    cards.set(keyOf(document), card);
    return card;
  }

  return {
    ...known,
    take(number, entry) {
      const isNew = known.take(number, entry);
      const document = known.at(entry.imported);
      if (!isNew || document === undefined) return false;
      count += 1;
      waiting.set(keyOf(document), document);
      return true;
    },
    count: () => count,
    read: (original) => readOne(original, true),
    async card(document) {
      const [card, original] = [cards.get(keyOf(document)), newestOf(document)];
      return card?.k === original.k ? card : cardOf(document, await readOne(original, false));
    },
    find(query, limit) {
      const words = [...new Set(fold(query).split(/[^\p{L}\p{N}]+/u))].filter((word) => word !== '').slice(0, mostTerms);
      const found = index.search(words.join(' '), { prefix: (term) => term.length > 2, combineWith: 'AND' });
      return found
        .flatMap(({ id, terms }) => {
          const document = known.byKey(String(id));
          return document ? [{ document, terms }] : [];
        })
        .sort((a, b) => newestFirst(a.document, b.document))
        .slice(0, limit);
    },
    async put(document) {
      const [key, original] = [keyOf(document), newestOf(document)];
      if ((indexed.get(key) ?? 0) >= original.k) return;
      const said = await readOne(original, false);
      cardOf(document, said);
      const line = { key, words: wordsOf(said) };
      if (index.has(key)) index.replace(line);
      else index.add(line);
      indexed.set(key, original.k);
    },
    fresh() {
      const found = [...waiting.values()];
      waiting = new Map();
      return found;
    },
  };
}

/**
 * Fills the index beside everything else, a few documents at a time and one call after the other.
 * @param calm resolves once no publication is in hand: none waits for the index
 */
export function createFiller(shelf: Pick<ImportedShelf, 'put'>, calm: () => Promise<unknown>): (documents: readonly KnownDocument[]) => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const fill = async (documents: readonly KnownDocument[]): Promise<void> => {
    for (let at = 0; at < documents.length; at += indexedAtOnce) {
      await calm();
      // One that cannot be read is missing in search alone; its own page says why.
      await Promise.allSettled(documents.slice(at, at + indexedAtOnce).map((document) => shelf.put(document)));
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return (documents) => {
    running = running.then(() => fill(documents));
    return running;
  };
}

function wordsOf({ document: { title, publisher, tracking }, vulnerabilities }: ImportedDocument): string {
  const weaknesses = vulnerabilities.slice(0, 500).flatMap(({ cve, title: weakness }) => [cve, weakness]);
  return [title, publisher.name, tracking.id, ...weaknesses].filter(Boolean).join(' ').slice(0, 20_000);
}
