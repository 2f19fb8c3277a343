import { join } from 'node:path';
import { z } from 'zod';
import { rootOf } from '../ledger/tree.ts';
import { Statement } from '../statement/facts.ts';
import { readIfThere } from './disk.ts';
import { readDocument, writeDocument } from './embedded-document.ts';
import { readStatement, type Shelf, writeStatement } from './embedded-shelf.ts';
import { type Log, rootAt } from './log.ts';

/** The statement of the change in hand, with the head its checkpoint will sign: what boot needs to roll forward. */
const Staged = z.strictObject({ size: z.int().positive(), root: z.string(), statement: Statement });

const stagingPath = ({ directory }: Shelf): string => join(directory, 'staging', 'change.json');

export async function stageStatement(shelf: Shelf, next: Log, statement: Statement): Promise<void> {
  await writeDocument(stagingPath(shelf), { size: next.size, root: rootOf(next.tree).toString('hex'), statement }, Staged, shelf.disk);
}

/** Not needed for correctness: boot passes over what is not newer than the statement's file. */
export async function clearStaging(shelf: Shelf): Promise<void> {
  await shelf.disk.remove(stagingPath(shelf)).catch(() => {});
}

/** Finishes a change whose checkpoint committed before its statement's file was written, and gives it; passes over one that never committed. */
export async function rollForward(shelf: Shelf, log: Log): Promise<Statement | null> {
  if ((await readIfThere(shelf.disk, stagingPath(shelf))) === undefined) return null;
  const { size, root, statement } = await readDocument(stagingPath(shelf), Staged, shelf.disk);
  const isCommitted = size <= log.size && rootAt(log, size).toString('hex') === root;
  const current = await readStatement(shelf, statement.id);
  const isBehind = isCommitted && (current?.generation ?? -1) < statement.generation;
  if (isBehind) await writeStatement(shelf, statement);
  return isBehind ? statement : null;
}
