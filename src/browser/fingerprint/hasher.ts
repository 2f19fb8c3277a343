import { sha256 } from '@noble/hashes/sha2.js';
import { createSHA256 } from 'hash-wasm';

/** SHA-256 of bytes that come in pieces; each is taken in before `update` returns. */
export type Hasher = { update(bytes: Uint8Array): void; digest(): Uint8Array };

/** In WebAssembly, or in plain JavaScript where there is none or the page may not use it: the same digests, a little slower. */
export async function createHasher(): Promise<Hasher> {
  try {
    const hasher = await createSHA256();
    return { update: (bytes) => void hasher.update(bytes), digest: () => hasher.digest('binary') };
  } catch {
    const hasher = sha256.create();
    return { update: (bytes) => void hasher.update(bytes), digest: () => hasher.digest() };
  }
}
