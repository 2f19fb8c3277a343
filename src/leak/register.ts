import { z } from 'zod';
import { Artefact, Collection, changeKinds, confidences, contextFlags, type Findings, Fingerprint, verdicts } from './findings.ts';

/**
 * The register (leaks.md, "Machine form"): every artefact that the agency has listed, with fingerprints and verdicts, in codes alone. It
 * holds no free text, so that nothing in it ever has to be removed; labels and reasons stand in the statements that it names.
 */

const Reference = z.string().regex(/^\d{4}-\d{4,9}$/);
const Instant = z.iso.datetime();
/** What was said from a version on: a line for each change of verdict, confidence, kinds of change or context, oldest first. */
const VerdictLine = z.strictObject({
  version: z.int().positive(),
  at: Instant,
  verdict: z.enum(verdicts),
  confidence: z.enum(confidences).nullable(),
  changes: z.array(z.enum(changeKinds)),
  context: z.array(z.enum(contextFlags)),
});
const FindingLine = z.strictObject({
  version: z.int().positive(),
  at: Instant,
  finding: Collection.shape.finding,
  confidence: z.enum(confidences).nullable(),
});

export const RegisterItem = z.strictObject({
  statement: Reference,
  artefact: Artefact.shape.id,
  fingerprints: z.array(Fingerprint),
  /** At least one; the last one stands. */
  history: z.array(VerdictLine).min(1),
});
export const RegisterCollection = z.strictObject({
  statement: Reference,
  collection: Collection.shape.id,
  members: z.array(Artefact.shape.id),
  history: z.array(FindingLine).min(1),
});

/**
 * `register`: number of this state of the register, from 1; it rises with every change. `statements`: those named below, each with the
 * version that it had when the register was made and whether it stands. Sorted by statement, then by number of the item.
 */
export const Register = z.strictObject({
  schema: z.url(),
  register: z.int().positive(),
  at: Instant,
  statements: z.array(z.strictObject({ statement: Reference, version: z.int().positive(), state: z.enum(['live', 'withdrawn']) })),
  artefacts: z.array(RegisterItem),
  collections: z.array(RegisterCollection),
});

export type Register = z.infer<typeof Register>;
export type RegisterItem = z.infer<typeof RegisterItem>;
export type RegisterCollection = z.infer<typeof RegisterCollection>;
export type VerdictLine = z.infer<typeof VerdictLine>;
export type FindingLine = z.infer<typeof FindingLine>;

/** A version that comes out, as far as the register is concerned. Exercises have no place in it: they are not handed in. */
export type RegisterChange = { statement: string; version: number; at: string; findings: Findings; isWithdrawal: boolean };

/**
 * The register with what a new version says; `before` itself where that changes nothing in it. Nothing is ever deleted: an item that the
 * version cannot list any more, because a text was redacted, stays as it stood. A withdrawal keeps every verdict and marks
 * the statement. Null: there is still nothing to register. `origin` is the scheme-less identity.
 */
export function nextRegister(before: Register | null, change: RegisterChange, origin: string): Register | null {
  const { statement, version, at, findings, isWithdrawal } = change;
  const old = rowsOf(before, statement);
  if (old.known === undefined && findings.artefacts.length + findings.collections.length === 0) return before;
  const artefacts = replaceRows(old.artefacts, findings.artefacts, idOfArtefact, (row, item) => registerItem(row, item, change));
  const collections = replaceRows(old.collections, findings.collections, idOfCollection, (row, item) => registerCollection(row, item, change));
  const state = isWithdrawal ? ('withdrawn' as const) : ('live' as const);
  const isSame = old.known?.state === state && isDeepSame([old.artefacts, old.collections], [artefacts, collections]);
  if (before !== null && isSame) return before;
  return {
    schema: `https://${origin}/schema/register/v1`,
    register: (before?.register ?? 0) + 1,
    at,
    statements: insertRows(before?.statements, statement, [{ statement, version, state }]),
    artefacts: insertRows(before?.artefacts, statement, artefacts),
    collections: insertRows(before?.collections, statement, collections),
  };
}

