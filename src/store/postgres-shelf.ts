import { textAddress } from '../ledger/revision.ts';
import { PublicStatement, Statement } from '../statement/facts.ts';
import { publicStatement } from '../statement/state.ts';
import { statementLine } from './line.ts';
import { corrupt } from './log.ts';
import type { Ask } from './postgres-database.ts';
import { neededTexts, newestChangeFirst, WorkingTextDocument } from './statement-document.ts';
import type { Edit, StatementLine, WorkingText } from './store.ts';

/** Statements and working texts as rows, and the lines of them that a process has read. */
export type Lines = {
  byId: ReadonlyMap<string, StatementLine>;
  /** Newest change first. */
  sorted: readonly StatementLine[];
  /** The oldest transaction that may not have been over when they were read. */
  since: string;
};

export async function readStatement(ask: Ask, id: string, isLocked = false): Promise<Statement | undefined> {
  const [row] = await ask<{ document: unknown }>(`select document from statements where id = $1${isLocked ? ' for update' : ''}`, [id]);
  return row && parseStatement(id, row.document);
}

/** What readers may see of every statement with an entry of this number or a later one. @throws store_corrupt */
export async function readPublicFacts(ask: Ask, fromEntry: number): Promise<readonly PublicStatement[]> {
  const rows = await ask<{ statement: string; facts: unknown }>('select statement, facts from public_facts where entry >= $1', [fromEntry]);
  return rows.map(({ statement, facts }) => {
    const parsed = PublicStatement.safeParse(facts);
    if (!parsed.success) throw corrupt(`what is public of statement ${statement} cannot be read`);
    return parsed.data;
  });
}

function parseStatement(id: string, document: unknown): Statement {
  const parsed = Statement.safeParse(document);
  if (!parsed.success || parsed.data.id !== id) throw corrupt(`the row of statement ${id} cannot be read`);
  return parsed.data;
}

/** The statement as it is from now on, with the keys of acts that are new in it, and what readers may see of it. */
export async function writeStatement(ask: Ask, before: Statement | undefined, statement: Statement): Promise<void> {
  const values = [statement.id, statement.generation, statement.reference, JSON.stringify(statement)];
  if (before === undefined) {
    await ask('insert into statements (id, generation, reference, document, changed_in) values ($1, $2, $3, $4, pg_current_xact_id())', values);
  } else {
    const sql =
      'update statements set generation = $2, reference = $3, document = $4, changed_in = pg_current_xact_id() where id = $1 and generation = $5 returning id';
    if ((await ask(sql, [...values, before.generation])).length !== 1) throw corrupt(`another hand changed statement ${statement.id}`);
  }
  const keys = statement.timeline.slice(before?.timeline.length ?? 0).flatMap(({ key }) => (key === null ? [] : [key.key]));
  if (keys.length > 0) await ask('insert into act_keys (statement, key) select $1, unnest($2::text[])', [statement.id, keys]);
}

/** Versions that are new in it, and what readers see of the statement. */
export async function publishFacts(ask: Ask, before: Statement | undefined, statement: Statement): Promise<void> {
  const fresh = statement.versions.slice(before?.versions.length ?? 0);
  if (fresh.length > 0) {
    const columns = [fresh.map(({ version }) => version), fresh.map(({ entry }) => entry)];
    await ask('insert into versions (statement, version, entry) select $1, * from unnest($2::integer[], $3::integer[])', [statement.id, ...columns]);
  }
  const facts = publicStatement(statement);
  if (facts === null) return;
  const newest = Math.max(...[...facts.versions, ...facts.notices].map(({ entry }) => entry));
  await ask(
    'insert into public_facts (statement, entry, facts) values ($1, $2, $3) on conflict (statement) do update set entry = excluded.entry, facts = excluded.facts',
    [statement.id, newest, JSON.stringify(facts)],
  );
}

/** Keeps new texts, and lets go of those in `drop` that neither this statement nor any other needs. */
export async function changeTexts(ask: Ask, statement: Statement, texts: Edit['texts'] = [], drop: Edit['drop'] = []): Promise<void> {
  for (const { text, body } of texts) if (textAddress(body.kind, body.content) !== text) throw new Error('a working text comes under another address');
  if (texts.length > 0) {
    const addresses = texts.map(({ text }) => text);
    const bodies = texts.map(({ body }) => JSON.stringify(body));
    await ask('insert into texts (text, body) select * from unnest($1::text[], $2::json[]) on conflict do nothing', [addresses, bodies]);
    await ask('insert into text_uses (text, statement) select unnest($1::text[]), $2 on conflict do nothing', [addresses, statement.id]);
  }
  const needed = neededTexts(statement);
  const unneeded = drop.filter((text) => !needed.has(text));
  if (unneeded.length === 0) return;
  await ask('delete from text_uses where statement = $1 and text = any($2)', [statement.id, unneeded]);
  await ask('delete from texts where text = any($1) and not exists (select from text_uses where text_uses.text = texts.text)', [unneeded]);
}

export async function readText(ask: Ask, text: string): Promise<WorkingText | undefined> {
  if (!/^[0-9a-f]{64}$/.test(text)) return undefined;
  const [row] = await ask<{ body: unknown }>('select body from texts where text = $1', [text]);
  if (row === undefined) return undefined;
  const body = WorkingTextDocument.safeParse(row.body).data;
  if (body === undefined || textAddress(body.kind, body.content) !== text) throw corrupt('a working text is not the one of its address');
  return body;
}

const readAtOnce = 200;
const sinceNow = 'pg_snapshot_xmin(pg_current_snapshot())::text as since';

/** Every line, each statement given to `visit`. @param ask within one snapshot */
export async function loadLines(ask: Ask, visit: (statement: Statement) => void): Promise<Lines> {
  const byId = new Map<string, StatementLine>();
  const [snapshot] = await ask<{ since: string }>(`select ${sinceNow}`);
  for (let last = ''; ; ) {
    const rows = await ask<{ id: string; document: unknown }>('select id, document from statements where id > $1 order by id limit $2', [last, readAtOnce]);
    for (const { id, document } of rows) {
      const statement = parseStatement(id, document);
      byId.set(id, statementLine(statement));
      visit(statement);
      last = id;
    }
    if (rows.length < readAtOnce) return { byId, sorted: sortLines(byId), since: snapshot?.since ?? '0' };
  }
}

/** The lines with what has changed since they were read. */
export async function readLinesOn(ask: Ask, lines: Lines): Promise<Lines> {
  const changed = await ask<{ id: string; since: string }>(`select id, ${sinceNow} from statements where changed_in >= $1::xid8`, [lines.since]);
  const [first] = changed;
  if (first === undefined) return lines;
  const byId = new Map(lines.byId);
  // What changes while it is read comes again with what has changed since.
  for (let at = 0; at < changed.length; at += readAtOnce) {
    const ids = changed.slice(at, at + readAtOnce).map(({ id }) => id);
    const rows = await ask<{ id: string; document: unknown }>('select id, document from statements where id = any($1)', [ids]);
    for (const { id, document } of rows) byId.set(id, statementLine(parseStatement(id, document)));
  }
  return { byId, sorted: sortLines(byId), since: first.since };
}

function sortLines(byId: ReadonlyMap<string, StatementLine>): readonly StatementLine[] {
  return [...byId.values()].sort(newestChangeFirst);
}
