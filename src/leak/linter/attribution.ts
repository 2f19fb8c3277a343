import { clausesOf, hedgeIn } from './assertions.ts';
import { actors, attack, cleft, faults, known, peoples, pointed, pointing, withCapitals } from './attribution-frames.ts';
import { lowered } from './fold.ts';
import { type Find, type LintInput, type LintIssue, missing } from './issue.ts';
import { matchesOf } from './matches.ts';
import { clip, takenPlaces } from './places.ts';

/** B7: who did it is said by an authority that attributes, or by nobody (leaks.md, "Model"). */

const doers =
  '(?:pirates?|hackers?|attaquants?|services?|espions?|groupes?|acteurs?|cybercriminels?|op[ée]rateurs?|renseignements?|agents?|attackers?|spies|spy|intelligence|government|state|actors?|groups?|hacktivists?|operatives?|military|apt|gouvernement|[ée]tat)';
const nobody = String.raw`(?:un tiers|des tiers|un ou plusieurs|une ou plusieurs|une? (?:personne|individu|inconnu|auteur|attaquant)|des (?:inconnus|personnes|individus)|nos|notre|nous|l'agence|la police|la gendarmerie|les enqu[êe]teurs|les autorit[ée]s|le parquet|la justice|l'institut|un prestataire|unknown|an? unknown|unidentified|an? unidentified|someone|somebody|an? third|third part|one or more|our|us\b|the agency|the police|investigators|the authorities|the prosecutor|the institute|a contractor|mail|courriel|e-?mail|email|t[ée]l[ée]phone|phone|sms|means|email|des moyens|le biais|l'interm[ée]diaire)`;

const committed =
  '(?:men[ée]|conduit|ordonn[ée]|command[ée]|commandit[ée]|perp[ée]tr[ée]|commis|orchestr[ée]|lanc[ée]|pilot[ée]|dirig[ée]|organis[ée]|financ[ée]|pr[ée]par[ée]|carried out|conducted|ordered|perpetrated|committed|orchestrated|launched|mounted|directed|sponsored|ran|led|planned)';
const struck = '(?:attaqu|pirat|infiltr|compromis|esp(?:ionn|ied)|vol[ée]|d[ée]rob|vis[ée]|cibl|attack|hack|breach|infiltrat|stole|target|spied)';