/** What stands now of an item: the last line of its history. */
export function standingOf<Line>({ history }: { history: readonly Line[] }): Line {
  const line = history.at(-1);
  if (line === undefined) throw new RangeError('an item without history');
  return line;
}

/**
 * What the register still knows of a statement whose newest text is gone: every item with its verdict, and no word. The next version is held
 * to it, so that a redaction lets nothing be forgotten, turned quietly or numbered twice.
 */
export function findingsIn(register: Register | null, reference: string): Findings {
  const own = (one: { statement: string }): boolean => one.statement === reference;
  const artefacts = (register?.artefacts ?? []).filter(own).map((item): Artefact => {
    const { verdict, confidence, changes, context, at } = standingOf(item);
    const seen = item.history[0]?.at ?? at;
    return {
      ...{ id: item.artefact, label: {}, form: 'file', circulation: 'leak_site', firstSeenOn: seen.slice(0, 10), because: {} },
      ...{ verdict, confidence, bases: [], changes, context, fingerprints: [...item.fingerprints] },
    };
  });
  const collections = (register?.collections ?? []).filter(own).map((item): Collection => {
    const { finding, confidence } = standingOf(item);
    return { id: item.collection, label: {}, members: [...item.members], finding, confidence, bases: [], because: {} };
  });
  return { artefacts, collections };
}

function registerItem(before: RegisterItem | undefined, item: Artefact, { statement, version, at }: RegisterChange): RegisterItem {
  const line = { version, at, verdict: item.verdict, confidence: item.confidence, changes: item.changes ?? [], context: item.context ?? [] };
  return { statement, artefact: item.id, fingerprints: item.fingerprints ?? [], history: withLine(before?.history ?? [], line) };
}

function registerCollection(before: RegisterCollection | undefined, item: Collection, { statement, version, at }: RegisterChange): RegisterCollection {
  const line = { version, at, finding: item.finding, confidence: item.confidence };
  return { statement, collection: item.id, members: [...item.members], history: withLine(before?.history ?? [], line) };
}

function withLine<Line extends { version: number; at: string }>(history: readonly Line[], line: Line): Line[] {
  const said = ({ version: _version, at: _at, ...rest }: Line): string => JSON.stringify(rest);
  const last = history.at(-1);
  return last !== undefined && said(last) === said(line) ? [...history] : [...history, line];
}

const idOfArtefact = ({ artefact }: RegisterItem): string => artefact;
const idOfCollection = ({ collection }: RegisterCollection): string => collection;

/** What the register holds of one statement. */
function rowsOf(register: Register | null, statement: string) {
  const isOwn = (row: { statement: string }): boolean => row.statement === statement;
  return {
    known: register?.statements.find(isOwn),
    artefacts: register?.artefacts.filter(isOwn) ?? [],
    collections: register?.collections.filter(isOwn) ?? [],
  };
}

/** A row for each item of the version; rows of items that it cannot list any more stay. By number. */
function replaceRows<Row, Item extends { id: string }>(
  rows: readonly Row[],
  items: readonly Item[],
  idOf: (row: Row) => string,
  next: (row: Row | undefined, item: Item) => Row,
): readonly Row[] {
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  for (const item of items) byId.set(item.id, next(byId.get(item.id), item));
  return [...byId.values()].sort((one, other) => numberOf(idOf(one)) - numberOf(idOf(other)));
}

/** The rows of all statements with those of this one in place of what was there; by statement. */
function insertRows<Row extends { statement: string }>(all: readonly Row[] = [], statement: string, rows: readonly Row[]): Row[] {
  return [...all.filter((row) => row.statement < statement), ...rows, ...all.filter((row) => row.statement > statement)];
}

function isDeepSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function numberOf(id: string): number {
  return Number(id.slice(2));
}
