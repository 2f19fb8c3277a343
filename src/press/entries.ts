/**
 * A document (UTF-8) with its entries in front of the last `end` of the text, `between` each two of them. An entry has the same bytes in
 * every document, so whoever keeps them need not write it again.
 */
export function withEntries(text: string, end: string, entries: readonly Buffer[], between = ''): Buffer {
  const at = text.lastIndexOf(end);
  if (at < 0) throw new RangeError(`no ${end} in the frame`);
  const separator = Buffer.from(between);
  const parted = between === '' ? entries : entries.flatMap((entry, index) => (index === 0 ? [entry] : [separator, entry]));
  return Buffer.concat([Buffer.from(text.slice(0, at)), ...parted, Buffer.from(text.slice(at))]);
}
