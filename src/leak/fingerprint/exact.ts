import { toHex } from './hex.ts';

/**
 * Level 0, exact: `SHA-256("onrecord-fp-v1:" + hex(SHA-256(bytes)))`, the tag and the 64 lower-case hex digits as ASCII. The second hash
 * keeps the plain SHA-256 out of the register, which would otherwise be a search key for archives and scanners. By hand:
 *   printf 'onrecord-fp-v1:%s' "$(sha256sum < FILE | cut -c 1-64)" | sha256sum
 */
export const exactTag = 'onrecord-fp-v1:';

/** SHA-256 of bytes, 32 bytes: node:crypto on the server, WebAssembly or plain JavaScript in a browser. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** The level 0 fingerprint of a file held in memory: 64 lower-case hex digits. */
export function fingerprintOfBytes(bytes: Uint8Array, sha256: Sha256): string {
  return fingerprintOfDigest(sha256(bytes), sha256);
}

/** The same from a file's plain SHA-256 (32 bytes, else RangeError), for files that are hashed in slices. */
export function fingerprintOfDigest(digest: Uint8Array, sha256: Sha256): string {
  if (digest.length !== 32) throw new RangeError(`a SHA-256 is 32 bytes, this is ${digest.length}`);
  return toHex(sha256(new TextEncoder().encode(exactTag + toHex(digest))));
}

/** A pasted plain SHA-256 as its 32 bytes: 64 hex digits of either case, blanks around them; null for anything else. */
export function readDigest(text: string): Uint8Array | null {
  const digits = /^\s*([0-9a-f]{64})\s*$/i.exec(text)?.[1];
  return digits === undefined ? null : Uint8Array.from({ length: 32 }, (_, place) => Number.parseInt(digits.slice(2 * place, 2 * place + 2), 16));
}
