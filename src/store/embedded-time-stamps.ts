import { join } from 'node:path';
import { type Disk, listIfThere, readIfThere, realDisk } from './disk.ts';
import { makeDirectories, writeDurably } from './durable-file.ts';
import type { TimeStamps } from './time-stamps.ts';

/** Time-stamps in one directory: `<log>/<size>.checkpoint`, and beside it the answer, written last. */
export function openEmbeddedTimeStamps(directory: string, disk: Disk = realDisk): TimeStamps {
  const known = new Set<string>();
  const pathOf = (log: number, size: number, form: string): string => join(directory, String(log), `${size}.${form}`);
  return {
    read: (log, size, form) => readIfThere(disk, pathOf(log, size, form)),
    sizes: async (log) =>
      (await listIfThere(disk, join(directory, String(log))))
        .flatMap((name) => /^([1-9][0-9]{0,14})\.tsr$/.exec(name)?.slice(1).map(Number) ?? [])
        .sort((a, b) => a - b),
    keep: async (log, size, { checkpoint, tsr }) => {
      await makeDirectories(join(directory, String(log)), known, disk);
      await writeDurably(pathOf(log, size, 'checkpoint'), checkpoint, disk);
      await writeDurably(pathOf(log, size, 'tsr'), tsr, disk);
    },
  };
}
