import { lowered, sentencesOf } from './fold.ts';
import type { Find, LintLanguage } from './issue.ts';
import { matchesOf } from './matches.ts';

/** W2, W3, W7: words that claim too much. All run on folded text in small letters; none blocks. */

const absolutes: Readonly<Record<LintLanguage, RegExp>> = {
  fr: /(?<!\p{L})(?:jamais|toujours|absolument|totalement|enti[èe]rement|compl[èe]tement|parfaitement|d[ée]finitivement|int[ée]gralement|garanti(?:t|e|es|s|ssons)?|impossible|incontestable(?:ment)?|indiscutable(?:ment)?|sans aucun doute|sans le moindre doute|en aucun cas|en aucune fa[çc]on|aucun risque|aucune donn[ée]e|à 100 ?%|100 ?%|tous les(?! (?:jours|matins|soirs|lundis|mardis|mercredis|jeudis|vendredis|samedis|dimanches|deux|trois|quatre|six|ans|mois))|toutes les(?! (?:heures|semaines|deux|trois|quatre|six|trente|quinze|\d))|z[ée]ro risque|risque (?:z[ée]ro|nul|inexistant)|hors de (?:tout )?danger|à (?:tout )?jamais|pour toujours|une (?:bonne )?fois pour toutes|sans (?:aucun|le moindre) risque|strictement rien|rien à craindre|ne craign\p{L}+ (?:absolument )?rien|totale s[ée]curit[ée]|toute s[ée]curit[ée])(?!\p{L})/gu,
  en: /(?<!\p{L})(?:never|always|absolutely|totally|entirely|completely|perfectly|definitively|definitely|guarantee[sd]?|impossible|undoubtedly|unquestionabl[ey]|without (?:any )?doubt|no doubt|in no way|under no circumstances|no risk|no data|100 ?%|all the|all of the|not (?:at|in) any (?:risk|danger|way)|at no risk|in no danger|zero risk|risk-free|without any risk|any risk whatsoever|nothing to (?:fear|worry about)|for good(?=\s?[.,;!)]|$|\s(?:and|now))|once and for all|for ever|forever|beyond (?:any |all )?doubt|fully secure|foolproof|bulletproof|unbreakable)(?!\p{L})/gu,
};
const likelihood: Readonly<Record<LintLanguage, RegExp>> = {
  fr: /(?<!\p{L})(?:probable(?:ment|s)?|improbables?|vraisemblable(?:ment|s)?|invraisemblables?|quasi[- ]certain(?:e|es|s|ement)?|presque certain\p{L}*|chances? sur|tr[èe]s probable\p{L}*|peu probable\p{L}*|probabilit[ée])(?!\p{L})/u,
  en: /(?<!\p{L})(?:likely|unlikely|probabl[ey]|improbable|almost certain(?:ly)?|nearly certain|roughly even (?:chance|odds)|remote chance|highly (?:likely|improbable)|likelihood|odds)(?!\p{L})/u,
};
const confidence: Readonly<Record<LintLanguage, RegExp>> = {
  fr: /(?<!\p{L})(?:(?:degr[ée]|niveau) de confiance|confiance (?:faible|mod[ée]r[ée]e|[ée]lev[ée]e|forte)|(?:faible|forte) confiance)(?!\p{L})/u,
  en: /(?<!\p{L})(?:(?:low|moderate|medium|high)[- ](?:degree of )?confidence|confidence (?:is|level|in this)|with confidence)(?!\p{L})/u,
};
const passive: Readonly<Record<LintLanguage, RegExp>> = {
  fr: /(?<!\p{L})(?:il (?:est|a [ée]t[ée]|serait) (?:affirm[ée]|dit|rapport[ée]|all[ée]gu[ée]|pr[ée]tendu|sugg[ée]r[ée]|indiqu[ée]|avanc[ée]|[ée]voqu[ée]) que|(?:est|sont|a [ée]t[ée]|ont [ée]t[ée]) (?:affirm|pr[ée]tend|all[ée]gu|rapport|accus|soup[çc]onn|consid[ée]r)\p{L}+(?! par)|(?:il|on) (?:se )?(?:dit|murmure|raconte|chuchote) qu[e']|des rumeurs (?:disent|affirment|pr[ée]tendent|font [ée]tat)|le bruit court|des bruits courent|la rumeur (?:court|veut|dit)|il para[îi]t qu[e']|para[îi]t-il|para[îi]trait|[àa] ce qu'(?:on|il) (?:dit|para[îi]t|se dit)|il semblerait qu[e']|on entend dire|d'aucuns|certains (?:disent|affirment|pensent)|selon certaines sources|de sources? (?:sûres?|proches?|concordantes?))(?!\p{L})/gu,
  en: /(?<!\p{L})(?:it (?:is|was|has been) (?:claimed|said|alleged|reported|suggested|believed|rumou?red|thought|understood) that|(?:is|are|was|were|has been|have been) (?:claimed|alleged|accused|believed|rumou?red|thought|suspected)(?! by)|(?:some|many|people|they) (?:say|claim|believe) that|some (?:say|claim|believe)|word (?:is|has it)|rumou?r has it|rumou?rs (?:say|suggest|claim)|(?:is|are|was|were) said to (?:be|have)|we (?:hear|are told) that|supposedly|apparently|it would (?:seem|appear) that|reportedly|allegedly|sources (?:say|said|close))(?!\p{L})/gu,
};

