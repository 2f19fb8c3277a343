import { refuse } from '../../errors.ts';
import { findAssertions, judgeFindings } from './assertions.ts';
import { findAttributions, judgeAttribution } from './attribution.ts';
import { findClaims } from './claims.ts';
import { findDrift } from './drift.ts';
import { judgeDuties } from './duties.ts';
import { foldText } from './fold.ts';
import { type Find, type LintInput, type LintIssue, type LintRule, lintCodes } from './issue.ts';
import { findLocators } from './locators.ts';
import { findNames } from './person-names.ts';
import { findPersonalData } from './personal-data.ts';
import { findTraces, findWording } from './wording.ts';

/** Longest text of one field, in UTF-16 units: what the form takes, and what the patterns are bounded for. */
export const longestText = 20_000;

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
  const issues = [
    ...judgeDuties(input),
    ...judgeFindings(input),
    ...judgeAttribution(input),
    ...findClaims(input),
    ...findDrift(input),
    ...fields.flatMap(([field, text]) => lintText(field, text, input)),
  ];
  const names = Object.keys(input.fields);
  return issues.sort(
    (one, other) =>
      orderOf(one.rule) - orderOf(other.rule) ||
      names.indexOf(one.field) - names.indexOf(other.field) ||
      one.start - other.start ||
      lintCodes.indexOf(one.code) - lintCodes.indexOf(other.code),
  );
}

function lintText(field: string, text: string, input: LintInput): readonly LintIssue[] {
  if (text.trim() === '' || field === 'slug') return [];
  const folded = foldText(text);
  // Titles and personas are warned about by W1; they are nobody's name.
  const known = { ...input.allow, names: [...input.allow.names, ...input.personas, ...input.fileTitles] };
  const finds = [
    ...widestOf([...findLocators(folded.text, input.allow), ...findPersonalData(folded.text, input.allow)]),
    ...findNames(folded.text, known),
    ...findAssertions(folded.text, input),
    ...findAttributions(folded.text, input),
    ...findTraces(folded.text, input),
    ...findWording(folded.text, input.language),
  ];
  return finds.map(({ start, end, values = {}, ...find }) => ({ ...find, values, field, start: folded.placeOf(start), end: folded.placeOf(end) }));
}

/** An address inside an e-mail address, and the reverse, is one find: the wider. */
function widestOf(finds: readonly Find[]): readonly Find[] {
  const holds = (outer: Find, inner: Find): boolean =>
    outer.start <= inner.start && inner.end <= outer.end && outer.end - outer.start > inner.end - inner.start;
  return finds.filter((find) => !finds.some((other) => holds(other, find)));
}

function orderOf(rule: LintRule): number {
  return (rule.startsWith('B') ? 0 : 10) + Number(rule.slice(1));
}
