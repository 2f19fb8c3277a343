import type { Text } from './overlap-corpus.ts';

/** What happens to a text on its way: each edit is given a text, a number source, and strange words to put in. */

export type Random = () => number;
export type Edit = { name: string; make: (text: Text, random: Random, strange: () => string) => string };

/** The same numbers each run (mulberry32): from 0 to under 1. */
export function createRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

const whole = ({ paragraphs }: Text): string => paragraphs.join('\n\n');
const wordsOf = (text: Text): string[] => whole(text).split(/\s+/);
const many = (count: number, strange: () => string): string => Array.from({ length: count }, strange).join(' ');

function shuffle<Item>(items: readonly Item[], random: Random): readonly Item[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** So many words, here and there, become others. */
function scatter(text: Text, count: number, random: Random, strange: () => string): string {
  const words = wordsOf(text);
  const chosen = new Set(shuffle([...words.keys()], random).slice(0, count));
  return words.map((word, place) => (chosen.has(place) ? strange() : word)).join(' ');
}

const scatterShare =
  (share: number): Edit['make'] =>
  (text, random, strange) =>
    scatter(text, Math.round(wordsOf(text).length * share), random, strange);

/** One passage of that share of the words becomes another of the same length. */
const replacePassage =
  (share: number): Edit['make'] =>
  (text, random, strange) => {
    const words = wordsOf(text);
    const count = Math.round(words.length * share);
    const first = Math.floor(random() * (words.length - count));
    return [...words.slice(0, first), many(count, strange), ...words.slice(first + count)].join(' ');
  };

export const edits: readonly Edit[] = [
  { name: 'wrapped, quoted, capitals, other quotation marks', make: (text) => `> ${whole(text).replaceAll("'", '’').replaceAll(' ', '\n> ').toUpperCase()}` },
  { name: 'accents stripped', make: (text) => whole(text).normalize('NFD').replace(/\p{M}/gu, '') },
  { name: '5 words changed', make: (text, random, strange) => scatter(text, 5, random, strange) },
  {
    name: 'one paragraph removed',
    make: (text, random) => whole({ ...text, paragraphs: text.paragraphs.toSpliced(Math.floor(random() * text.paragraphs.length), 1) }),
  },
  {
    name: 'one paragraph of 60 words added',
    make: (text, random, strange) =>
      whole({ ...text, paragraphs: text.paragraphs.toSpliced(Math.floor(random() * (text.paragraphs.length + 1)), 0, many(60, strange)) }),
  },
  { name: 'header of 40 and footer of 60 words added', make: (text, _random, strange) => `${many(40, strange)}\n${whole(text)}\n${many(60, strange)}` },
  { name: 'paragraphs reordered', make: (text, random) => whole({ ...text, paragraphs: shuffle(text.paragraphs, random) }) },
  {
    name: 'truncated to half',
    make: (text) =>
      wordsOf(text)
        .slice(0, Math.ceil(wordsOf(text).length / 2))
        .join(' '),
  },
  { name: '10 % of words changed, here and there', make: scatterShare(0.1) },
  { name: '30 % of words changed, in one passage', make: replacePassage(0.3) },
  { name: '30 % of words changed, here and there', make: scatterShare(0.3) },
  { name: '50 % of words changed, in one passage', make: replacePassage(0.5) },
  { name: '50 % of words changed, here and there', make: scatterShare(0.5) },
];
