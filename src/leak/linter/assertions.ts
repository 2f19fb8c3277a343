import { frames } from './assertion-frames.ts';
import { lowered, sentencesOf } from './fold.ts';
import { type Find, type JudgedItem, type LintCode, type LintInput, type LintIssue, missing } from './issue.ts';
import { matchesOf } from './matches.ts';
import { clip, takenPlaces } from './places.ts';

/** B4 and B5: no verdict without what it stands on, neither in the findings nor in a sentence (leaks.md, "Model" and "The linter"). */

/** The findings themselves. Codes `verdict_without_*` and `authentic_without_permission`, value `id`; fields are `findings.<id>.<what it lacks>`. */
export function judgeFindings({ findings }: Pick<LintInput, 'findings'>): readonly LintIssue[] {
  return findings
    .filter(({ verdict }) => verdict !== 'unverified')
    .flatMap((item) => {
      const isWithdrawn = item.verdict === 'withdrawn';
      const lacks: readonly (readonly [boolean, string, LintCode])[] = [
        [!isWithdrawn && item.bases === 0, 'bases', 'verdict_without_basis'],
        [!isWithdrawn && item.confidence !== 'moderate' && item.confidence !== 'high', 'confidence', 'verdict_without_confidence'],
        [!item.hasBecause, 'because', 'verdict_without_because'],
        [item.reviewers !== null && item.reviewers < 2, 'reviewers', 'verdict_without_reviewers'],
      ];
      const field = (name: string): string => `findings.${item.id}.${name}`;
      const owed = lacks.filter(([isLacking]) => isLacking).map(([, name, code]) => missing('B4', field(name), code, { id: item.id }));
      const unpermitted = item.verdict === 'authentic' && !item.hasPermission;
      return unpermitted ? [...owed, missing('B5', field('permission'), 'authentic_without_permission', { id: item.id })] : owed;
    });
}

/**
 * Sentences that call an item false or authentic while no finding does: `falsified_in_text` (B4), `authentic_in_text` (B5), value `text`.
 * A clause that doubts, asks, denies or reports before the word is no verdict. Impersonation is about the agency's own name: it may say "false".
 */
export function findAssertions(text: string, { language, situation, findings }: Pick<LintInput, 'language' | 'situation' | 'findings'>): readonly Find[] {
  const own = frames[language];
  if (!own.hint.test(lowered(text))) return [];
  const taken = takenPlaces(text.length);
  const finds: Find[] = [];
  for (const clause of clausesOf(text)) {
    if (!own.hint.test(clause.low) || clause.text.endsWith('?')) continue;
    const isHedged = hedgeIn(
      clause.low.replaceAll(own.sure, (words) => ' '.repeat(words.length)),
      own.hedge,
    );
    const look = (kind: Kind, patterns: readonly RegExp[], isDenial: boolean): void => {
      for (const match of patterns.flatMap((pattern) => matchesOf(pattern, clause.low))) {
        const start = clause.start + match.index;
        const end = start + match[0].length;
        const said = text.slice(start, end);
        if (!taken.isFree(start, end) || isFound(said, clause.text, findings, kind.verdicts)) continue;
        if (isPossible(clause.low, match, own.later) || isGeneric(clause.low, match, own.generic)) continue;
        if (isHedged(match.index, isDenial ? '' : said)) continue;
        taken.take(start, end);
        finds.push({ rule: kind.rule, code: kind.code, start, end, values: { text: clip(said) } });
      }
    };
    if (situation !== 'impersonation') {
      look(isFalse, own.falsifiedByDenial, true);
      look(isFalse, own.falsified, false);
    }
    look(isAuthentic, own.authenticByDenial, true);
    look(isAuthentic, own.authentic, false);
  }
  return finds;
}

type Kind = { rule: 'B4' | 'B5'; code: LintCode; verdicts: readonly string[] };
const isFalse: Kind = { rule: 'B4', code: 'falsified_in_text', verdicts: ['altered', 'fabricated', 'mixed'] };
const isAuthentic: Kind = { rule: 'B5', code: 'authentic_in_text', verdicts: ['authentic', 'mixed', 'authentic_sample'] };

/** "A genuine message never asks for a code": what is said of a kind is said of no item. */
function isGeneric(clause: string, { 0: said, index }: RegExpExecArray, generic: RegExp): boolean {
  const isOfKind = /^(?:genuine|authentic|authentiques|v[ée]ritables|(?:les|de|des|nos) vraie?s)\s/u.test(said);
  return (
    isOfKind && !/(?<!\p{L})(?:the|these|those|ces)\s$/u.test(clause.slice(Math.max(0, index - 8), index)) && generic.test(clause.slice(index + said.length))
  );
}

/** Whether a doubt stands before a place of a clause, or in what was found there. The clause is searched once for all places. */
export function hedgeIn(clause: string, hedge: RegExp): (index: number, said: string) => boolean {
  const first = hedge.exec(clause);
  const end = first === null ? Number.POSITIVE_INFINITY : first.index + first[0].length;
  return (index, said) => end <= index + said.length;
}

/** "Des fichiers falsifiés peuvent circuler": nobody says that there are any. With "les" or "these" somebody does. */
function isPossible(clause: string, { 0: said, index }: RegExpExecArray, later: RegExp): boolean {
  const isDefinite = /(?<!\p{L})(?:les|ces|ses|nos|vos|leurs|the|these|those|our|their)\s(?:\p{L}+\s)?$/u.test(clause.slice(Math.max(0, index - 30), index));
  return !isDefinite && later.test(clause.slice(index + said.length));
}

const itemId = /(?<![\p{L}\p{N}])[AC]-[1-9]\d{0,3}(?!\d)/gu;
const itemIds = /(?:(?<![\p{L}\p{N}])[AC]-[1-9]\d{0,3}(?!\d)(?:,\s|\s(?:et|and|ou|or)\s)?){1,200}/gu;

/**
 * The items that are the subject of what was found, all of them, have one of these verdicts: those named last in it, in one row ("A-1,
 * are altered"), or else any that the clause names; where it names none, one of the findings has.
 */
function isFound(said: string, whole: string, findings: readonly JudgedItem[], verdicts: readonly string[]): boolean {
  const rows = matchesOf(itemIds, said).map(String);
  const named = matchesOf(itemId, rows.at(-1) ?? whole).map(String);
  const holds = ({ verdict }: JudgedItem): boolean => verdicts.includes(verdict);
  return named.length > 0 ? named.every((id) => findings.some((item) => item.id === id && holds(item))) : findings.some(holds);
}

const turn = /[;:]\s|,?\s(?:mais|but|tandis que|whereas|while)\s|,\s(?:et|and)\s/gu;

/** `low`: the same in small letters. */
export type Clause = { text: string; low: string; start: number };

/** Sentences cut where another thought begins, so that a doubt here excuses no verdict there. */
export function clausesOf(text: string): readonly Clause[] {
  return sentencesOf(text).flatMap((sentence) => {
    const low = lowered(sentence.text);
    const cuts = matchesOf(turn, low).map(({ index, 0: cut }) => index + cut.length);
    return [0, ...cuts].map((from, index) => ({
      text: sentence.text.slice(from, cuts[index]),
      low: low.slice(from, cuts[index]),
      start: sentence.start + from,
    }));
  });
}
