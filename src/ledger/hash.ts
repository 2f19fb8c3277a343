import { hash } from 'node:crypto';

/** SHA-256 of bytes, or of a text's UTF-8 (32 bytes). */
export function sha256(bytes: Uint8Array | string): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/** SHA-256 of bytes, or of a text's UTF-8 (64 lower-case hex digits). */
export function sha256Hex(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'hex');
}
