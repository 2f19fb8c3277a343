import { setImmediate } from 'node:timers/promises';
import { makeResource, type Resource, type ResourceDraft } from './resource.ts';

export type Made = { made: Map<string, Resource>; failures: readonly { path: string; error: unknown }[] };

const atOnce = 4;

/**
 * Makes the resource at each path, a few at a time, and lets readers in between; what is made is packed meanwhile, on another thread. A
 * page that fails is told, and left out; so is one that there is not.
 */
export async function makeEach(paths: readonly string[], draftOf: (path: string) => Promise<ResourceDraft | undefined>): Promise<Made> {
  const made = new Map<string, Resource>();
  const failures: { path: string; error: unknown }[] = [];
  const packing: Promise<unknown>[] = [];
  const left = paths.values();
  const makeOn = async (): Promise<void> => {
    for (const path of left) {
      const failed = (error: unknown): void => void failures.push({ path, error });
      const draft = await draftOf(path).catch(failed);
      if (draft) packing.push(makeResource(draft).then((resource) => made.set(path, resource), failed));
      await setImmediate();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, makeOn));
  await Promise.all(packing);
  return { made, failures };
}