const patterns: readonly RegExp[] = [
  new RegExp(
    `(?<!\\p{L})${actors}\\s(?:a|ont|avait|avaient|has|have|had|is|est|itself|lui-m[êe]me)?\\s?(?:\\p{L}+ment\\s|\\p{L}+ly\\s)?${committed}e?s?\\s[^.!?]{0,40}?${attack}`,
    'gu',
  ),
  new RegExp(`(?<!\\p{L})${actors}\\s(?:(?:nous |l'|les )?(?:a|ont|avait|avaient|has|have|had)\\s)?${struck}\\p{L}*(?=\\s|[.,!?]|$)`, 'gu'),
  new RegExp(
    `(?<!\\p{L})${actors}\\s(?:did (?:it|this|that)|l'a fait|a fait (?:cela|[çc]a|le coup)|en est (?:l'auteur|responsable|[àa] l'origine)|est (?:[àa] l'origine|derri[èe]re|le coupable|coupable|responsable)|is (?:behind|responsible|guilty|to blame)|was (?:behind|responsible))(?!\\p{L})`,
    'gu',
  ),
  new RegExp(
    `${attack}[^.!?]{0,40}?(?<!\\p{L})(?:vient|viennent|venait|vienne|provien\\p{L}+|provenait|[ée]mane\\p{L}*|est partie?|part|est originaire|originat\\p{L}+|comes?|came|stems?|stemmed|emanat\\p{L}+|a pour origine|trouve son origine)\\s(?:tout droit |directement |directly )?(?:de la |de l'|de |du |d'|des |en |in |from |out of |[àa] )?${actors}(?!\\p{L})`,
    'gu',
  ),
  new RegExp(`(?<!\\p{L})${actors}\\s(?:\\p{L}+\\s)?(?:est|is|was|[ée]tait)\\s(?:[àa] l'origine d|behind\\s|derri[èe]re\\s)[^.!?]{0,30}?${attack}`, 'gu'),
  new RegExp(
    `${attack}[^.!?]{0,80}?(?<!\\p{L})(?:attribu[ée]e?s?|imput[ée]e?s?|imputables?|attributed|attributable|ascribed|traced back|traced|linked|tied|li[ée]e?s?|rattach[ée]e?s?)\\s(?:à|au|aux|to)(?!\\p{L})`,
    'gu',
  ),
  new RegExp(
    `(?<!\\p{L})(?:attribu(?:ons|e|ent)|imput(?:ons|e|ent)|attributes?|blames?|blame)\\s[^.!?]{0,60}?(?:${attack}[^.!?]{0,60}?(?<!\\p{L})(?:à|au|aux|to|on)(?!\\p{L})|for\\s[^.!?]{0,30}${attack})`,
    'gu',
  ),
  new RegExp(
    `${attack}[^.!?]{0,60}?(?<!\\p{L})(?:men[ée]e?s?|conduite?s?|perp[ée]tr[ée]e?s?|commise?s?|orchestr[ée]e?s?|lanc[ée]e?s?|commandit[ée]e?s?|pilot[ée]e?s?|dirig[ée]e?s?|men[ée]s?|pr[ée]par[ée]e?s?)\\spar\\s(?!${nobody})`,
    'gu',
  ),
  new RegExp(
    `${attack}[^.!?]{0,60}?(?<!\\p{L})(?:carried out|conducted|perpetrated|committed|orchestrated|launched|mounted|directed|ordered|sponsored|run|led|planned)\\sby\\s(?!${nobody})`,
    'gu',
  ),
  new RegExp(`(?<!\\p{L})${doers}\\s(?:[\\p{L}-]+\\s){0,2}?${peoples}(?!\\p{L})`, 'gu'),
  new RegExp(`(?<!\\p{L})${peoples}(?:\\s|-)(?:[\\p{L}-]+(?:\\s|-)){0,2}?${doers}(?!\\p{L})`, 'gu'),
  new RegExp(
    `(?<!${faults}\\s)(?<!\\p{L})(?:est|sont|[ée]tait|[ée]taient)\\s(?:l'(?:œ|oe)uvre|l'auteur|les auteurs|derri[èe]re|(?:le |les |directement )?responsables?|(?:le |les )?coupables?)\\s?(?:d[eu']|des|l')?[^.!?]{0,30}?${attack}`,
    'gu',
  ),
  new RegExp(`${attack}[^.!?]{0,40}?(?<!\\p{L})(?:est|sont|[ée]tait)\\s(?:l')?(?:œ|oe)uvre\\s(?:d[eu]|d'|des)`, 'gu'),
  new RegExp(
    `(?<!${faults}\\s)(?<!\\p{L})(?:is|are|was|were)\\s(?:directly\\s)?(?:responsible for|behind|to blame for|the authors? of|guilty of)\\s[^.!?]{0,30}?${attack}`,
    'gu',
  ),
  new RegExp(`${attack}[^.!?]{0,40}?(?<!\\p{L})(?:is|was|are|were)\\sthe work of\\s(?!${nobody})`, 'gu'),
  /(?<!\p{L})(?:state-sponsored|state-backed|government-backed|nation[- ]state|state actors?|foreign (?:power|state|government|intelligence)|hostile state|parrain[ée]e?s? par un [ée]tat|soutenue?s? par un [ée]tat|li[ée]e?s? à un [ée]tat|acteurs? [ée]tatiques?|puissance [ée]trang[èe]re|[ée]tat [ée]tranger|services? (?:secrets?|de renseignement) [ée]trangers?|d'origine [ée]tatique|commandit[ée]e?s? par un [ée]tat)(?!\p{L})/gu,
  new RegExp(
    `(?<![\\p{L}\\p{N}])${known}(?![\\p{L}\\p{N}])[^.!?]{0,60}?(?:a |ont |has |have |had )?(?<!\\p{L})(?:men|condui|commi|perp|attaqu|pirat|vol|compromi|infiltr|carried|conduct|attack|hack|stole|compromis|breach|infiltrat|launch|orchestr|target|vis[ée])\\p{L}*`,
    'gu',
  ),
];

/** What one of the patterns needs in any case, without the hostile deed: peoples, states, groups, or the deed itself. */
const hint = new RegExp(
  `${attack}|${peoples}|${actors}|${known}|state|[ée]tat|foreign|[ée]trang|groupe?|gang|crew|outfit|officine|hackers?|pirates?|coupable|culprit|perpetrator`,
  'u',
);

/** What takes an attribution back: a denial, ignorance, or a claim of responsibility that is merely reported. */
const hedge =
  /(?<!\p{L})(?:ne|n'\p{L}+|pas|aucune?|ni|sans|non|si|qui|whether|if|not|no|nor|rien|nothing|never|jamais|nobody|neither|cannot|\p{L}+n't|revendiqu\p{L}+|claim\p{L}*|se (?:dit|disent|pr[ée]sent\p{L}+)|pr[ée]tend\p{L}*|says it|calls itself|who|unknown|without|before|avant)(?!\p{L})/u;

/** The attribution itself: an authority, and its words by link. Code `attribution_without_authority`, field `attribution`. */
export function judgeAttribution({ attribution }: Pick<LintInput, 'attribution'>): readonly LintIssue[] {
  const isWhole = attribution === null || (attribution.authority.trim() !== '' && /^https:\/\/\S+$/.test(attribution.url));
  return isWhole ? [] : [missing('B7', 'attribution', 'attribution_without_authority')];
}

/** Sentences of a folded text that say who did it while the attribution is "not assessed". Code `attribution_in_text`, value `text`. */
export function findAttributions(text: string, { attribution }: Pick<LintInput, 'attribution'>): readonly Find[] {
  if (attribution !== null) return [];
  const finds: Find[] = [];
  if (!hint.test(lowered(text))) return finds;
  const taken = takenPlaces(text.length);
  for (const clause of clausesOf(text)) {
    if (!hint.test(clause.low)) continue;
    const isHedged = hedgeIn(clause.low, hedge);
    const look = (low: string, turns: readonly RegExp[], isCleft: boolean): void => {
      for (const match of turns.flatMap((pattern) => matchesOf(pattern, low))) {
        const [start, end] = [clause.start + match.index, clause.start + match.index + match[0].length];
        if (!taken.isFree(start, end) || isHedged(match.index, isCleft ? '' : match[0])) continue;
        taken.take(start, end);
        finds.push({ rule: 'B7', code: 'attribution_in_text', start, end, values: { text: clip(text.slice(start, end)) } });
      }
    };
    look(clause.low, patterns, false);
    if (!pointed.test(clause.low)) continue;
    const low = withCapitals(clause.text);
    look(low, pointing, false);
    look(low, cleft, true);
  }
  return finds;
}
