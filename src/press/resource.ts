import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip as gzipWithCallback } from 'node:zlib';
import { packedOnce } from './packed.ts';

const gzip = promisify(gzipWithCallback);

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

/** Pictures are packed as they are: packing them again costs time and saves nothing. */
export function isPacked(type: string): boolean {
  return type === 'image/png' || type === 'image/x-icon';
}

/** Nobody waits for the packing of what is larger: a list of ten thousand documents takes a second. */
export function isLarge({ bytes }: Pick<Resource, 'bytes'>): boolean {
  return bytes.length > 1_048_576;
}

/** The gzip form of these bytes; null where it saves nothing. Off the main thread. */
export async function gzipOf({ type, bytes }: Pick<Resource, 'type' | 'bytes'>): Promise<Buffer | null> {
  if (isPacked(type)) return null;
  return packedOnce(bytes, 'gzip', () => gzip(bytes, { level: isLarge({ bytes }) ? 4 : 9 }));
}

/** The same draft gives the same bytes and tags everywhere. */
export async function makeResource({ body, ...draft }: ResourceDraft): Promise<Resource> {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return {
    status: 200,
    headers: [],
    nextChangeAt: null,
    crossOrigin: false,
    ...draft,
    bytes,
    gzip: isLarge({ bytes }) ? null : await gzipOf({ type: draft.type, bytes }),
    brotli: null,
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
  };
}
