import { createHash } from 'node:crypto';
import { isLarge } from './codings.ts';
import { ownBytes } from './own-bytes.ts';
import { packedOf } from './packed.ts';

/** One public answer, ready to send. `bytes` is the identity form; `brotli`, and `gzip` of what is large, may arrive a moment after the resource is public. */
export type Resource = {
  status: 200 | 404 | 451;
  type: string;
  bytes: Buffer;
  gzip: Buffer | null;
  brotli: Buffer | null;
  /** Strong, quoted, of the identity bytes; each coding derives its own. */
  etag: string;
  cache: string;
  /** Header names and values beyond the standard set, flat: `['link', '<…>; rel="…"', …]`. */
  headers: readonly string[];
  /** Milliseconds UTC at which the bytes must be made again because a clock line changes; null when only a publication changes them. */
  nextChangeAt: number | null;
  /** Whether scripts of other sites may read it: feeds and signed files. */
  crossOrigin: boolean;
  /** A Content-Security-Policy of its own instead of that of the public site. */
  policy?: string;
  /** Of a TimeGate (RFC 7089): every version's page, oldest first. A request for a past time is sent to the one that stood then. */
  mementos?: readonly Memento[];
};

/** `at`: milliseconds UTC in whole seconds, which is all that a reader can ask for; `path`: the version's page. */
export type Memento = { at: number; path: string };

export type Coding = 'br' | 'gzip' | 'identity';

/** The entity tag of one coding of a resource whose identity bytes have the tag `etag`. */
export function codingTag(etag: string, coding: Coding): string {
  return coding === 'identity' ? etag : `${etag.slice(0, -1)}-${coding}"`;
}

export type ResourceDraft = Pick<Resource, 'type' | 'cache'> & { body: string | Buffer } & Partial<
    Pick<Resource, 'status' | 'headers' | 'nextChangeAt' | 'crossOrigin' | 'policy' | 'mementos'>
  >;

/** The same draft gives the same bytes and tags everywhere. */
export async function makeResource({ body, ...draft }: ResourceDraft): Promise<Resource> {
  const bytes = ownBytes(body);
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  return {
    status: 200,
    headers: [],
    nextChangeAt: null,
    crossOrigin: false,
    ...draft,
    bytes,
    gzip: isLarge(bytes) ? null : await packedOf({ type: draft.type, bytes, etag }, 'gzip'),
    brotli: null,
    etag,
  };
}
