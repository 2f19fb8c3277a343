import fc from 'fast-check';
import t from 'tap';
import { foldText } from '../../src/leak/linter/fold.ts';
import { lettered } from '../../src/leak/linter/lettered.ts';

const basicPlane = Array.from({ length: 0x10000 }, (_, point) => point).filter((point) => point < 0xd800 || point > 0xdfff);

t.test('each letter of the basic plane that a folded text can hold is one for a lettered pattern, but for eight rare ones', async (t) => {
  const [letter, byRanges] = [/^\p{L}$/u, lettered('^\\p{L}$', 'u')];
  const folded = new Set(basicPlane.map((point) => foldText(String.fromCodePoint(point)).text));
  const missed = [...folded].filter((text) => text.length === 1 && letter.test(text) && !byRanges.test(text));
  t.strictSame(missed, ['ˬ', 'ˮ', 'Ⅎ', 'ⅎ', 'Ↄ', 'ↄ', 'ⸯ', 'ﹳ']);
});

t.test('in Latin writing, and among signs that any text may hold, nothing else is a letter', async (t) => {
  const [letter, byRanges] = [/\p{L}/u, lettered('\\p{L}', 'u')];
  const others = basicPlane.filter((point) => point < 0x370 || (point >= 0x2000 && point < 0x2c00) || (point >= 0x1e00 && point < 0x1fbd));
  const added = others.map((point) => String.fromCodePoint(point)).filter((text) => byRanges.test(text) && !letter.test(text) && !/\p{Cn}/u.test(text));
  t.strictSame(added, []);
});

t.test('a lettered pattern finds in Latin writing what it finds as written, wherever it asks for a letter', async (t) => {
  const sources = [
    '(?<!\\p{L})a',
    '[\\p{L}-]+',
    '[^\\p{L}]',
    "\\[\\p{L}+\\]|'",
    '[\\]\\p{L}]+',
    '\\\\p\\{L\\}',
    '(?<one>[\\p{L}\\p{N}])(?!\\p{L}|\\])\\k<one>',
  ];
  const unit = fc.constantFrom('a', 'A', 'é', 'œ', 'ß', '1', '-', ' ', '[', ']', "'", '\\', 'p', '{', 'L', '}', 'ж', '½', '€');
  fc.assert(
    fc.property(fc.constantFrom(...sources), fc.constantFrom('gu', 'giu'), fc.string({ unit, maxLength: 40 }), (source, flags, text) => {
      const found = (pattern: RegExp) => [...text.matchAll(pattern)].map(({ index, ...match }) => [index, match]);
      t.strictSame(found(lettered(source, flags)), found(new RegExp(source, flags)));
    }),
    { numRuns: 2_000 },
  );
});
