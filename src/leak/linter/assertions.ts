import { type Clause, clausesOf, hedgeIn } from './clauses.ts';
import { lowered } from './fold.ts';
import { type Find, type JudgedItem, type LintCode, type LintInput, type LintIssue, missing } from './issue.ts';
import { matchesOf } from './matches.ts';
import { clip, takenPlaces } from './places.ts';
import type { Sign, VerdictWords } from './verdict-words.ts';
import { en } from './verdict-words-en.ts';
import { fr } from './verdict-words-fr.ts';

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

type Kind = { rule: 'B4' | 'B5'; code: LintCode; verdicts: readonly string[] };
const isFalse: Kind = { rule: 'B4', code: 'falsified_in_text', verdicts: ['altered', 'fabricated', 'mixed'] };
const isAuthentic: Kind = { rule: 'B5', code: 'authentic_in_text', verdicts: ['authentic', 'mixed', 'authentic_sample'] };

/**
 * Clauses that call material false or authentic while no finding does: `falsified_in_text` (B4), `authentic_in_text` (B5), value `text`.
 * Each word of verdict counts that is said of material, unless a doubt, a denial, the words of others or another sense takes it back.
 * Impersonation is about the agency's own name: it may say "false". That a part of the material does not hold is what the finding
 * `may_contain_falsified` says.
 */
export function findAssertions(text: string, { language, situation, findings }: Pick<LintInput, 'language' | 'situation' | 'findings'>): readonly Find[] {
  const words = language === 'fr' ? fr : en;
  const low = lowered(text);
  const taken = takenPlaces(text.length);
  const finds: Find[] = [];
  for (const clause of clausesOf(text)) {
    if (clause.text.endsWith('?')) continue;
    const isPartial = words.partial.test(clause.low);
    const view: View = { words, clause, low, ...excusesOf(clause.low, words) };
    for (const sign of words.signs)
      for (const match of matchesOf(sign.words, clause.low)) {
        const said = judge(view, sign, match);
        const kind = said?.verdict === 'false' ? isFalse : isAuthentic;
        if (said === null || (situation === 'impersonation' && kind === isFalse)) continue;
        const end = clause.start + match.index + match[0].length;
        const start = [clause.start + said.from, clause.start + match.index].find((from) => taken.isFree(from, end));
        const verdicts = kind === isFalse && isPartial ? [...kind.verdicts, 'may_contain_falsified'] : kind.verdicts;
        if (start === undefined || isFound(said.names, findings, verdicts)) continue;
        taken.take(start, end);
        finds.push({ rule: kind.rule, code: kind.code, start, end, values: { text: clip(text.slice(start, end)) } });
      }
  }
  return finds;
}

type Excuses = { isDoubted: (place: number) => boolean; isTheirs: (place: number) => boolean };
/** `low`: the whole text. */
type View = Excuses & { words: VerdictWords; clause: Clause; low: string };
/** `names`: where the items are named that it is about, the nearest first. */
type Said = { verdict: Sign['verdict']; from: number; names: readonly string[] };

function excusesOf(clause: string, words: VerdictWords): Excuses {
  const plain = withoutSure(clause, words);
  return { isDoubted: hedgeIn(plain, words.doubt), isTheirs: hedgeIn(plain, words.theirs) };
}

/** How far before and after a sign its subject, its object and its excuses are looked for: the work is the same for each sign. */
const reach = 200;

