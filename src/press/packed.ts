import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/**
 * Packed forms by the hash of the bytes, so that what comes out the same again is not packed again: a page that a publication touches and does
 * not change, or that the clock has made anew. An empty one: packing saves nothing.
 */
const remembered = new LRUCache<string, Buffer>({ maxSize: 8 * 1_048_576, sizeCalculation: (packed) => packed.length + 128 });
const nothing = Buffer.alloc(0);

/** @param coding with what distinguishes its forms @param pack packs these bytes; null where it saves nothing */
export async function packedOnce(bytes: Buffer, coding: 'gzip' | 'br', pack: () => Promise<Buffer>): Promise<Buffer | null> {
  const key = `${coding} ${createHash('sha256').update(bytes).digest('base64')}`;
  const known = remembered.get(key);
  if (known) return known.length === 0 ? null : known;
  const packed = await pack();
  const kept = packed.length < bytes.length ? packed : nothing;
  remembered.set(key, kept);
  return kept === nothing ? null : kept;
}
