import { LRUCache } from 'lru-cache';
import { ownBytes } from './own-bytes.ts';
import { pack } from './packing.ts';
import type { Resource } from './resource.ts';

/**
 * Packed forms by the tag of the bytes, which is of their hash, so that what comes out the same again is not packed again: a page that a
 * publication touches and does not change, or that the clock has made anew. An empty one: packing saves nothing.
 */
const remembered = new LRUCache<string, Buffer>({ maxSize: 8 * 1_048_576, sizeCalculation: (packed) => packed.length + 128 });
const nothing = Buffer.alloc(0);

/** Pictures are packed as they are: packing them again costs time and saves nothing. */
const packedTypes: ReadonlySet<string> = new Set(['image/png', 'image/x-icon']);

/** The form of a resource in one coding; null where it saves nothing. Off the main thread. */
export async function packedOf({ type, bytes, etag }: Pick<Resource, 'type' | 'bytes' | 'etag'>, coding: 'gzip' | 'br'): Promise<Buffer | null> {
  if (packedTypes.has(type)) return null;
  const key = `${coding} ${etag}`;
  const known = remembered.get(key);
  if (known) return known.length === 0 ? null : known;
  const packed = await pack(coding, bytes);
  const kept = packed.length < bytes.length ? ownBytes(packed) : nothing;
  remembered.set(key, kept);
  return kept === nothing ? null : kept;
}
