import { isLarge } from './codings.ts';
import { packedOf } from './packed.ts';
import type { Resource } from './resource.ts';

/** Attaches the brotli form to resources a moment after they are public, and to large ones gzip as well: two at a time, off the main thread, the same bytes on every server. */
export type BrotliQueue = { add(resource: Resource, on: Concern): void; settled(): Promise<void> };
type Concern = { stillWanted(): boolean; done(): void };

export function createBrotliQueue(): BrotliQueue {
  const waiting: { resource: Resource; on: Concern }[] = [];
  const running = new Set<Promise<void>>();

  async function work(): Promise<void> {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const { resource, on } = job;
      if (resource.brotli !== null || !on.stillWanted()) continue;
      // A form that cannot be made is missing, and nothing else: readers get another one.
      if (isLarge(resource.bytes)) resource.gzip = await packedOf(resource, 'gzip').catch(() => null);
      resource.brotli = await packedOf(resource, 'br').catch(() => null);
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
