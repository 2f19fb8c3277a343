/** A text as it will be read, with the way back to the places of the text as it was written. */
export type Folded = { text: string; placeOf(index: number): number };

const piece = /&#(?:x[0-9a-f]{1,6}|\d{1,7});|&[a-z]{2,8};|\\(?=[!-/:-@[-`{-~])|\p{Cf}|\p{Default_Ignorable_Code_Point}|[*`]|./gisu;
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
 * Line breaks stay. `placeOf(index of the folded text)` gives the UTF-16 offset in `text`.
 */
export function foldText(text: string): Folded {
  const parts: string[] = [];
  const places: number[] = [];
  const lines = text.replaceAll('\r', '\n');
  for (const match of lines.matchAll(piece)) {
    const plain = readPiece(match[0]);
    parts.push(plain);
    for (let unit = 0; unit < plain.length; unit += 1) places.push(match.index);
  }
  places.push(text.length);
  return { text: parts.join(''), placeOf: (index) => places[index] ?? text.length };
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

export type Sentence = { text: string; start: number };

const abbreviations = /(?:^|[\s(«"'])(?:M|MM|Mme|Mmes|Mlle|Dr|Pr|Me|Mr|Mrs|Ms|Prof|St|Ste|art|al|env|cf|p|no|vol|approx|\p{Lu})\.$/u;

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
  for (const { 0: mark, index } of text.matchAll(/\n|(?<![.!?…])[.!?…]{1,20}["»)\]]?(?=\s)/gu)) {
    const end = index + mark.length;
    if (mark === '\n' || !abbreviations.test(text.slice(Math.max(start, index - 8), end))) close(end);
  }
  close(text.length);
  return sentences;
}
