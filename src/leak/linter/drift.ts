import { foldText, plainWord } from './fold.ts';
import type { LintCode, LintInput, LintIssue, LintLanguage } from './issue.ts';
import { matchesOf } from './matches.ts';

/** W5: the two languages say the same numbers, dates, verdicts and unknowns. */

const months: readonly string[] = [
  'janvier january jan',
  'fevrier february feb',
  'mars march mar',
  'avril april apr',
  'mai may',
  'juin june jun',
  'juillet july jul',
  'aout august aug',
  'septembre september sept sep',
  'octobre october oct',
  'novembre november nov',
  'decembre december dec',
];
const monthNumbers = new Map(months.flatMap((names, index) => names.split(' ').map((name) => [name, String(index + 1).padStart(2, '0')] as const)));
const monthName =
  'janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january|february|march|april|may|june|july|august|september|october|november|december';
const dayFirst = new RegExp(`(?<!\\d)(\\d{1,2})(?:er|st|nd|rd|th)?\\s(?:of\\s)?(${monthName})(?:,?\\s(\\d{4}))?(?![\\p{L}\\d])`, 'gu');
const monthFirst = new RegExp(`(?<!\\p{L})(${monthName})\\s(\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s(\\d{4}))?(?![\\p{L}\\d:])`, 'gu');
const clock = /(?<!\d)(\d{1,2})\s?(?:h|:|\.(?=\d{2}\s?[ap]\.?m))\s?(\d{2})?(?:\s?([ap])\.?m\.?)?(?![\p{L}\d])|(?<!\d)(\d{1,2})\s?([ap])\.?m(?![\p{L}\d])/gu;
const iso = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/g;
const amount = /(?<![\p{L}\p{N}.,-])\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+(?!\d)|(?<![\p{L}\p{N}-])\d+(?:[.,]\d+)?(?![\p{L}\d])/gu;
const anyWord = /\p{L}+/gu;

const counted =
  'deux two|trois three|quatre four|cinq five|six six|sept seven|huit eight|neuf nine|dix ten|onze eleven|douze twelve|treize thirteen|quatorze fourteen|quinze fifteen|seize sixteen|vingt twenty|trente thirty|quarante forty|cinquante fifty|soixante sixty|cent hundred|mille thousand';
const amounts = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 20, 30, 40, 50, 60, 100, 1000];
const numberWords = new Map(counted.split('|').flatMap((pair, index) => pair.split(' ').map((word) => [word, String(amounts[index])] as const)));

const verdictWords: readonly (readonly [string, RegExp])[] = [
  ['not verified', /(?<!\p{L})(?:non verifie|pas verifie|pas ete verifie|not verified|not been verified|unverified)/u],
  ['authentic', /(?<!\p{L})(?:authentiques?|authentic|genuine)(?!\p{L})/u],
  ['altered', /(?<!\p{L})(?:altere|modifie|altered|modified)/u],
  ['fabricated', /(?<!\p{L})(?:fabrique|faux|fausse|falsifie|fabricated|fake|false|forged|falsified)/u],
  ['undecided', /(?<!\p{L})(?:indeterminable|indetermine|indeterminate|undetermined)/u],
  ['withdrawn', /(?<!\p{L})(?:avis retire|retire notre avis|withdrawn|withdraw our)/u],
];

type Said = { numbers: readonly string[]; dates: readonly string[]; verdicts: readonly string[] };

/** What one language says and the other does not. Fields are those of `fields`; values `text` and the `language` that lacks it. */
export function findDrift({ fields, other, language, unknowns }: Pick<LintInput, 'fields' | 'other' | 'language' | 'unknowns'>): readonly LintIssue[] {
  if (other === null) return [];
  const issue = (field: string, code: LintCode, text: string, lacks: LintLanguage): LintIssue => ({
    rule: 'W5',
    field,
    start: 0,
    end: 0,
    code,
    values: { text, language: lacks },
  });
  const names = Object.keys(fields).filter((name) => name !== 'slug' && fields[name]?.trim() && other.fields[name]?.trim());
  const drifts = names.flatMap((name) => {
    const [here, there] = [saidIn(fields[name] ?? ''), saidIn(other.fields[name] ?? '')];
    const kinds: readonly (readonly [LintCode, keyof Said])[] = [
      ['drift_number', 'numbers'],
      ['drift_date', 'dates'],
      ['drift_verdict', 'verdicts'],
    ];
    return kinds.flatMap(([code, kind]) => [
      ...without(here[kind], there[kind]).map((text) => issue(name, code, text, other.language)),
      ...without(there[kind], here[kind]).map((text) => issue(name, code, text, language)),
    ]);
  });
  return unknowns === other.unknowns
    ? drifts
    : [...drifts, issue('unknown', 'drift_unknowns', `${unknowns}/${other.unknowns}`, unknowns < other.unknowns ? language : other.language)];
}

/** Numbers, dates and times in one spelling, and the verdicts named; what was read as a date is no number any more. */
function saidIn(text: string): Said {
  const dates: string[] = [];
  const take = (plain: string, pattern: RegExp, read: (match: RegExpExecArray) => string): string =>
    matchesOf(pattern, plain).reduceRight((rest, match) => {
      dates.push(read(match));
      return `${rest.slice(0, match.index)} § ${rest.slice(match.index + match[0].length)}`;
    }, plain);
  const day = (number = '', month = '', year = ''): string => `${year && `${year}-`}${monthNumbers.get(month) ?? month}-${number.padStart(2, '0')}`;
  let rest = plainWord(foldText(text).text)
    .replaceAll(/(?<![\p{L}-])midi\b|\bnoon\b/gu, '12:00')
    .replaceAll(/\bminuit\b|\bmidnight\b/g, '00:00');
  rest = take(rest, iso, ([, year, month, number]) => `${year}-${month}-${number}`);
  rest = take(rest, dayFirst, ([, number, month, year]) => day(number, month, year));
  rest = take(rest, monthFirst, ([, month, number, year]) => day(number, month, year));
  rest = take(rest, clock, ([, hour, minute = '00', half, short, shortHalf]) => {
    const read = Number(short ?? hour) % 24;
    const afternoon = (half ?? shortHalf) === 'p' && read < 12 ? 12 : (half ?? shortHalf) === 'a' && read === 12 ? -12 : 0;
    return `${String(read + afternoon).padStart(2, '0')}:${short === undefined ? minute : '00'}`;
  });
  const digits = matchesOf(amount, rest).map(([found]) => (/^\d+[.,]\d{1,2}$/.test(found) ? found.replace(',', '.') : found.replaceAll(/\D/g, '')));
  const words = matchesOf(anyWord, rest).flatMap(([word]) => numberWords.get(word) ?? []);
  return { numbers: [...digits, ...words], dates, verdicts: verdictWords.filter(([, pattern]) => pattern.test(rest)).map(([name]) => name) };
}

function without(some: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return some.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
