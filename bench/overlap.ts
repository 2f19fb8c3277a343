import { hash } from 'node:crypto';
import { overlapOf, type Sketch, shownFrom, sketchOf } from '../src/leak/fingerprint/sketch.ts';
import { fingerprintOfWords, readText, wordsOf } from '../src/leak/fingerprint/text.ts';
import { readAdvisories, readManuals, readPages, type Text } from './overlap-corpus.ts';
import { createRandom, type Edit, edits, type Random } from './overlap-edits.ts';

/**
 * How well the three levels know a text again, and how often they think of another. First table: texts after an edit; "same" is level 1,
 * "shown" an overlap of at least 30 %, both as shares of all texts, also of those that the edit left too short to be compared
 * ("short"). Second table: pairs of different texts. Deterministic. Usage: node bench/overlap.ts
 */
const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');
const print = (line: string): boolean => process.stdout.write(`${line}\n`);
const percent = (part: number, all: number, digits = 1): string => (all === 0 ? '–' : `${((100 * part) / all).toFixed(digits)} %`);

type Known = { text: Text; words: readonly string[]; same: string; sketch: Sketch };

/** What a register would hold of each text; of texts with the same words only the first. */
function learn(texts: readonly Text[]): readonly Known[] {
  const known = new Map<string, Known>();
  for (const text of texts) {
    const words = wordsOf(text.paragraphs.join('\n\n'));
    const same = fingerprintOfWords(words, sha256);
    if (!known.has(same)) known.set(same, { text, words, same, sketch: sketchOf(words) });
  }
  return [...known.values()];
}

function measureEdit(edit: Edit, texts: readonly Known[], random: Random): string {
  const strange = (): string => pick(pick(texts, random).words, random);
  const overlaps: number[] = [];
  let [same, short] = [0, 0];
  for (const known of texts) {
    const read = readText(edit.make(known.text, random, strange));
    if ('refused' in read) {
      short += 1;
      continue;
    }
    if (fingerprintOfWords(read.words, sha256) === known.same) same += 1;
    overlaps.push(overlapOf(known.sketch, sketchOf(read.words)));
  }
  overlaps.sort((a, b) => a - b);
  const shown = overlaps.filter((overlap) => overlap >= shownFrom).length;
  const median = overlaps[Math.floor(overlaps.length / 2)];
  const cells = [
    edit.name,
    percent(same, texts.length),
    percent(shown, texts.length),
    percent(shown, overlaps.length),
    median ?? '–',
    overlaps[0] ?? '–',
    short,
  ];
  return `| ${cells.join(' | ')} |`;
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}

type Pair = { one: Known; other: Known; overlap: number };

function measurePairs(name: string, texts: readonly Known[], isWanted: (one: Text, other: Text) => boolean): readonly Pair[] {
  let pairs = 0;
  const shown: Pair[] = [];
  for (const [place, one] of texts.entries()) {
    for (const other of texts.slice(place + 1)) {
      if (!isWanted(one.text, other.text)) continue;
      pairs += 1;
      const overlap = overlapOf(one.sketch, other.sketch);
      if (overlap >= shownFrom) shown.push({ one, other, overlap });
    }
  }
  const wrong = shown.filter(({ one, other }) => trueOverlap(one.words, other.words) < shownFrom / 100).length;
  print(`| ${name} | ${texts.length} | ${pairs} | ${shown.length} | ${percent(shown.length, pairs, 4)} | ${wrong} |`);
  return shown.sort((a, b) => b.overlap - a.overlap);
}

/** The share of shingles in common, counted. */
function trueOverlap(one: readonly string[], other: readonly string[]): number {
  const shingles = (words: readonly string[]): Set<string> => new Set(words.slice(4).map((_, place) => words.slice(place, place + 5).join(' ')));
  const [a, b] = [shingles(one), shingles(other)];
  const common = [...a].filter((shingle) => b.has(shingle)).length;
  return common / (a.size + b.size - common);
}

const published = learn(readAdvisories('as published'));
const own = learn(readAdvisories('own words'));
const manuals = learn(readManuals());
const pages = learn(readPages());
const all = [...published, ...manuals, ...pages];
print(
  `${published.length} advisories, ${manuals.length} manuals, ${pages.length} pages of at least 200 words; ${own.length} advisories have 200 words of their own`,
);

const header = '| edit | same | shown | shown of those compared | median overlap | least | short |\n|---|---|---|---|---|---|---|';
const accented = all.filter(({ text }) => (text.paragraphs.join(' ').match(/\p{Script=Latin}\p{M}|[à-öø-ÿœ]/giu)?.length ?? 0) > 10);
print(`\n${header}`);
for (const edit of edits) print(measureEdit(edit, edit.name === 'accents stripped' ? accented : all, createRandom(20_161_107)));
print(`(accents stripped: of the ${accented.length} texts that have more than ten)`);

print('\n| pairs | texts | pairs | shown | share | of these truly under 30 % |\n|---|---|---|---|---|---|');
const isOther = (one: Text, other: Text): boolean => one.author !== other.author;
const strangers = measurePairs('unrelated: different authors, own words', [...own, ...manuals, ...pages], isOther);
measurePairs('one author', [...own, ...manuals, ...pages], (one, other) => !isOther(one, other));
measurePairs("one coordinator's form, different vendors", published, isOther);
for (const { one, other, overlap } of strangers.slice(0, 12))
  print(`  ${overlap} %: ${one.text.name} (${one.text.author}) and ${other.text.name} (${other.text.author})`);
