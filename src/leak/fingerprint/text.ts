import type { Sha256 } from './exact.ts';
import { toHex } from './hex.ts';

/**
 * Level 1, same text: the pipeline `txt1`. In order:
 * 1. Unicode normalisation form NFKC;
 * 2. the code points of `ignored` dropped: soft hyphen, zero-width, bidi controls, variation selectors, tags;
 * 3. lower case by the full, locale-free mapping of Unicode (UnicodeData and the unconditional part of SpecialCasing), then final
 *    sigma U+03C2 written U+03C3, so that it does not matter whether an implementation knows the one rule that looks at context;
 * 4. NFKC again, for what lower case or step 2 brought together;
 * 5. words: a letter (General_Category L) or digit (N: Nd, Nl, No) followed by as many letters, digits and marks (M) as come; whatever is
 *    between words, and a mark with no letter before it, is left out.
 * Marks stay within a word because in many scripts they are its vowels: without them different texts would count as the same.
 * The text is the words with one space (U+0020) between them; its fingerprint is
 * `SHA-256("onrecord-txt1:" + text)`, tag and text as UTF-8.
 * It is lower case and not case folding: `ß` stays, and so `STRASSE` and `Straße` differ. Scripts written without spaces (Chinese,
 * Japanese, Thai) are not divided: a run of them between two marks of punctuation is one word, so most such texts are refused as too short.
 *
 * Unicode versions: normalisation and the list of step 2 never change for a code point once assigned, and categories and lower case hardly ever;
 * a code point that an implementation's Unicode does not know yet is no letter to it. Two implementations may so differ on texts
 * with letters younger than the older one of them, and on no others.
 */
export const textTag = 'onrecord-txt1:';

/** Texts with fewer words are refused: their fingerprint could be reversed by trying texts. */
export const minimumWords = 200;
/** In UTF-16 code units of the text as given, about 3,000,000 words: a browser's memory is finite. */
export const maximumLength = 20_000_000;

/** Default_Ignorable_Code_Point of Unicode 17, written out so that it is the same everywhere: first and last of each range. */
export const ignored: readonly (readonly [first: number, last: number])[] = [
  [0x00ad, 0x00ad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfff8],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
];

const ranges = ignored.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`);
const isIgnored = new RegExp(`[${ranges.join('')}]`, 'gu');
const word = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

/** The words of any text under `txt1`, in order; lone surrogates separate words. Without limits: `readText` has them. */
export function wordsOf(text: string): readonly string[] {
  const lower = text.normalize('NFKC').replace(isIgnored, '').toLowerCase().replaceAll('ς', 'σ');
  return lower.normalize('NFKC').match(word) ?? [];
}

/** The words of a text that levels 1 and 2 may compare, or why they may not. */
export type TextReading = { words: readonly string[] } | { refused: 'too_short' | 'too_long' };

/**
 * The words of a decoded text (UTF-8 with U+FFFD for what is none: it only separates words). Refused: `too_long` over `maximumLength`,
 * `too_short` under `minimumWords`.
 */
export function readText(text: string): TextReading {
  if (text.length > maximumLength) return { refused: 'too_long' };
  const words = wordsOf(text);
  return words.length < minimumWords ? { refused: 'too_short' } : { words };
}

/** The level 1 fingerprint of the words of `readText`: 64 lower-case hex digits. */
export function fingerprintOfWords(words: readonly string[], sha256: Sha256): string {
  demandEnough(words);
  return toHex(sha256(new TextEncoder().encode(textTag + words.join(' '))));
}

/** Nothing that names a shorter text leaves this folder, whoever asks (RangeError: `readText` has refused it before). */
export function demandEnough(words: readonly string[]): void {
  if (words.length < minimumWords) throw new RangeError(`${words.length} words are too few: ${minimumWords} at least`);
}
