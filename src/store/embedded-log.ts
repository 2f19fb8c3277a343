import { join } from 'node:path';
import { OnrecordError } from '../errors.ts';
import { openCheckpointBy } from '../ledger/checkpoint.ts';
import { type Entry, parseEntry } from '../ledger/entry.ts';
import { sha256Hex } from '../ledger/hash.ts';
import { leafHash, rootOf } from '../ledger/tree.ts';
import { type Disk, readIfThere } from './disk.ts';
import { writeDurably } from './durable-file.ts';
import { checkOpening, corrupt, emptyLog, keysOf, type Log, leafAt, nextLog, readLines, type Signers, unread } from './log.ts';
import type { LoggedEntry, WantedFiles } from './store.ts';

/** A log with its file in `ledger/`, and where each entry's line ends there: of `ends`, too, the first `size` are this one's. */
export type FileLog = Log & { name: string; ends: number[] };
export type LogFiles = { disk: Disk; directory: string } & Signers;

export const currentName = 'entries.jsonl';
/** Names of the k-th closed log, from 1: its entries and its last checkpoint (record.md, "Rollback"). */
export const closedNames = (k: number): { entries: string; checkpoint: string } => ({ entries: `closed-${k}.jsonl`, checkpoint: `closed-${k}.checkpoint` });

const ledgerPath = ({ directory }: Pick<LogFiles, 'directory'>, name: string): string => join(directory, 'ledger', name);
const newline = 0x0a;

export type LoadedLog = { log: FileLog; closed: readonly FileLog[]; entries: readonly Entry[] };

/**
 * Reads all logs and proves them: the checkpoint is ours and its root is the root of these entries; a closed log has the size and
 * root that the first entry of the next one names. A tail beyond the checkpoint is left out; the caller cuts it once nothing speaks
 * for a checkpoint that was put back.
 */
export async function loadLog(files: LogFiles): Promise<LoadedLog> {
  const checkpoint = (await readIfThere(files.disk, ledgerPath(files, 'checkpoint')))?.toString() ?? null;
  const head = checkpoint === null ? null : openCheckpointBy(checkpoint, keysOf(files));
  const bytes = await readIfThere(files.disk, ledgerPath(files, currentName));
  if (bytes === undefined) throw corrupt('the log is gone');
  const loaded = await loadClosed(files);
  const begin = loaded.entries.length;
  const { log, entries } = readLog({ name: currentName, begin, lastAt: loaded.entries.at(-1)?.at ?? null }, bytes, head?.size ?? 0);
  checkOpening(entries, loaded.closed.at(-1));
  if (head !== null && (head.origin !== files.signer.name || !head.root.equals(rootOf(log.tree)))) throw corrupt('the log is not the one its checkpoint signs');
  return { log: { ...log, checkpoint }, closed: loaded.closed, entries: [...loaded.entries, ...entries] };
}

async function loadClosed(files: LogFiles): Promise<Omit<LoadedLog, 'log'>> {
  const closed: FileLog[] = [];
  const all: Entry[] = [];
  for (let k = 1; ; k += 1) {
    const names = closedNames(k);
    const [bytes, note] = [await readIfThere(files.disk, ledgerPath(files, names.entries)), await readIfThere(files.disk, ledgerPath(files, names.checkpoint))];
    if (bytes === undefined && note === undefined) return { closed, entries: all };
    const size = /^[^\n]+\n([1-9][0-9]{0,14})\n/.exec(note?.toString() ?? '')?.[1];
    if (bytes === undefined || size === undefined) throw corrupt(`closed log ${k} is not whole`);
    const { log, entries } = readLog({ name: names.entries, begin: all.length, lastAt: all.at(-1)?.at ?? null }, bytes, Number(size));
    checkOpening(entries, closed.at(-1));
    closed.push({ ...log, checkpoint: note?.toString() ?? null });
    all.push(...entries);
  }
}

function readLog(
  { name, begin, lastAt }: Pick<FileLog, 'name' | 'begin' | 'lastAt'>,
  bytes: Buffer,
  size: number,
): { log: FileLog; entries: readonly Entry[] } {
  const lines = splitLines(bytes, size);
  const { log, entries } = readLines(emptyLog(begin, lastAt), lines);
  return { log: { ...log, name, ends: endsBehind([], 0, lines) }, entries };
}

/** The log with these entries, signed: not yet stored anywhere. */
export function nextFileLog(files: LogFiles, log: FileLog, entries: readonly Entry[]): { next: FileLog & { checkpoint: string }; lines: readonly Buffer[] } {
  const { next, lines } = nextLog(files, log, entries);
  return { next: { ...next, name: log.name, ends: endsBehind(log.ends, log.size, lines) }, lines };
}

