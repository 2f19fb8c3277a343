import type { Resource } from '../press/resource.ts';
import type { Language } from '../statement/schema.ts';

/** What passes between the one process that opens the store and those that only answer readers. Both sides are this program: types suffice. */

export type Shown = readonly (readonly [string, Resource])[];
/** How many versions statements have: all of them at first, then those where it changed. */
export type Counts = readonly (readonly [reference: string, versions: number])[];

export type ToReader =
  | { type: 'open'; hot: Shown; counts: Counts; missing: readonly (readonly [Language, Resource])[]; site: ReaderSite }
  /** Shows these and forgets those, and everything that it kept beside them; answered by `shown`. */
  | { type: 'swap'; id: number; hot: Shown; gone: readonly string[]; counts: Counts }
  | { type: 'packed'; path: string; resource: Resource }
  | { type: 'found'; id: number; found: Found }
  | { type: 'close'; patienceMs: number };

export type FromReader =
  | { type: 'listening' }
  | { type: 'failed'; code: string }
  | { type: 'shown'; id: number }
  | { type: 'find'; id: number; path: string; query: string }
  | { type: 'answered'; counts: readonly (readonly [number, number])[] };

/** What is asked of the writer: a page, that there is none, or why there is none now. */
export type Found = { resource: Resource } | { none: 'missing' | 'busy' | 'failed' };

export type ReaderSite = {
  languages: readonly [Language, ...Language[]];
  listen: { host: string; port: number };
  hosts: readonly string[];
  behindProxy: boolean;
};
