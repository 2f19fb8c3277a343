import { LRUCache } from 'lru-cache';
import { OnrecordError } from '../errors.ts';
import { type Address, type FileAddress, readAddress } from '../press/address.ts';
import type { Press } from '../press/press.ts';
import { languageOf, redirectOf } from '../press/redirect.ts';
import type { Resource } from '../press/resource.ts';
import type { Language } from '../statement/schema.ts';
import type { Counts, Found, Shown } from './reader-messages.ts';

/** The press as a reading process has it: ready bytes that the writer sent, and questions to the writer for everything else. */
export type ReaderPress = Pick<Press, 'ready' | 'redirect' | 'cold' | 'ask' | 'missing'> & {
  swap(hot: Shown, gone: readonly string[], counts: Counts): void;
  packed(path: string, resource: Resource): void;
};
export type ReaderPressOptions = {
  languages: readonly [Language, ...Language[]];
  missing: ReadonlyMap<Language, Resource>;
  find(path: string, query: string): Promise<Found>;
  now(): number;
};

const keptBytes = 64 * 1024 * 1024;
/** Questions to the writer that wait at once, each kind by itself: whoever asks for what never was keeps nobody from what is there. */
const mostAsked = { question: 64, statement: 128, other: 64 } as const;
type Kind = keyof typeof mostAsked;

export function createReaderPress({ languages, missing, find, now }: ReaderPressOptions): ReaderPress {
  const hot = new Map<string, Resource>();
  const cold = new LRUCache<string, Resource>({ maxSize: keptBytes, sizeCalculation: ({ bytes, gzip }) => bytes.length + (gzip?.length ?? 0) + 2_048 });
  const flights = new Map<string, Promise<Resource | undefined>>();
  let swaps = 0;
  const versions = new Map<string, number>();
  const asked = { question: 0, statement: 0, other: 0 };

  async function askWriter(kind: Kind, path: string, query: string): Promise<Resource | undefined> {
    if (asked[kind] >= mostAsked[kind]) throw new OnrecordError('busy', 'too many questions to the writer');
    asked[kind] += 1;
    try {
      const found = await find(path, query);
      if ('resource' in found) return found.resource;
      if (found.none === 'missing') return undefined;
      throw found.none === 'busy' ? new OnrecordError('busy', 'the writer is busy') : new Error('the writer could not make a page');
    } finally {
      asked[kind] -= 1;
    }
  }

  /** An answer that a change overtook is sent, but not kept: it may be what that change took away. */
  async function fetchPage(kind: Kind, path: string): Promise<Resource | undefined> {
    const begun = swaps;
    const resource = await askWriter(kind, path, '');
    if (resource !== undefined && begun === swaps && !hot.has(path)) cold.set(path, resource);
    return resource;
  }

  function mayExist(address: Address | FileAddress): boolean {
    if (!('reference' in address)) return true;
    const latest = versions.get(address.reference) ?? 0;
    return latest >= ('version' in address ? address.version : address.page === 'diff' ? address.to : 1);
  }

  return {
    ready(path) {
      const resource = hot.get(path) ?? cold.get(path);
      return resource === undefined || (resource.nextChangeAt !== null && now() >= resource.nextChangeAt) ? undefined : resource;
    },
    redirect: (path) => redirectOf(path, languages),
    async ask(path, query) {
      const page = readAddress(path, languages)?.page;
      return page === 'search' || page === 'verify' ? askWriter('question', path, query.toString()) : undefined;
    },
    cold(path) {
      const known = flights.get(path);
      if (known) return known;
      // What no address is like, and what is not published, is not worth a question.
      const address = readAddress(path, languages);
      if (address === undefined || !mayExist(address)) return Promise.resolve(undefined);
      const flight = fetchPage(kindOf(address), path).finally(() => flights.delete(path));
      flights.set(path, flight);
      return flight;
    },
    missing(path) {
      const page = missing.get(languageOf(path, languages));
      if (page === undefined) throw new RangeError('no page for what is missing');
      return page;
    },
    swap(fresh, gone, counts) {
      swaps += 1;
      for (const [reference, count] of counts) versions.set(reference, count);
      for (const path of gone) hot.delete(path);
      for (const [path, resource] of fresh) hot.set(path, resource);
      cold.clear();
    },
    packed(path, resource) {
      if (hot.get(path)?.etag === resource.etag) hot.set(path, resource);
    },
  };
}

/** Pages of a statement that is there; comparisons and claims can be asked for by the thousand. */
function kindOf(address: Address | FileAddress): Kind {
  return 'reference' in address && address.page !== 'diff' && address.page !== 'claim' ? 'statement' : 'other';
}