/** Which verdict a sign asserts where it stands, and from where on it is said; null for none. */
function judge({ words, clause, low, isDoubted, isTheirs }: View, sign: Sign, { 0: found, index }: RegExpExecArray): Said | null {
  const end = index + found.length;
  const lead = Math.max(0, index - reach);
  const before = withoutSure(clause.low.slice(lead, index), words);
  const after = clause.low.slice(end, end + reach);
  const earlier = low.slice(Math.max(0, clause.start - reach), clause.start);
  const about = aboutOf(words, sign, found, before, after, earlier);
  if (about === null) return null;
  const denying =
    (before
      .slice(about.tail)
      .split(/\s(?:and|et|puis)\s/u)
      .at(-1) ?? '') + (sign.denied === 'none' ? '' : found);
  const isDenied = words.denial.test(denying) || (!about.isObject && words.none.test(before.slice(0, about.start)));
  if (sign.denied === 'none' ? isDenied : sign.denied === 'needed' && !isDenied) return null;
  const follows = low.slice(clause.start + end, clause.start + end + reach);
  if (isTheirs(index) || words.disowned.test(follows) || ((about.isObject || about.isGiven) && words.usual.test(after))) return null;
  if (!about.isGiven && (isDoubted(index) || isUnsaid(words, about, before, after))) return null;
  if (words.swindler.test(found) && words.swindle.test(`${earlier.slice(-80)}${before}${found}${follows}`)) return null;
  const turned = sign.verdict === 'false' ? 'true' : 'false';
  return { verdict: isDenied ? turned : sign.verdict, from: lead + about.start, names: [clause.low.slice(lead + about.start, end), clause.low, earlier] };
}

function withoutSure(text: string, { sure }: VerdictWords): string {
  return text.replaceAll(sure, (found) => ' '.repeat(found.length));
}

/** A denial of something else, what may exist, what is true of a kind, and advice. */
function isUnsaid(words: VerdictWords, { start, tail, isObject, isNamed }: About, before: string, after: string): boolean {
  const governing = isObject ? before.slice(0, tail) : before.slice(0, start).replace(words.none, '');
  if (words.negation.test(governing) || words.advice.test(before.slice(0, Math.max(start, tail)))) return true;
  return !isNamed && (words.later.test(after) || (isObject && words.generic.test(after)));
}

/**
 * In the words before a sign: where the find begins, and where what stands between it and its subject does. `isObject`: the material
 * stands after. `isNamed`: with "the" or "these". `isGiven`: the same, and the sign is no predicate: that there is such a thing is taken for granted.
 */
type About = { start: number; tail: number; isObject: boolean; isNamed: boolean; isGiven: boolean };

/** What a sign is said of, if that is material. */
function aboutOf(words: VerdictWords, { stand }: Sign, found: string, before: string, after: string, earlier: string): About | null {
  const link = words.link.exec(before);
  const linked = link?.index ?? before.length;
  const itself = { start: before.length, tail: linked, isObject: false, isNamed: false, isGiven: false };
  if (stand === 'whole') return itself;
  const isObject = (stand === 'said' || stand === 'done') && words.object.test(after);
  if (isObject && stand === 'said') {
    const isNamed = words.definite.test(before);
    return { ...itself, isObject, isNamed, isGiven: isNamed };
  }
  const isSaid = stand === 'said' || stand === 'told' || stand === 'plain';
  if (isSaid && (!words.goesOn.test(after) || (stand === 'plain' && words.object.test(after)))) return null;
  if (stand === 'done' || stand === 'cut') {
    const isBeside = isObject || stand === 'cut' || words.adjacent.test(before);
    const isDone = [before, after].some((text) => words.hand.test(text)) || words.shown.test(before) || (isBeside && words.shown.test(after));
    if (!isDone || words.ownHand.test(before) || words.ownHand.test(after)) return null;
    if (isObject) return itself;
  }
  const isBare = words.bare.test(before);
  const isAdjacent = stand === 'said' && words.adjacent.test(before);
  if (isSaid && link === null && !isAdjacent && !(isBare && /^(?:\s?[.!,;)]|[^,;]{0,40}$)/.test(after))) return null;
  const head = headOf(words, before, isAdjacent);
  const pronoun = words.pronoun.exec(before + (stand === 'of' ? found : ''));
  const past = head === null && (pronoun !== null || isBare || linked === 0) ? pastOf(words, earlier, pronoun?.[0] ?? '') : null;
  const kind = head?.kind ?? past?.kind ?? (pronoun === null ? 'none' : 'thing');
  if ((kind === 'none' && stand !== 'plain') || kind === 'other' || (stand === 'told' && kind === 'detail') || (stand === 'cut' && !(head ?? past)?.isPart))
    return null;
  const isShown = head === null || head.isPointed || words.shown.test(before) || words.shown.test(after);
  if (stand === 'shown' && !isShown) return null;
  const isNamed = head?.isNamed ?? true;
  // "Is no letter of ours": the word after "is" is no subject.
  const [from, tail] = isSaid && linked < (head?.start ?? 0) ? [linked, linked] : [head?.start, head?.end];
  return {
    start: from ?? pronoun?.index ?? linked,
    tail: tail ?? Math.min(pronoun?.index ?? 0, linked),
    isObject: false,
    isNamed,
    isGiven: isNamed && isAdjacent,
  };
}

