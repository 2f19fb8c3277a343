import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Test } from 'tap';
import { createSigner } from '../../src/ledger/signer.ts';
import type { PublicVersion } from '../../src/statement/facts.ts';
import { publicStatement } from '../../src/statement/state.ts';
import { walkFiles } from '../../src/store/backup-manifest.ts';
import { realDisk } from '../../src/store/disk.ts';
import { makeDirectories } from '../../src/store/durable-file.ts';
import { openEmbeddedStore } from '../../src/store/embedded.ts';
import { proveWith } from '../../src/store/embedded-prove.ts';
import { installationParts, readInstallation } from '../../src/store/installation.ts';
import type { Store } from '../../src/store/store.ts';
import { doubt, foundAgency, identity, removeText, say, sayMore, takeBack } from './agency.ts';
import { endorseNewest } from './morning.ts';
import type { Files, Mutation } from './mutations.ts';
import { type MemoryDisk, memoryDisk } from './store-disks.ts';

/** A small record with one of each thing that can be on it, on a disk in memory, to be rewritten and looked at again. */

export type SmallRecord = {
  /** The files of the record: not people, notices, locks, nor what was once told in feeds, which nobody signs. */
  files: Files;
  /** The same after each act before the last one. */
  earlier: readonly Files[];
  /** What the store tells after this rewriting; `undone`: the same, and what came back is gone again, as a redacted text must be. */
  tellsAfter(mutation: Mutation): Promise<Told>;
  /** A check that reads every file and compares no hash, for a control. */
  isReadableAfter(mutation: Mutation): Promise<boolean>;
};
export type Told = 'refused' | 'undone' | 'the same' | 'another story';

const directory = '/record';
const anchorFile = '/anchor';
const isOfRecord = (path: string): boolean => /^(?:ledger|record|statements|texts)\/|^onrecord\.json$/.test(path);

export async function openSmallRecord(t: Test): Promise<SmallRecord> {
  const agency = await foundAgency(t);
  const server = await agency.start();
  const { office } = server;
  const states: Files[] = [];
  const keep = async (): Promise<void> => {
    agency.clock.forward(1_000);
    const paths = await walkFiles(realDisk, agency.directory);
    const bodies = paths
      .filter((path) => !/^(?:lock\.|operator\.sock)/.test(path))
      .map(async (path): Promise<[string, Buffer]> => [path, await readFile(join(agency.directory, path))]);
    states.push(new Map(await Promise.all(bodies)));
  };
  await keep();
  const first = await say(office, 'One');
  await keep();
  await sayMore(office, first.id, 'correction', 'One, corrected');
  await keep();
  await doubt(office, { ...first, versions: [...first.versions, ...first.versions] });
  await keep();
  const second = await say(office, 'Two');
  await takeBack(office, second);
  await keep();
  await endorseNewest(office, second.id);
  const third = await say(office, 'Three');
  await keep();
  await removeText(office, third.id, 1);
  await keep();
  await server.close(0);
  const anchor = await readFile(agency.anchorFile);
  const signer = createSigner(await readFile(agency.keyFile, 'utf8'), identity);
  return load(states, { anchor, signer, now: agency.clock.now });
}

type Keys = { anchor: Buffer; signer: ReturnType<typeof createSigner>; now: () => number };

async function load(states: readonly Files[], { anchor, signer, now }: Keys): Promise<SmallRecord> {
  const disk = memoryDisk();
  const all = states.at(-1) ?? new Map();
  const known = new Set<string>();
  for (const part of installationParts) await makeDirectories(join(directory, part), known, disk);
  const put = async (path: string, bytes: Buffer): Promise<void> => {
    await makeDirectories(dirname(join(directory, path)), known, disk);
    disk.writeUnsynced(join(directory, path), bytes);
  };
  for (const [path, bytes] of all) await put(path, bytes);
  disk.writeUnsynced(anchorFile, anchor);
  const installation = await readInstallation(directory, disk);
  const reset = async (): Promise<void> => {
    for (const path of await walkFiles(disk, directory)) if (!all.has(path)) await disk.remove(join(directory, path));
    for (const [path, bytes] of all) await put(path, bytes);
    disk.writeUnsynced(anchorFile, anchor);
  };
  const apply = async ({ changed }: Mutation): Promise<void> => {
    for (const [path, bytes] of changed) {
      if (bytes !== null) await put(path, bytes);
      else await disk.remove(join(directory, path));
    }
  };
  const tell = async (): Promise<string> => {
    await proveWith(directory, await readInstallation(directory, disk), { signer, previous: null, changesKeys: false }, disk);
    const store = await openEmbeddedStore({ directory, signer, anchorFile, now, disk });
    try {
      return await storyOf(store);
    } finally {
      await store.close();
    }
  };
  const truth = await tell();
  if (installation.origin !== identity) throw new Error('the record is of another house');
  const files: Files = new Map([...all].filter(([path]) => isOfRecord(path)));
  return {
    files,
    earlier: states.slice(0, -1).map((state) => new Map([...state].filter(([path]) => isOfRecord(path)))),
    tellsAfter: async (mutation) => {
      await reset();
      await apply(mutation);
      const told = await tell().catch(() => null);
      if (told === null) return 'refused';
      if (told !== truth) return 'another story';
      const there = await walkFiles(disk, directory);
      return [...mutation.changed.keys()].every((path) => !all.has(path) && !there.includes(path)) ? 'undone' : 'the same';
    },
    isReadableAfter: async (mutation) => {
      await reset();
      await apply(mutation);
      return isReadable(disk, [...files.keys()]);
    },
  };
}

/** All that the public can be shown, and the texts behind it. @throws where the store says itself that it went back in time */
async function storyOf(store: Store): Promise<string> {
  const trouble = store.trouble();
  if (trouble !== null) throw new Error(trouble);
  const { size, checkpoint, entries } = await store.ledger(-1, Number.MAX_SAFE_INTEGER);
  const statements: unknown[] = [];
  for (const { id } of await store.list()) {
    const statement = await store.read(id);
    const texts = await Promise.all((statement?.versions ?? []).map((version) => store.revision(version.text)));
    const shown = statement && publicStatement(statement);
    statements.push([id, shown && { ...shown, versions: shown.versions.map(provable) }, texts]);
  }
  return JSON.stringify([size, checkpoint, entries, statements.sort()]);
}

/** The facts of a version whose file a redaction took, by law, have nothing left that they could be held to: only its numbers, its files and its debt have. */
function provable(version: PublicVersion): unknown {
  const { version: number, kind, at, entry, files, feedId, title, changeNote, redacted, debt } = version;
  return redacted === null ? version : { number, kind, at, entry, files, feedId, title, changeNote, redacted, debt };
}

async function isReadable(disk: MemoryDisk, paths: readonly string[]): Promise<boolean> {
  try {
    for (const path of paths) {
      const text = (await disk.read(join(directory, path))).toString();
      if (path.endsWith('.json')) JSON.parse(text);
      if (path.endsWith('.jsonl')) for (const line of text.split('\n').slice(0, -1)) JSON.parse(line);
    }
    return true;
  } catch {
    return false;
  }
}
