import { OnrecordError } from '../errors.ts';
import type { Entry } from '../ledger/entry.ts';
import type { Statement } from '../statement/facts.ts';
import { type Allotted, createAllotment, firstInstant, seriesOf } from './allotment.ts';
import { checkDeclaration, checkEdit, checkRecord } from './change-check.ts';
import { keysOf, type Signers } from './log.ts';
import type { Anchor } from './postgres-anchor.ts';
import type { Ask, Database } from './postgres-database.ts';
import { catchUp, type KnownLog, readHead, withWritten } from './postgres-log.ts';
import { readFreezing } from './postgres-people.ts';
import { isWritten, nothingWritten, signedNames, type Written, writeEntries } from './postgres-record.ts';
import { changeTexts, type Lines, publishFacts, readStatement, writeStatement } from './postgres-shelf.ts';
import type { Edit, LoggedEntry, Recorded, Store } from './store.ts';

/** The channel on which a process says that it committed something public. */
export const headChannel = 'onrecord_head';

/** An open store: what it works with, and what memory knows of the database. */
export type Opened = {
  database: Database;
  signers: Signers;
  clock: (ask: Ask) => Promise<number>;
  known: KnownLog;
  anchor: Anchor;
  lines: Lines;
  /** Entries of others that nobody was told of yet. */
  untold: readonly { index: number; entry: Entry }[];
  /** Why every write is refused, until the store is opened again. */
  blocked: OnrecordError | null;
  isClosed: boolean;
  tell: (line: string) => void;
};

export async function runEdit(opened: Opened, id: string, change: Parameters<Store['edit']>[1]): Promise<Statement> {
  requireWritable(opened);
  return opened.database.change(async (ask) => {
    const current = await readStatement(ask, id, true);
    const edit = change(current);
    if (edit.statement !== current) await saveEdit(ask, id, current, edit);
    return edit.statement;
  });
}

async function saveEdit(ask: Ask, id: string, current: Statement | undefined, edit: Edit): Promise<void> {
  checkEdit(id, current, edit);
  await writeStatement(ask, current, edit.statement);
  await changeTexts(ask, edit.statement, edit.texts, edit.drop);
}

export async function runRecord(opened: Opened, id: string, change: Parameters<Store['record']>[1]): Promise<Recorded> {
  requireWritable(opened);
  const commit = async (ask: Ask): Promise<Written & { statement: Statement }> => {
    const allotted = await lockLedger(opened, ask);
    const current = await readStatement(ask, id, true);
    const given = await allotted(current?.reference ?? null);
    const asked = change(current, given.allot);
    if (current !== undefined && asked.statement === current) return { ...nothingWritten, statement: current };
    if (asked.entries.length === 0) {
      await saveEdit(ask, id, current, asked);
      return { ...nothingWritten, statement: asked.statement };
    }
    const { log, register } = opened.known;
    const signed = await signedNames(ask, asked);
    const facts = [...(current?.versions ?? []), ...(current?.notices ?? [])].map((fact) => fact.entry);
    const state = checkRecord(id, current, asked, {
      allotted: given.entries,
      reference: given.reference,
      prev: facts.length === 0 ? null : Math.max(...facts),
      begin: log.begin,
      isLogged: (name) => signed.has(name),
      register: register?.register ?? 0,
    });
    await writeStatement(ask, current, asked.statement);
    const written = await writeEntries(ask, opened.signers, log, asked);
    await publishFacts(ask, current, asked.statement);
    await changeTexts(ask, asked.statement, asked.texts, asked.drop);
    return { ...written, register: state, statement: asked.statement };
  };
  const { statement, ...written } = await opened.database.change(commit, isWritten);
  await settle(opened, written);
  return { statement, entries: written.entries };
}

/** Commits entries of the house. */
export async function runDeclare(opened: Opened, change: Parameters<Store['declare']>[0]): Promise<readonly LoggedEntry[]> {
  requireWritable(opened);
  const written = await opened.database.change(async (ask) => {
    const given = await (await lockLedger(opened, ask))('none');
    const declaration = change(given.allot);
    if (declaration.entries.length === 0) return nothingWritten;
    const signed = await signedNames(ask, declaration);
    checkDeclaration(declaration, { allotted: given.entries, isLogged: (name) => signed.has(name) });
    return writeEntries(ask, opened.signers, opened.known.log, declaration);
  }, isWritten);
  await settle(opened, written);
  return written.entries;
}

/** From here nobody else commits anything public until the transaction ends. Gives what allots, once it is known whether a reference is there. */
async function lockLedger(opened: Opened, ask: Ask): Promise<(reference: string | null) => Promise<Allotted>> {
  await readHead(ask, true);
  await takeIn(opened, ask);
  const now = await opened.clock(ask);
  const frozen = (await readFreezing(ask)).open !== null;
  return async (reference) => {
    const { log, closed, burned, register } = opened.known;
    const taken = reference === null ? [...burned, ...(await newestReferences(ask, new Date(firstInstant(now, log.lastAt)).getUTCFullYear()))] : [];
    return createAllotment(now, { ...log, number: closed.length + 1 }, taken, register, frozen);
  };
}

/** The newest reference of each series of a year. */
async function newestReferences(ask: Ask, year: number): Promise<readonly string[]> {
  const sql = 'select reference from statements where reference like $1 order by length(reference) desc, reference desc limit 1';
  const found = [await ask<{ reference: string }>(sql, [`${seriesOf(false, year)}%`]), await ask<{ reference: string }>(sql, [`${seriesOf(true, year)}%`])];
  return found.flat().map(({ reference }) => reference);
}

/** Milliseconds UTC of the database, in whole ones. */
export async function readClock(ask: Ask): Promise<number> {
  const [row] = await ask<{ now: number }>('select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as now');
  return row?.now ?? Number.NaN;
}

/** Brings memory up to what is committed; what it finds is told to whoever asks for it next. */
export async function takeIn(opened: Opened, ask: Ask): Promise<void> {
  const before = opened.known;
  try {
    const { known, entries } = await catchUp(ask, keysOf(opened.signers), before);
    // Another reading may have come further meanwhile.
    if (opened.known !== before || known === before) return;
    opened.known = known;
    const first = before.log.begin + before.log.size;
    opened.untold = [...opened.untold, ...entries.map((entry, place) => ({ index: first + place, entry }))];
  } catch (error) {
    if (error instanceof OnrecordError && (error.code === 'rollback_detected' || error.code === 'store_corrupt')) block(opened, error);
    throw error;
  }
}

/** After the commit, before anybody is shown: memory, this host's anchor, then the other processes, which look by themselves where the note is lost. */
async function settle(opened: Opened, { next, entries, register }: Written): Promise<void> {
  if (next === null) return;
  if (opened.known.log.size < next.size) opened.known = withWritten(opened.known, next, entries, register);
  await opened.anchor.advance(
    next.checkpoint,
    entries.map(({ entry }) => entry),
  );
  await opened.database.ask('select pg_notify($1, $2)', [headChannel, String(next.size)]).catch(() => {});
}

export function block(opened: Opened, error: OnrecordError): void {
  if (opened.blocked === null) opened.tell(`the store takes no more writes: ${error.message}`);
  opened.blocked ??= error;
}

function requireWritable({ blocked, isClosed }: Opened): void {
  if (isClosed) throw new OnrecordError('busy', 'the store is closed');
  if (blocked) throw new OnrecordError(blocked.code, blocked.message, { cause: blocked.cause });
}
