import { measureMemory } from 'node:vm';
import type { Resource } from './resource.ts';

/** About four publications: a third of what V8 lets come together before it looks for garbage by itself. */
const enough = 12 * 1_048_576;

/**
 * Chooses the moment at which V8 looks for garbage. It does so when enough was made, and hardly anything but a publication makes much: so it is
 * while one is made, which then takes twice as long. Asked after one, it works beside everything else, in steps of some milliseconds, and most
 * often before the next.
 */
export type Tidying = {
  /** These were made. `settled`: when nothing is being made of them any more. */
  made(resources: Iterable<Resource>, settled: Promise<unknown>): void;
};

/** @param begin looks for garbage; resolves when that is done */
export function createTidying(begin: () => Promise<unknown> = collect): Tidying {
  let bytes = 0;
  // Asked again meanwhile, V8 would end the first one in one go.
  let isAsked = false;
  return {
    made(resources, settled) {
      for (const resource of resources) bytes += resource.bytes.length;
      if (bytes < enough || isAsked) return;
      bytes = 0;
      isAsked = true;
      settled
        .then(begin)
        .catch(() => undefined)
        .finally(() => {
          isAsked = false;
        });
    },
  };
}

/** An eager measurement of memory begins with a collection in steps, unless one has begun; `gc()` would hold everything for all of it. */
function collect(): Promise<unknown> {
  return measureMemory({ mode: 'summary', execution: 'eager' });
}
