import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { packedOnce } from './packed.ts';
import { gzipOf, isLarge, isPacked, type Resource } from './resource.ts';

const compress = promisify(brotliCompress);

/** Attaches the brotli form to resources a moment after they are public, and to large ones gzip as well: two at a time, off the main thread, the same bytes on every server. */
export type BrotliQueue = { add(resource: Resource, on: Concern): void; settled(): Promise<void> };
type Concern = { stillWanted(): boolean; done(): void };

const quality = { usual: 9, large: 4 } as const;

export function createBrotliQueue(): BrotliQueue {
  const waiting: { resource: Resource; on: Concern }[] = [];
  const running = new Set<Promise<void>>();

  async function work(): Promise<void> {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const { resource, on } = job;
      if (resource.brotli !== null || !on.stillWanted()) continue;
      if (isLarge(resource)) resource.gzip = await gzipOf(resource);
      resource.brotli = await brotliOf(resource);
      if (resource.brotli !== null || resource.gzip !== null) on.done();
    }
  }

  return {
    add(resource, on) {
      waiting.push({ resource, on });
      if (running.size >= 2) return;
      const worker: Promise<void> = work().finally(() => running.delete(worker));
      running.add(worker);
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** The brotli form of these bytes; null where it saves nothing. Off the main thread. */
export async function brotliOf({ type, bytes }: Pick<Resource, 'type' | 'bytes'>): Promise<Buffer | null> {
  if (isPacked(type)) return null;
  const { length } = bytes;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: isLarge({ bytes }) ? quality.large : quality.usual,
    [constants.BROTLI_PARAM_SIZE_HINT]: length,
    // A window as large as the text and no larger: the memory of a larger one costs more to give back than the packing itself.
    [constants.BROTLI_PARAM_LGWIN]: Math.min(22, Math.max(16, Math.ceil(Math.log2(length + 1)))),
  };
  return packedOnce(bytes, 'br', () => compress(bytes, { params }));
}
