import type { Named } from './first-names.ts';
import { plainWord } from './fold.ts';
import { givenNames } from './given-names.ts';
import { matchesOf } from './matches.ts';
import { notPersons, openers } from './not-persons.ts';

/** People named by whose they are, and people as a list names them: "the children, Aoife and Ruairí", "la famille Dupont", "DUPONT, Jean". */

const word = String.raw`\p{Lu}[\p{Ll}\p{M}]{2,24}(?:[-'’]\p{L}[\p{Ll}\p{M}]{1,24}){0,2}`;
const kin =
  'children|child|sons?|daughters?|wife|husband|brothers?|sisters?|mother|father|parents|widow|widower|partner|twins|nephew|niece|cousin|enfants?|fils|filles?|[ée]poux|[ée]pouse|mari|femme|fr[èe]res?|s(?:œ|oe)urs?|m[èe]re|p[èe]re|veuve|veuf|compagne|compagnon|jumeaux|jumelles|neveu|ni[èe]ce|cousine?';
const ofKin = new RegExp(
  `(?<!\\p{L})(?:${kin})(?:,\\s|\\s\\(|\\s(?:called|named|nomm[ée]e?s?|pr[ée]nomm[ée]e?s?)\\s|\\s)(?<one>${word})(?:(?:,\\s(?<two>${word}))?,?\\s(?:et|and)\\s(?<three>${word}))?(?![\\p{L}\\p{N}])`,
  'gu',
);
const house = new RegExp(
  `(?<!\\p{L})(?:[Ff]amille|[ÉéE]poux|[Cc]ouple|[Cc]onsorts|[Ss]uccession|[Mm]énage)\\s(?<one>${word}(?:\\s${word})?)(?![\\p{L}\\p{N}]|\\s(?:de|d'|of)\\s?(?:rançongiciels?|ransomware|maliciels?|malware|logiciels?|virus))|(?<!\\p{L})the\\s(?<two>${word})\\s(?:family|household|siblings|brothers|sisters|couple)(?!\\p{L}|\\sof)`,
  'gu',
);
const listed = /(?<![\p{L}\p{N}])(?<one>\p{Lu}[\p{Lu}'-]{2,24},\s\p{Lu}\p{Ll}[\p{L}-]{1,24})(?![\p{L}\p{N}])/gu;

/** Names beside a word of kinship, after "family", and with the surname first. */
export function findFamilies(text: string): readonly Named[] {
  const finds: Named[] = [];
  for (const pattern of [ofKin, house, listed])
    for (const { 0: found, index, groups = {} } of matchesOf(pattern, text))
      for (const name of [groups.one, groups.two, groups.three]) {
        if (name === undefined || !isPerson(name, pattern === listed)) continue;
        finds.push({ text: name, start: index + found.lastIndexOf(name) });
      }
  return finds;
}

function isPerson(name: string, isListed: boolean): boolean {
  if (isListed) return givenNames.has(plainWord(name.split(/,\s/)[1] ?? ''));
  return name.split(/\s/).every((one) => !notPersons.has(plainWord(one)) && !openers.has(plainWord(one)));
}
