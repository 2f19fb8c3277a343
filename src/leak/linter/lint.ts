import { refuse } from '../../errors.ts';
import { findAssertions, judgeFindings } from './assertions.ts';
import { findAttributions, judgeAttribution } from './attribution.ts';
import { findClaims } from './claims.ts';
import { findDrift } from './drift.ts';
import { judgeDuties } from './duties.ts';
import { type Folded, foldText, readText } from './fold.ts';
import { asWarning } from './impersonators.ts';
import { type Find, type LintInput, type LintIssue, type LintRule, lintCodes } from './issue.ts';
import { findLocators } from './locators.ts';
import { findNames, namesAllowed } from './person-names.ts';
import { findPersonalData } from './personal-data.ts';
import { takenPlaces, widestOf } from './places.ts';
import { findTraces, saidOf } from './traces.ts';
import { findWording } from './wording.ts';

/** Longest text of one field, in UTF-16 units: what the form takes, and what the patterns are bounded for. */
export const longestText = 20_000;
/** Of one field no more is said at once; the rest shows as the first are mended. What blocks comes first. */
export const mostOfField = 50;

/**
 * Everything the linter has to say about one language of a draft (leaks.md, "The linter"), in the order of the rules, then of the fields,
 * then of the places. Empty of B rules: nothing here stands against publication.
 * @throws too_long for a field over `longestText`, which no form lets through
 */
export function lint(input: LintInput): readonly LintIssue[] {
  const fields = Object.entries(input.fields);
  const long = fields.filter(([, text]) => text.length > longestText);
  if (long.length > 0)
    refuse(
      'too_long',
      'a text is longer than the linter reads',
      long.map(([field]) => ({ field, code: 'too_long' })),
    );
  // Titles and personas are warned about by W1; they are nobody's name.
  const allowed = namesAllowed([...input.allow.names, ...[...input.personas, ...input.fileTitles].flatMap((name) => [name, saidOf(name)])]);
  const issues = [
    ...judgeDuties(input),
    ...judgeFindings(input),
    ...judgeAttribution(input),
    ...findClaims(input),
    ...findDrift(input),
    ...fields.flatMap(([field, text]) => lintText(field, text, input, allowed)),
  ];
  return capped(inOrder(issues, Object.keys(input.fields)));
}

function inOrder(issues: readonly LintIssue[], names: readonly string[]): readonly LintIssue[] {
  const fields = new Map(names.map((name, index) => [name, index]));
  const codes = new Map(lintCodes.map((code, index) => [code, index]));
  return [...issues].sort(
    (one, other) =>
      orderOf(one.rule) - orderOf(other.rule) ||
      (fields.get(one.field) ?? -1) - (fields.get(other.field) ?? -1) ||
      one.start - other.start ||
      (codes.get(one.code) ?? 0) - (codes.get(other.code) ?? 0),
  );
}

function capped(issues: readonly LintIssue[]): readonly LintIssue[] {
  const counts = new Map<string, number>();
  return issues.filter(({ field }) => {
    const count = (counts.get(field) ?? 0) + 1;
    counts.set(field, count);
    return count <= mostOfField;
  });
}

type Placed = Find & { field: string };

function lintText(field: string, text: string, input: LintInput, allowed: ReadonlySet<string>): readonly LintIssue[] {
  if (text.trim() === '' || field === 'slug') return [];
  const [written, read] = [foldText(text), readText(text)];
  const place = ({ placeOf, endOf }: Folded, finds: readonly Find[]): readonly Placed[] =>
    finds.map((find) => ({ ...find, field, start: placeOf(find.start), end: endOf(find.end) }));
  const seen = read ?? written;
  const leads = (folded: Folded): readonly Placed[] =>
    place(folded, asWarning(widestOf([...findLocators(folded.text, input.allow), ...findPersonalData(folded.text, input.allow)]), folded.text, input));
  const named = (folded: Folded): readonly Placed[] => place(folded, findNames(folded.text, allowed));
  const said = [
    ...findAssertions(seen.text, input),
    ...findAttributions(seen.text, input),
    ...findTraces(seen.text, input),
    ...findWording(seen.text, input.language),
  ];
  const finds = [
    ...(read === null ? leads(written) : bothOf(leads(written), leads(read), text.length)),
    ...(read === null ? named(written) : bothOf(named(written), named(read), text.length)),
    ...place(seen, said),
  ];
  return finds.map(({ values = {}, ...find }) => ({ ...find, values }));
}

/** What stands in the source, and what only a reader of the page sees; one place is said once. */
function bothOf(written: readonly Placed[], read: readonly Placed[], length: number): readonly Placed[] {
  const taken = takenPlaces(length);
  for (const { start, end } of written) taken.take(start, end);
  return [...written, ...read.filter(({ start, end }) => taken.isFree(start, end))];
}

function orderOf(rule: LintRule): number {
  return (rule.startsWith('B') ? 0 : 10) + Number(rule.slice(1));
}
