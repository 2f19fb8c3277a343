import { sentencesOf } from './fold.ts';
import { type Find, type JudgedItem, type LintCode, type LintInput, type LintIssue, type LintLanguage, missing } from './issue.ts';
import { clip } from './places.ts';

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

type Frames = { falsified: readonly RegExp[]; authentic: readonly RegExp[]; hedge: RegExp };

const fr = (() => {
  const thing = String.raw`(?:(?:e-?mails?|courriels?|mails?|messages?|documents?|fichiers?|archives?|captures?|pi[èe]ces?|images?|photos?|vid[ée]os?|enregistrements?|notes?|lettres?|tableaux?|donn[ée]es|[ée]l[ée]ments?|s[ée]ries?|lots?|extraits?|contrats?|listes?|pages?|bulletins?|relev[ée]s?|factures?|rapports?|proc[èe]s-verbaux|proc[èe]s-verbal|copies?|conversations?|[ée]changes?|t[ée]l[ée]grammes?|fiches?)(?!\p{L})|[AC]-\d+)`;
  const is = `(?:est|sont|[ée]tait|[ée]taient|a [ée]t[ée]|ont [ée]t[ée]|s'av[èe]re(?:nt)?|demeure(?:nt)?|reste(?:nt)?)`;
  const adverb = String.raw`(?:(?:bien|donc|en partie|partiellement|enti[èe]rement|totalement|manifestement|clairement|tous|toutes|tout simplement|tout à fait|en fait|purement|des|un|une|de|pour partie|largement|d[ée]lib[ée]r[ée]ment)\s){0,3}`;
  const bad = String.raw`(?:falsifi[ée]+s?|faux|fausses?|fabriqu[ée]+s?|alt[ée]r[ée]+s?|truqu[ée]+s?|forg[ée]+s?|contrefaite?s?|trafiqu[ée]+s?|manipul[ée]+s?|inauthentiques?|invent[ée]+s?|montages?|apocryphes?)(?!\p{L})`;
  const good = String.raw`(?:authentiques?|v[ée]ritables?|conformes? (?:à l'original|aux originaux)|d'origine)(?!\p{L})`;
  return {
    falsified: [
      new RegExp(`${thing}[^.!?]{0,80}?(?<!\\p{L})${is}\\s${adverb}${bad}`, 'giu'),
      new RegExp(
        `(?<!\\p{L})(?:il s'agit (?:donc |bien |manifestement )?(?:d'un|de|d'une)|c'est un|c'est une|ce sont (?:des|de))\\s(?:\\p{L}+\\s)?${bad}`,
        'giu',
      ),
      new RegExp(`(?<!\\p{L})(?:ils|elles|il|elle|tous|toutes|certains|certaines|plusieurs)\\s${is}\\s${adverb}${bad}(?! qu[e'])`, 'giu'),
      new RegExp(`${thing}\\s${bad}`, 'giu'),
      new RegExp(`(?<!\\p{L})(?:faux|fausses?)\\s${thing}`, 'giu'),
      new RegExp(
        `(?:${thing}[^.!?]{0,60}?|ils |elles |il |elle )n(?:e |')(?:est|sont|[ée]tait|[ée]taient)\\s(?:donc |manifestement )?(?:pas|nullement|aucunement)\\s(?:\\p{L}+\\s)?${good}`,
        'giu',
      ),
    ],
    authentic: [
      new RegExp(`${thing}[^.!?]{0,80}?(?<!\\p{L})${is}\\s${adverb}${good}`, 'giu'),
      new RegExp(`(?<!\\p{L})(?:ils|elles|il|elle|tous|toutes|certains|certaines|plusieurs)\\s${is}\\s${adverb}${good}`, 'giu'),
      new RegExp(`${thing}\\s${good}`, 'giu'),
      new RegExp(`(?<!\\p{L})(?:authentiques|v[ée]ritables)\\s${thing}`, 'giu'),
      /(?<!\p{L})(?:confirmons|confirme|confirment|[ée]tabli(?:t|ssons|ssent)?|reconnaissons)\s(?:que\s)?l'authenticit[ée]/giu,
    ],
    hedge:
      /(?<!\p{L})(?:peut|peuvent|pourra(?:it|ient)?|pourront|pouvoir|susceptibles?|[ée]ventuel(?:le)?s?|[ée]ventuellement|possibles?|possiblement|peut-[êe]tre|si|s'ils?|s'elles?|ne|n'[\p{L}]+|aucune?|sans|non|pr[ée]sent[ée]e?s? comme|se pr[ée]sent\p{L}+ comme|qualifi[ée]e?s? de|pr[ée]tendu\p{L}*|pr[ée]tend\p{L}*|suppos[ée]e?s?|affirm\p{L}+|soutien\p{L}+|all[èe]gu\p{L}+|selon|revendiqu\p{L}+|assure\p{L}*|auraient|aurait|seraient|serait|m[ée]fiez-vous|attention|comment|reconna[îi]tre|d[ée]tecter|rumeurs?|quels?|quelles?|lesquel(?:le)?s|d[ée]terminer|chaque|tout)(?!\p{L})/iu,
  };
})();

const en = (() => {
  const thing = String.raw`(?:(?:e-?mails?|messages?|documents?|files?|archives?|screenshots?|pictures?|images?|photos?|videos?|recordings?|memos?|letters?|spreadsheets?|data|items?|materials?|batch(?:es)?|sets?|records?|extracts?|contracts?|lists?|pages?|leak|payslips?|invoices?|reports?|minutes|copies|copy|conversations?|chats?|cables?|statements?|texts?|posts?)(?!\p{L})|[AC]-\d+)`;
  const is = '(?:is|are|was|were|has been|have been|had been|proved to be|turned out to be|remain|remains)';
  const adverb = String.raw`(?:(?:in part|partly|entirely|wholly|clearly|obviously|plainly|simply|largely|indeed|all|therefore|thus|deliberately|a|an|completely|totally|heavily|crudely|outright|in fact)\s){0,3}`;
  const bad = String.raw`(?:falsified|falsifications?|fakes?|faked|false|forged|forger(?:y|ies)|fabricat(?:ed|ions?)|doctored|altered|tampered(?: with)?|manipulated|counterfeit|bogus|inauthentic|hoax(?:es)?|invented|made up|photoshopped)(?!\p{L})`;
  const good = String.raw`(?:authentic|genuine|identical to the originals?|true copies|originals)(?!\p{L})`;
  return {
    falsified: [
      new RegExp(`${thing}[^.!?]{0,80}?(?<!\\p{L})${is}\\s${adverb}${bad}`, 'giu'),
      new RegExp(
        `(?<!\\p{L})(?:this|that|it|they|these|those|some|most|several|all)\\s(?:of (?:them|it|these|those)\\s)?${is}\\s${adverb}${bad}(?! (?:that|to))`,
        'giu',
      ),
      new RegExp(
        `(?<!\\p{L})(?:falsified|fake|faked|false|forged|fabricated|doctored|altered|tampered|manipulated|counterfeit|bogus)\\s(?:(?!(?:and|or|but)\\s)\\p{L}+\\s)?${thing}`,
        'giu',
      ),
      new RegExp(`(?:${thing}[^.!?]{0,60}?|they |it |this |these )(?:is|are|was|were)(?: not|n't)\\s(?:\\p{L}+\\s)?${good}`, 'giu'),
    ],
    authentic: [
      new RegExp(`${thing}[^.!?]{0,80}?(?<!\\p{L})${is}\\s${adverb}${good}`, 'giu'),
      new RegExp(`(?<!\\p{L})(?:this|that|it|they|these|those|some|most|several|all)\\s(?:of (?:them|it|these|those)\\s)?${is}\\s${adverb}${good}`, 'giu'),
      new RegExp(`(?<!\\p{L})(?:authentic|genuine)\\s(?:(?!(?:and|or|but)\\s)\\p{L}+\\s)?${thing}`, 'giu'),
      /(?<!\p{L})(?:confirm|confirms|confirmed|establish|established)\s(?:the|their|its)\sauthenticity/giu,
    ],
    hedge:
      /(?<!\p{L})(?:(?<!\d\s)may(?!\s\d)|might|could|can|cannot|whether|if|possibl[ey]|perhaps|potentially|not|no|none|nothing|never|any|presented as|described as|passed off as|purported\p{L}*|supposed\p{L}*|alleg\p{L}+|claim\p{L}*|asserts?|insists?|according|says that|so-called|beware|how|recogni[sz]e|detect|rumou?rs?|which|determin\p{L}+|each|every|unclear|unknown|\p{L}+n't)(?!\p{L})/iu,
  };
})();

const frames: Readonly<Record<LintLanguage, Frames>> = { fr, en };

/**
 * Sentences that call an item false or authentic while no finding does: `falsified_in_text` (B4), `authentic_in_text` (B5), value `text`.
 * A clause that doubts, asks, denies or reports before the word is no verdict. Impersonation is about the agency's own name: it may say "false".
 */
export function findAssertions(text: string, { language, situation, findings }: Pick<LintInput, 'language' | 'situation' | 'findings'>): readonly Find[] {
  const { falsified, authentic, hedge } = frames[language];
  const finds: Find[] = [];
  for (const clause of clausesOf(text)) {
    const look = (rule: 'B4' | 'B5', code: LintCode, patterns: readonly RegExp[], isCovered: (said: string, whole: string) => boolean): void => {
      for (const match of patterns.flatMap((pattern) => [...clause.text.matchAll(pattern)])) {
        const start = clause.start + match.index;
        const end = start + match[0].length;
        if (finds.some((other) => other.start < end && start < other.end) || isCovered(match[0], clause.text)) continue;
        const denies =
          rule === 'B4' &&
          /(?:n(?:e |')(?:est|sont|[ée]tai)|(?:is|are|was|were)(?: not|n't))[^.]*(?:authentique|v[ée]ritable|conforme|origin|authentic|genuine|true cop)/iu.test(
            match[0],
          );
        const before = clause.text.slice(0, match.index) + (denies ? '' : match[0]);
        if (!hedge.test(before)) finds.push({ rule, code, start, end, values: { text: clip(match[0]) } });
      }
    };
    if (situation !== 'impersonation')
      look('B4', 'falsified_in_text', falsified, (said, whole) => isFound(said, whole, findings, ['altered', 'fabricated', 'mixed']));
    look('B5', 'authentic_in_text', authentic, (said, whole) => isFound(said, whole, findings, ['authentic', 'mixed', 'authentic_sample']));
  }
  return finds;
}

/**
 * The items that are the subject of what was found, all of them, have one of these verdicts: those named last in it, in one row ("A-1,
 * A-2 and A-4 are altered"), or else any that the clause names; where it names none, one of the findings has.
 */
function isFound(said: string, whole: string, findings: readonly JudgedItem[], verdicts: readonly string[]): boolean {
  const rows = [...said.matchAll(/(?:(?<![\p{L}\p{N}])[AC]-[1-9]\d{0,3}(?!\d)(?:,\s|\s(?:et|and|ou|or)\s)?){1,200}/gu)].map(String);
  const named = [...(rows.at(-1) ?? whole).matchAll(/(?<![\p{L}\p{N}])[AC]-[1-9]\d{0,3}(?!\d)/gu)].map(String);
  const holds = ({ verdict }: JudgedItem): boolean => verdicts.includes(verdict);
  return named.length > 0 ? named.every((id) => findings.some((item) => item.id === id && holds(item))) : findings.some(holds);
}

/** Sentences cut where another thought begins, so that a doubt here excuses no verdict there. */
export function clausesOf(text: string): readonly { text: string; start: number }[] {
  return sentencesOf(text).flatMap((sentence) => {
    const cuts = [...sentence.text.matchAll(/[;:]\s|,?\s(?:mais|but|tandis que|whereas|while)\s|,\s(?:et|and)\s/giu)].map(
      ({ index, 0: cut }) => index + cut.length,
    );
    return [0, ...cuts].map((from, index) => ({ text: sentence.text.slice(from, cuts[index]), start: sentence.start + from }));
  });
}