/** Advice that holds at all times, what our own services never ask, and what still lasts: no promise. */
const neutral: Readonly<Record<LintLanguage, { before: RegExp; after: RegExp }>> = {
  fr: {
    before:
      /(?:(?:ne (?:vous )?|n')(?:demand|r[ée]clam|sollicit|exig|appel|envoi|contact|t[ée]l[ée]phon|[ée]cri|contien|comport)\p{L}*\s(?:\p{L}+\s)?|(?:ne )?(?:les? |la |l'|y )?\p{L}+ez\s)$/u,
    after:
      /^\s(?:pas|en (?:cours|panne|attente|ligne)|indisponibles?|ferm[ée]+s?|perturb[ée]+s?|inaccessibles?|interrompue?s?|hors service|inconnue?s?)(?!\p{L})/u,
  },
  en: {
    before: /(?:please|should|must|do)\s$/u,
    after:
      /^\s(?:be\s)?(?:ask|asks|request|requests|click|share|give|disclose|reuse|re-use|enter|reply|reveal|type|check|use|verify|go|open|forward|install|call you|phone you|text you|email you|e-mail you|contact you|demand|demands|keep|report|log|contain|include|contains|includes)(?!\p{L})/u,
  },
};

function isPromise(text: string, language: LintLanguage, { 0: found, index }: RegExpExecArray): boolean {
  if (!/^(?:jamais|toujours|never|always)$/.test(found)) return true;
  const { before, after } = neutral[language];
  return !before.test(text.slice(Math.max(0, index - 40), index)) && !after.test(text.slice(index + found.length, index + found.length + 30));
}

/** Absolutes (W2), likelihood beside confidence (W3), claims without an actor and sentences over thirty words (W7). */
export function findWording(text: string, language: LintLanguage): readonly Find[] {
  const [sentences, low] = [sentencesOf(text), lowered(text)];
  const place = ({ 0: found, index: start }: RegExpExecArray): Pick<Find, 'start' | 'end'> & Required<Pick<Find, 'values'>> => {
    const end = start + found.length;
    return { start, end, values: { text: text.slice(start, end) } };
  };
  return [
    ...matchesOf(absolutes[language], low)
      .filter((match) => isPromise(low, language, match))
      .map((match): Find => ({ rule: 'W2', code: 'absolute', ...place(match) })),
    ...matchesOf(passive[language], low).map((match): Find => ({ rule: 'W7', code: 'passive_claim', ...place(match) })),
    ...sentences.flatMap((sentence): Find[] => {
      const whole = { start: sentence.start, end: sentence.start + sentence.text.length };
      const words = sentence.text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
      const said = lowered(sentence.text);
      const both = likelihood[language].test(said) && confidence[language].test(said);
      return [
        ...(both ? [{ rule: 'W3', code: 'likelihood_with_confidence', ...whole } as const] : []),
        ...(words > 30 ? [{ rule: 'W7', code: 'sentence_long', ...whole, values: { words } } as const] : []),
      ];
    }),
  ];
}
