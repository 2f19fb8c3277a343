import { dirname, join } from 'node:path';
import { walkFiles } from './backup-manifest.ts';
import { type Disk, errnoOf } from './disk.ts';
import { makeDirectories, removeIfThere, temporaryName, writeNew } from './durable-file.ts';
import { linksPart, withoutKey } from './embedded-links.ts';
import { installationParts, markerName } from './installation.ts';

/**
 * Copies a data directory that may be in use, round by round. Each of its files is replaced as a whole or only appended to, so that a
 * copy of one file is never torn; whether the files belong together shows only when the copy is opened.
 */
export type Copying = {
  disk: Disk;
  from: string;
  to: string;
  /** Files of the data directory itself that go along with the marker. */
  beside: readonly string[];
  /** How each file was when it was copied. */
  stamps: Map<string, string>;
  known: Set<string>;
};

/**
 * Order: the checkpoint before the entries that it signs, both before staging and statements. What a commit writes after its
 * checkpoint is then found in staging or in the statement's file. Never copied: keys, locks, sockets, the anchor.
 */
export const copiedParts: readonly string[] = [
  'ledger',
  'staging',
  'statements',
  ...installationParts.filter((part) => !['ledger', 'staging', 'statements'].includes(part)),
  'prints',
  'csaf',
  'timestamps',
  'witness',
];

/** Sessions and preview links end with a restore: one that was revoked since must not come back. */
const noSessions = Buffer.from('{"sessions":{}}\n');

/** Brings the copy up to the files as they are; gives how many differed from the round before. */
export async function copyRound(copying: Copying): Promise<number> {
  const { disk, from, to, stamps, known } = copying;
  for (const part of installationParts) await makeDirectories(join(to, part), known, disk);
  let changed = 0;
  const there = new Set<string>();
  for (const name of [markerName, ...copying.beside]) changed += await copyFile(copying, name, there);
  for (const part of copiedParts) {
    const names = await walkFiles(disk, join(from, part));
    for (const name of names) if (!temporaryName.test(name.slice(name.lastIndexOf('/') + 1))) changed += await copyFile(copying, `${part}/${name}`, there);
  }
  for (const name of [...stamps.keys()].filter((path) => !there.has(path))) {
    await removeIfThere(join(to, name), disk);
    stamps.delete(name);
    changed += 1;
  }
  return changed;
}

/** The stamp is older than the bytes: a file that is replaced between the two is copied again in the next round. */
async function copyFile({ disk, from, to, stamps, known }: Copying, name: string, there: Set<string>): Promise<0 | 1> {
  try {
    const stamp = await disk.stamp(join(from, name));
    there.add(name);
    if (stamps.get(name) === stamp) return 0;
    const bytes = whole(name, await disk.read(join(from, name)));
    await makeDirectories(dirname(join(to, name)), known, disk);
    await removeIfThere(join(to, name), disk);
    await writeNew(join(to, name), bytes, disk);
    stamps.set(name, stamp);
    return 1;
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    there.delete(name);
    return 0;
  }
}

function whole(name: string, bytes: Buffer): Buffer {
  if (name === 'people/_sessions.json') return noSessions;
  if (name.startsWith(`${linksPart}/`)) return withoutKey(bytes);
  return name.endsWith('.jsonl') ? bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1) : bytes;
}

/** Makes every name below a directory durable. */
export async function syncTree(disk: Disk, directory: string): Promise<void> {
  const parts = new Set((await walkFiles(disk, directory)).flatMap(ancestors));
  for (const part of ['', ...parts]) await disk.syncDirectory(join(directory, part));
}

function ancestors(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
