import { dirname, join } from 'node:path';
import { OnrecordError } from '../errors.ts';
import { textAddress } from '../ledger/revision.ts';
import { Statement } from '../statement/facts.ts';
import { type Disk, errnoOf, readIfThere } from './disk.ts';
import { makeDirectories } from './durable-file.ts';
import { readDocument, writeDocument } from './embedded-document.ts';
import { statementLine } from './line.ts';
import { createQueues, type Queues } from './queue.ts';
import { neededTexts, newestChangeFirst, WorkingTextDocument } from './statement-document.ts';
import type { Edit, StatementLine, WorkingText } from './store.ts';

/** Statement documents and working texts: where they lie, and what memory keeps of them. */
export type Shelf = {
  readonly disk: Disk;
  readonly directory: string;
  readonly lines: Map<string, StatementLine>;
  /** The lines, newest change first; null until somebody asks after a change. */
  sorted: readonly StatementLine[] | null;
  /** Committed statements whose file could not be written: memory is the truth until it can. */
  readonly pending: Map<string, Statement>;
  /** Which statements still need a working text: one as a rule, several where two drafts from one template share an address. */
  readonly claims: Map<string, string | Set<string>>;
  readonly textQueues: Queues;
  readonly known: Set<string>;
};

export function createShelf(disk: Disk, directory: string): Shelf {
  return { disk, directory, lines: new Map(), sorted: null, pending: new Map(), claims: new Map(), textQueues: createQueues(), known: new Set() };
}

/** As many files are read at once: more wait for the disk than for us. */
const readAtOnce = 16;

/** Reads every statement, keeping its line; gives each to `visit`, in any order. Anything unreadable is `store_corrupt`. */
export async function loadShelf(shelf: Shelf, visit: (statement: Statement) => void): Promise<void> {
  const names = [...(await shelf.disk.list(join(shelf.directory, 'statements')))];
  const readOn = async (): Promise<void> => {
    for (let name = names.pop(); name !== undefined; name = names.pop()) {
      const statement = await readDocument(join(shelf.directory, 'statements', name), Statement, shelf.disk);
      if (name !== `${statement.id}.json`) throw new OnrecordError('store_corrupt', `${name} is not a statement of that name`);
      keepInMemory(shelf, statement);
      visit(statement);
    }
  };
  await Promise.all(Array.from({ length: readAtOnce }, readOn));
}

export async function readStatement(shelf: Shelf, id: string): Promise<Statement | undefined> {
  if (!shelf.lines.has(id)) return undefined;
  return shelf.pending.get(id) ?? readDocument(statementPath(shelf, id), Statement, shelf.disk);
}

/** Durable when it resolves; only then does memory show it. */
export async function writeStatement(shelf: Shelf, statement: Statement): Promise<void> {
  await writeDocument(statementPath(shelf, statement.id), statement, Statement, shelf.disk);
  shelf.pending.delete(statement.id);
  keepInMemory(shelf, statement);
}

/** Makes a statement what lists and reads show. */
export function keepInMemory(shelf: Shelf, statement: Statement): void {
  shelf.lines.set(statement.id, statementLine(statement));
  shelf.sorted = null;
  for (const text of neededTexts(statement)) claim(shelf, text, statement.id);
}

/** Every line, newest change first. */
export function sortedLines(shelf: Shelf): readonly StatementLine[] {
  shelf.sorted ??= [...shelf.lines.values()].sort(newestChangeFirst);
  return shelf.sorted;
}

/** The text at an address; undefined once it was dropped. */
export async function readText(shelf: Shelf, text: string): Promise<WorkingText | undefined> {
  if (!/^[0-9a-f]{64}$/.test(text)) return undefined;
  const path = textPath(shelf, text);
  if ((await readIfThere(shelf.disk, path)) === undefined) return undefined;
  const body = await readDocument(path, WorkingTextDocument, shelf.disk);
  if (textAddress(body.kind, body.content) !== text) throw new OnrecordError('store_corrupt', 'a working text is not the one of its address');
  return body;
}

/** Keeps texts before the statement that names them is written; claimed first, so that nobody else's drop takes them. */
export async function keepTexts(shelf: Shelf, id: string, texts: Edit['texts'] = []): Promise<void> {
  for (const { text, body } of texts) {
    if (textAddress(body.kind, body.content) !== text) throw new Error('a working text comes under another address');
    await shelf.textQueues.run(text, async () => {
      claim(shelf, text, id);
      if (await isKept(shelf, text)) return;
      await makeDirectories(dirname(textPath(shelf, text)), shelf.known, shelf.disk);
      await writeDocument(textPath(shelf, text), body, WorkingTextDocument, shelf.disk);
    });
  }
}

/** After the statement is written: removes texts that neither it nor any other statement needs, and gives those that could not be removed. */
export async function dropTexts(shelf: Shelf, statement: Statement, drop: Edit['drop'] = []): Promise<readonly string[]> {
  const left: string[] = [];
  const needed = neededTexts(statement);
  for (const text of drop.filter((item) => !needed.has(item) && /^[0-9a-f]{64}$/.test(item))) {
    const remove = async (): Promise<void> => {
      const claimants = shelf.claims.get(text);
      if (typeof claimants === 'string' && claimants !== statement.id) return;
      if (typeof claimants === 'object') claimants.delete(statement.id);
      if (typeof claimants === 'object' && claimants.size > 0) return;
      shelf.claims.delete(text);
      await shelf.disk.remove(textPath(shelf, text));
    };
    await shelf.textQueues.run(text, remove).catch((error: unknown) => {
      if (errnoOf(error) !== 'ENOENT') left.push(text);
    });
  }
  return left;
}

async function isKept(shelf: Shelf, text: string): Promise<boolean> {
  return readText(shelf, text).then(
    (body) => body !== undefined,
    () => false,
  );
}

function claim(shelf: Shelf, text: string, id: string): void {
  const claimants = shelf.claims.get(text);
  if (claimants === undefined) shelf.claims.set(text, id);
  else if (typeof claimants === 'object') claimants.add(id);
  else if (claimants !== id) shelf.claims.set(text, new Set([claimants, id]));
}

function statementPath({ directory }: Shelf, id: string): string {
  return join(directory, 'statements', `${id}.json`);
}

function textPath({ directory }: Shelf, text: string): string {
  return join(directory, 'texts', text.slice(0, 2), `${text}.json`);
}
