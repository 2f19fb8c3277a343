/** Which of two `tracking.version` is newer: below 0, 0 or above 0 as for sorting. An integer n stands as n.0.0 (CSAF 2.0 §3.1.11, SemVer 2.0.0 §11); build metadata counts for nothing. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [readVersion(a), readVersion(b)];
  for (const place of [0, 1, 2] as const) {
    const order = compareNumbers(left.core[place], right.core[place]);
    if (order !== 0) return order;
  }
  return comparePrereleases(left.before, right.before);
}

type Core = readonly [string, string, string];

function readVersion(version: string): { core: Core; before: readonly string[] } {
  const [whole = '', ...before] = (version.split('+')[0] ?? '').split('-');
  const [major = '0', minor = '0', patch = '0'] = whole.split('.');
  return { core: [major, minor, patch], before: before.length === 0 ? [] : before.join('-').split('.') };
}

/** Digits without leading zeros, of any length. */
function compareNumbers(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}

/** A version comes after each of its pre-releases. */
function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (const [place, left] of a.entries()) {
    const right = b[place];
    if (right === undefined) return 1;
    const [isNumber, isOtherNumber] = [/^\d+$/.test(left), /^\d+$/.test(right)];
    const order =
      isNumber && isOtherNumber ? compareNumbers(left, right) : Number(isOtherNumber) - Number(isNumber) || (left < right ? -1 : Number(left > right));
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
