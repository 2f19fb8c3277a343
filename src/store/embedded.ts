import { join } from 'node:path';
import { OnrecordError } from '../errors.ts';
import type { Entry } from '../ledger/entry.ts';
import { keyObjection } from '../ledger/keys.ts';
import type { Signer } from '../ledger/note.ts';
import type { Statement } from '../statement/facts.ts';
import { createAllotment } from './allotment.ts';
import { checkDeclaration, checkEdit, checkRecord } from './change-check.ts';
import { type Disk, listIfThere, realDisk } from './disk.ts';
import { sweepTemporary } from './durable-file.ts';
import { anchorObjection } from './embedded-anchor.ts';
import { cutTail, loadLog, readEntries } from './embedded-log.ts';
import { advanceAnchor, commit, remember, settlePending, type Vault } from './embedded-record.ts';
import { removeAllRedacted } from './embedded-redaction.ts';
import { loadRegister } from './embedded-register.ts';
import { createShelf, dropTexts, keepTexts, loadShelf, readStatement, readText, type Shelf, sortedLines, writeStatement } from './embedded-shelf.ts';
import { clearStaging, rollForward } from './embedded-staging.ts';
import { checkAgainstLog, checkFacts, type PublicFacts } from './fact-check.ts';
import { logOrigin, readInstallation } from './installation.ts';
import { acquireLock } from './lock.ts';
import { keysOf, type Log } from './log.ts';
import { createQueue, createQueues, type Queue, type Queues } from './queue.ts';
import { lostRedactions, readRedactions, redactionsOf } from './redaction-list.ts';
import type { ClosedLog, Edit, LedgerSlice, LoggedEntry, RecordChange, Recorded, StatementLine, Store } from './store.ts';

export type EmbeddedOptions = {
  directory: string;
  signer: Signer;
  /** Signs beside `signer` while a key is rotated. */
  previous?: Signer | null;
  /** True for the act itself that changes keys; else the log's own entries have to agree with them. */
  changesKeys?: boolean;
  /** Where the newest checkpoint is kept outside the data directory; null: no guard against a restored backup. */
  anchorFile: string | null;
  now: () => number;
  disk?: Disk;
  /** Is given each statement as the opening reads it, or brings it up to what was committed: the last one of an id counts. */
  visit?: (statement: Statement) => void;
  /** Takes lines about trouble, for the operator. */
  tell?: (line: string) => void;
};

/**
 * The store in one directory, for one process. Reads, proves and rolls forward everything at opening.
 * Refusals: store_not_initialised, store_locked, store_corrupt, config_invalid (another origin). A store behind its anchor opens
 * for reading; each write is then `rollback_detected`.
 */
