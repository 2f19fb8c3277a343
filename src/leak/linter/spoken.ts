import { bareEndings } from './endings.ts';
import { matchesOf } from './matches.ts';

/** Addresses and numbers as they are said aloud or pulled apart: "mega dot nz slash folder", "gofile . io / d / x", "zéro six douze". */

export type Spoken = { start: number; end: number };

const label = String.raw`(?:t|bit|we|cutt|[\p{L}\p{N}][\p{L}\p{N}_-]{2,61})`;
const edge = String.raw`(?<![\p{L}\p{N}@._/-])`;
const zones = bareEndings.join('|');
const way = String.raw`(?:\s?/\s?[\p{L}\p{N}_-]{1,60}|\s(?:slash|barre oblique|barre)\s[\p{L}\p{N}_-]{1,60}){0,6}`;
const saidDot = new RegExp(
  `${edge}(?<name>${label}(?:\\s(?:dot|point)\\s[\\p{L}\\p{N}-]{2,61}){0,2})\\s(?:dot|point)\\s(?<zone>onion|${zones})(?![\\p{L}\\p{N}'-])(?<way>${way})`,
  'giu',
);
const apart = new RegExp(`${edge}${label}\\s\\.\\s?(?:[\\p{L}\\p{N}-]{2,61}\\s?\\.\\s?)?(?:onion|${zones})(?![\\p{L}\\p{N}'-])${way}`, 'gu');
/** Words that go before "point info" and "dot com" as words, not as a name. */
const noName =
  /^(?:un|une|le|la|les|ce|ces|du|des|de|au|aux|en|sur|prochain|premier|dernier|second|notre|nos|votre|chaque|quel|the|this|that|microsoft|polka|red|your|our|first|last|next|quantum|tout|petit|bref|court|grand|autre|nouveau|deuxi[èe]me|troisi[èe]me|faire|fait|font|ferons|fera)$/iu;
/** Endings that are words in French too, where "point" may be a word as well. */
const isWord =
  /^(?:info|com|net|org|presse|news|contact|direct|site|blog|photo|vote|date|immo|fr|is|to|in|it|me|be|am|at|as|de|es|et|la|ma|sa|ne|no|nu|tu|si)$/i;
const placeCue =
  /(?:site|adresse|lien|url|domaine|page|canal|cha[îi]ne|sur|visite[rz]|allez|address|link|domain|channel|at|on|visit|go to)\s(?:est\s|is\s|:\s)?["«“(]?\s?$/iu;

/** Addresses that are said or pulled apart in a folded text. */
export function findSpokenAddresses(text: string): readonly Spoken[] {
  const finds: Spoken[] = [];
  if (/\s(?:dot|point)\s/i.test(text))
    for (const match of matchesOf(saidDot, text)) {
      const { name = '', zone = '', way: path = '' } = match.groups ?? {};
      if (noName.test(name)) continue;
      const isFrench = /\spoint\s/i.test(match[0]);
      const isSure = path !== '' || /[-_\d]/.test(name) || placeCue.test(text.slice(Math.max(0, match.index - 24), match.index));
      if ((isFrench ? isWord.test(zone) : /^net$/i.test(zone)) && !isSure) continue;
      finds.push({ start: match.index, end: match.index + match[0].length });
    }
  if (/\s\./.test(text)) for (const match of matchesOf(apart, text)) finds.push({ start: match.index, end: match.index + match[0].length });
  return finds;
}

const frenchDigit =
  'z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|cent|et|vingts';
const englishDigit =
  'oh|zero|nought|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|double|triple|treble';
const said = (first: string, word: string, least: number): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}-])(?:${first})(?:(?:,?\\s|-|\\s-\\s)(?:${word}|\\d{1,3})(?![\\p{L}\\p{N}])){${least},24}`, 'giu');
const numbers = [said('z[ée]ro|plus trente[ -]trois', frenchDigit, 4), said('oh|zero|plus four four|double[ -]oh', englishDigit, 7)] as const;

/** Telephone numbers in words: they begin as a number does, and are as long. */
export function findSpokenNumbers(text: string): readonly Spoken[] {
  if (!/z[ée]ro|(?<!\p{L})oh\s|plus (?:trente|four)/iu.test(text)) return [];
  return numbers.flatMap((pattern) => matchesOf(pattern, text).map((match) => ({ start: match.index, end: match.index + match[0].length })));
}
