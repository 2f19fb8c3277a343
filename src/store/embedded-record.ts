import { dirname, join } from 'node:path';
import { OnrecordError } from '../errors.ts';
import type { Register } from '../leak/register.ts';
import type { Statement } from '../statement/facts.ts';
import { errnoOf } from './disk.ts';
import { makeDirectories, writeDurably } from './durable-file.ts';
import { writeAnchor } from './embedded-anchor.ts';
import { appendEntries, cutTail, type FileLog, type LogFiles, nextFileLog, swapCheckpoint } from './embedded-log.ts';
import { removeRedacted } from './embedded-redaction.ts';
import { dropTexts, keepInMemory, keepTexts, type Shelf, writeStatement } from './embedded-shelf.ts';
import { clearStaging, stageStatement } from './embedded-staging.ts';
import { type KnownRedaction, keepRedactions, redactionsOf } from './redaction-list.ts';
import type { Declaration, LoggedEntry, RecordChange } from './store.ts';

/** An open store: its parts, and what stands in the way of writing. */
export type Vault = LogFiles & {
  shelf: Shelf;
  log: FileLog;
  /** Logs that a restore closed, oldest first. */
  closed: readonly FileLog[];
  anchorFile: string | null;
  /** Names of all signed files in the log: none is written twice. */
  signedNames: Set<string>;
  /** The newest committed state of the register. */
  register: Register | null;
  /** Names of the signed files that a redaction took away. */
  redacted: Set<string>;
  /** Last references of the ranges that an accepted rollback burned: never given again. */
  burned: readonly string[];
  /** Redactions that the log tells of, and those known beside the anchor that it does not: the store then went back in time. */
  redactions: { told: readonly KnownRedaction[]; lost: readonly KnownRedaction[] };
  /** What redactions took and the disk still holds: names of signed files, and statements with working texts. */
  undeleted: { files: Set<string>; texts: Map<string, Statement> };
  /** Why every write is refused, until the store is opened again. */
  blocked: OnrecordError | null;
  /** Why the anchor is behind. */
  anchorTrouble: string | null;
  tell: (line: string) => void;
};

/** A change of one statement, with the register's new state where it has one; or the house's own entries without a statement. */
export type Commitment = (RecordChange & { register: Register | null }) | (Declaration & { statement: null; register: null });

/** How far a change came before its commit point. */
type Attempt = { files: string[]; hasAppended: boolean };

/**
 * Commits one checked change in the order of record.md, "Commit order". It rejects with the old state whole, or with
 * `store_poisoned`; from the checkpoint on it resolves, whatever still goes wrong.
 */
export async function commit(vault: Vault, change: Commitment): Promise<readonly LoggedEntry[]> {
  const { next, lines } = nextFileLog(vault, vault.log, change.entries);
  const attempt: Attempt = { files: [], hasAppended: false };
  try {
    if (change.statement !== null) await keepTexts(vault.shelf, change.statement.id, change.texts);
    for (const file of change.files) attempt.files.push(await stageFile(vault, file));
    attempt.hasAppended = true;
    await appendEntries(vault, vault.log, lines);
    if (change.statement !== null) await stageStatement(vault.shelf, next, change.statement);
    await swapCheckpoint(vault, vault.log, next.checkpoint);
  } catch (error) {
    throw await takeBack(vault, attempt, error);
  }
  vault.redactions = { ...vault.redactions, told: [...vault.redactions.told, ...redactionsOf(change.entries)] };
  await advanceAnchor(vault, next.checkpoint);
  if (change.statement !== null) await settleStatement(vault, change.statement);
  const first = vault.log.begin + vault.log.size;
  vault.log = next;
  for (const file of change.files) vault.signedNames.add(file.name);
  if (change.register) vault.register = change.register;
  await removeRedacted(vault, change.entries, change.statement);
  if (vault.shelf.pending.size === 0) {
    if (change.statement !== null) await dropTexts(vault.shelf, change.statement, change.drop);
    await clearStaging(vault.shelf);
  }
  return change.entries.map((entry, position) => {
    const names = entry.files?.map((file) => file.name) ?? [];
    const files = change.files.filter((file) => names.includes(file.name)).map(({ name, body }) => ({ name, body }));
    return { index: first + position, bytes: lines[position] ?? Buffer.alloc(0), entry, files };
  });
}

/** Writes committed statements whose file failed before; until that succeeds nothing more may be staged. */
export async function settlePending(vault: Vault, id: string | null, lockOf: (id: string, work: () => Promise<void>) => Promise<void>): Promise<void> {
  for (const waiting of [...vault.shelf.pending.keys()]) {
    const settle = async (): Promise<void> => {
      const statement = vault.shelf.pending.get(waiting);
      if (statement) await writeStatement(vault.shelf, statement);
    };
    await (waiting === id ? settle() : lockOf(waiting, settle)).catch((error: unknown) => {
      throw remember(vault, error);
    });
  }
}

/** A failure with an unknown outcome, or a disk that another hand changed, ends all writing; gives the error back. */
export function remember(vault: Vault, error: unknown): unknown {
  if (error instanceof OnrecordError && (error.code === 'store_poisoned' || error.code === 'store_corrupt')) {
    vault.blocked ??= error;
    vault.tell(`the store takes no more writes: ${error.message}`);
  }
  return error;
}

async function stageFile(vault: Vault, { name, body }: RecordChange['files'][number]): Promise<string> {
  const path = join(vault.directory, 'record', name);
  await makeDirectories(dirname(path), vault.shelf.known, vault.disk);
  // Staged where boot sweeps: looking through all of the record for what a crash left would take too long.
  await writeDurably(path, body, vault.disk, join(vault.directory, 'staging'));
  return path;
}

/**
 * Before the commit point nothing happened, as long as the log's tail can be cut; the staged files are no part of the record. After
 * an unknown outcome nothing is touched: the checkpoint may already name what was appended.
 */
async function takeBack(vault: Vault, { files, hasAppended }: Attempt, error: unknown): Promise<unknown> {
  remember(vault, error);
  if (vault.blocked) return error;
  try {
    if (hasAppended) await cutTail(vault, vault.log);
  } catch (cause) {
    return remember(vault, new OnrecordError('store_poisoned', 'the log could not be cut back to its checkpoint', { cause }));
  }
  for (const path of files) await vault.disk.remove(path).catch(() => {});
  await clearStaging(vault.shelf);
  return errnoOf(error) === undefined ? error : new OnrecordError('store_write_failed', 'the change could not be written', { cause: error });
}

/** Brings the anchor up to a committed checkpoint; a failure is told and tried again with the next commit. */
export async function advanceAnchor(vault: Vault, checkpoint: string): Promise<void> {
  if (vault.anchorFile === null) return;
  try {
    await writeAnchor(vault.disk, vault.anchorFile, checkpoint);
    if (vault.redactions.told.length > 0) await keepRedactions(vault.disk, vault.anchorFile, vault.redactions.told);
    vault.anchorTrouble = null;
  } catch (error) {
    vault.anchorTrouble = `the anchor could not be written: ${error instanceof Error ? error.message : error}`;
    vault.tell(vault.anchorTrouble);
  }
}

async function settleStatement(vault: Vault, statement: Statement): Promise<void> {
  try {
    await writeStatement(vault.shelf, statement);
  } catch (error) {
    vault.shelf.pending.set(statement.id, statement);
    keepInMemory(vault.shelf, statement);
    remember(vault, error);
    vault.tell(`statement ${statement.id} is committed, its file is not written yet`);
  }
}
