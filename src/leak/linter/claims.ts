import { foldText, plainWord } from './fold.ts';
import type { LintInput, LintIssue, LintLanguage } from './issue.ts';
import { matchesOf } from './matches.ts';
import { clip } from './places.ts';

/** B6: the false claim is no headline of ours (leaks.md, "The linter"): not in title, slug or feed title, nor in the first paragraph. */

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter((word) => word !== ''));
/** Words that two sentences share by chance, and those that name our subject whatever is said of it. */
const common: Readonly<Record<LintLanguage, ReadonlySet<string>>> = {
  fr: list(`alors ainsi apres aucun aucune aussi autre autres avant avec avoir cela celle celui cette chez comme dans depuis dont elle elles encore entre etait etaient
    etre fait faire ils leur leurs lors mais meme mieux moins notre nous pour plus plusieurs quand quatre quel quelle sans selon ses soit sont sous sur tous tout toute
    toutes tres une vers vos votre vous ont ete que qui est les des par son ces aux pas document documents fichier fichiers donnees message messages courriel courriels
    agence declaration incident fuite`),
  en: list(`about after again all also and any are because been before being between both but can could did does doing each for from had has have her here him his how
    into its just more most not now off once only other our out over own same she should some such than that the their them then there these they this those through
    too under until very was were what when where which while who whom why will with would you your document documents file files data message messages email emails
    agency statement incident leak`),
};
const longWord = /[\p{L}\p{M}\p{N}]{3,}/gu;
/** A claim counts as repeated when so much of its words, and at least two, stand in one place. */
const share = 0.6;
/** What follows is why, how or by whom: a title may repeat the claim and leave it out. */
const beside =
  /\s(?:à cause|en raison|du fait|parce|apr[èe]s|suite|depuis|pour|afin|gr[âa]ce|because|due|owing|after|following|since|by|in order|thanks)(?!\p{L})/iu;

/** Places that lead with one of the claims. Code `claim_in_title`, value `claim`; the issue spans from the first word shared to the last. */
export function findClaims({ fields, claims, language }: Pick<LintInput, 'fields' | 'claims' | 'language'>): readonly LintIssue[] {
  if (claims.length === 0) return [];
  const places = placesOf(fields).map(({ field, text }) => ({ field, words: wordsOf(text, language) }));
  return claims.flatMap((claim) => {
    const wanted = new Set(wordsOf(claim, language).map(({ key }) => key));
    if (wanted.size === 0) return [];
    const core = new Set(wordsOf(claim.split(beside, 1)[0] ?? '', language).map(({ key }) => key));
    return places.flatMap(({ field, words }) => {
      const shared = words.filter(({ key }) => wanted.has(key));
      const distinct = new Set(shared.map(({ key }) => key)).size;
      const [first, last] = [shared[0], shared.at(-1)];
      if (first === undefined || last === undefined || distinct < Math.min(2, wanted.size)) return [];
      const hasCore = core.size >= 3 && [...core].every((key) => shared.some((word) => word.key === key));
      if (!hasCore && distinct / wanted.size < share) return [];
      return [{ rule: 'B6', code: 'claim_in_title', field, start: first.start, end: last.end, values: { claim: clip(claim) } } satisfies LintIssue];
    });
  });
}

/** Titles whole, and of the body its first paragraph only: what search engines, cards and quotations take. */
function placesOf(fields: LintInput['fields']): readonly { field: string; text: string }[] {
  const titles = ['title', 'slug', 'feedTitle'].map((field) => ({ field, text: fields[field] ?? '' }));
  const opening = ['summary', 'known'].map((field) => ({ field, text: fields[field] ?? '' })).find(({ text }) => text.trim() !== '');
  if (opening === undefined) return titles;
  const lead = opening.text.length - opening.text.trimStart().length;
  const end = opening.text.slice(lead).search(/\n\s{0,80}\n/);
  return [...titles, { field: opening.field, text: end < 0 ? opening.text : opening.text.slice(0, lead + end) }];
}

/** Words that carry meaning, cut to their first six letters so that plural and tense do not hide them. */
function wordsOf(text: string, language: LintLanguage): readonly { key: string; start: number; end: number }[] {
  const folded = foldText(text);
  return matchesOf(longWord, folded.text).flatMap((match) => {
    const plain = plainWord(match[0]);
    const place = { start: folded.placeOf(match.index), end: folded.endOf(match.index + match[0].length) };
    return common[language].has(plain) ? [] : [{ key: plain.slice(0, 6), ...place }];
  });
}
