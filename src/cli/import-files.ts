import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Candidate } from '../desk/bring-along.ts';
import { type CsafGate, openCsafGate } from '../http/csaf-gate.ts';
import { isProviderList, largestDocument, type Objection, readImported } from '../imports/document.ts';
import { importOrder } from '../imports/known.ts';
import { sha256Hex } from '../ledger/hash.ts';
import { UsageError } from './command.ts';
import { withProgress } from './progress.ts';

/** A file that is a document of the archive, with what people are told of it; why it is none; or one of the lists that stand beside documents. */
export type Examined = { path: string } & (
  | { candidate: Candidate; title: string; publisher: string }
  | { objections: readonly Objection[] }
  | { isList: true }
);
export type Accepted = Extract<Examined, { candidate: Candidate }>;

const examinedAtOnce = 8;

/** Every file that is named, and below a directory every one whose name ends in `.json`. @throws UsageError */
export async function filesUnder(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map(filesAt));
  return [...new Set(found.flat())].sort();
}

async function filesAt(path: string): Promise<readonly string[]> {
  const about = await stat(path).catch((cause: Error) => {
    throw new UsageError(`${path} cannot be read: ${cause.message}`);
  });
  if (about.isFile()) return [path];
  if (!about.isDirectory()) throw new UsageError(`${path} is neither a file nor a directory`);
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  // No link, device or pipe: an archive of somebody else may hold some.
  return entries.filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith('.json')).map((entry) => join(entry.parentPath, entry.name));
}

/** Reads and checks each file, several at a time; none keeps the others from being read. Documents come first, in the order in which they are brought along. */
export async function examineFiles(paths: readonly string[]): Promise<readonly Examined[]> {
  const gate = openCsafGate({ key: null, now: Date.now });
  const examined: Examined[] = [];
  const left = paths.values();
  const work = async (step: () => void): Promise<void> => {
    for (const path of left) {
      examined.push(await examine(path, gate));
      step();
    }
  };
  await withProgress('checking', paths.length, (step) => Promise.all(Array.from({ length: examinedAtOnce }, () => work(step)))).finally(gate.close);
  return examined.sort(inOrder);
}

async function examine(path: string, gate: Pick<CsafGate, 'examine'>): Promise<Examined> {
  try {
    const bytes = await readBounded(path);
    const reading = readImported(bytes);
    if ('objections' in reading) return isProviderList(bytes) ? { path, isList: true } : { path, objections: reading.objections };
    const objections = await gate.examine(bytes);
    if (objections.length > 0) return { path, objections: objections.map(({ path: at, message }) => ({ path: at, reason: message })) };
    const { title, publisher, tracking } = reading.document.document;
    const { id, version, initial_release_date: issuedAt, current_release_date: changedAt } = tracking;
    return { path, candidate: { path, ...reading.mark, id, version, issuedAt, changedAt, sha256: sha256Hex(bytes) }, title, publisher: publisher.name };
  } catch (error) {
    return { path, objections: [{ path: '', reason: error instanceof Error ? error.message : String(error) }] };
  }
}

/** A file that is too large to be a document is not read to its end. */
async function readBounded(path: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of createReadStream(path, { end: largestDocument })) parts.push(part);
  return Buffer.concat(parts);
}

function inOrder(a: Examined, b: Examined): number {
  const [left, right] = ['candidate' in a ? a.candidate : null, 'candidate' in b ? b.candidate : null];
  if (left === null || right === null) return Number(left === null) - Number(right === null) || (a.path < b.path ? -1 : 1);
  return importOrder(left, right) || (a.path < b.path ? -1 : 1);
}
