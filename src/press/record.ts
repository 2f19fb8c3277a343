import { registerNumber } from '../ledger/register-file.ts';
import { isVersionFile, ownFiles, type PublicStatement, type PublicVersion, type SignedFile } from '../statement/facts.ts';
import type { Language } from '../statement/schema.ts';
import { publicState } from '../statement/state.ts';
import { isExercise } from './address.ts';
import { type Hollows, redactedVersions } from './redacted.ts';
import { appearsIn, isCorrectionFor } from './spoken.ts';

/** The public facts in memory, with the orders that pages and feeds are read from; each publication touches only its own lines. */
export type PublicRecord = {
  /** Takes in a statement's facts; false when they are no newer than what is known. */
  take(statement: PublicStatement): boolean;
  statement(reference: string): PublicStatement | undefined;
  /** Every statement that is public, with how many versions it has. */
  counts(): Generator<readonly [reference: string, versions: number]>;
  /** References of real statements, latest public change first. */
  newest(): Generator<string>;
  openCount(): number;
  isOpen(reference: string): boolean;
  /** Versions that speak a language, in the log's order. */
  updates(language: Language): readonly VersionRef[];
  exercises(language: Language): readonly VersionRef[];
  correctionsIn(language: Language): readonly VersionRef[];
  /** Corrections and withdrawals in whatever language, in the log's order. */
  corrections(): readonly VersionRef[];
  /** Months `2026-11` of first publication, newest first, with their references in order of publication. */
  months(): readonly (readonly [string, readonly string[]])[];
  /** The signed file of a version with this SHA-256, or for 12 digits the `.json` that begins with them. */
  file(digits: string): VersionRef | undefined;
  /** States of the register in the log's order, each with the version that brought it. */
  registers(): readonly RegisterRef[];
  /** Versions whose text is gone, by the number of their entry. */
  hollows(): Hollows;
};
export type VersionRef = { reference: string; version: number; entry: number };
export type RegisterRef = VersionRef & { state: number; files: readonly SignedFile[] };

export function createRecord(languages: readonly Language[]): PublicRecord {
  const statements = new Map<string, PublicStatement>();
  const changed: { reference: string; entry: number }[] = [];
  const open = new Set<string>();
  const perLanguage = (): Map<Language, VersionRef[]> => new Map(languages.map((language) => [language, []]));
  const [updates, exercises, correctionsIn] = [perLanguage(), perLanguage(), perLanguage()];
  const corrections: VersionRef[] = [];
  const months = new Map<string, string[]>();
  const files = new Map<number, VersionRef>();
  const registers: RegisterRef[] = [];
  const hollows = new Map<number, { reference: string; version: PublicVersion }>();

  function takeVersion(statement: PublicStatement, version: PublicVersion): void {
    const ref: VersionRef = { reference: statement.reference, version: version.version, entry: version.entry };
    for (const file of ownFiles(version.files)) files.set(leadingDigits(file.sha256), ref);
    takeRegister(ref, version.files);
    const exercise = isExercise(statement.reference);
    for (const language of languages) {
      if (!appearsIn(statement, version, language)) continue;
      insert((exercise ? exercises : updates).get(language), ref);
      if (!exercise && isCorrectionFor(statement, version, language)) insert(correctionsIn.get(language), ref);
    }
    if (exercise) return;
    if (version.kind === 'correction' || version.kind === 'withdrawal') insert(corrections, ref);
    if (version.version === 1) push(months, version.at.slice(0, 7), statement.reference);
  }

  function takeRegister(ref: VersionRef, all: readonly SignedFile[]): void {
    const state = all.map(({ name }) => registerNumber(name)).find((number) => number !== null) ?? null;
    if (state !== null) insert(registers, { ...ref, state, files: all.filter(({ name }) => name.startsWith('/register/')) });
  }

  return {
    take(statement) {
      const { reference } = statement;
      const before = statements.get(reference);
      const entry = lastEntry(statement);
      if (before !== undefined && lastEntry(before) >= entry) return false;
      statements.set(reference, statement);
      for (const version of redactedVersions(statement)) hollows.set(version.entry, { reference, version });
      for (const version of statement.versions.slice(before?.versions.length ?? 0)) takeVersion(statement, version);
      if (isExercise(reference)) return true;
      if (before !== undefined)
        changed.splice(
          changed.findLastIndex((line) => line.reference === reference),
          1,
        );
      insert(changed, { reference, entry });
      if (isOpenStatement(statement)) open.add(reference);
      else open.delete(reference);
      return true;
    },
    statement: (reference) => statements.get(reference),
    *counts() {
      for (const [reference, { versions }] of statements) yield [reference, versions.length];
    },
    *newest() {
      for (let index = changed.length - 1; index >= 0; index -= 1) {
        const line = changed[index];
        if (line) yield line.reference;
      }
    },
    openCount: () => open.size,
    isOpen: (reference) => open.has(reference),
    updates: (language) => updates.get(language) ?? [],
    exercises: (language) => exercises.get(language) ?? [],
    correctionsIn: (language) => correctionsIn.get(language) ?? [],
    corrections: () => corrections,
    months: () => [...months].sort(([a], [b]) => (a < b ? 1 : -1)),
    hollows: () => hollows,
    registers: () => registers,
    file(digits) {
      const ref = files.get(leadingDigits(digits));
      const found = ref && statements.get(ref.reference)?.versions[ref.version - 1];
      const matches = ownFiles(found?.files ?? []).some((file) =>
        digits.length === 64 ? file.sha256 === digits : isVersionFile(file.name) && file.sha256.startsWith(digits),
      );
      return matches ? ref : undefined;
    },
  };
}

export function lastEntry({ versions, notices }: PublicStatement): number {
  return Math.max(versions.at(-1)?.entry ?? -1, notices.at(-1)?.entry ?? -1);
}

function isOpenStatement(statement: PublicStatement): boolean {
  return ['live', 'under_recheck'].includes(publicState(statement)) && statement.versions.at(-1)?.phase !== 'final';
}

function leadingDigits(hex: string): number {
  return Number.parseInt(hex.slice(0, 12), 16);
}

/** Keeps the order of the log although two publications may arrive the other way round. */
function insert<Line extends { entry: number }>(lines: Line[] | undefined, line: Line): void {
  if (lines === undefined) return;
  let index = lines.length;
  while (index > 0 && (lines[index - 1]?.entry ?? -1) > line.entry) index -= 1;
  lines.splice(index, 0, line);
}

function push(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
