import type { PublicStatement } from '../statement/facts.ts';
import type { Resource } from './resource.ts';

/** What the world sees: a function of the record and the instant. */
export interface Press {
  /** The resource at a path (no query) if it is in memory; never renders. */
  ready(path: string): Resource | undefined;
  /** Renders a public path that is not in memory; one render in flight a path, four at once, then OnrecordError `busy`. Undefined: no such public thing. */
  cold(path: string): Promise<Resource | undefined>;
  /** Takes in a statement's new public facts after `record`; resolves when every page and feed shows them. */
  advance(statement: PublicStatement): Promise<void>;
  /** Renders again what the clock has changed since. */
  tick(): Promise<void>;
  /** Newest first statements whose public text in this language matches; each with address and a plain excerpt. */
  search(query: string, language: string): readonly SearchHit[];
}

export type SearchHit = { reference: string; url: string; title: string; excerpt: string; changedAt: string };
