/** Fits texts into boxes: the width of a text at size 1 is asked for, so this knows no font. */

/** @returns how far a text in one line moves on at font size 1, spaces at its ends included */
export type Measure = (text: string) => number;

const ellipsis = '…';
/** Widths of parts do not add up to the last hair: neighbours are kerned. */
const slack = 0.98;

type Segment = { text: string; width: number };

/** A text on one line of `width` at `size`: whole, or cut after a word and marked as cut. */
export function fitLine(text: string, size: number, width: number, measure: Measure): string {
  return wrap(text, (width * slack) / size, 1, measure).lines[0] ?? '';
}

/** A text on at most `lines` lines of `width`: in the first of `sizes` in which it stands whole, or else cut in the last one. */
export function fitTitle(text: string, width: number, sizes: readonly { size: number; lines: number }[], measure: Measure): { size: number; lines: string[] } {
  for (const { size, lines } of sizes) {
    const wrapped = wrap(text, (width * slack) / size, lines, measure);
    if (wrapped.isWhole) return { size, lines: wrapped.lines };
  }
  const { size, lines } = sizes.at(-1) ?? { size: 1, lines: 1 };
  return { size, lines: wrap(text, (width * slack) / size, lines, measure).lines };
}

function wrap(text: string, width: number, most: number, measure: Measure): { lines: string[]; isWhole: boolean } {
  const space = measure(' ');
  const lines: Segment[][] = [[]];
  let used = 0;
  for (const word of text.split(/[ \t\n\r]+/).filter(Boolean))
    for (const [index, part] of breakWord(word, width, measure).entries()) {
      const gap = used === 0 ? 0 : space;
      // The rest of a broken word begins a line of its own.
      if (used > 0 && (index > 0 || used + gap + part.width > width)) {
        lines.push([part]);
        used = part.width;
      } else {
        lines.at(-1)?.push(part);
        used += gap + part.width;
      }
    }
  const isWhole = lines.length <= most && lines.every((line) => fits(textOf(line), width, measure));
  if (isWhole) return { lines: lines.map(textOf), isWhole };
  const shown = lines.slice(0, most);
  const isCut = (index: number): boolean => lines.length > most && index === shown.length - 1;
  return { lines: shown.map((line, index) => (isCut(index) || !fits(textOf(line), width, measure) ? cut(line, width, measure) : textOf(line))), isWhole };
}

/** A word that is wider than a line falls into parts that are not. */
function breakWord(word: string, width: number, measure: Measure): readonly Segment[] {
  const whole = measure(word);
  if (whole <= width) return [{ text: word, width: whole }];
  const parts: Segment[] = [{ text: '', width: 0 }];
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    const last = parts.at(-1);
    const added = measure(segment);
    if (last === undefined || (last.text !== '' && last.width + added > width)) parts.push({ text: segment, width: added });
    else Object.assign(last, { text: last.text + segment, width: last.width + added });
  }
  return parts;
}

/** The last line that there is room for: its last words give way to the ellipsis, and where there is one word alone, its end does. */
function cut(line: readonly Segment[], width: number, measure: Measure): string {
  const words = line.map(({ text }) => text);
  while (words.length > 1 && measure(marked(words.join(' '))) > width) words.pop();
  const letters = [...new Intl.Segmenter().segment(words.join(' '))].map(({ segment }) => segment);
  while (letters.length > 1 && measure(marked(letters.join(''))) > width) letters.pop();
  return marked(letters.join(''));
}

function marked(text: string): string {
  return `${text.replace(/[\s.,;:!?(«“–-]+$/u, '')}${ellipsis}`;
}

/** Asked of a whole line at last: what its parts measure by themselves is near the truth and no more. */
function fits(line: string, width: number, measure: Measure): boolean {
  return measure(line) <= width / slack;
}

function textOf(line: readonly Segment[]): string {
  return line.map(({ text }) => text).join(' ');
}

/** The same measure, which asks for each text once. */
export function remember(measure: Measure): Measure {
  const known = new Map<string, number>();
  return (text) => {
    const width = known.get(text) ?? measure(text);
    known.set(text, width);
    return width;
  };
}
