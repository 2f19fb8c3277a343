/** Letters of Unicode and nothing else: Latin, Greek, Cyrillic. A blank or a sign among them would end no word, and lead two ways through a turn. */
const letters = String.raw`A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02c1\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03f5\u03f7-\u0481\u048a-\u052f\u1e00-\u1eff`;

/** A letter that stands by itself; any other escape, so that none is read in two; a class. */
const places = /\\p\{L\}|\\.|\[(?:\\.|[^\]\\])*\]/gsu;

/**
 * A pattern in which `\p{L}` is sixteen ranges. Unicode has some 680, 300 beyond the basic plane, and each place where a pattern asks for a
 * letter takes kilobytes of code: the patterns of the verdicts and of attribution ask in 900 places. A letter of any other script ends a
 * word, as a blank does.
 * @param source of a pattern with the flag u, without `\P{L}` and without classes in classes
 * @param flags of the pattern
 */
export function lettered(source: string, flags: string): RegExp {
  const written = source.replaceAll(places, (piece) =>
    piece === '\\p{L}' ? `[${letters}]` : piece.startsWith('[') ? piece.replaceAll('\\p{L}', letters) : piece,
  );
  return new RegExp(written, flags);
}
