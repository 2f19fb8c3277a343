import { isDeepStrictEqual } from 'node:util';
import type { Register } from '../leak/register.ts';
import { Entry } from '../ledger/entry.ts';
import { sha256Hex } from '../ledger/hash.ts';
import { parseRegister, registerNumber } from '../ledger/register-file.ts';
import { ownFiles, type PublicNotice, type PublicVersion, type SignedFile, Statement, type Version } from '../statement/facts.ts';
import { withoutWords } from '../statement/redaction.ts';
import { redactionOf } from '../statement/state.ts';
import type { Declaration, Edit, RecordChange } from './store.ts';

/**
 * What every store holds a change to before it touches anything. A breach is a fault of the calling code, so these throw plain
 * errors: nothing a person did can cause one.
 */

/** Facts of the commit that the change was given, and what the ledger holds so far. */
export type Commit = {
  allotted: readonly { index: number; at: string }[];
  /** The number given out in this change, or null. */
  reference: string | null;
  /** Number of the statement's newest entry, or null; `begin` is the number of the current log's first entry. */
  prev: number | null;
  begin: number;
  isLogged(file: string): boolean;
  /** Number of the newest state of the register; 0 before the first. */
  register: number;
};

/** A private change: one generation on, and not a word that readers see. */
export function checkEdit(id: string, current: Statement | undefined, { statement }: Edit): void {
  checkIdentity(id, current, statement);
  const before = { reference: current?.reference ?? null, feedId: current?.feedId ?? null, versions: current?.versions ?? [], notices: current?.notices ?? [] };
  const { reference, feedId, versions, notices } = statement;
  demand(isDeepStrictEqual(before, { reference, feedId, versions, notices }), 'public facts change only through record');
}

/** Entries of the house: about no statement, each with the instant it was allotted, and with files that lie apart from those of statements. */
export function checkDeclaration({ entries, files }: Declaration, { allotted, isLogged }: Pick<Commit, 'allotted' | 'isLogged'>): void {
  demand(entries.length === allotted.length, 'one entry for each that was allotted');
  for (const [position, entry] of entries.entries()) {
    demand(Entry.safeParse(entry).success && entry.statement === undefined, 'an entry of the house');
    demand(entry.at === allotted[position]?.at, 'an entry carries the allotted instant');
  }
  checkFiles(entries, files, { isLogged });
  demand(
    files.every(({ name }) => name.startsWith('/imported/')),
    'a declaration brings no file of a statement',
  );
}

/** A public change: entries, files and facts say the same, in the order of the commit. Gives the register's new state, where it has one. */
export function checkRecord(id: string, current: Statement | undefined, change: RecordChange, commit: Commit): Register | null {
  const { statement, entries, files } = change;
  checkIdentity(id, current, statement);
  demand(statement.reference !== null && statement.reference === (current?.reference ?? commit.reference), 'the reference is the allotted one, for ever');
  demand(statement.feedId !== null && statement.feedId === (current?.feedId ?? statement.feedId), 'a feed id never changes');
  demand(entries.length === commit.allotted.length, 'one entry for each that was allotted');
  for (const [position, entry] of entries.entries()) checkEntry(entry, position, statement, commit);
  checkFiles(entries, files, commit);
  checkFacts(current, change, commit);
  return checkRegister(files, commit);
}

function checkIdentity(id: string, current: Statement | undefined, statement: Statement): void {
  demand(statement.id === id && statement.generation === (current?.generation ?? -1) + 1, 'the same statement, one generation on');
  demand(Statement.safeParse(statement).success, 'a statement of the schema');
}

function checkEntry(entry: Entry, position: number, statement: Statement, { allotted, prev, begin }: Commit): void {
  demand(Entry.safeParse(entry).success, 'an entry of the schema');
  demand(entry.at === allotted[position]?.at, 'an entry carries the allotted instant');
  demand(entry.statement === statement.reference, 'an entry names its statement');
  const before = position === 0 ? prev : (allotted[position - 1]?.index ?? null);
  demand(entry.prev === (before === null || before < begin ? null : before - begin), 'an entry names the one before it in its log');
}

