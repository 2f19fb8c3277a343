import { closeSync, fstatSync, open as openCallback, read as readCallback } from 'node:fs';
import { constants, link, mkdir, open, readdir, rename, stat, truncate, unlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { OnrecordError } from '../errors.ts';

/** Every file operation of the embedded stores goes through this one object, so that tests can fail or lose each of them. */
export type Disk = {
  /** A new file, 0600; EEXIST when there is one. */
  create(path: string): Promise<DiskFile>;
  /** A file that is there, for writing at its end. */
  append(path: string): Promise<DiskFile>;
  read(path: string): Promise<Buffer>;
  /** At most `length` bytes from `start`. */
  readAt(path: string, start: number, length: number): Promise<Buffer>;
  /** A text that changes whenever the file is written or replaced. */
  stamp(path: string): Promise<string>;
  truncate(path: string, size: number): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** A second name for a file; EEXIST when the name is taken: the compare-and-swap of a file system. */
  link(existing: string, path: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** One level, 0700; EEXIST when it is there. */
  makeDirectory(path: string): Promise<void>;
  list(path: string): Promise<readonly string[]>;
  syncDirectory(path: string): Promise<void>;
};
export type DiskFile = { write(bytes: Uint8Array): Promise<void>; sync(): Promise<void>; close(): Promise<void> };

export const realDisk: Disk = {
  create: (path) => openFile(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL),
  append: (path) => openFile(path, constants.O_WRONLY | constants.O_APPEND),
  read: (path) => withOpen(path, (file) => readFrom(file, 0, fstatSync(file).size)),
  readAt: (path, start, length) => withOpen(path, (file) => readFrom(file, start, length)),
  stamp: async (path) => {
    const { ino, size, mtimeNs } = await stat(path, { bigint: true });
    return `${ino} ${size} ${mtimeNs}`;
  },
  truncate: (path, size) => truncate(path, size),
  rename,
  link,
  remove: unlink,
  makeDirectory: async (path) => {
    await mkdir(path, { mode: 0o700 });
  },
  list: (path) => readdir(path),
  syncDirectory: async (path) => {
    const directory = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
    await directory.sync().finally(() => directory.close());
  },
};

async function openFile(path: string, flags: number): Promise<DiskFile> {
  const file = await open(path, flags, 0o600);
  return { write: (bytes) => file.writeFile(bytes), sync: () => file.sync(), close: () => file.close() };
}

const [openForReading, readInto] = [promisify(openCallback), promisify(readCallback)];

/**
 * Opening and reading wait for a disk, and are done in the thread pool. To look at the size of what is open, and to close what was only read,
 * waits for none: two turns in the pool in place of four, of which each costs the thread that serves as much as the reading.
 */
async function withOpen(path: string, work: (file: number) => Promise<Buffer>): Promise<Buffer> {
  const file = await openForReading(path, constants.O_RDONLY);
  try {
    return await work(file);
  } finally {
    closeSync(file);
  }
}

async function readFrom(file: number, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await readInto(file, bytes, filled, length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

/** The `code` of a file operation's error, e.g. `ENOENT`; undefined for our own refusals, which have codes as well. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && !(error instanceof OnrecordError) && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The names in a directory; none when there is no such directory. */
export async function listIfThere(disk: Disk, path: string): Promise<readonly string[]> {
  return disk.list(path).catch((error: unknown) => (errnoOf(error) === 'ENOENT' ? [] : Promise.reject(error)));
}

/** The file's bytes; undefined when there is none. */
export async function readIfThere(disk: Disk, path: string): Promise<Buffer | undefined> {
  try {
    return await disk.read(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
