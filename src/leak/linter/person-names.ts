import { findFamilies } from './families.ts';
import { findFirstNames } from './first-names.ts';
import { plainWord } from './fold.ts';
import { givenNames } from './given-names.ts';
import type { Find, LintCode } from './issue.ts';
import { matchesOf } from './matches.ts';
import { isNamesake, standsForBody, standsForStreet } from './namesakes.ts';
import { notPersons, openers } from './not-persons.ts';
import { takenPlaces } from './places.ts';
import { isLaw, isStorm, towns } from './towns.ts';

/**
 * B2, names: people are not named unless the house says so. Sure signs are a form of address or office, a given name, initials; any other
 * pair of capitalised words is a name until the allow-list, or the words that no person bears, say otherwise. A lone surname without a
 * form of address before it cannot be told from any other word, and is the reviewer's to see.
 */

const word = String.raw`\p{Lu}[\p{L}\p{M}]{0,30}(?:(?:'\p{Lu}|-\p{L})[\p{L}\p{M}]{0,30}){0,3}`;
const initial = String.raw`\p{Lu}\.(?:-?\p{Lu}\.){0,2}`;
const particle = `(?:de la|de|du|des|d'|van der|van den|van|von der|von|zu|di|da|dos|del|della|el|al|ben|bin|bint|ibn|le|la|ter|ten|y)`;
const group = new RegExp(
  `(?<![\\p{L}\\p{N}-]|(?<!(?<!\\p{L})(?:[dlnDLN]|[Qq]u))'|\\p{L}[.@])(?:${initial}|${word})(?:[ \\u00a0](?:${particle}[ \\u00a0]?)?(?:${initial}|${word})){1,4}(?![\\p{L}\\p{N}]|-\\p{N})`,
  'gu',
);

const address =
  '(?:M|MM|Mme|Mmes|Mlle|Dr|Pr|Me|Mr|Mrs|Ms|Miss|Mx|Prof|Sir|Lord|Lady|Dame|Cllr|Councillor|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|[Dd]octeur|[Dd]octor|[Mm]a[iî]tre|[Pp]rofesseure?|[Pp]rofessor)';
const offices = `ministre d[ée]put[ée]e? s[ée]nateur s[ée]natrice pr[ée]sidente? pr[ée]f[èe]te? colonel(?:le)? capitaine g[ée]n[ée]rale? commandante? lieutenant juge
  procureure? directeur directrice avocate? journaliste athl[èe]te candidate? ambassadeur ambassadrice commissaire inspecteur inspectrice porte-parole
  minister president senator congressman congresswoman judge prosecutor director captain major secretary ambassador chancellor spokesperson spokeswoman spokesman
  journalist athlete employee agent officer commissioner inspector`;
const office = `(?:${offices
  .split(/\s+/)
  .map((one) => `[${one.charAt(0).toUpperCase()}${one.charAt(0)}]${one.slice(1)}`)
  .join('|')})`;
