import type { Register } from '../leak/register.ts';
import type { Entry } from '../ledger/entry.ts';
import { corrupt, type Log, nextLog, type Signers } from './log.ts';
import { type Ask, hasCommitted } from './postgres-database.ts';
import { readHead } from './postgres-log.ts';
import type { Declaration, LoggedEntry } from './store.ts';

/** What one transaction adds to the log: entries, their signed files, and the checkpoint that signs them. The signature leaves this process only once it has committed. */

/** `register`: its new state, where it has one. */
export type Written = { next: (Log & { checkpoint: string }) | null; entries: readonly LoggedEntry[]; register: Register | null };
export const nothingWritten: Written = { next: null, entries: [], register: null };

/** Writes entries behind the log that the transaction holds locked, with the head that follows from them; redactions take their bytes with them. */
export async function writeEntries(ask: Ask, signers: Signers, log: Log, { entries, files }: Declaration): Promise<Written> {
  const { next, lines } = nextLog(signers, log, entries);
  const first = log.begin + log.size;
  const logged = entries.map((entry, place): LoggedEntry => {
    const names = new Set(entry.files?.map(({ name }) => name));
    const own = files.filter(({ name }) => names.has(name)).map(({ name, body }) => ({ name, body }));
    return { index: first + place, bytes: lines[place] ?? Buffer.alloc(0), entry, files: own };
  });
  await insertEntries(ask, logged);
  // Compare and swap: the head is locked, so that nothing but a hand in the database can have changed it.
  const swapped = await ask('update head set size = $1, checkpoint = $2 where checkpoint is not distinct from $3 returning size', [
    next.size,
    next.checkpoint,
    log.checkpoint,
  ]);
  if (swapped.length !== 1) throw corrupt('another hand changed the checkpoint');
  for (const { index, entry } of logged) if (isRedaction(entry)) await ask('select redact($1)', [index]);
  return { next, entries: logged, register: null };
}

/** Entries with their signed files; one that is listed and not there was redacted: its name stays taken. */
export async function insertEntries(ask: Ask, logged: readonly LoggedEntry[]): Promise<void> {
  const entries = [logged.map(({ index }) => index), logged.map(({ bytes }) => bytes)];
  await ask('insert into entries (index, bytes) select * from unnest($1::integer[], $2::bytea[])', entries);
  const rows = logged.flatMap(({ index, entry, files }) =>
    (entry.files ?? []).map(({ name }) => ({ name, index, body: files.find((file) => file.name === name)?.body ?? null })),
  );
  if (rows.length === 0) return;
  const columns = [rows.map(({ name }) => name), rows.map(({ index }) => index), rows.map(({ body }) => body)];
  await ask('insert into files (name, entry, body) select * from unnest($1::text[], $2::integer[], $3::bytea[])', columns);
}

/** Names of these files that were ever signed: the table keeps each, also when a redaction took the bytes. */
export async function signedNames(ask: Ask, { files }: Pick<Declaration, 'files'>): Promise<ReadonlySet<string>> {
  const rows = await ask<{ name: string }>('select name from files where name = any($1)', [files.map(({ name }) => name)]);
  return new Set(rows.map(({ name }) => name));
}

/** After a connection was lost at COMMIT: whether the entries are there, byte for byte. The head's lock waits for what the old connection still does. */
export async function isWritten(ask: Ask, { entries }: Written, xid: string): Promise<boolean> {
  const [first] = entries;
  if (first === undefined) return hasCommitted(ask, xid);
  await readHead(ask, true);
  const [row] = await ask<{ bytes: Buffer }>('select bytes from entries where index = $1', [first.index]);
  return row?.bytes.equals(first.bytes) ?? false;
}

function isRedaction({ redacts }: Entry): boolean {
  return redacts !== undefined;
}
