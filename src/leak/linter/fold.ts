import { matchesOf } from './matches.ts';

/** A text as it will be read, with the way back to the places of the text as it was written. */
export type Folded = { text: string; placeOf(index: number): number; endOf(index: number): number };

const pieces = String.raw`&#(?:[xX][0-9a-fA-F]{1,6}|\d{1,7});|&[a-zA-Z]{2,8};|\\(?=[!-/:-@[-\x60{-~])|\p{Cf}|\p{Default_Ignorable_Code_Point}|[*\x60]|.`;
const written = new RegExp(String.raw`[\n\t !-%'-)+-[\]-_a-~]+|${pieces}`, 'gsu');
/** What Markdown takes away: the target of a link, the brackets around its words, marks of emphasis and of strike-through. */
const marks = [
  String.raw`\]\(\s{0,9}(?:<[^<>\n]{0,500}>|[^\s()<>]{0,500}(?:\([^\s()<>]{0,99}\)[^\s()<>]{0,99})?)(?:\s{1,9}(?:"[^"]{0,200}"|'[^']{0,200}'|\([^()]{0,200}\)))?\s{0,9}\)`,
  String.raw`\]\[[^[\]\n]{0,80}\]`,
  String.raw`!?\[|\]`,
  '~{1,2}',
  String.raw`(?<![\p{L}\p{N}_])_{1,3}|_{1,3}(?![\p{L}\p{N}_])`,
];
const readable = new RegExp(String.raw`[\n\t "-%'()+-Z^a-}]+|(?<mark>${marks.join('|')})|${pieces}`, 'gsu');
const entities: Readonly<Record<string, string>> = {
  '&commat;': '@',
  '&period;': '.',
  '&colon;': ':',
  '&sol;': '/',
  '&lowbar;': '_',
  '&hyphen;': '-',
  '&dash;': '-',
  '&num;': '#',
  '&plus;': '+',
  '&nbsp;': ' ',
  '&amp;': '&',
  '&shy;': '',
};
const spelled: Readonly<Record<string, string>> = { '’': "'", ʼ: "'", '‘': "'", '‐': '-', '‑': '-', '−': '-', '\u3002': '.', '\uff0e': '.', '\u2024': '.' };

/**
 * Undoes what hides a word from a pattern and not from a reader: character references, backslashes, emphasis marks, zero-width and
 * bidirectional characters, full-width and other compatibility forms (NFKC, code point by code point), curly apostrophes, odd hyphens.
 * Line breaks stay. `placeOf(index of the folded text)` gives the UTF-16 offset in `text`, `endOf` the same for what ends there: the
 * marks that follow are no part of it.
 */
export function foldText(text: string): Folded {
  return fold(text, written);
}

/** The same of the text as a page shows it: links are their words, emphasis is gone. Null where Markdown hides nothing. */
export function readText(text: string): Folded | null {
  return /[[\]_~]/.test(text) ? fold(text, readable) : null;
}

function fold(text: string, pattern: RegExp): Folded {
  const parts: string[] = [];
  const steps: Step[] = [];
  let length = 0;
  for (const match of matchesOf(pattern, text.replaceAll('\r', '\n'))) {
    const isRun = /^[\n\t -~]{2,}$/.test(match[0]) && match.groups?.mark === undefined && !match[0].startsWith('&');
    const plain = isRun ? match[0] : match.groups?.mark === undefined ? readPiece(match[0]) : '';
    if (plain === '') continue;
    steps.push({ from: length, start: match.index, end: match.index + match[0].length, isRun });
    parts.push(plain);
    length += plain.length;
  }
  return {
    text: widened(parts.join('')),
    placeOf: (index) => (index >= length ? text.length : placeIn(steps, index).start),
    endOf: (index) => (index <= 0 ? 0 : placeIn(steps, index - 1).end),
  };
}

/**
 * The same text, held with two bytes a letter: V8 compiles a pattern once for texts of one byte a letter and once for those of two. A part of
 * a text is held as the whole is, unless it is shorter than 13 letters.
 */
function widened(text: string): string {
  return `\u2028${text}`.slice(1);
}

/** A piece of the folded text: of a run each character keeps its place, of anything else all stand for the whole. */
type Step = { from: number; start: number; end: number; isRun: boolean };

function placeIn(steps: readonly Step[], index: number): { start: number; end: number } {
  let [low, high] = [0, steps.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((steps[middle]?.from ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  const { from, start, end, isRun } = steps[low] ?? { from: 0, start: 0, end: 0, isRun: false };
  return isRun ? { start: start + index - from, end: start + index - from + 1 } : { start, end };
}

function readPiece(found: string): string {
  if (found.length > 2 && found.startsWith('&') && found.endsWith(';')) return readEntity(found);
  if (found === '\\' || found === '*' || found === '`' || /^(?:\p{Cf}|\p{Default_Ignorable_Code_Point})$/u.test(found)) return '';
  return spelled[found] ?? foldCharacter(found);
}

function foldCharacter(character: string): string {
  if (character <= '\u007f') return character;
  const folded = character.normalize('NFKC');
  // A few characters stand for whole phrases: folding them would let a text grow eighteenfold.
  return folded.length > 4 ? character : (spelled[folded] ?? folded);
}

function readEntity(found: string): string {
  const code = /^&#x([0-9a-f]+);$/i.exec(found)?.[1];
  const decimal = /^&#(\d+);$/.exec(found)?.[1];
  const point = code !== undefined ? Number.parseInt(code, 16) : decimal !== undefined ? Number(decimal) : null;
  if (point !== null) return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? foldCharacter(String.fromCodePoint(point)) : found;
  return entities[found.toLowerCase()] ?? found;
}

/** Letters without their marks, lower case: how words are compared. */
export function plainWord(word: string): string {
  return word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** Letters whose small form is another here than everywhere: what a pattern with the flags i and u takes them for, and none for U+0130. */
const small: Readonly<Record<string, string>> = { '\u0130': '\u0131', '\u017f': 's', '\u0345': '\u03b9' };

/**
 * A text in small letters, of the same length and with everything in its place: patterns in small letters find there what they would find
 * in the text with the flags i and u, and compile in a third of the time.
 */
export function lowered(text: string): string {
  return text.replaceAll(/\u0130|\u017f|\u0345/g, (odd) => small[odd] ?? odd).toLowerCase();
}

export type Sentence = { text: string; start: number };

const abbreviations = /(?:^|[\s(«"'])(?:M|MM|Mme|Mmes|Mlle|Dr|Pr|Me|Mr|Mrs|Ms|Prof|St|Ste|art|al|env|cf|p|no|vol|approx|\p{Lu})\.$/u;

const ends = /\n|(?<![.!?…])[.!?…]{1,20}["»)\]]?(?=\s)/gu;

/** Sentences of a text with their places; a line break always ends one. */
export function sentencesOf(text: string): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  const close = (end: number): void => {
    const whole = text.slice(start, end);
    const lead = whole.length - whole.trimStart().length;
    if (whole.trim() !== '') sentences.push({ text: whole.trim(), start: start + lead });
    start = end;
  };
  for (const { 0: mark, index } of matchesOf(ends, text)) {
    const end = index + mark.length;
    if (mark === '\n' || !abbreviations.test(text.slice(Math.max(start, index - 8), end))) close(end);
  }
  close(text.length);
  return sentences;
}
