import { mkdir, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { refuse } from '../errors.ts';
import { languages } from '../statement/schema.ts';
import { acquireLock } from '../store/lock.ts';
import { openStaging, type Staging, syncFileSystem, writeWhole } from './export-files.ts';

/**
 * A mirror's directory: `releases/<n>/` are whole copies of the site, `releases/<n>.json` says what is in each, and `current` leads to the
 * one that is served. A file that did not change is the same file in each of them.
 */

/** `mtime`: seconds, later by one at least whenever the bytes changed, since servers of files make their tags of it. */
const Held = z.object({ stamp: z.string(), etag: z.string(), status: z.int(), file: z.string(), codings: z.array(z.enum(['gz', 'br'])), mtime: z.int() });
const Index = z.object({
  redactions: z.int(),
  languages: z.tuple([z.enum(languages)], z.enum(languages)),
  embedOrigins: z.array(z.string()),
  held: z.array(z.tuple([z.string(), Held])),
});
export type Held = z.infer<typeof Held>;
export type Release = Omit<z.infer<typeof Index>, 'held'> & { held: ReadonlyMap<string, Held> };

export type Mirror = {
  current(): Release | null;
  /** An empty place for the files of the next release. */
  begin(): Staging;
  /** Makes a release of what is staged and, for the rest, of the current one; every reader sees the one or the other. */
  publish(staged: Staging, release: Release): Promise<void>;
  close(): Promise<void>;
};

/** Those before the current one, for whoever is in the middle of copying them. */
const oldReleases = 2;
const ours = /^(?:releases|current(?:\.next)?|lock\.\d+|\..+\.tmp)$/;

/** @throws store_exists where the directory holds something else, store_locked where another export has it */
export async function openMirror(directory: string): Promise<Mirror> {
  await mkdir(join(directory, 'releases'), { recursive: true, mode: 0o755 });
  const strange = (await readdir(directory)).find((name) => !ours.test(name));
  if (strange !== undefined) return refuse('store_exists', `${directory} is no mirror: it holds ${strange}`);
  const lock = await acquireLock(directory);
  const at = (number: number): string => join(directory, 'releases', String(number));
  let number = await currentNumber(directory);
  let release = await readServed(directory);
  await prune(directory, number, release?.redactions ?? 0);

  return {
    current: () => release,
    begin: () => openStaging(join(directory, 'releases', 'next')),
    publish: async (staged, fresh) => {
      const next = Math.max(number, ...(await numbersIn(directory))) + 1;
      const files = filesOf(fresh);
      staged.complete(files, number > 0 ? at(number) : null);
      writeWhole(`${at(next)}.json`, JSON.stringify({ ...fresh, held: [...fresh.held] }));
      await rename(staged.directory, at(next));
      // A power cut must never leave a mirror of empty files.
      await syncFileSystem(directory);
      await rm(join(directory, 'current.next'), { force: true });
      await symlink(`releases/${next}`, join(directory, 'current.next'));
      await rename(join(directory, 'current.next'), join(directory, 'current'));
      [number, release] = [next, fresh];
      await prune(directory, number, fresh.redactions);
    },
    close: async () => {
      await rm(join(directory, 'releases', 'next'), { recursive: true, force: true }).finally(lock.release);
    },
  };
}

/** What a mirror serves now; null where there is none. */
export async function readServed(directory: string): Promise<Release | null> {
  const number = await currentNumber(directory);
  return number === 0 ? null : readRelease(directory, number);
}

/** 0 where nothing is served yet. */
async function currentNumber(directory: string): Promise<number> {
  const target = await readlink(join(directory, 'current')).catch(() => '');
  return Number(/^releases\/([1-9][0-9]{0,14})$/.exec(target)?.[1] ?? 0);
}

/** Null where it cannot be read: everything is then asked for again. */
async function readRelease(directory: string, number: number): Promise<Release | null> {
  const text = await readFile(join(directory, 'releases', `${number}.json`), 'utf8').catch(() => 'null');
  const read = Index.safeParse(JSON.parse(text));
  return read.success ? { ...read.data, held: new Map(read.data.held) } : null;
}

async function numbersIn(directory: string): Promise<readonly number[]> {
  const names = await readdir(join(directory, 'releases'));
  return names.flatMap((name) => /^([1-9][0-9]{0,14})(?:\.json)?$/.exec(name)?.[1] ?? []).map(Number);
}

/** Removes what is not served any more, but for the last few; of those, whatever was made before a text had to go is removed as well. */
async function prune(directory: string, current: number, redactions: number): Promise<void> {
  const others = [...new Set(await numbersIn(directory))].filter((number) => number !== current).sort((a, b) => b - a);
  const kept: number[] = [];
  for (const number of others.filter((other) => other < current).slice(0, oldReleases))
    if ((await readRelease(directory, number))?.redactions === redactions) kept.push(number);
  for (const number of others.filter((other) => !kept.includes(other))) {
    await rm(join(directory, 'releases', String(number)), { recursive: true, force: true });
    await rm(join(directory, 'releases', `${number}.json`), { force: true });
  }
  await rm(join(directory, 'releases', 'next'), { recursive: true, force: true });
}

/** Every file of a release, those in other codings included. @throws RangeError where two paths would lie in one file */
function filesOf({ held }: Release): ReadonlySet<string> {
  const files = [...held.values()].flatMap(({ file, codings }) => [file, ...codings.map((coding) => `${file}.${coding}`)]);
  const all = new Set(files);
  if (all.size !== files.length) throw new RangeError('two paths lie in one file');
  return all;
}
