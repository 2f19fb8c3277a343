import { join } from 'node:path';
import { OnrecordError } from '../errors.ts';
import { openCheckpoint, signCheckpoint } from '../ledger/checkpoint.ts';
import { type Entry, encodeEntry, parseEntry } from '../ledger/entry.ts';
import { sha256Hex } from '../ledger/hash.ts';
import type { Signer } from '../ledger/note.ts';
import { appendLeaf, emptyTree, leafHash, rootOf, type Tree } from '../ledger/tree.ts';
import { type Disk, readIfThere } from './disk.ts';
import { writeDurably } from './durable-file.ts';
import type { LoggedEntry } from './store.ts';

/** The committed log in memory; replaced as a whole at each commit, never changed in place. */
export type Log = {
  size: number;
  tree: Tree;
  /** Leaf hashes, and where each entry's line ends in the file. */
  leaves: readonly Buffer[];
  ends: readonly number[];
  lastAt: string | null;
  checkpoint: string | null;
};
export type LogFiles = { disk: Disk; directory: string; signer: Signer };

const entriesPath = ({ directory }: LogFiles): string => join(directory, 'ledger', 'entries.jsonl');
const checkpointPath = ({ directory }: LogFiles): string => join(directory, 'ledger', 'checkpoint');
const newline = 0x0a;

/**
 * Reads the log and proves it: the checkpoint is ours and its root is the root of these entries. A tail beyond the checkpoint is
 * left out; the caller cuts it once nothing speaks for a checkpoint that was put back.
 */
export async function loadLog(files: LogFiles): Promise<{ log: Log; entries: readonly Entry[] }> {
  const checkpoint = (await readIfThere(files.disk, checkpointPath(files)))?.toString() ?? null;
  const head = checkpoint === null ? null : openCheckpoint(checkpoint, files.signer);
  const bytes = await readIfThere(files.disk, entriesPath(files));
  if (bytes === undefined) throw corrupt('the log is gone');
  const lines = splitLines(bytes, head?.size ?? 0);
  const entries = lines.map(parseEntry);
  if (entries.some((entry, index) => entry.at <= (entries[index - 1]?.at ?? ''))) throw corrupt('the log goes back in time');
  const log = { ...grow(emptyLog, lines, entries), checkpoint };
  if (head !== null && (head.origin !== files.signer.name || !head.root.equals(rootOf(log.tree)))) throw corrupt('the log is not the one its checkpoint signs');
  return { log, entries };
}

/** The log with these entries, signed: not yet stored anywhere. */
export function nextLog(files: LogFiles, log: Log, entries: readonly Entry[]): { next: Log & { checkpoint: string }; lines: readonly Buffer[] } {
  const lines = entries.map(encodeEntry);
  const grown = grow(log, lines, entries);
  const checkpoint = signCheckpoint({ origin: files.signer.name, size: grown.size, root: rootOf(grown.tree) }, files.signer);
  return { next: { ...grown, checkpoint }, lines };
}

/** The root that the log had at an earlier size, 32 bytes. */
export function rootAt(log: Log, size: number): Buffer {
  return rootOf(log.leaves.slice(0, size).reduce(appendLeaf, emptyTree));
}

/** Appends entries behind the committed ones, durably, and reads them back. */
export async function appendEntries(files: LogFiles, log: Log, lines: readonly Buffer[]): Promise<void> {
  const bytes = Buffer.concat(lines.flatMap((line) => [line, Buffer.of(newline)]));
  const file = await files.disk.append(entriesPath(files));
  try {
    await file.write(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  const stored = await files.disk.readAt(entriesPath(files), endOf(log), bytes.length + 1);
  if (!stored.equals(bytes)) throw new OnrecordError('store_write_failed', 'the disk gives back other entries than were written');
}

/** Cuts what was appended and never committed. */
export async function cutTail(files: LogFiles, log: Log): Promise<void> {
  await files.disk.truncate(entriesPath(files), endOf(log));
}

/** THE COMMIT POINT: replaces the checkpoint that memory knows by the next one, or refuses when another stands there. */
export async function swapCheckpoint(files: LogFiles, log: Log, next: string): Promise<void> {
  const stored = (await readIfThere(files.disk, checkpointPath(files)))?.toString() ?? null;
  if (stored !== log.checkpoint) throw corrupt('another hand changed the checkpoint');
  await writeDurably(checkpointPath(files), Buffer.from(next), files.disk);
}

/** Committed entries with index > `after`, with their signed files where those are asked for; bytes that do not match the log are `store_corrupt`. */
export async function readEntries(files: LogFiles, log: Log, after: number, limit: number, what: 'files' | 'entries'): Promise<readonly LoggedEntry[]> {
  const first = Math.max(0, after + 1);
  const last = Math.min(log.size, first + Math.max(0, limit)) - 1;
  if (last < first) return [];
  const start = endOf(log, first - 1);
  const bytes = await files.disk.readAt(entriesPath(files), start, endOf(log, last) - start);
  const read: LoggedEntry[] = [];
  for (let index = first; index <= last; index += 1) {
    const line = Buffer.from(bytes.subarray(endOf(log, index - 1) - start, endOf(log, index) - 1 - start));
    if (!log.leaves[index]?.equals(leafHash(line))) throw corrupt(`entry ${index} is not the one that was logged`);
    const entry = parseEntry(line);
    read.push({ index, bytes: line, entry, files: what === 'files' ? await readFiles(files, entry) : [] });
  }
  return read;
}

async function readFiles({ disk, directory }: LogFiles, entry: Entry): Promise<LoggedEntry['files']> {
  const read: { name: string; body: Buffer }[] = [];
  for (const { name, sha256 } of entry.files ?? []) {
    const body = await readIfThere(disk, join(directory, 'record', name));
    if (body === undefined || sha256Hex(body) !== sha256) throw corrupt(`${name} is not the file that was signed`);
    read.push({ name, body });
  }
  return read;
}

const emptyLog: Log = { size: 0, tree: emptyTree, leaves: [], ends: [], lastAt: null, checkpoint: null };

function grow(log: Log, lines: readonly Buffer[], entries: readonly Entry[]): Log {
  const leaves = lines.map(leafHash);
  const ends = [...log.ends];
  for (const line of lines) ends.push((ends.at(-1) ?? 0) + line.length + 1);
  return {
    ...log,
    size: log.size + lines.length,
    tree: leaves.reduce(appendLeaf, log.tree),
    leaves: [...log.leaves, ...leaves],
    ends,
    lastAt: entries.at(-1)?.at ?? log.lastAt,
  };
}

/** The first `count` lines; fewer are `store_corrupt`. */
function splitLines(bytes: Buffer, count: number): readonly Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; lines.length < count; ) {
    const end = bytes.indexOf(newline, start);
    if (end < 0) throw corrupt('the log is shorter than its checkpoint says');
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

/** Where an entry's line ends in the file, by default the last one's; 0 before the first. */
function endOf(log: Log, index = log.size - 1): number {
  return index < 0 ? 0 : (log.ends[index] ?? refuseIndex(index));
}

function refuseIndex(index: number): never {
  throw new RangeError(`no entry ${index}`);
}

function corrupt(why: string): OnrecordError {
  return new OnrecordError('store_corrupt', why);
}
