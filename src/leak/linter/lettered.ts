/** Up to U+02C1 the letters of Unicode and nothing else; beyond it whole scripts of the basic plane, with their marks and signs. */
const letters = String.raw`A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02c1\u02c6-\u02d1\u0370-\u1fff\u2c00-\u2dff\u3005-\ud7ff\uf900-\ufdff`;

/** A letter that stands by itself; any other escape, so that none is read in two; a class. */
const places = /\\p\{L\}|\\.|\[(?:\\.|[^\]\\])*\]/gsu;

/**
 * A pattern in which `\p{L}` is thirteen ranges. Unicode has 680 of them, 300 beyond the basic plane, and each place where a pattern asks for a
 * letter takes kilobytes of code: the patterns of the verdicts and of attribution ask in 900 places. On a folded text it finds the
 * same, unless a word touches a letter beyond the basic plane or one of eight rare ones, which are none here, or a sign of a script far from
 * Latin, which is one.
 * @param source of a pattern with the flag u, without `\P{L}` and without classes in classes
 * @param flags of the pattern
 */
export function lettered(source: string, flags: string): RegExp {
  const written = source.replaceAll(places, (piece) =>
    piece === '\\p{L}' ? `[${letters}]` : piece.startsWith('[') ? piece.replaceAll('\\p{L}', letters) : piece,
  );
  return new RegExp(written, flags);
}