export async function openEmbeddedStore(options: EmbeddedOptions): Promise<Store> {
  const disk = options.disk ?? realDisk;
  const installation = await readInstallation(options.directory, disk);
  const name = logOrigin(installation);
  if (name !== options.signer.name) throw new OnrecordError('config_invalid', `the log's origin is ${name}, not ${options.signer.name}`);
  const lock = await acquireLock(options.directory, 'lock', disk);
  try {
    await sweepParts(options.directory, disk);
    const vault = await openVault(options, installation.origin, disk);
    return serve(vault, options.now, () => lock.release());
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openVault(
  { directory, signer, previous = null, changesKeys = false, anchorFile, visit = () => {}, tell = () => {} }: EmbeddedOptions,
  identity: string,
  disk: Disk,
): Promise<Vault> {
  const { log, closed, entries } = await loadLog({ disk, directory, signer, previous });
  const objection = changesKeys ? null : keyObjection(entries.slice(log.begin), signer, previous);
  if (objection !== null) throw new OnrecordError('key_invalid', objection);
  const shelf = createShelf(disk, directory);
  const facts = new Map<string, PublicFacts>();
  const take = (statement: Statement): void => {
    const { id, reference, versions, notices } = statement;
    checkFacts(statement, identity);
    facts.set(id, { reference, versions, notices });
    visit(statement);
  };
  await loadShelf(shelf, take);
  const finished = await rollForward(shelf, log);
  if (finished) take(finished);
  checkAgainstLog(facts.values(), entries);
  const vault: Vault = {
    ...{ disk, directory, signer, previous, anchorFile, shelf, log, closed, tell },
    signedNames: namesOf(entries),
    register: await loadRegister({ disk, directory }, entries),
    redacted: new Set(entries.flatMap((entry) => entry.redacts?.files ?? [])),
    burned: entries.flatMap((entry) => entry.restored?.burned.map(({ last }) => last) ?? []),
    redactions: { told: redactionsOf(entries), lost: [] },
    undeleted: { files: new Set(), texts: new Map() },
    blocked: null,
    anchorTrouble: null,
  };
  if (anchorFile !== null) await checkAnchor(vault, anchorFile, entries);
  if (vault.blocked === null) {
    await cutTail(vault, log);
    await clearStaging(shelf);
    const redacted = [...facts].filter(([, { notices }]) => notices.some(({ event }) => event === 'redacted'));
    await removeAllRedacted(
      vault,
      redacted.map(([id]) => id),
    );
  }
  return vault;
}

async function checkAnchor(vault: Vault, anchorFile: string, entries: readonly Entry[]): Promise<void> {
  const lost = lostRedactions(await readRedactions(vault.disk, anchorFile), entries);
  vault.redactions = { ...vault.redactions, lost };
  for (const name of lost.flatMap(({ files }) => files)) vault.redacted.add(name);
  const behind = await anchorObjection(vault.disk, anchorFile, vault.log, keysOf(vault));
  const objection = behind ?? (lost.length > 0 ? 'rollback: a text was redacted that this store still has' : null);
  if (objection !== null) {
    vault.blocked = new OnrecordError('rollback_detected', objection);
    vault.tell(objection);
  } else if (vault.log.checkpoint !== null) {
    await advanceAnchor(vault, vault.log.checkpoint);
  }
}

function namesOf(entries: readonly Entry[]): Set<string> {
  return new Set(entries.flatMap((entry) => entry.files ?? []).map((file) => file.name));
}

type Opened = { vault: Vault; statements: Queues; ledger: Queue; now: () => number; isClosed: boolean };

function serve(vault: Vault, now: () => number, release: () => Promise<void>): Store {
  const opened: Opened = { vault, statements: createQueues(), ledger: createQueue(), now, isClosed: false };
  const { shelf } = vault;
  return {
    list: async (filter = {}) => listLines(shelf, filter),
    read: (id) => readStatement(shelf, id),
    revision: (text) => readText(shelf, text),
    edit: (id, change) => opened.statements.run(id, async () => (await runEdit(opened, id, change)).statement),
    record: (id, change) => opened.ledger.run(() => runRecord(opened, id, change)),
    declare: (change) => opened.ledger.run(() => runDeclare(opened, change)),
    ledger: async (after, limit, what = 'files'): Promise<LedgerSlice> => {
      const { log, closed } = vault;
      const entries = await readEntries(vault, [...closed, log], vault.redacted, { after, limit, what });
      return { size: log.begin + log.size, checkpoint: log.checkpoint, closed: closed.map(closedLog), entries };
    },
    lostRedactions: () => vault.redactions.lost,
    trouble: () => troubleOf(vault),
    close: async () => {
      if (opened.isClosed) return;
      opened.isClosed = true;
      await opened.ledger.idle();
      await opened.statements.idle();
      await release();
    },
  };
}

function closedLog({ checkpoint, size }: Log): ClosedLog {
  return { origin: checkpoint?.split('\n')[0] ?? '', size, checkpoint: checkpoint ?? '' };
}

function troubleOf({ blocked, shelf, undeleted, anchorTrouble }: Vault): string | null {
  if (blocked) return blocked.message;
  if (shelf.pending.size > 0) return 'a committed statement waits for its file to be written';
  return undeleted.files.size + undeleted.texts.size > 0 ? 'redacted files are still on the disk' : anchorTrouble;
}

function listLines(shelf: Shelf, filter: { public?: boolean }): readonly StatementLine[] {
  return sortedLines(shelf).filter((line) => filter.public === undefined || filter.public === (line.public !== 'none'));
}

async function runEdit(opened: Opened, id: string, change: Parameters<Store['edit']>[1]): Promise<Edit> {
  requireWritable(opened);
  const current = await readStatement(opened.vault.shelf, id);
  const edit = change(current);
  if (edit.statement === current) return edit;
  checkEdit(id, current, edit);
  await saveEdit(opened.vault, edit);
  return edit;
}

async function saveEdit(vault: Vault, edit: Edit): Promise<void> {
  try {
    await keepTexts(vault.shelf, edit.statement.id, edit.texts);
    await writeStatement(vault.shelf, edit.statement);
  } catch (error) {
    throw remember(vault, error);
  }
  await dropTexts(vault.shelf, edit.statement, edit.drop);
}

async function runRecord(opened: Opened, id: string, change: Parameters<Store['record']>[1]): Promise<Recorded> {
  const { vault, statements, now } = opened;
  return statements.run(id, async () => {
    requireWritable(opened);
    await settlePending(vault, id, statements.run);
    const current = await readStatement(vault.shelf, id);
    const allotted = createAllotment(now(), { ...vault.log, number: vault.closed.length + 1 }, references(vault), vault.register);
    const asked: RecordChange = change(current, allotted.allot);
    if (current !== undefined && asked.statement === current) return { statement: current, entries: [] };
    if (asked.entries.length === 0) {
      checkEdit(id, current, asked);
      await saveEdit(vault, asked);
      return { statement: asked.statement, entries: [] };
    }
    const facts = [...(current?.versions ?? []), ...(current?.notices ?? [])].map((fact) => fact.entry);
    const prev = facts.length === 0 ? null : Math.max(...facts);
    const register = checkRecord(id, current, asked, {
      allotted: allotted.entries,
      reference: allotted.reference,
      prev,
      begin: vault.log.begin,
      isLogged: (name) => vault.signedNames.has(name),
      register: vault.register?.register ?? 0,
    });
    return { statement: asked.statement, entries: await commit(vault, { ...asked, register }) };
  });
}

/** Commits entries of the house. */
async function runDeclare({ vault, statements, now, isClosed }: Opened, change: Parameters<Store['declare']>[0]): Promise<readonly LoggedEntry[]> {
  requireWritable({ vault, isClosed });
  await settlePending(vault, null, statements.run);
  const { allot, entries: allotted } = createAllotment(now(), { ...vault.log, number: vault.closed.length + 1 }, [], vault.register);
  const { entries, files } = change(allot);
  if (entries.length === 0) return [];
  checkDeclaration({ entries, files }, { allotted, isLogged: (name) => vault.signedNames.has(name) });
  return commit(vault, { statement: null, entries, files, register: null });
}

/** Every reference that was ever given, burned ones as well. */
function* references({ shelf, burned }: Vault): Iterable<string> {
  for (const { reference } of shelf.lines.values()) if (reference !== null) yield reference;
  yield* burned;
}

function requireWritable({ vault, isClosed }: Pick<Opened, 'vault' | 'isClosed'>): void {
  if (isClosed) throw new OnrecordError('busy', 'the store is closed');
  if (vault.blocked) throw new OnrecordError(vault.blocked.code, vault.blocked.message, { cause: vault.blocked.cause });
}

/** Drafts' words must not lie about. People, prints and the witness sweep when they are opened. */
async function sweepParts(directory: string, disk: Disk): Promise<void> {
  const below = async (part: string): Promise<readonly string[]> => (await listIfThere(disk, join(directory, part))).map((name) => join(part, name));
  const parts = ['', 'statements', 'ledger', 'staging', 'outbox', ...(await below('texts')), ...(await below('timestamps'))];
  // What cannot be removed waits for the next boot.
  for (const part of parts) await sweepTemporary(join(directory, part), disk).catch(() => {});
}
