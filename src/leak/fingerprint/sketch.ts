import { demandEnough } from './text.ts';

/**
 * Level 2, overlap: the sketch `mh1`, a MinHash of 5-word shingles. All arithmetic is on unsigned 32-bit integers, modulo 2^32.
 * 1. The words of `txt1` without their marks: the text in NFD, General_Category M dropped (accents are what a retyped text loses first).
 * 2. A shingle is five words in a row with one space between them, in UTF-8; its hash h is FNV-1a
 *    (32 bit, offset basis 2166136261, prime 16777619) of these bytes.
 * 3. Permutation k of 0..127: p(h) = mix(a·h + b), where mix is the finaliser of MurmurHash3 (`fmix32`) and, with G = 2654435769 and
 *    S = FNV-1a("onrecord-mh1") = 551145644, a = mix(S + (2k+1)·G) with its lowest bit set and b = mix(S + (2k+2)·G).
 * 4. Value k is the lower 16 bits of the least p(h) over all shingles.
 * Encoded: 128 values of 16 bits, high byte first, base64 (RFC 4648 §4) with padding: 344 characters.
 * The share of equal values estimates the share of shingles that two texts have in common (Jaccard); standard error up to 4.4 points.
 */
export type Sketch = Uint16Array;

export const sketchSize = 128;
const shingleWords = 5;
/** Overlaps under this are not shown: 39 equal values of 128 are the first that reach it. In percent. */
export const shownFrom = 30;

const golden = 0x9e3779b9;
const seed = hashShingle(new TextEncoder().encode('onrecord-mh1'));
const multipliers = Uint32Array.from({ length: sketchSize }, (_, k) => mix(seed + Math.imul(2 * k + 1, golden)) | 1);
const addends = Uint32Array.from({ length: sketchSize }, (_, k) => mix(seed + Math.imul(2 * k + 2, golden)));

/** The sketch of the words of `readText`; RangeError under its least number of words. */
export function sketchOf(words: readonly string[]): Sketch {
  demandEnough(words);
  const bytes = new TextEncoder().encode(words.join(' ').normalize('NFD').replace(/\p{M}/gu, ''));
  const starts = startsOfWords(bytes);
  const least = new Uint32Array(sketchSize).fill(0xffffffff);
  for (let first = 0; first + shingleWords < starts.length; first += 1) {
    // From a word's start to the space before the sixth.
    lower(least, hashShingle(bytes.subarray(starts[first], (starts[first + shingleWords] ?? 0) - 1)));
  }
  return Uint16Array.from(least);
}

/** How much of two texts is the same, in whole percent rounded down: an overlap, never a verdict. */
export function overlapOf(one: Sketch, other: Sketch): number {
  if (one.length !== sketchSize || other.length !== sketchSize) throw new RangeError(`a sketch has ${sketchSize} values`);
  return Math.floor((one.filter((value, place) => value === other[place]).length * 100) / sketchSize);
}

/** The sketch as 344 characters of base64. */
export function encodeSketch(sketch: Sketch): string {
  if (sketch.length !== sketchSize) throw new RangeError(`a sketch has ${sketchSize} values`);
  return btoa(String.fromCharCode(...Array.from(sketch).flatMap((value) => [value >>> 8, value & 0xff])));
}

/** The sketch that `encodeSketch` wrote; null for anything that it would not have written. */
export function parseSketch(text: string): Sketch | null {
  if (!/^[A-Za-z0-9+/]{342}==$/.test(text)) return null;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const sketch = Uint16Array.from({ length: sketchSize }, (_, place) => ((bytes[2 * place] ?? 0) << 8) | (bytes[2 * place + 1] ?? 0));
  return encodeSketch(sketch) === text ? sketch : null;
}

/** Where each word starts in words with one space between them, and one past the end as if another followed. */
function startsOfWords(bytes: Uint8Array): readonly number[] {
  const starts = [0];
  for (let place = 0; place < bytes.length; place += 1) if (bytes[place] === 0x20) starts.push(place + 1);
  return [...starts, bytes.length + 1];
}

function lower(least: Uint32Array, hash: number): void {
  for (let k = 0; k < sketchSize; k += 1) {
    const value = mix(Math.imul(multipliers[k] ?? 0, hash) + (addends[k] ?? 0));
    if (value < (least[k] ?? 0)) least[k] = value;
  }
}

/** FNV-1a, 32 bit. */
export function hashShingle(bytes: Uint8Array): number {
  let hash = 2166136261;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 16777619);
  return hash >>> 0;
}

/** `fmix32` of MurmurHash3: each value of 32 bits gives another one. */
function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
