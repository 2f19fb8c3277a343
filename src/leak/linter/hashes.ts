import type { LintCode } from './issue.ts';
import { matchesOf } from './matches.ts';

/** Plain hashes: whole, in groups, cut by a blank or a line's end, or in base64. Each finds a file in archives, scanners or networks. */

export type Hash = { code: LintCode; start: number; end: number };

const runs = /(?<![\p{L}\p{N}])[0-9a-f]{2,128}(?:(?:[ :-]|\s?\n)[0-9a-f]{2,128}){0,40}(?![\p{L}\p{N}])/giu;
const hexadecimal = /[0-9a-f]+/gi;
const encoded = /(?<![\p{L}\p{N}+/=_])(?:sha-?(?:256|384|512)-)?[A-Za-z0-9+/_-]{43}(?![A-Za-z0-9+/_-])=?/gu;
const lengths: Readonly<Record<number, LintCode>> = { 32: 'locator_hash', 40: 'locator_infohash', 64: 'locator_hash', 96: 'locator_hash', 128: 'locator_hash' };
/** A commit or a PGP key's print has the length of an infohash. */
const otherCue =
  /(?:commit|r[ée]vision|open-?pgp|pgp|gpg|cl[ée]|key|uuid|identifiant de (?:requ[êe]te|session)|request id)[\p{L}\s]{0,24}[^\p{L}\p{N}]{0,4}$/iu;
const shaCue = /(?:\bsha|empreinte|hash|digest|condensat|checksum|somme de contr[ôo]le)[^.!?\n]{0,40}$/iu;

export function findHashes(text: string): readonly Hash[] {
  if (!/[0-9a-f]{16}|(?:[0-9a-f]{2,16}[ :-]){7}|[A-Za-z0-9+/_-]{43}/i.test(text)) return [];
  const grouped = matchesOf(runs, text).flatMap((match) => (match[0].length < 32 ? [] : hashesIn(match[0], match.index, text)));
  const base64 = matchesOf(encoded, text)
    .filter(([found]) => /[a-z]/.test(found) && /[A-Z]/.test(found) && /\d/.test(found))
    .filter(({ 0: found, index }) => /^sha/i.test(found) || shaCue.test(text.slice(Math.max(0, index - 60), index)))
    .map(({ 0: found, index }): Hash => ({ code: 'locator_hash', start: index, end: index + found.length }));
  return [...grouped, ...base64];
}

type Token = { text: string; start: number; end: number };

/** In a row of hexadecimal words: one of a hash's length, up to four that make one, or a hash in equal groups. */
function hashesIn(run: string, offset: number, text: string): readonly Hash[] {
  const tokens = matchesOf(hexadecimal, run).map(
    (match): Token => ({
      text: match[0],
      start: offset + match.index,
      end: offset + match.index + match[0].length,
    }),
  );
  const hashes: Hash[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const count = hashAt(tokens, index);
    const [first, last] = [tokens[index], tokens[index + count - 1]];
    if (count === 0 || first === undefined || last === undefined) continue;
    const whole = tokens.slice(index, index + count).map((token) => token.text);
    const code = lengths[whole.join('').length];
    index += count - 1;
    if (code === undefined || isOther(whole.join(''), text.slice(Math.max(0, first.start - 60), first.start))) continue;
    hashes.push({ code, start: first.start, end: last.end });
  }
  return hashes;
}

/** How many words from here on are one hash; 0 where none begins. */
function hashAt(tokens: readonly Token[], index: number): number {
  let [total, longest] = [0, 0];
  const size = tokens[index]?.text.length ?? 0;
  let isEven = true;
  for (let count = 1; index + count <= tokens.length && count <= 33; count += 1) {
    const length = tokens[index + count - 1]?.text.length ?? 0;
    total += length;
    longest = Math.max(longest, length);
    isEven &&= length === size;
    if (total > 128) return 0;
    if (lengths[total] === undefined) continue;
    // A word more may belong to a longer hash: two halves of a SHA-256 are no two MD5.
    const next = tokens[index + count]?.text.length ?? 0;
    if (isEven && next === size && lengths[total + next] !== undefined && size >= 16) continue;
    if (count === 1 || (count <= 4 && longest >= 16)) return count;
    if (isEven && next !== size) return count;
  }
  return 0;
}

function isOther(hex: string, lead: string): boolean {
  return !/[a-f]/i.test(hex) || (hex.length <= 40 && otherCue.test(lead));
}
