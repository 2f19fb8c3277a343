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

/** A version that comes out, as far as the register is concerned. Exercises have no place in it: they are not handed in. */
export type RegisterChange = { statement: string; version: number; at: string; findings: Findings; isWithdrawal: boolean };

/**
 * The register with what a new version says; `before` itself where that changes nothing in it. Nothing is ever deleted: an item that the
 * version cannot list any more, because a text was redacted, stays as it stood. A withdrawal keeps every verdict and marks
 * the statement. Null: there is still nothing to register. `origin` is the scheme-less identity.
 */
export function nextRegister(before: Register | null, change: RegisterChange, origin: string): Register | null {
  const { statement, version, at, findings, isWithdrawal } = change;
  const isOther = (one: { statement: string }): boolean => one.statement !== statement;
  const listed = new Set([...findings.artefacts, ...findings.collections].map(({ id }) => id));
  const artefacts = findings.artefacts.map((item) =>
    registerItem(
      before?.artefacts.find((one) => !isOther(one) && one.artefact === item.id),
      item,
      change,
    ),
  );
  const collections = findings.collections.map((item) =>
    registerCollection(
      before?.collections.find((one) => !isOther(one) && one.collection === item.id),
      item,
      change,
    ),
  );
  const known = before?.statements.find((one) => !isOther(one));
  if (artefacts.length + collections.length === 0 && known === undefined) return before;
  const state = isWithdrawal ? ('withdrawn' as const) : ('live' as const);
  const next = {
    statements: [...(before?.statements.filter(isOther) ?? []), { statement, version, state }].sort(byStatement),
    artefacts: [...(before?.artefacts.filter((one) => isOther(one) || !listed.has(one.artefact)) ?? []), ...artefacts].sort(
      (one, other) => byStatement(one, other) || numberOf(one.artefact) - numberOf(other.artefact),
    ),
    collections: [...(before?.collections.filter((one) => isOther(one) || !listed.has(one.collection)) ?? []), ...collections].sort(
      (one, other) => byStatement(one, other) || numberOf(one.collection) - numberOf(other.collection),
    ),
  };
  if (before !== null && isSame(before, next, statement)) return before;
  return { schema: `https://${origin}/schema/register/v1`, register: (before?.register ?? 0) + 1, at, ...next };
}

/** What stands now of an item: the last line of its history. */
export function standingOf<Line>({ history }: { history: readonly Line[] }): Line {
  const line = history.at(-1);
  if (line === undefined) throw new RangeError('an item without history');
  return line;
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

/** The same but for the number of the version that the statement has by now. */
function isSame(before: Register, next: Pick<Register, 'statements' | 'artefacts' | 'collections'>, statement: string): boolean {
  const facts = ({ statements, artefacts, collections }: typeof next): string =>
    JSON.stringify([statements.map((one) => (one.statement === statement ? one.state : one)), artefacts, collections]);
  return facts(before) === facts(next);
}

function byStatement(one: { statement: string }, other: { statement: string }): number {
  return one.statement < other.statement ? -1 : one.statement > other.statement ? 1 : 0;
}

function numberOf(id: string): number {
  return Number(id.slice(2));
}
