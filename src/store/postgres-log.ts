import { OnrecordError } from '../errors.ts';
import type { Register } from '../leak/register.ts';
import { openCheckpointBy } from '../ledger/checkpoint.ts';
import { type Entry, parseEntry } from '../ledger/entry.ts';
import { sha256Hex } from '../ledger/hash.ts';
import type { VerifierKey } from '../ledger/note.ts';
import { parseRegister, registerNumber } from '../ledger/register-file.ts';
import { leafHash, rootOf } from '../ledger/tree.ts';
import { checkOpening, corrupt, emptyLog, type Log, leafAt, readLines, unread } from './log.ts';
import type { Ask } from './postgres-database.ts';
import type { LoggedEntry, WantedFiles } from './store.ts';

/** The logs of the house as a process knows them: proved as they were read, and read on from there. */
export type KnownLog = {
  log: Log;
  closed: readonly Log[];
  /** The newest committed state of the register. */
  register: Register | null;
  /** Names of the signed files that a redaction took away. */
  redacted: ReadonlySet<string>;
  /** Last references of the ranges that an accepted rollback burned: never given again. */
  burned: readonly string[];
};

type Head = { size: number; checkpoint: string | null };
/** `entries`: all that were read on the way, oldest first. */
export type CaughtUp = { known: KnownLog; entries: readonly Entry[] };

const readAtOnce = 5_000;

export async function readHead(ask: Ask, isLocked = false): Promise<Head> {
  const [head] = await ask<Head>(`select size, checkpoint from head${isLocked ? ' for update' : ''}`);
  return head ?? missing();
}

/** All logs, read and proved from the beginning. @param keys that may sign them, of which the first one names the log @throws store_corrupt */
export async function loadKnownLog(ask: Ask, keys: readonly VerifierKey[]): Promise<CaughtUp> {
  const closed: Log[] = [];
  const all: Entry[] = [];
  for (const { size, checkpoint } of await ask<{ size: number; checkpoint: string }>('select size, checkpoint from closed_logs order by number')) {
    const { log, entries } = await readOn(ask, emptyLog(all.length, all.at(-1)?.at ?? null), size);
    checkOpening(entries, closed.at(-1));
    closed.push({ ...log, checkpoint });
    all.push(...entries);
  }
  const known = { log: emptyLog(all.length, all.at(-1)?.at ?? null), closed, register: null, redacted: new Set<string>(), burned: burnedBy(all) };
  return takeIn(ask, keys, { ...known, redacted: redactedBy(all) }, all);
}

/**
 * What was committed since, by this process or another, held to the checkpoint that signs it.
 * @throws rollback_detected where the database is behind what this process knows; store_corrupt
 */
export function catchUp(ask: Ask, keys: readonly VerifierKey[], known: KnownLog): Promise<CaughtUp> {
  return takeIn(ask, keys, known, []);
}

async function takeIn(ask: Ask, keys: readonly VerifierKey[], known: KnownLog, before: readonly Entry[]): Promise<CaughtUp> {
  const head = await readHead(ask);
  if (head.size === known.log.size && head.checkpoint === known.log.checkpoint && before.length === 0) return { known, entries: [] };
  if (head.size < known.log.size) throw new OnrecordError('rollback_detected', `the database knows ${head.size} entries, this process ${known.log.size}`);
  const { log, entries } = await readOn(ask, known.log, head.size - known.log.size);
  if (known.log.size === 0) checkOpening(entries, known.closed.at(-1));
  const signed = head.checkpoint === null ? null : openCheckpointBy(head.checkpoint, keys);
  const isSigned = signed === null ? log.size === 0 : signed.origin === keys[0]?.name && signed.size === log.size && signed.root.equals(rootOf(log.tree));
  if (!isSigned) throw corrupt('the log is not the one its checkpoint signs');
  const all = [...before, ...entries];
  return {
    known: {
      log: { ...log, checkpoint: head.checkpoint },
      closed: known.closed,
      register: (await readRegister(ask, all)) ?? known.register,
      redacted: new Set([...known.redacted, ...redactedBy(entries)]),
      burned: [...known.burned, ...burnedBy(entries)],
    },
    entries: all,
  };
}

/** The log with its next `count` entries. */
async function readOn(ask: Ask, from: Log, count: number): Promise<{ log: Log; entries: readonly Entry[] }> {
  let log = from;
  const all: Entry[] = [];
  while (all.length < count) {
    const first = log.begin + log.size;
    const lines = await readBytes(ask, first, Math.min(first + readAtOnce, log.begin + from.size + count));
    if (lines.length === 0) throw corrupt('the log is shorter than its checkpoint says');
    const read = readLines(log, lines);
    log = read.log;
    all.push(...read.entries);
  }
  return { log, entries: all };
}

