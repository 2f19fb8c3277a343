import { chmodSync, linkSync, mkdirSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The files of a release that is being made. */
export type Staging = {
  directory: string;
  /** Puts a file in its place, durably. What was there may be the file of another release as well: it is left alone and replaced. */
  put(file: string, bytes: Buffer, mtime: number): Promise<void>;
  has(file: string): boolean;
  /** Takes away what was put and is none of these. */
  keepOnly(files: ReadonlySet<string>): void;
  makeFolder(file: string): void;
};

/** Everybody may read a mirror: it holds what is public. */
const modes = { file: 0o644, folder: 0o755 };

export function openStaging(directory: string): Staging {
  rmSync(directory, { recursive: true, force: true });
  const [files, folders] = [new Set<string>(), new Set<string>()];
  const makeFolder = (folder: string): void => {
    if (folders.has(folder)) return;
    if (folder !== directory) makeFolder(dirname(folder));
    mkdirSync(folder, { mode: modes.folder });
    chmodSync(folder, modes.folder);
    folders.add(folder);
  };
  return {
    directory,
    put: async (file, bytes, mtime) => {
      const path = join(directory, file);
      makeFolder(dirname(path));
      rmSync(path, { force: true });
      await writeFile(path, bytes, mtime);
      files.add(file);
    },
    has: (file) => files.has(file),
    keepOnly: (wanted) => {
      for (const file of [...files]) {
        if (wanted.has(file)) continue;
        rmSync(join(directory, file));
        files.delete(file);
      }
    },
    makeFolder: (file) => makeFolder(dirname(join(directory, file))),
  };
}

/** Gives the staging every one of these files that it has not yet, from a release. Synchronous: nobody else is served, and it is ten times faster. */
export function linkFrom(release: string, staging: Staging, files: ReadonlySet<string>): void {
  for (const file of files) {
    if (staging.has(file)) continue;
    staging.makeFolder(file);
    linkSync(join(release, file), join(staging.directory, file));
  }
}

/** Replaces a file, whole or not at all. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.tmp`, Buffer.from(text), Math.floor(Date.now() / 1_000));
  await rename(`${path}.tmp`, path);
}

async function writeFile(path: string, bytes: Buffer, mtime: number): Promise<void> {
  const file = await open(path, 'w', modes.file);
  try {
    await file.writeFile(bytes);
    await file.chmod(modes.file);
    await file.utimes(mtime, mtime);
    await file.sync();
  } finally {
    await file.close();
  }
}
