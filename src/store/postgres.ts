import { OnrecordError } from '../errors.ts';
import { keyObjection } from '../ledger/keys.ts';
import type { Signer } from '../ledger/note.ts';
import type { PublicStatement, Statement } from '../statement/facts.ts';
import { checkAgainstLog, checkFacts, type PublicFacts } from './fact-check.ts';
import { logOrigin } from './installation.ts';
import { keysOf } from './log.ts';
import { openAnchor, remember } from './postgres-anchor.ts';
import { block, type Opened, readClock, runDeclare, runEdit, runRecord, takeIn } from './postgres-changes.ts';
import type { Database } from './postgres-database.ts';
import { readMarker } from './postgres-installation.ts';
import { loadKnownLog } from './postgres-log.ts';
import { loadLines, readLinesOn, readPublicFacts, readStatement, readText } from './postgres-shelf.ts';
import { readSliceOf } from './postgres-slice.ts';
import { createQueue, createQueues } from './queue.ts';
import type { Store } from './store.ts';

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
export type Others = { statements: readonly PublicStatement[]; hasOwn: boolean };

/** Not made where the store is opened: whoever holds it would hold all facts that are read there. */
const silent = (): void => {};

/**
 * The store in one PostgreSQL database, for any number of processes. Reads and proves everything at opening.
 * Refusals: store_not_initialised, store_corrupt, store_unreachable, config_invalid (another origin). A store behind this host's anchor
 * opens for reading; each write is then `rollback_detected`.
 */
export async function openPostgresStore(options: PostgresOptions): Promise<SharedStore> {
  const { database, signer, previous = null, changesKeys = false, anchorFile, visit = silent, tell = silent } = options;
  const signers = { signer, previous };
  const remembered = await remember(anchorFile);
  const facts = new Map<string, PublicFacts>();
  const { known, entries, lines } = await database.snapshot(async (ask) => {
    const marker = await readMarker(ask);
    if (logOrigin(marker) !== signer.name) throw new OnrecordError('config_invalid', `the log's origin is ${logOrigin(marker)}, not ${signer.name}`);
    const loaded = await loadKnownLog(ask, keysOf(signers));
    const objection = changesKeys ? null : keyObjection(loaded.entries.slice(loaded.known.log.begin), signer, previous);
    if (objection !== null) throw new OnrecordError('key_invalid', objection);
    const take = (statement: Statement): void => {
      const { id, reference, versions, notices } = statement;
      checkFacts(statement, marker.origin);
      facts.set(id, { reference, versions, notices });
      visit(statement);
    };
    return { ...loaded, lines: await loadLines(ask, take) };
  });
  checkAgainstLog(facts.values(), entries);
  const anchor = openAnchor(remembered, signers, known.log, entries, tell);
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
    ledger: (after, limit, what = 'files') =>
      readSliceOf(database.ask, { known: () => opened.known, takeIn: () => takeIn(opened, database.ask) }, { after, limit, what }),
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
  const statements = await readPublicFacts(database.ask, Math.min(...told.map(({ index }) => index)));
  // What came in meanwhile waits for the next time.
  opened.untold = opened.untold.slice(told.length);
  const entries = told.map(({ entry }) => entry);
  await opened.anchor.advance(opened.known.log.checkpoint, entries);
  return { statements, hasOwn: entries.some(({ statement }) => statement === undefined) };
}
