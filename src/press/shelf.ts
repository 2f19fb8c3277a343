import { LRUCache } from 'lru-cache';
import { type BrotliQueue, createBrotliQueue } from './brotli-queue.ts';
import type { Resource } from './resource.ts';

/** Where ready resources lie: the hot set, which only the press changes, and a bounded rest that is dropped when unused. */
export type Shelf = {
  get(path: string): Resource | undefined;
  isHot(path: string): boolean;
  /** Everything at once: hot resources in, paths out. Synchronous, so that no reader sees a half. */
  swap(change: { hot: ReadonlyMap<string, Resource>; drop(path: string): boolean; cool(path: string): boolean }): void;
  putCold(path: string, resource: Resource): void;
  hotPaths(): readonly (readonly [string, Resource])[];
  settled(): Promise<void>;
};

export function createShelf(coldBytes: number): Shelf {
  const hot = new Map<string, Resource>();
  const cold = new LRUCache<string, Resource>({ maxSize: coldBytes, sizeCalculation: (resource) => weight(resource) });
  const brotli: BrotliQueue = createBrotliQueue();
  const shown = (path: string): Resource | undefined => hot.get(path) ?? cold.get(path);

  return {
    get: shown,
    isHot: (path) => hot.has(path),
    swap({ hot: fresh, drop, cool }) {
      for (const path of [...hot.keys()]) {
        if (fresh.has(path) || !(drop(path) || cool(path))) continue;
        const resource = hot.get(path);
        hot.delete(path);
        if (resource && !drop(path)) cold.set(path, resource);
      }
      for (const path of [...cold.keys()]) if (drop(path) || fresh.has(path)) cold.delete(path);
      for (const [path, resource] of fresh) {
        hot.set(path, resource);
        brotli.add(resource, () => hot.get(path) === resource);
      }
    },
    putCold(path, resource) {
      cold.set(path, resource);
      brotli.add(resource, () => cold.peek(path) === resource);
    },
    hotPaths: () => [...hot],
    settled: () => brotli.settled(),
  };
}

/** All three codings, brotli reckoned like gzip because it comes later. */
function weight({ bytes, gzip }: Resource): number {
  return bytes.length + 2 * (gzip?.length ?? 0) + 2_048;
}
