import { plainWord } from './fold.ts';
import type { Find, LintInput } from './issue.ts';
import { matchesOf } from './matches.ts';
import { clip, takenPlaces } from './places.ts';

/** W1: words that spread the leak. All run on folded text; none blocks. */

const endings = 'pdf|docx?|xlsx?|pptx?|odt|ods|csv|txt|rtf|zip|rar|7z|tar|gz|tgz|eml|msg|pst|mbox|sql|db|jpe?g|png|gif|mp[34]|mov|wav|html?';
const fileTitle = new RegExp(
  `(?<![\\p{L}\\p{N}._/-])[\\p{L}\\p{N}][\\p{L}\\p{N}_()-]{0,80}(?:\\.[\\p{L}\\p{N}_-]{1,40}){0,3}\\.(?:${endings})(?![\\p{L}\\p{N}])`,
  'giu',
);
const word = /[\p{L}\p{M}\p{N}]+/gu;
const hashtag = /(?<![\p{L}\p{N}&/#])#[\p{L}_][\p{L}\p{N}_]{1,60}/gu;

/** Hashtags, the names and titles that spreaders use, and file names (W1). Values `text`. */
export function findTraces(text: string, { personas, fileTitles }: Pick<LintInput, 'personas' | 'fileTitles'>): readonly Find[] {
  const taken = takenPlaces(text.length);
  const findPlaces = placesIn(text);
  const named = (names: readonly string[], code: 'trace_persona' | 'trace_file_title'): Find[] =>
    names
      .filter((name) => name.trim().length > 1)
      .flatMap((name) => [...new Set([name, saidOf(name)])])
      .flatMap((name) =>
        findPlaces(name).flatMap(([start, end]): Find[] => {
          if (!taken.isFree(start, end)) return [];
          taken.take(start, end);
          return [{ rule: 'W1', code, start, end, values: { text: clip(name) } }];
        }),
      );
  const finds = [...named(personas, 'trace_persona'), ...named(fileTitles, 'trace_file_title')];
  const spot = (pattern: RegExp, code: 'trace_hashtag' | 'trace_file_title'): Find[] =>
    matchesOf(pattern, text)
      .filter((match) => taken.isFree(match.index, match.index + match[0].length))
      .map((match) => ({ ...place('W1', match), code, values: { text: clip(match[0]) } }));
  return [...finds, ...(text.includes('#') ? spot(hashtag, 'trace_hashtag') : []), ...(text.includes('.') ? spot(fileTitle, 'trace_file_title') : [])];
}

/** A handle or a file's name as one says it: "NordicGhost" is Nordic Ghost, "hidden_budget.xlsx" hidden budget. */
export function saidOf(name: string): string {
  return name
    .replace(new RegExp(`\\.(?:${endings})$`, 'i'), '')
    .replaceAll(/[_.-]+/g, ' ')
    .replaceAll(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .trim();
}

function place<Rule extends Find['rule']>(rule: Rule, match: RegExpExecArray): { rule: Rule; start: number; end: number } {
  return { rule, start: match.index, end: match.index + match[0].length };
}

/** Where a name stands as words of their own, whatever its case and accents; the text is cut into words once for all names. */
function placesIn(text: string): (name: string) => readonly (readonly [start: number, end: number])[] {
  type Word = { key: string; start: number; end: number };
  let words: readonly Word[] | null = null;
  const begins = new Map<string, number[]>();
  const cut = (whole: string): Word[] =>
    matchesOf(word, whole).map((match) => ({ key: plainWord(match[0]), start: match.index, end: match.index + match[0].length }));
  return (name) => {
    if (words === null) {
      words = cut(text);
      for (const [index, { key }] of words.entries()) {
        const places = begins.get(key);
        if (places === undefined) begins.set(key, [index]);
        else places.push(index);
      }
    }
    const [known, wanted] = [words, cut(name).map(({ key }) => key)];
    return (begins.get(wanted[0] ?? '') ?? []).flatMap((index) => {
      const [first, last] = [known[index], known[index + wanted.length - 1]];
      const isHere = first !== undefined && last !== undefined && wanted.every((key, step) => known[index + step]?.key === key);
      return isHere ? [[first.start, last.end] as const] : [];
    });
  };
}
