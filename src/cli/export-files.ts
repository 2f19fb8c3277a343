import { execFile } from 'node:child_process';
import { linkSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { OnrecordError } from '../errors.ts';

const run = promisify(execFile);

/** The files of a release that is being made. Synchronous throughout: nobody else is served here, and it takes a third of the time. */
export type Staging = {
  directory: string;
  /** Puts a file in its place. What was there may be the file of another release as well: it is left alone and replaced. */
  put(file: string, bytes: Buffer, mtime: number): void;
  /** Gives it each of these files that it has not yet, from a release, and takes away what is none of them. */
  complete(files: ReadonlySet<string>, release: string | null): void;
};

/** Everybody may read a mirror: it holds what is public. */
const modes = { file: 0o644, folder: 0o755 };

export function openStaging(directory: string): Staging {
  rmSync(directory, { recursive: true, force: true });
  const [put, folders] = [new Set<string>(), new Set<string>()];
  const makeFolder = (folder: string): void => {
    if (folders.has(folder)) return;
    mkdirSync(folder, { recursive: true, mode: modes.folder });
    folders.add(folder);
  };
  makeFolder(directory);
  return {
    directory,
    put: (file, bytes, mtime) => {
      const path = join(directory, file);
      makeFolder(dirname(path));
      rmSync(path, { force: true });
      writeFileSync(path, bytes, { flag: 'wx', mode: modes.file });
      utimesSync(path, mtime, mtime);
      put.add(file);
    },
    complete: (files, release) => {
      for (const file of put) if (!files.has(file)) rmSync(join(directory, file));
      for (const file of files) {
        if (put.has(file) || release === null) continue;
        makeFolder(dirname(join(directory, file)));
        linkSync(join(release, file), join(directory, file));
      }
    },
  };
}

/**
 * Brings everything on this file system to the disk: at once, since each file by itself would take a hundred times as long.
 * @throws OnrecordError `store_write_failed`
 */
export async function syncFileSystem(directory: string): Promise<void> {
  await run('sync', ['-f', directory]).catch((cause: unknown) => {
    throw new OnrecordError('store_write_failed', 'the mirror could not be brought to the disk', { cause });
  });
}

/** Replaces a file, whole or not at all. */
export function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.tmp`, text, { mode: modes.file });
  renameSync(`${path}.tmp`, path);
}
