import { dirname, join } from 'node:path';
import { OnrecordError, refuse } from '../errors.ts';
import { withoutStrangers } from '../ledger/believed.ts';
import { type Entry, parseEntry } from '../ledger/entry.ts';
import { ApiStatement } from '../press/api/schemas.ts';
import { isVersionFile, type Statement } from '../statement/facts.ts';
import { SignedVersion } from '../statement/schema.ts';
import type { Disk } from '../store/disk.ts';
import { makeDirectories, writeDurably } from '../store/durable-file.ts';
import { writeDocument } from '../store/embedded-document.ts';
import { closedNames, currentName } from '../store/embedded-log.ts';
import type { Proved } from '../store/embedded-prove.ts';
import { createShelf, dropTexts, keepTexts, loadShelf, writeStatement } from '../store/embedded-shelf.ts';
import { countEntries, currentLog, goesOn, type HouseLog, type SignedLog } from '../store/house-log.ts';
import { Installation, markerName } from '../store/installation.ts';
import type { Belief } from './restore-belief.ts';
import { type LostEvent, rebuildStatement, requireFile } from './restore-facts.ts';
import { readSourceLogs, type Source } from './restore-source.ts';

export type Completed = { logs: readonly HouseLog[]; entries: number; versions: number; statements: number };
type Building = { directory: string; disk: Disk; random: (n: number) => Buffer };

const fileName = /^(\/[A-Za-z0-9][A-Za-z0-9._-]{0,79}){1,6}$/;

/**
 * Brings a proved copy of a backup to the newest checkpoint of a source: entries, signed files and public facts that it lacks. Nothing is
 * written before all of it was fetched and checked. `hash_mismatch`: the source's log does not go on from the backup's, or a file, a
 * tile or a fact is not what the log says; `not_found`: the source has not got something.
 */
export async function completeFrom(building: Building, { logs, installation }: Proved, source: Source, belief: Belief): Promise<Completed> {
  const newest = await readSourceLogs(source, installation.origin, belief);
  if (goesOn(newest, logs)) return { logs, entries: 0, versions: 0, statements: 0 };
  if (!goesOn(logs, newest)) return refuse('hash_mismatch', `the log of ${source.name} does not go on from the backup's: one of them is a fork`);
  const entries = newest.flatMap((log) => log.entries.map(parseEntry));
  const begin = countEntries(logs);
  const redacted = new Set(entries.flatMap((entry) => entry.redacts?.files ?? []));
  const files = new Map<string, Buffer>();
  for (const entry of entries.slice(begin)) for (const [name, body] of await fetchFiles(source, entry, redacted)) files.set(name, body);

  const shelf = createShelf(building.disk, building.directory);
  const known = new Map<string, Statement>();
  await loadShelf(shelf, (statement) => statement.reference !== null && known.set(statement.reference, statement));
  const rebuilt = [];
  for (const [reference, events] of lostEvents(entries, begin, files)) {
    const current = known.get(reference);
    rebuilt.push(
      rebuildStatement(current?.id ?? building.random(10).toString('hex'), current, await fetchFacts(source, reference), events, installation.origin),
    );
  }

  await writeFiles(building, files);
  for (const { statement, texts, drop } of rebuilt) {
    await keepTexts(
      shelf,
      statement.id,
      texts.map(({ text, kind, content }) => ({ text, body: { kind, content } })),
    );
    await writeStatement(shelf, statement);
    await dropTexts(shelf, statement, drop);
  }
  await writeLogs(building, newest, belief, installation);
  return { logs: newest, entries: entries.length - begin, versions: entries.slice(begin).filter(({ version }) => version).length, statements: rebuilt.length };
}

async function fetchFiles(source: Source, { files = [] }: Entry, redacted: ReadonlySet<string>): Promise<readonly [string, Buffer][]> {
  const fetched: [string, Buffer][] = [];
  for (const file of files.filter(({ name }) => !redacted.has(name))) {
    if (!fileName.test(file.name)) return refuse('hash_mismatch', `${file.name} is no name of a signed file`);
    fetched.push([file.name, requireFile(await source.read(file.name), file)]);
  }
  return fetched;
}

async function fetchFacts(source: Source, reference: string): Promise<ApiStatement> {
  const body = await source.read(`/api/v1/statements/${reference}`);
  try {
    return ApiStatement.parse(JSON.parse(body.toString()));
  } catch (cause) {
    throw new OnrecordError('hash_mismatch', `what ${source.name} tells of ${reference} cannot be read`, { cause });
  }
}

/** The entries from a number on, by their statement. */
function lostEvents(entries: readonly Entry[], begin: number, files: ReadonlyMap<string, Buffer>): ReadonlyMap<string, readonly LostEvent[]> {
  const events = new Map<string, LostEvent[]>();
  for (const [index, entry] of entries.entries()) {
    if (index < begin || entry.statement === undefined) continue;
    const name = entry.files?.find(({ name }) => isVersionFile(name))?.name;
    const body = name === undefined ? undefined : files.get(name);
    const signed = body === undefined ? null : SignedVersion.parse(JSON.parse(body.toString()));
    events.set(entry.statement, [...(events.get(entry.statement) ?? []), { index, entry, signed }]);
  }
  return events;
}

async function writeFiles({ directory, disk }: Building, files: ReadonlyMap<string, Buffer>): Promise<void> {
  const known = new Set<string>();
  for (const [name, body] of files) {
    await makeDirectories(dirname(join(directory, 'record', name)), known, disk);
    await writeDurably(join(directory, 'record', name), body, disk);
  }
}

async function writeLogs({ directory, disk }: Building, logs: readonly SignedLog[], belief: Belief, installation: Installation): Promise<void> {
  const current = currentLog(logs);
  for (const [place, log] of logs.entries()) {
    const names = log === current ? { entries: currentName, checkpoint: 'checkpoint' } : closedNames(place + 1);
    const checkpoint = log === current ? withoutStrangers(log.checkpoint, belief(log.origin)) : log.checkpoint;
    await writeDurably(join(directory, 'ledger', names.entries), Buffer.from(linesOf(log)), disk);
    await writeDurably(join(directory, 'ledger', names.checkpoint), Buffer.from(checkpoint), disk);
  }
  const { log: _log, ...identity } = installation;
  const marker: Installation = { ...identity, ...(current.origin !== identity.origin && { log: current.origin }) };
  await writeDocument(join(directory, markerName), marker, Installation, disk);
}

function linesOf({ entries }: HouseLog): Buffer {
  return Buffer.concat(entries.flatMap((entry) => [entry, Buffer.from('\n')]));
}
