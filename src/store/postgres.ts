import { OnrecordError } from '../errors.ts';
import { keyObjection } from '../ledger/keys.ts';
import type { Signer } from '../ledger/note.ts';
import type { Statement } from '../statement/facts.ts';
import { checkAgainstLog, checkFacts, type PublicFacts } from './fact-check.ts';
import { logOrigin } from './installation.ts';
import type { Log } from './log.ts';
import { openAnchor } from './postgres-anchor.ts';
import { block, type Opened, readClock, runDeclare, runEdit, runRecord, takeIn } from './postgres-changes.ts';
import type { Database } from './postgres-database.ts';
import { readMarker } from './postgres-installation.ts';
import { loadKnownLog, readEntries } from './postgres-log.ts';
import { noLines, readByReference, readLinesOn, readStatement, readText } from './postgres-shelf.ts';
import { createQueue, createQueues } from './queue.ts';
import type { ClosedLog, LedgerSlice, Store, WantedFiles } from './store.ts';

export type PostgresOptions = {
  database: Database;
  signer: Signer;
  /** Signs beside `signer` while a key is rotated. */
  previous?: Signer | null;
  /** True for the act itself that changes keys; else the log's own entries have to agree with them. */
  changesKeys?: boolean;
  /** Where this host keeps the newest checkpoint; null: no guard against a database that was put back in time. */
  anchorFile: string | null;
  /** Milliseconds UTC, instead of the database's clock. */
  now?: () => number;
  /** Is given each statement as the opening reads it. */
  visit?: (statement: Statement) => void;
  /** Takes lines about trouble, for the operator. */
  tell?: (line: string) => void;
};

/** A store that other processes change as well. */
export type SharedStore = Store & {
  /** Takes in what others committed since; gives the statements that they changed in public, as they are now, and whether entries of the house came too. */
  catchUp(): Promise<Others>;
};
export type Others = { statements: readonly Statement[]; hasOwn: boolean };

/** Not made where the store is opened: whoever holds it would hold all facts that are read there. */
const silent = (): void => {};

/**
 * The store in one PostgreSQL database, for any number of processes. Reads and proves everything at opening.
 * Refusals: store_not_initialised, store_corrupt, store_unreachable, config_invalid (another origin). A store behind this host's anchor
 * opens for reading; each write is then `rollback_detected`.
 */
export async function openPostgresStore(options: PostgresOptions): Promise<SharedStore> {
  const { database, signer, previous = null, changesKeys = false, anchorFile, visit = silent, tell = silent } = options;
  const { ask } = database;
  const marker = await readMarker(ask);
  if (logOrigin(marker) !== signer.name) throw new OnrecordError('config_invalid', `the log's origin is ${logOrigin(marker)}, not ${signer.name}`);
  const signers = { signer, previous };
  const { known, entries } = await loadKnownLog(ask, signers);
  const objection = changesKeys ? null : keyObjection(entries.slice(known.log.begin), signer, previous);
  if (objection !== null) throw new OnrecordError('key_invalid', objection);
  const facts = new Map<string, PublicFacts>();
  const lines = await readLinesOn(ask, noLines, (statement) => {
    const { id, reference, versions, notices } = statement;
    checkFacts(statement, marker.origin);
    facts.set(id, { reference, versions, notices });
    visit(statement);
  });
  checkAgainstLog(facts.values(), entries);
  const anchor = await openAnchor(anchorFile, signers, known.log, entries, tell);
  const given = options.now;
  const opened: Opened = {
    ...{ database, signers, known, anchor, lines, tell },
    clock: given ? async () => given() : readClock,
    untold: [],
    blocked: null,
    isClosed: false,
  };
  if (anchor.objection === null) await anchor.advance(known.log.checkpoint, entries);
  else block(opened, new OnrecordError('rollback_detected', anchor.objection));
  return serve(opened);
}

function serve(opened: Opened): SharedStore {
  const { database } = opened;
  // Who waits for a lock in the database holds a connection: those of this process wait here.
  const [statements, ledger, reading] = [createQueues(), createQueue(), createQueue()];
  return {
    list: (filter = {}) =>
      reading.run(async () => {
        opened.lines = await readLinesOn(database.ask, opened.lines);
        return opened.lines.sorted.filter((line) => filter.public === undefined || filter.public === (line.public !== 'none'));
      }),
    read: (id) => readStatement(database.ask, id),
    revision: (text) => readText(database.ask, text),
    edit: (id, change) => statements.run(id, () => runEdit(opened, id, change)),
    record: (id, change) => ledger.run(() => statements.run(id, () => runRecord(opened, id, change))),
    declare: (change) => ledger.run(() => runDeclare(opened, change)),
    ledger: (after, limit, what = 'files') => readSlice(opened, after, limit, what),
    lostRedactions: () => opened.anchor.lost,
    trouble: () => opened.blocked?.message ?? database.trouble() ?? opened.anchor.trouble(),
    catchUp: () => tellOthers(opened),
    close: async () => {
      opened.isClosed = true;
      await Promise.all([ledger.idle(), statements.idle(), reading.idle()]);
    },
  };
}

async function tellOthers(opened: Opened): Promise<Others> {
  const { database } = opened;
  await takeIn(opened, database.ask);
  const told = opened.untold;
  if (told.length === 0) return { statements: [], hasOwn: false };
  const references = new Set(told.flatMap(({ statement }) => statement ?? []));
  const statements = await readByReference(database.ask, [...references]);
  // What came in meanwhile waits for the next time.
  opened.untold = opened.untold.slice(told.length);
  await opened.anchor.advance(opened.known.log.checkpoint, told);
  return { statements, hasOwn: told.some(({ statement }) => statement === undefined) };
}

async function readSlice(opened: Opened, after: number, limit: number, what: WantedFiles): Promise<LedgerSlice> {
  const { ask } = opened.database;
  await takeIn(opened, ask);
  const { known } = opened;
  const entries = await readEntries(ask, known, { after, limit, what }).catch(async (error: unknown) => {
    // A redaction may have come between the two readings.
    await takeIn(opened, ask);
    if (opened.known === known) throw error;
    return readEntries(ask, opened.known, { after, limit: Math.min(limit, known.log.begin + known.log.size - after - 1), what });
  });
  const { log, closed } = known;
  return { size: log.begin + log.size, checkpoint: log.checkpoint, closed: closed.map(closedLog), entries };
}

function closedLog({ checkpoint, size }: Log): ClosedLog {
  return { origin: checkpoint?.split('\n')[0] ?? '', size, checkpoint: checkpoint ?? '' };
}
