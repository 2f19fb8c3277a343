import { basename } from 'node:path';
import { refuse } from '../errors.ts';
import { type Disk, errnoOf } from './disk.ts';

const lockName = /^(?:\.lock\..+\.tmp|(?:people-)?lock\.[0-9]+)$/;
const isLock = (path: string): boolean => lockName.test(basename(path));

/**
 * Files for whoever reads them as a start would and must not change them: what a start finishes is kept in memory and read from there,
 * what it would take away or cut stays where it is. Locks alone are real, so that nobody else writes meanwhile.
 */
export function readingDisk(disk: Disk): Disk {
  const written = new Map<string, Buffer>();
  const made = new Set<string>();
  let writes = 0;

  function keep(path: string, bytes: Buffer): void {
    written.set(path, bytes);
    writes += 1;
  }

  return {
    create: async (path) => {
      if (isLock(path)) return disk.create(path);
      keep(path, Buffer.alloc(0));
      return {
        write: async (bytes) => keep(path, Buffer.concat([written.get(path) ?? Buffer.alloc(0), bytes])),
        sync: async () => {},
        close: async () => {},
      };
    },
    append: async () => refuse('store_write_failed', 'the data is only read'),
    read: async (path) => written.get(path) ?? disk.read(path),
    readAt: async (path, start, length) => written.get(path)?.subarray(start, start + length) ?? disk.readAt(path, start, length),
    stamp: async (path) => (written.has(path) ? `memory ${writes}` : disk.stamp(path)),
    truncate: async () => {},
    rename: async (from, to) => {
      const bytes = written.get(from);
      if (bytes === undefined) return disk.rename(from, to);
      written.delete(from);
      keep(to, bytes);
    },
    link: disk.link,
    remove: async (path) => {
      if (isLock(path)) await disk.remove(path);
      written.delete(path);
    },
    makeDirectory: async (path) => {
      made.add(path);
    },
    list: (path) => disk.list(path).catch((error: unknown) => (errnoOf(error) === 'ENOENT' && made.has(path) ? [] : Promise.reject(error))),
    syncDirectory: async () => {},
  };
}
