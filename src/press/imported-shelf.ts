import { LRUCache } from 'lru-cache';
import MiniSearch from 'minisearch';
import { OnrecordError } from '../errors.ts';
import { type ImportedDocument, readImported, type Shelfmark } from '../imports/document.ts';
import { type KnownDocument, type KnownDocuments, knownDocuments, newestOf, type Original } from '../imports/known.ts';
import { fold } from './fold.ts';

/** Documents that the agency brought along: where each lies, what it says, and which of them hold a word. */
export type ImportedShelf = KnownDocuments & {
  /** How many originals there are. */
  count(): number;
  /** @throws OnrecordError `store_corrupt` */
  read(original: Original): Promise<ImportedDocument>;
  /** Those that match every word, by what they are called, by whom, and the weaknesses that they name; the one that changed last comes first. */
  find(query: string, limit: number): readonly { document: KnownDocument; terms: readonly string[] }[];
  /** Takes a document's newest original into the index. */
  put(document: KnownDocument): Promise<void>;
  /** Documents that have a new original since this was asked last. */
  fresh(): readonly KnownDocument[];
};

type Line = { key: string; words: string };

const keptDocuments = 300;
const indexedAtOnce = 4;

export function createImportedShelf(readSigned: (entry: number, name: string) => Promise<Buffer>): ImportedShelf {
  const known = knownDocuments();
  const read = new LRUCache<string, ImportedDocument>({ max: keptDocuments });
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

  async function readOne({ entry, file: { name } }: Original, isKept: boolean): Promise<ImportedDocument> {
    const kept = read.get(name);
    if (kept) return kept;
    const reading = readImported(await readSigned(entry, name));
    if ('objections' in reading) throw new OnrecordError('store_corrupt', `${name} is no document any more`);
    if (isKept) read.set(name, reading.document);
    return reading.document;
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
    find(query, limit) {
      const found = index.search(query, { prefix: (term) => term.length > 2, combineWith: 'AND' });
      const terms = new Map(found.map((result) => [String(result.id), result.terms]));
      const documents = [...terms.keys()].flatMap((key) => known.at(markOf(key)) ?? []);
      const changed = (document: KnownDocument): string => newestOf(document).changedAt;
      return documents
        .sort((a, b) => (changed(a) < changed(b) ? 1 : changed(a) > changed(b) ? -1 : keyOf(a) < keyOf(b) ? -1 : 1))
        .slice(0, limit)
        .map((document) => ({ document, terms: terms.get(keyOf(document)) ?? [] }));
    },
    async put(document) {
      const [key, original] = [keyOf(document), newestOf(document)];
      if ((indexed.get(key) ?? 0) >= original.k) return;
      const said = await readOne(original, false);
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

/** Fills the index beside everything else, a few documents at a time and one call after the other. */
export function createFiller(shelf: Pick<ImportedShelf, 'put'>): (documents: readonly KnownDocument[]) => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const fill = async (documents: readonly KnownDocument[]): Promise<void> => {
    for (let at = 0; at < documents.length; at += indexedAtOnce) {
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
  return [title, publisher.name, tracking.id, ...vulnerabilities.flatMap(({ cve, title: weakness }) => [cve, weakness])].filter(Boolean).join(' ');
}

const keyOf = ({ host, slug }: Shelfmark): string => `${host}/${slug}`;

function markOf(key: string): Shelfmark {
  const [host = '', slug = ''] = key.split('/');
  return { host, slug };
}
