/** What no public text may hold: characters that are invisible, that reorder what is read, or that break a feed (record.md §1). */
const refused: readonly (readonly [number, number])[] = [
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfdd0, 0xfdef],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0xe0000, 0xe0fff],
];

function isRefused(codePoint: number): boolean {
  return (codePoint & 0xfffe) === 0xfffe || refused.some(([from, to]) => codePoint >= from && codePoint <= to);
}

/** Line ends become LF and letters NFC: the form that is stored and signed. Nothing else is changed; the rest is refused. */
export function normaliseText(text: string): string {
  return text.replaceAll('\r\n', '\n').normalize('NFC');
}

/** A text of somebody else without what may not stand in one of ours: the way to show it beside ours. */
export function withoutRefused(text: string): string {
  return textIssue(text) === null ? text : [...text].filter((character) => !isRefused(character.codePointAt(0) ?? 0)).join('');
}

/** The first code point that may not stand in a text, and its index in UTF-16 units; null when the text is clean. */
export function textIssue(text: string): { codePoint: number; index: number } | null {
  let index = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (isRefused(codePoint)) return { codePoint, index };
    index += character.length;
  }
  return null;
}
