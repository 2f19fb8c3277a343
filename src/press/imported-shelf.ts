import { setImmediate } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { OnrecordError } from '../errors.ts';
import { type ImportedDocument, readImported } from '../imports/document.ts';
import { type KnownDocument, type KnownDocuments, keyOf, knownDocuments, newestOf, type Original } from '../imports/known.ts';
import { foundIn, type Gist, gistOf, wordsOf } from './imported-gist.ts';

/** Documents that the agency brought along: where each lies, what it says, and which of them hold a word. */
export type ImportedShelf = KnownDocuments & {
  /** How many originals there are. */
  count(): number;
  /** @throws OnrecordError `store_corrupt` */
  read(original: Original): Promise<ImportedDocument>;
  /** What a list says of a document, read from its newest original unless it was put here. @throws OnrecordError `store_corrupt` */
  gist(document: KnownDocument): Promise<Gist>;
  /** Puts the gist of a document's newest original here, for lists and search. */
  put(document: KnownDocument, gist: Gist): void;
  /** Those that match every word, by what they are called, by whom, and the weaknesses that they name; the one that changed last comes first. */
  find(query: string, limit: number): Promise<readonly { document: KnownDocument; terms: readonly string[] }[]>;
  /** Documents that have a new original since this was asked last. */
  fresh(): readonly KnownDocument[];
};

const keptBytes = 32 * 1024 * 1024;
/** Words of a question that are looked for; each is a look through all gists. */
const mostTerms = 8;
/** Gists between which others have their turn: most are short, some as long as a gist may be. */
const searchedAtOnce = 1_000;

export function createImportedShelf(readSigned: (entry: number, name: string) => Promise<Buffer>): ImportedShelf {
  const known = knownDocuments();
  const read = new LRUCache<string, ImportedDocument>({ maxSize: keptBytes });
  /** `k` of the original that it was made of: until the newest is read, search goes by the one before. */
  const gists = new Map<KnownDocument, { k: number; gist: Gist }>();
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

  return {
    ...known,
    take(number, entry) {
      const before = known.at(entry.imported);
      const isNew = known.take(number, entry);
      const document = known.at(entry.imported);
      if (!isNew || document === undefined) return false;
      const gist = before && gists.get(before);
      if (before && gist && gists.delete(before)) gists.set(document, gist);
      count += 1;
      waiting.set(keyOf(document), document);
      return true;
    },
    count: () => count,
    read: (original) => readOne(original, true),
    async gist(document) {
      const [kept, original] = [gists.get(document), newestOf(document)];
      return kept?.k === original.k ? kept.gist : gistOf(await readOne(original, false));
    },
    put(document, gist) {
      const { k } = newestOf(document);
      const newest = known.at(document) ?? document;
      if ((gists.get(newest)?.k ?? 0) < k) gists.set(newest, { k, gist });
    },
    async find(query, limit) {
      const asked = [...new Set(wordsOf(query))].slice(0, mostTerms);
      if (asked.length === 0) return [];
      const found: { document: KnownDocument; terms: readonly string[] }[] = [];
      for (const [place, document] of known.all().entries()) {
        if (place % searchedAtOnce === searchedAtOnce - 1) await setImmediate();
        // A new original may have come while others had their turn.
        const gist = (gists.get(document) ?? gists.get(known.at(document) ?? document))?.gist;
        const terms = gist === undefined ? null : foundIn(gist, asked);
        if (terms !== null) found.push({ document, terms });
        if (found.length === limit) break;
      }
      return found;
    },
    fresh() {
      const found = [...waiting.values()];
      waiting = new Map();
      return found;
    },
  };
}
