/**
 * All matches of a global pattern in a text, in order; a match may be empty. The pattern itself is run, and keeps its compiled code: for
 * `matchAll` the engine makes a copy, whose code is forgotten after two of its large collections, and compiles it anew for each text.
 * @throws RangeError for a pattern that is not global, which would find its first place for ever
 */
export function matchesOf(pattern: RegExp, text: string): readonly RegExpExecArray[] {
  if (!pattern.global) throw new RangeError('a pattern without the flag g');
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    found.push(match);
    if (match[0] === '') pattern.lastIndex += pattern.unicode && (text.codePointAt(pattern.lastIndex) ?? 0) > 0xffff ? 2 : 1;
  }
  return found;
}
