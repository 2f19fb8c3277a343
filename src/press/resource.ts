/** One public answer, ready to send. `bytes` is the identity form; `brotli` may arrive a moment after the resource is public. */
export type Resource = {
  status: 200 | 404;
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
};