/** Bytes of entries `first` to `end` − 1, without a gap. */
async function readBytes(ask: Ask, first: number, end: number): Promise<readonly Buffer[]> {
  const rows = await ask<{ index: number; bytes: Buffer }>('select index, bytes from entries where index >= $1 and index < $2 order by index', [first, end]);
  if (rows.some(({ index }, place) => index !== first + place)) throw corrupt('an entry of the log is missing');
  return rows.map(({ bytes }) => bytes);
}

/** The last state of the register that these entries list. */
async function readRegister(ask: Ask, entries: readonly Entry[]): Promise<Register | null> {
  const file = entries
    .findLast(({ files }) => files?.some(({ name }) => registerNumber(name) !== null))
    ?.files?.find(({ name }) => registerNumber(name) !== null);
  if (file === undefined) return null;
  const [row] = await ask<{ body: Buffer | null }>('select body from files where name = $1', [file.name]);
  if (!row?.body || sha256Hex(row.body) !== file.sha256) throw corrupt(`${file.name} is not the register that was signed`);
  return parseRegister(row.body);
}

/**
 * Committed entries with a number > `after`, through all logs, with those of their signed files that are asked for. Bytes that do not
 * match the log are `store_corrupt`; a file that is gone is fine exactly when a redaction names it.
 */
export async function readEntries(
  ask: Ask,
  known: KnownLog,
  { after, limit, what }: { after: number; limit: number; what: WantedFiles },
): Promise<readonly LoggedEntry[]> {
  const first = Math.max(0, after + 1);
  const end = Math.min(first + Math.max(0, limit), known.log.begin + known.log.size);
  const read: LoggedEntry[] = [];
  for (let from = first; from < end; from += readAtOnce) {
    const lines = await readBytes(ask, from, Math.min(from + readAtOnce, end));
    if (lines.length < Math.min(readAtOnce, end - from)) throw corrupt('the log is shorter than its checkpoint says');
    for (const [place, bytes] of lines.entries()) {
      hold(known, from + place, bytes);
      read.push(what === 'entries' ? unread(from + place, bytes) : { index: from + place, bytes, entry: parseEntry(bytes), files: [] });
    }
  }
  return what === 'entries' ? read : withFiles(ask, known, read, what === 'files' ? () => true : what);
}

/** The log vouches for these bytes. @throws store_corrupt */
function hold({ log, closed }: KnownLog, index: number, bytes: Buffer): void {
  const its = [...closed, log].findLast(({ begin }) => begin <= index) ?? log;
  if (!leafAt(its, index - its.begin).equals(leafHash(bytes))) throw corrupt(`entry ${index} is not the one that was logged`);
}

async function withFiles(ask: Ask, { redacted }: KnownLog, read: readonly LoggedEntry[], isWanted: (name: string) => boolean): Promise<readonly LoggedEntry[]> {
  const listed = read.map(({ entry }) => (entry.files ?? []).filter(({ name }) => !redacted.has(name) && isWanted(name)));
  const rows = await ask<{ name: string; body: Buffer | null }>('select name, body from files where name = any($1)', [listed.flat().map(({ name }) => name)]);
  const bodies = new Map(rows.map(({ name, body }) => [name, body]));
  return read.map((logged, place) => ({
    ...logged,
    files: (listed[place] ?? []).map(({ name, sha256 }) => {
      const body = bodies.get(name);
      if (!body || sha256Hex(body) !== sha256) throw corrupt(`${name} is not the file that was signed`);
      return { name, body };
    }),
  }));
}

/** What is known once this process has committed these entries itself. */
export function withWritten(known: KnownLog, log: Log, written: readonly LoggedEntry[], register: Register | null): KnownLog {
  const entries = written.map(({ entry }) => entry);
  const redacted = redactedBy(entries);
  return {
    ...known,
    log,
    register: register ?? known.register,
    redacted: redacted.size > 0 ? new Set([...known.redacted, ...redacted]) : known.redacted,
    burned: [...known.burned, ...burnedBy(entries)],
  };
}

function redactedBy(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(entries.flatMap((entry) => entry.redacts?.files ?? []));
}

function burnedBy(entries: readonly Entry[]): readonly string[] {
  return entries.flatMap((entry) => entry.restored?.burned.map(({ last }) => last) ?? []);
}

function missing(): never {
  throw new OnrecordError('store_not_initialised', 'the database holds no log');
}
