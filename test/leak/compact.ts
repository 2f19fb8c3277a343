import fc from 'fast-check';
import t from 'tap';
import { compact } from '../../src/leak/linter/compact.ts';
import { foldText } from '../../src/leak/linter/fold.ts';

const basicPlane = Array.from({ length: 0x10000 }, (_, point) => point).filter((point) => point < 0xd800 || point > 0xdfff);

t.test('what a compact pattern takes for a letter is one, and never a blank', async (t) => {
  const [letter, blank, byRanges] = [/\p{L}/u, /\s/u, compact('\\p{L}', 'u')];
  const all = Array.from({ length: 0x110000 }, (_, point) => String.fromCodePoint(point)).filter((text) => byRanges.test(text));
  t.strictSame(
    all.filter((text) => !letter.test(text) || blank.test(text)),
    [],
  );
});

t.test('each letter of Latin, Greek and Cyrillic that a folded text can hold is one for it, up to U+1EFF and but for rare ones', async (t) => {
  const [letter, byRanges] = [/^(?=\p{L})[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]$/u, compact('^\\p{L}$', 'u')];
  const folded = new Set(basicPlane.filter((point) => point < 0x1f00).map((point) => foldText(String.fromCodePoint(point)).text));
  const missed = [...folded].filter((text) => letter.test(text) && !byRanges.test(text));
  t.strictSame(
    missed.filter((text) => !/[\u0370-\u037f\u1c80-\u1c8a\u1d00-\u1dbf]/.test(text)),
    [],
  );
});

t.test('a compact pattern finds in Latin writing what it finds as written, wherever it asks for a letter and however its groups stand', async (t) => {
  const sources = [
    '(?<!\\p{L})a',
    '[\\p{L}-]+',
    '[^\\p{L}]',
    "\\[\\p{L}+\\]|'",
    '[\\]\\p{L}]+',
    '\\\\p\\{L\\}',
    '(?<one>[\\p{L}\\p{N}])(?!\\p{L}|\\])\\k<one>',
    '(?:a|é+|(?:ж|1){2,3}?)(?:-(?:a|A|é)){0,3}?(?:\\s|$)',
    '(?<!(?:a|é) )(?:(?:A|1)(?:é|œ)*)+(?![(?:]|(?:L|p))',
    '[(?:\\p{L}]+?(?:[)]|\\(?:?L)',
  ];
  const unit = fc.constantFrom('a', 'A', 'é', 'œ', 'ß', '1', '-', ' ', '[', ']', "'", '\\', 'p', '{', 'L', '}', '(', '?', ':', ')', 'ж', '½', '€');
  fc.assert(
    fc.property(fc.constantFrom(...sources), fc.constantFrom('gu', 'giu'), fc.string({ unit, maxLength: 40 }), (source, flags, text) => {
      const found = (pattern: RegExp) => [...text.matchAll(pattern)].map(({ index, ...match }) => [index, match]);
      t.strictSame(found(compact(source, flags)), found(new RegExp(source, flags)));
    }),
    { numRuns: 2_000 },
  );
});
