import { cleft, pointed, pointing, withCapitals } from './attribution-words.ts';
import { clausesOf, hedgeIn } from './clauses.ts';
import { type Find, type LintInput, type LintIssue, missing } from './issue.ts';
import { matchesOf } from './matches.ts';
import { clip, takenPlaces } from './places.ts';
import { en } from './verdict-words-en.ts';
import { fr } from './verdict-words-fr.ts';

/** B7: who did it is said by an authority that attributes, or by nobody (leaks.md, "Model"). */

/** What takes an attribution back: a denial, ignorance, a condition, or a claim of responsibility that is merely reported. */
const hedge =
  /^(?:who|qui)(?!\p{L})|(?<!\p{L})(?:ne|n'\p{L}+|pas|aucune?|ni|sans|non|si|s'il|whether|if|not|no|nor|rien|nothing|never|jamais|nobody|neither|cannot|\p{L}+n't|revendiqu\p{L}+|claim(?!s the lives)\p{L}*|se (?:dit|disent|pr[ée]sent\p{L}+)|pr[ée]tend\p{L}*|says it|calls? itself|calling itself|unknown|without|before|avant|den(?:y|ies|ied)|nie(?:nt)?|d[ée]men\p{L}+|reports? that|rumou?rs?|rumeurs?|exercices?|exercises?|sc[ée]nario|scenario|bulletin|r[ée]unis\p{L}*|how|comment|too early|trop t[ôo]t|(?:says?|tell|know|learn|ask\p{L}*|establish|determine|find out|dira|diront|savoir|dire|demande\p{L}*|d[ée]terminer|[ée]tablir|chercher?|cherchons)\s(?:\p{L}+\s){0,2}?(?:who|qui))(?!\p{L})/u;
/** After the words: they are somebody else's, and we say so. */
const disowned =
  /(?:n'engage\p{L}* que|ne (?:tranch\p{L}+|reprend\p{L}*|(?:la|le|les) (?:reprend|partage|faisons)\p{L}*|nous prononç\p{L}+)|n'(?:a|avons) (?:pas|rien) (?:\p{L}+ )?(?:examin|v[ée]rifi|tranch|confirm)|that (?:assessment|view|claim|judge?ment|attribution) is|(?:not|n't) (?:adopt|endors|shar|mak\p{L}+ (?:it|them) ours|confirm|tak)|we have (?:seen only|not \p{L}+|made no)|take no (?:position|view)|(?:those|these) (?:are|were) (?:his|her|their|its) words|c'est (?:son|leur|sa) (?:appr[ée]ciation|lecture|th[èe]se|version|interpr[ée]tation|avis|analyse|affaire|hypoth[èe]se))/u;
/** After the words: a body of theirs that did nothing, or what they are known for elsewhere. */
const innocent =
  /^[\s\u00a0](?:ambass|embass|consul|police|justice|authorities|autorit[ée]s|partners?|partenaires|colleagues|coll[èe]gues|researchers?|chercheurs?|compan|firms?|market|march[ée]|language|langue|citizens?|students?|[ée]tudiants?)|^[^.!?]{0,80}(?:flaws?|vulnerabilit|failles?|vuln[ée]rabilit|elsewhere|ailleurs|other countries|d'autres pays|in the past|par le pass[ée])(?!\p{L}{3})/u;
/** How far after the words a disclaimer may stand. */
const reach = 160;

function withoutSure(clause: string): string {
  return [fr, en].reduce((text, { sure }) => text.replaceAll(sure, (found) => ' '.repeat(found.length)), clause);
}

/** The attribution itself: an authority, and its words by link. Code `attribution_without_authority`, field `attribution`. */
export function judgeAttribution({ attribution }: Pick<LintInput, 'attribution'>): readonly LintIssue[] {
  const isWhole = attribution === null || (attribution.authority.trim() !== '' && /^https:\/\/\S+$/.test(attribution.url));
  return isWhole ? [] : [missing('B7', 'attribution', 'attribution_without_authority')];
}

/** Sentences of a folded text that say who did it while the attribution is "not assessed". Code `attribution_in_text`, value `text`. */
export function findAttributions(text: string, { attribution }: Pick<LintInput, 'attribution'>): readonly Find[] {
  if (attribution !== null) return [];
  const finds: Find[] = [];
  const capitals = withCapitals(text);
  if (!pointed.test(capitals)) return finds;
  const taken = takenPlaces(text.length);
  for (const clause of clausesOf(text)) {
    const low = withCapitals(clause.text);
    if (!pointed.test(low) || clause.text.endsWith('?')) continue;
    const isHedged = hedgeIn(withoutSure(clause.low), hedge);
    const look = (turns: readonly RegExp[], isCleft: boolean): void => {
      for (const match of turns.flatMap((turn) => matchesOf(turn, low))) {
        const [start, end] = [clause.start + match.index, clause.start + match.index + match[0].length];
        if (!taken.isFree(start, end) || isHedged(isCleft ? match.index : match.index + match[0].length)) continue;
        if (innocent.test(capitals.slice(end, end + reach)) || disowned.test(capitals.slice(end, end + reach))) continue;
        taken.take(start, end);
        finds.push({ rule: 'B7', code: 'attribution_in_text', start, end, values: { text: clip(text.slice(start, end)) } });
      }
    };
    look(pointing, false);
    look(cleft, true);
  }
  return finds;
}