/** What a pronoun stands for: what the sentence before names first, of things if it stands for several, or else what was named last. */
function pastOf(words: VerdictWords, earlier: string, pronoun: string): Head | null {
  const before =
    earlier
      .trimEnd()
      .split(/[.!?;:]\s/u)
      .at(-1) ?? '';
  const isPlural = /^(?:they|these|those|both|ils|elles|ceux|celles)(?!\p{L})/u.test(pronoun);
  return headIn(words, before, (found) => found.find(([word]) => !isPlural || word.endsWith('s'))) ?? headOf(words, earlier, true);
}

type Head = { kind: 'thing' | 'detail' | 'other'; start: number; end: number; isPart: boolean; isPointed: boolean; isNamed: boolean };

/** The last word for a thing that hangs on no preposition; where all do, or the last is asked for, the last. */
function headOf(words: VerdictWords, text: string, isLast: boolean): Head | null {
  return headIn(words, text, (found) => found.findLast(({ groups }) => isLast || groups?.aside === undefined) ?? found.at(-1));
}

function headIn(
  { heads, pointed, definite }: VerdictWords,
  text: string,
  pick: (found: readonly RegExpExecArray[]) => RegExpExecArray | undefined,
): Head | null {
  const match = pick(matchesOf(heads, text));
  if (match === undefined) return null;
  const { thing, detail } = match.groups ?? {};
  const kind = thing !== undefined ? 'thing' : detail !== undefined ? 'detail' : 'other';
  const [start, end] = [match.index, match.index + match[0].length];
  const lead = text.slice(0, end - (thing ?? detail ?? '').length);
  const isPart = kind === 'detail' || /pages?$/.test(match[0]);
  return { kind, start, end, isPart, isPointed: pointed.test(lead), isNamed: definite.test(lead) };
}

const itemId = /(?<![\p{L}\p{N}])[ac]-[1-9]\d{0,3}(?!\d)/gu;
const itemIds = /(?:(?<![\p{L}\p{N}])[ac]-[1-9]\d{0,3}(?!\d)(?:,\s|\s(?:et|and|ou|or)\s)?){1,200}/gu;

/**
 * The items that are the subject of what was found, all of them, have one of these verdicts: those named last in it, in one row ("A-1,
 * are altered"), or else any that the clause names, or the words before it; where none is named, one of the findings has.
 */
function isFound(names: readonly string[], findings: readonly JudgedItem[], verdicts: readonly string[]): boolean {
  const [said = '', ...around] = names;
  const near = [matchesOf(itemIds, said).at(-1)?.[0] ?? '', ...around].find((text) => text.search(itemId) >= 0);
  const holds = ({ verdict }: JudgedItem): boolean => verdicts.includes(verdict);
  if (near === undefined) return findings.some(holds);
  return matchesOf(itemId, near).every(([id]) => findings.some((item) => item.id.toLowerCase() === id && holds(item)));
}