/** Where these lines end behind the first `size` of those before; what was written there and never committed is written over. */
function endsBehind(ends: number[], size: number, lines: readonly Buffer[]): number[] {
  let end = ends[size - 1] ?? 0;
  for (const [place, line] of lines.entries()) {
    end += line.length + 1;
    ends[size + place] = end;
  }
  return ends;
}

/** Appends entries behind the committed ones, durably, and reads them back. */
export async function appendEntries(files: LogFiles, log: FileLog, lines: readonly Buffer[]): Promise<void> {
  const bytes = Buffer.concat(lines.flatMap((line) => [line, Buffer.of(newline)]));
  const file = await files.disk.append(ledgerPath(files, log.name));
  try {
    await file.write(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  const stored = await files.disk.readAt(ledgerPath(files, log.name), endOf(log), bytes.length + 1);
  if (!stored.equals(bytes)) throw new OnrecordError('store_write_failed', 'the disk gives back other entries than were written');
}

/** Cuts what was appended and never committed. */
export async function cutTail(files: LogFiles, log: FileLog): Promise<void> {
  await files.disk.truncate(ledgerPath(files, log.name), endOf(log));
}

/** THE COMMIT POINT: replaces the checkpoint that memory knows by the next one, or refuses when another stands there. */
export async function swapCheckpoint(files: LogFiles, log: FileLog, next: string): Promise<void> {
  const stored = (await readIfThere(files.disk, ledgerPath(files, 'checkpoint')))?.toString() ?? null;
  if (stored !== log.checkpoint) throw corrupt('another hand changed the checkpoint');
  await writeDurably(ledgerPath(files, 'checkpoint'), Buffer.from(next), files.disk);
}

/**
 * Committed entries with a number > `after`, through all logs, with those of their signed files that are asked for. Bytes that do not
 * match the log are `store_corrupt`; a file that is gone is fine exactly when a redaction names it.
 */
export async function readEntries(
  files: LogFiles,
  logs: readonly FileLog[],
  redacted: ReadonlySet<string>,
  { after, limit, what }: { after: number; limit: number; what: WantedFiles },
): Promise<readonly LoggedEntry[]> {
  const first = Math.max(0, after + 1);
  const end = first + Math.max(0, limit);
  const read: LoggedEntry[] = [];
  for (const log of logs) {
    for (const { index, bytes } of await readFileLines(files, log, first - log.begin, Math.min(log.size, end - log.begin))) {
      if (what === 'entries') read.push(unread(index, bytes));
      else {
        const entry = parseEntry(bytes);
        read.push({ index, bytes, entry, files: await readFiles(files, entry, redacted, what === 'files' ? () => true : what) });
      }
    }
  }
  return read;
}

/** Lines `from` to `to` − 1 of one log, held against the leaves. */
async function readFileLines(files: LogFiles, log: FileLog, from: number, to: number): Promise<readonly { index: number; bytes: Buffer }[]> {
  const first = Math.max(0, from);
  if (to <= first) return [];
  const start = endOf(log, first - 1);
  const bytes = await files.disk.readAt(ledgerPath(files, log.name), start, endOf(log, to - 1) - start);
  return Array.from({ length: to - first }, (_, place) => {
    const index = first + place;
    const line = Buffer.from(bytes.subarray(endOf(log, index - 1) - start, endOf(log, index) - 1 - start));
    if (!leafAt(log, index).equals(leafHash(line))) throw corrupt(`entry ${log.begin + index} is not the one that was logged`);
    return { index: log.begin + index, bytes: line };
  });
}

async function readFiles(
  { disk, directory }: LogFiles,
  entry: Entry,
  redacted: ReadonlySet<string>,
  isWanted: (name: string) => boolean,
): Promise<LoggedEntry['files']> {
  const read: { name: string; body: Buffer }[] = [];
  for (const { name, sha256 } of entry.files ?? []) {
    if (redacted.has(name) || !isWanted(name)) continue;
    const body = await readIfThere(disk, join(directory, 'record', name));
    if (body === undefined || sha256Hex(body) !== sha256) throw corrupt(`${name} is not the file that was signed`);
    read.push({ name, body });
  }
  return read;
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
function endOf(log: FileLog, index = log.size - 1): number {
  return index < 0 ? 0 : (log.ends[index] ?? refuseIndex(index));
}

function refuseIndex(index: number): never {
  throw new RangeError(`no entry ${index}`);
}
