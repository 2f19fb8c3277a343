import { LRUCache } from 'lru-cache';
import { OnrecordError } from '../errors.ts';
import { readAddress } from '../press/address.ts';
import type { Press } from '../press/press.ts';
import { languageOf, redirectOf } from '../press/redirect.ts';
import type { Resource } from '../press/resource.ts';
import type { Language } from '../statement/schema.ts';
import type { Found, Shown } from './reader-messages.ts';

/** The press as a reading process has it: ready bytes that the writer sent, and questions to the writer for everything else. */
export type ReaderPress = Pick<Press, 'ready' | 'redirect' | 'cold' | 'ask' | 'missing'> & {
  swap(hot: Shown, gone: readonly string[]): void;
  packed(path: string, resource: Resource): void;
};
export type ReaderPressOptions = {
  languages: readonly [Language, ...Language[]];
  missing: ReadonlyMap<Language, Resource>;
  find(path: string, query: string): Promise<Found>;
  now(): number;
};

const keptBytes = 64 * 1024 * 1024;
const mostAsked = 256;

export function createReaderPress({ languages, missing, find, now }: ReaderPressOptions): ReaderPress {
  const hot = new Map<string, Resource>();
  const cold = new LRUCache<string, Resource>({ maxSize: keptBytes, sizeCalculation: ({ bytes, gzip }) => bytes.length + (gzip?.length ?? 0) + 2_048 });
  const flights = new Map<string, Promise<Resource | undefined>>();
  let swaps = 0;
  let asked = 0;

  async function askWriter(path: string, query: string): Promise<Resource | undefined> {
    if (asked >= mostAsked) throw new OnrecordError('busy', 'too many questions to the writer');
    asked += 1;
    try {
      const found = await find(path, query);
      if ('resource' in found) return found.resource;
      if (found.none === 'missing') return undefined;
      throw found.none === 'busy' ? new OnrecordError('busy', 'the writer is busy') : new Error('the writer could not make a page');
    } finally {
      asked -= 1;
    }
  }

  /** An answer that a change overtook is sent, but not kept: it may be what that change took away. */
  async function fetchPage(path: string): Promise<Resource | undefined> {
    const begun = swaps;
    const resource = await askWriter(path, '');
    if (resource !== undefined && begun === swaps && !hot.has(path)) cold.set(path, resource);
    return resource;
  }

  return {
    ready(path) {
      const resource = hot.get(path) ?? cold.get(path);
      return resource === undefined || (resource.nextChangeAt !== null && now() >= resource.nextChangeAt) ? undefined : resource;
    },
    redirect: (path) => redirectOf(path, languages),
    async ask(path, query) {
      const page = readAddress(path, languages)?.page;
      return page === 'search' || page === 'verify' ? askWriter(path, query.toString()) : undefined;
    },
    cold(path) {
      const known = flights.get(path);
      if (known) return known;
      // What no address is like is not worth a question.
      if (readAddress(path, languages) === undefined) return Promise.resolve(undefined);
      const flight = fetchPage(path).finally(() => flights.delete(path));
      flights.set(path, flight);
      return flight;
    },
    missing(path) {
      const page = missing.get(languageOf(path, languages));
      if (page === undefined) throw new RangeError('no page for what is missing');
      return page;
    },
    swap(fresh, gone) {
      swaps += 1;
      for (const path of gone) hot.delete(path);
      for (const [path, resource] of fresh) hot.set(path, resource);
      cold.clear();
    },
    packed(path, resource) {
      if (hot.get(path)?.etag === resource.etag) hot.set(path, resource);
    },
  };
}
