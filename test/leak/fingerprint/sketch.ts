import fc from 'fast-check';
import t from 'tap';
import { encodeSketch, hashShingle, overlapOf, parseSketch, type Sketch, shownFrom, sketchOf, sketchSize } from '../../../src/leak/fingerprint/sketch.ts';
import { wordsOf } from '../../../src/leak/fingerprint/text.ts';
import { sketchVectors } from '../../support/fingerprint-vectors.ts';

/** Level 2: overlap of two texts. */

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
const sketchOfText = (text: string): Sketch => sketchOf(wordsOf(text));
const anySketch = fc.uint16Array({ minLength: sketchSize, maxLength: sketchSize });

t.test('another implementation gets the same hashes, sketches and overlaps', async (t) => {
  t.equal(hashShingle(utf8('onrecord-mh1')), sketchVectors.seed);
  for (const { text, hash } of sketchVectors.shingles) t.equal(hashShingle(utf8(text)), hash, text);
  const sketches = sketchVectors.sketches.map(({ text }) => sketchOfText(text));
  for (const [place, { name, sketch }] of sketchVectors.sketches.entries()) t.equal(encodeSketch(sketches[place] ?? new Uint16Array()), sketch, name);
  for (const { one, other, percent } of sketchVectors.overlaps) {
    const [a, b] = [sketches[one], sketches[other]];
    t.equal(a && b && overlapOf(a, b), percent, `${one} and ${other}`);
  }
});

t.test('the overlap is near the true share of common shingles, on average and each time', async (t) => {
  const errors = Array.from({ length: 120 }, (_, run) => {
    const words = (from: number, count: number): string[] => Array.from({ length: count }, (_, place) => `r${run}w${from + place}`);
    const shared = 5 * run;
    const [one, other] = [[...words(0, 600)], [...words(600 - shared, 600)]];
    const common = Math.max(0, shared - 4);
    return overlapOf(sketchOf(one), sketchOf(other)) / 100 - common / (2 * 596 - common);
  });
  t.ok(errors.every((error) => Math.abs(error) < 0.2));
  t.ok(Math.abs(errors.reduce((sum, error) => sum + error, 0) / errors.length) < 0.015);
});

t.test('an overlap is the same both ways, and a text overlaps itself whole', async () => {
  fc.assert(fc.property(anySketch, anySketch, (one, other) => overlapOf(one, other) === overlapOf(other, one) && overlapOf(one, one) === 100));
});

t.test('39 equal values of 128 are the first that are shown', async (t) => {
  const zero = new Uint16Array(sketchSize);
  const equalIn = (count: number): Sketch => Uint16Array.from({ length: sketchSize }, (_, place) => (place < count ? 0 : 1));
  t.equal(overlapOf(zero, equalIn(38)), 29);
  t.equal(overlapOf(zero, equalIn(39)), shownFrom);
  t.equal(overlapOf(zero, equalIn(127)), 99, 'a hundred is only for all');
});

t.test('order of sentences matters little, accents and capitals not at all', async (t) => {
  const french = sketchVectors.sketches.find(({ name }) => name === 'French')?.text ?? '';
  const sentences = french.split('. ');
  t.ok(overlapOf(sketchOfText(french), sketchOfText(sentences.toReversed().join('. '))) >= 50);
  t.equal(overlapOf(sketchOfText(french), sketchOfText(french.toUpperCase())), 100);
});

t.test('a sketch that was written is read; nothing else is', async (t) => {
  fc.assert(fc.property(anySketch, (sketch) => parseSketch(encodeSketch(sketch))?.join() === sketch.join()));
  const written = encodeSketch(new Uint16Array(sketchSize));
  t.equal(written.length, 344);
  const wrong = [
    '',
    written.slice(0, -1),
    ` ${written}`,
    `${written}\n`,
    written.replace('A', '-'),
    written.replace('A==', 'B=='),
    written.slice(4),
    `AAAA${written}`,
  ];
  for (const text of wrong) t.equal(parseSketch(text), null, text.slice(-8));
  fc.assert(fc.property(fc.string(), (text) => parseSketch(text) === null));
});

t.test('a short text has no sketch, and half a sketch no overlap', async (t) => {
  t.throws(() => sketchOf(Array.from({ length: 199 }, (_, place) => `w${place}`)), RangeError);
  t.throws(() => overlapOf(new Uint16Array(sketchSize), new Uint16Array(64)), RangeError);
  t.throws(() => encodeSketch(new Uint16Array(64)), RangeError);
});
