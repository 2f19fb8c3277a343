import { diffArrays } from 'diff';
import type { Issue } from '../errors.ts';
import { matchesOf } from '../leak/linter/matches.ts';
import type { Content, Language, Texts } from './schema.ts';
import { sections } from './sections.ts';
import { classifyWord, foldAccents, type WordClass } from './sensitive-words.ts';

type Token = { word: string; key: string; class: WordClass | null };

/** More changed words than this in one field is no editorial change, whatever the words are. */
const mostChangedWords = 200;
const word =
  /(?:https?:\/\/|www\.)[^\s<>()]+|[^\s@<>()]{1,64}@[^\s@<>()]+|[-−+]?\d[\p{L}\p{N}.,:/-]*|\p{L}+n['’]t(?!\p{L})|\p{L}[\p{L}\p{M}]*['’](?=\p{L})|\p{L}[\p{L}\p{M}\p{N}]*|[%‰€$£°]|~+/gu;
const emphasis = /(?<=\p{L})[*_~`]{1,6}(?=\p{L})/gu;

/**
 * Where an `editorial` version would change meaning (workflow.md, transition 20): any fact, any language, or a text whose changed
 * words touch a negation, number, date, hash, URL, proper name, verdict or modal word. Empty when only style and spelling changed.
 */
export function meaningChanges(before: Content, after: Content): readonly Issue[] {
  const facts = Object.entries(withoutTexts(before)).flatMap(([field, value]) =>
    JSON.stringify(value) === JSON.stringify(Object.entries(withoutTexts(after)).find(([name]) => name === field)?.[1])
      ? []
      : [{ field, code: 'editorial_fact' }],
  );
  return [...facts, ...after.languages.flatMap((language) => textChanges(before.texts[language], after.texts[language], language))];
}

function withoutTexts({ texts: _texts, correctsVersion: _corrects, house: _house, ...facts }: Content): Omit<Content, 'texts' | 'correctsVersion' | 'house'> {
  return facts;
}

function textChanges(before: Texts | undefined, after: Texts | undefined, language: Language): readonly Issue[] {
  const names = ['title', 'summary', ...sections, 'nextUpdateReason'] as const;
  return names.flatMap((name) => {
    const field = `texts.${language}.${name}`;
    const changed = changedTokens(before?.[name] ?? '', after?.[name] ?? '');
    if (changed === null) return [{ field, code: 'editorial_too_much' }];
    const [first] = changed.filter((token) => token.class !== null);
    return first === undefined ? [] : [{ field, code: `editorial_${first.class}`, values: { word: first.word } }];
  });
}

/** Tokens removed or added between two texts; null when there are more than `mostChangedWords`. */
function changedTokens(before: string, after: string): readonly Token[] | null {
  if (before === after) return [];
  const parts = diffArrays(tokenise(before), tokenise(after), { comparator: (left, right) => left.key === right.key, maxEditLength: mostChangedWords });
  return parts === undefined ? null : parts.filter((part) => part.added || part.removed).flatMap((part) => part.value);
}

/** Words, numbers and addresses of a text in order, as they stand in it; the key folds accents, never case, so that spelling may be mended. */
export function tokenise(marked: string): Token[] {
  const { text, places } = withoutEmphasis(marked);
  return matchesOf(word, text).map((match) => {
    const found = match[0].replace(/(?<![.,:;/-])[.,:;/-]+$/, '').replaceAll('’', "'");
    const lead = text.slice(Math.max(0, match.index - 40), match.index);
    const startsSentence = /(^|[.!?…:*#>•-]|\n)\s*$/u.test(lead);
    const written = marked.slice(places[match.index], (places[match.index + found.length - 1] ?? 0) + 1).replaceAll('’', "'");
    return { word: written, key: foldAccents(found), class: classifyWord(found, startsSentence) };
  });
}

/** Emphasis inside a word is read as the word, `n*o*t` is a negation. `places`: where each UTF-16 unit of the text that is left stands. */
function withoutEmphasis(marked: string): { text: string; places: readonly number[] } {
  const gaps = new Set(matchesOf(emphasis, marked).flatMap(({ 0: signs, index }) => [...signs].map((_, step) => index + step)));
  const places = Array.from({ length: marked.length }, (_, place) => place).filter((place) => !gaps.has(place));
  return { text: places.map((place) => marked[place]).join(''), places };
}