function checkFiles(entries: readonly Entry[], files: RecordChange['files'], { isLogged }: Pick<Commit, 'isLogged'>): void {
  const listed = entries.flatMap((entry) => entry.files ?? []);
  const signed: readonly SignedFile[] = files.map(({ body: _body, ...file }) => file);
  demand(isDeepStrictEqual(listed, signed), 'the entries list exactly the new files');
  demand(new Set(listed.map((file) => file.name)).size === files.length, 'each file has its own name');
  for (const { name, sha256, bytes, body } of files) {
    demand(/^(\/[A-Za-z0-9][A-Za-z0-9._-]{0,79}){1,6}$/.test(name), 'a file name is a plain path');
    demand(!isLogged(name), 'a signed file is written once');
    demand(body.length === bytes && sha256Hex(body) === sha256, 'a file has the bytes that its entry names');
  }
}

/** States of the register follow one another without a gap, each readable and under its own number. */
function checkRegister(files: RecordChange['files'], { register }: Commit): Register | null {
  const [file, ...more] = files.filter(({ name }) => registerNumber(name) !== null);
  if (file === undefined) return null;
  const next = parseRegister(file.body);
  demand(more.length === 0 && registerNumber(file.name) === register + 1 && next.register === register + 1, 'a state of the register has the next number');
  return next;
}

/** New versions and notices match the new entries one to one; older ones stay as they are, except that a debt is settled. */
function checkFacts(current: Statement | undefined, { statement, entries }: RecordChange, { allotted }: Commit): void {
  const [oldVersions, oldNotices] = [current?.versions ?? [], current?.notices ?? []];
  const keptVersions = statement.versions.slice(0, oldVersions.length);
  const redacted = entries.flatMap((entry) => entry.redacts ?? []);
  const expected = oldVersions.map((version) => (redacted.some((item) => item.version === version.version) ? withoutWords(version) : version));
  demand(isDeepStrictEqual(keptVersions.map(withoutDebt), expected.map(withoutDebt)), 'a published version never changes');
  for (const { version, files } of redacted) {
    const named = ownFiles(oldVersions[version - 1]?.files ?? []).map((file) => file.name);
    demand(isDeepStrictEqual(files, named) && redactionOf(oldNotices, version) === null, 'a redaction names the files of a version that has them');
  }
  demand(
    oldVersions.every((version, index) => version.debt === null || keptVersions[index]?.debt),
    'a debt is never deleted',
  );
  demand(isDeepStrictEqual(statement.notices.slice(0, oldNotices.length), oldNotices), 'a notice never changes');
  demand(
    statement.versions.every((version, index) => version.version === index + 1),
    'versions are numbered without a gap',
  );
  const facts = [...statement.versions.slice(oldVersions.length), ...statement.notices.slice(oldNotices.length)];
  demand(facts.length === entries.length, 'one fact for each entry');
  for (const [position, entry] of entries.entries()) {
    const fact = facts.find((item) => item.entry === allotted[position]?.index);
    demand(fact !== undefined && saysTheSame(fact, entry), 'a fact says what its entry says');
  }
}

/** Whether an entry is the one of this version or notice. */
export function saysTheSame(fact: Pick<PublicVersion, 'kind' | 'version' | 'at' | 'files'> | PublicNotice, entry: Entry): boolean {
  if (fact.at !== entry.at) return false;
  if ('event' in fact) return fact.event === entry.event && entry.redacts?.ground === fact.ground && (entry.redacts?.version ?? fact.version) === fact.version;
  return fact.kind === entry.event && fact.version === entry.version && isDeepStrictEqual(fact.files, entry.files);
}

function withoutDebt({ debt: _debt, ...version }: Version): Omit<Version, 'debt'> {
  return version;
}

function demand(holds: unknown, rule: string): asserts holds {
  if (!holds) throw new Error(`a change breaks the store's contract: ${rule}`);
}