const addressed = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${address}\\.?[ \\u00a0](?:${particle}[ \\u00a0]?)?|${office}[ \\u00a0])((?:${word}|${initial})(?:[ \\u00a0](?:${particle}[ \\u00a0]?)?(?:${word}|${initial})){0,3})(?![\\p{L}\\p{N}])`,
  'gu',
);
const bareOffice = new RegExp(`^${office}`, 'iu');
/** After a name: what people do or are. */
const afterPerson =
  /^(?:,?\s(?:a|avait|aurait|has|had)\s(?:d[ée]clar|affirm|d[ée]ment|dit|ni[ée]|confirm|reconnu|re[çc]u|sign|[ée]crit|said|told|denied|claimed|written|sent|received|stated)|\s(?:said|says|told|denied|wrote|claimed|affirme|d[ée]clare|d[ée]ment|dit|nie)\b|,\s(?:\d{2}\s(?:ans|years)|aged\s|[âa]g[ée]e?\s|(?:le |la |the |a |an |its |son |sa )?(?:directeur|directrice|director|chief|head|pr[ée]sident|ministre|minister|porte-parole|spokes|avocat|lawyer|m[ée]decin|doctor|athl[èe]te|athlete|journalis|employ[ée]|candidat|n[ée]e?\s|born\s)))/iu;

const onlyInitials = new RegExp(`^${initial}$`, 'u');
const isInitials = (one: string): boolean => onlyInitials.test(one);
const followsParticle = new RegExp(`^${word}[ \\u00a0]${particle}[ \\u00a0]`, 'u');
const hasCapitals = (found: string): boolean => /^\p{Lu}{2,}$/u.test(found.replaceAll(/['-]/g, ''));

/** How a list of names is compared: made once for many texts. */
export function namesAllowed(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.flatMap((name) => [comparable(name), comparable(withoutOpener(name, 0).found)]));
}

/** Names in a folded text that the allow-list does not cover. Codes `personal_name` (sure) and `name_unknown`, value `text`. */
export function findNames(text: string, allowed: ReadonlySet<string>): readonly Find[] {
  const finds: Find[] = [];
  const taken = takenPlaces(text.length);
  const add = (found: string, start: number, code: LintCode): void => {
    const end = start + found.length;
    if (isAllowedName(found, allowed) || !taken.isFree(start, end)) return;
    taken.take(start, end);
    finds.push({ rule: 'B2', code, start, end, values: { text: found } });
  };
  for (const match of matchesOf(addressed, text)) {
    const named = withoutTail(match[1] ?? '', allowed);
    const start = match.index + match[0].length - (match[1] ?? '').length;
    if (isNamed(named, bareOffice.test(match[0])) && !standsForStreet(text, match.index)) add(named, start, 'personal_name');
  }
  for (const match of matchesOf(group, text)) {
    const { found, start } = withoutOpener(match[0], match.index);
    const code = judge(found, text, start, allowed);
    if (code !== null) add(found, start, code);
  }
  for (const { text: found, start } of [...findFirstNames(text), ...findFamilies(text)])
    if (!standsForBody(text, start, start + found.length, true)) add(found, start, 'personal_name');
  return finds;
}

/** Whether a list of names covers a name that was found. */
export function coversName(names: readonly string[], found: string): boolean {
  return isAllowedName(found, new Set(names.map(comparable)));
}

/** After an office, "le directeur Informatique" and "the President of" name nobody; after a form of address every capital does. */
function isNamed(found: string, afterOffice: boolean): boolean {
  const words = found.split(/[ \u00a0]/).filter((one) => /^\p{Lu}/u.test(one));
  if (words.length === 0) return false;
  return !afterOffice || (!words.some((one) => notPersons.has(plainWord(one))) && !(words.length === 1 && hasCapitals(words[0] ?? '')));
}

function judge(found: string, text: string, start: number, allowed: ReadonlySet<string>): LintCode | null {
  const words = found.split(/[ \u00a0]/).filter((one) => /^\p{Lu}/u.test(one));
  const [first = '', second = ''] = words;
  if (words.length < 2) return null;
  if (isAllowedName(found, allowed) || isNamesake(found) || standsForBody(text, start, start + found.length, words.some(bornByWord))) return null;
  const plain = words.map(plainWord);
  const parts = plain.flatMap((one) => one.split(/['-]/));
  const bornBy = (one: string): boolean => givenNames.has(one) || one.split('-').every((part) => givenNames.has(part));
  if (isInitials(first))
    return words.some((one) => one.length > 2 && !isInitials(one) && !notPersons.has(plainWord(one)) && !openers.has(plainWord(one))) ? 'personal_name' : null;
  if (isStorm(plain[0] ?? '')) return null;
  const strange = parts.filter((one) => notPersons.has(one) && !givenNames.has(one));
  // "Anne de La Tour": what follows a given name and a particle is a name, whatever it means elsewhere.
  if (bornBy(plain[0] ?? '') && (strange.length === 0 || followsParticle.test(found))) return 'personal_name';
  if (bornBy(plain[1] ?? '') && hasCapitals(first) && !notPersons.has(plain[0] ?? '')) return 'personal_name';
  if (strange.length > 0) return null;
  if (words.some(bornByWord)) return 'personal_name';
  if (towns.has(plain[0] ?? '') || isLaw(plain.at(-1) ?? '')) return null;
  if (isInitials(second)) return words.length > 2 && !notPersons.has(plain[2] ?? '') ? 'personal_name' : null;
  if (second.length === 1) return null;
  if (words.every(hasCapitals) || (words.some(hasCapitals) && words.some((one) => hasCapitals(one) && one.length <= 5))) return null;
  if (afterPerson.test(text.slice(start + found.length, start + found.length + 60))) return 'personal_name';
  const startsSentence = /(?:^|[.!?…:•]|\n)[\s#>"«(-]*$/u.test(text.slice(Math.max(0, start - 20), start));
  return startsSentence && /(?:ly|ment|tion|ing|ed|ees?|es)$/.test(plain[0] ?? '') ? null : 'name_unknown';
}

function bornByWord(one: string): boolean {
  return givenNames.has(plainWord(one));
}

/** "Selon Marie Dupont": the opener is no part of the name. */
function withoutOpener(whole: string, index: number): { found: string; start: number } {
  let [found, start] = [whole, index];
  for (let match = /^(\S+)[ \u00a0]/.exec(found); match !== null && isOpener(match[1] ?? ''); match = /^(\S+)[ \u00a0]/.exec(found)) {
    found = found.slice(match[0].length);
    start += match[0].length;
  }
  const elided = /^(?:[LDJNSCMT]|Qu)'(?=\p{Lu})/u.exec(found);
  return elided === null ? { found, start } : { found: found.slice(elided[0].length), start: start + elided[0].length };
}

function isOpener(one: string): boolean {
  return openers.has(plainWord(one)) && !/^\p{Lu}\.$/u.test(one);
}

/** A name followed by what is no name any more: "M. Dupont Directeur". */
function withoutTail(found: string, allowed: ReadonlySet<string>): string {
  if (isAllowedName(found, allowed)) return found;
  const words = found.split(' ');
  while (words.length > 1 && notPersons.has(plainWord(words.at(-1) ?? '')) && !givenNames.has(plainWord(words.at(-1) ?? ''))) words.pop();
  return words.join(' ');
}

/** An allowed name covers itself and itself with more of the allow-list around it; never a longer name that contains it. */
function isAllowedName(found: string, allowed: ReadonlySet<string>): boolean {
  const plain = comparable(found);
  if (allowed.has(plain)) return true;
  const words = plain.split(' ');
  return words.some((_, cut) => cut > 0 && allowed.has(words.slice(0, cut).join(' ')) && allowed.has(words.slice(cut).join(' ')));
}

function comparable(name: string): string {
  return plainWord(name.replaceAll('’', "'")).replaceAll(/\s+/g, ' ').trim();
}
