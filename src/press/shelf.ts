import { LRUCache } from 'lru-cache';
import { type BrotliQueue, createBrotliQueue } from './brotli-queue.ts';
import type { Resource } from './resource.ts';

/** Learns what the hot set becomes, so that another process can show the same. */
export type Follower = {
  /** Hot resources in, paths out, and whatever else was kept may be another one now; resolves when that is shown there. Never rejects. */
  swap(fresh: ReadonlyMap<string, Resource>, gone: readonly string[]): Promise<void>;
  /** The slower coding of a hot resource is there. */
  packed(path: string, resource: Resource): void;
};

/** Where ready resources lie: the hot set, which only the press changes, and a bounded rest that is dropped when unused. */
export type Shelf = {
  get(path: string): Resource | undefined;
  isHot(path: string): boolean;
  /** Everything at once: hot resources in, paths out. Here when it returns, so that no reader sees a half; with every follower when it resolves. */
  swap(change: { hot: ReadonlyMap<string, Resource>; drop(path: string): boolean; cool(path: string): boolean }): Promise<void>;
  /** Tells every change from now on; gives the hot set as it is. */
  follow(follower: Follower): ReadonlyMap<string, Resource>;
  putCold(path: string, resource: Resource): void;
  hotPaths(): readonly (readonly [string, Resource])[];
  settled(): Promise<void>;
};

export function createShelf(coldBytes: number): Shelf {
  const hot = new Map<string, Resource>();
  const cold = new LRUCache<string, Resource>({ maxSize: coldBytes, sizeCalculation: (resource) => weight(resource) });
  const brotli: BrotliQueue = createBrotliQueue();
  const followers: Follower[] = [];
  const shown = (path: string): Resource | undefined => hot.get(path) ?? cold.get(path);

  return {
    get: shown,
    isHot: (path) => hot.has(path),
    async swap({ hot: fresh, drop, cool }) {
      const gone: string[] = [];
      for (const path of [...hot.keys()]) {
        if (fresh.has(path) || !(drop(path) || cool(path))) continue;
        const resource = hot.get(path);
        hot.delete(path);
        gone.push(path);
        if (resource && !drop(path)) cold.set(path, resource);
      }
      for (const path of [...cold.keys()]) if (drop(path) || fresh.has(path)) cold.delete(path);
      for (const [path, resource] of fresh) {
        hot.set(path, resource);
        brotli.add(resource, {
          stillWanted: () => hot.get(path) === resource,
          done: () => {
            if (hot.get(path) === resource) for (const follower of followers) follower.packed(path, resource);
          },
        });
      }
      await Promise.all(followers.map((follower) => follower.swap(fresh, gone)));
    },
    follow(follower) {
      followers.push(follower);
      return new Map(hot);
    },
    putCold(path, resource) {
      cold.set(path, resource);
      brotli.add(resource, { stillWanted: () => cold.peek(path) === resource, done: () => {} });
    },
    hotPaths: () => [...hot],
    settled: () => brotli.settled(),
  };
}

/** All three codings, brotli reckoned like gzip because it comes later. */
function weight({ bytes, gzip }: Resource): number {
  return bytes.length + 2 * (gzip?.length ?? 0) + 2_048;
}
