import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import t from 'tap';
import { cleft, pointed, pointing } from '../../src/leak/linter/attribution-words.ts';
import { compact } from '../../src/leak/linter/compact.ts';
import { lowered } from '../../src/leak/linter/fold.ts';
import { lint } from '../../src/leak/linter/lint.ts';
import { matchesOf } from '../../src/leak/linter/matches.ts';
import { en } from '../../src/leak/linter/verdict-words-en.ts';
import { fr } from '../../src/leak/linter/verdict-words-fr.ts';
import { draftOf, readCorpus } from '../support/linter-corpus.ts';

const attributionsIn = (text: string): string[] =>
  lint(draftOf('fr', { advice: text }))
    .filter(({ rule }) => rule === 'B7')
    .map(({ start, end }) => text.slice(start, end));

t.test('all matches are those of matchAll, empty ones and those after an earlier use too', async (t) => {
  const patterns = [/\p{L}+/gu, /(?<one>a)|b*/gu, /(?=[𝔸a])/gu, /x?/g, /(?<![a-z])a/gi];
  fc.assert(
    fc.property(fc.constantFrom(...patterns), fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'x', ' ', 'é', '𝔸', '\ud835') }), (pattern, text) => {
      pattern.lastIndex = 2;
      const places = (matches: Iterable<RegExpExecArray>) => [...matches].map((match) => [match.index, ...match, match.groups?.one]);
      t.strictSame(places(matchesOf(pattern, text)), places(text.matchAll(new RegExp(pattern))));
    }),
  );
  t.throws(() => matchesOf(/a/u, 'a'), RangeError);
});

t.test('in small letters each character is what the flag i takes it for, and stands where it stood', async (t) => {
  const letters = 'abcdefghijklmnopqrstuvwxyzàâäçèéêëîïôöùûüœæ';
  const [anyCase, small] = [new RegExp(`[${letters}]`, 'iu'), new RegExp(`[${letters}]`, 'u')];
  const classes = ['\\p{L}', '\\p{N}', '\\w', '\\s', '\\d', '[\\p{L}\\p{M}]', '[^.!?]'].map((one) => [new RegExp(one, 'iu'), new RegExp(one, 'u')] as const);
  const isSame = (character: string): boolean => {
    const low = lowered(character);
    if (low.length !== character.length || !classes.every(([loose, strict]) => loose.test(character) === strict.test(low))) return false;
    const isOneOf = anyCase.test(character) || small.test(low);
    return !isOneOf || [...letters].every((letter) => new RegExp(letter, 'iu').test(character) === (letter === low));
  };
  const odd = Array.from({ length: 0x110000 }, (_, point) => point).filter((point) => !isSame(String.fromCodePoint(point)));
  t.strictSame(odd, []);
  t.equal(lowered('İSTANBUL, ÉTÉ, \u212a, ſ'), 'ıstanbul, été, k, s');
});

const ofLanguage = [fr, en].flatMap(({ signs, ...others }) => [...signs.map(({ words }) => words), ...Object.values(others)]);
const patterns = [...ofLanguage, ...pointing, ...cleft, pointed];

t.test('patterns that run on small letters are written in small letters', async (t) => {
  const letters = compact('\\p{L}', 'u').source.slice(1, -1);
  for (const { source, flags } of patterns) {
    const words = source.replaceAll(letters, '').replaceAll(/\\[pP]\{\w+\}|\\u[0-9a-f]{4}|\\[a-zA-Z]/g, '');
    t.notMatch(words, /\p{Lu}/u, words.slice(0, 80));
    t.notMatch(flags, 'i');
  }
});

t.test('each of them is compact: few ranges for a letter, one code for a group, and of a length for which V8 does its best', async (t) => {
  t.ok(patterns.length > 100);
  for (const { source } of patterns) {
    const name = source.slice(0, 80);
    t.notMatch(source, /\\p\{L\}/, name);
    t.notMatch(source, /(?<!\\|\(\?=\))\(\?:/, name);
    t.ok(source.length <= 20 * 1024, `${name}: ${source.length}`);
  }
});

t.test('a crew is named by a capital, everybody else in any case, and the words are shown as they were written', async (t) => {
  t.strictSame(attributionsIn("L'outil porte la MARQUE du gang Zorglub."), ['MARQUE du gang Zorglub']);
  t.strictSame(attributionsIn("L'outil porte la marque du gang\tÉlan."), ['marque du gang\tÉlan']);
  t.strictSame(attributionsIn("L'outil porte la marque du gang zorglub."), []);
  t.strictSame(attributionsIn("L'outil porte la marque du gang Z."), [], 'an initial is no name');
  for (const name of ['Sandworm', 'SANDWORM', 'sandworm', 'Gang Russe', 'groupe Fancy Bear', 'groupe fancy bear'])
    t.strictSame(attributionsIn(`L'outil porte la marque du ${name}.`), [`marque du ${name}`]);
});

t.test('a text is linted in milliseconds after many large collections', async (t) => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const texts = readCorpus('fr').slice(0, 20);
  const cost = (): number => {
    const begun = process.cpuUsage();
    for (const { input } of texts) lint(input);
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1000;
  };
  cost();
  for (let round = 0; round < 8; round += 1) collect();
  const after = cost();
  t.ok(after < 80, `${Math.round(after)} ms of CPU: the patterns were not compiled again`);
});
