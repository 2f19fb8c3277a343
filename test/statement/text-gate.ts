import fc from 'fast-check';
import t from 'tap';
import { z } from 'zod';
import { OnrecordError } from '../../src/errors.ts';
import { parse, plainText } from '../../src/http/zod.ts';
import { normaliseText, textIssue } from '../../src/statement/text-gate.ts';

t.test('what is invisible, reorders, or breaks a feed is found with its place', async (t) => {
  const refused = [
    0x00, 0x08, 0x0b, 0x0d, 0x1b, 0x7f, 0x85, 0xad, 0x61c, 0x200b, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069, 0xfdd0,
    0xfeff, 0xfffe, 0xffff, 0x1fffe, 0x10ffff, 0xe0041,
  ];
  for (const codePoint of refused) t.same(textIssue(`é🦉${String.fromCodePoint(codePoint)}x`), { codePoint, index: 3 }, codePoint.toString(16));
  for (const half of ['\ud800', '\udfff', 'a\udc00b', '\ud83dx']) t.ok(textIssue(half), JSON.stringify(half));
});

t.test('real texts pass', async (t) => {
  const fine = [
    '',
    'L’agence n’a constaté aucune « fuite » : 3 000 fichiers…',
    'Łódź, Ελλάδα, Київ, 東京, العربية',
    'two\nlines\tand a tab',
    '\u00a0\u202f',
    '🦉 🇫🇷',
  ];
  for (const text of fine) t.equal(textIssue(text), null, text);
});

t.test('a text is put into one form, and putting it there again changes nothing', async (t) => {
  t.equal(normaliseText('e\u0301te\u0301\r\nfin'), 'été\nfin');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const once = normaliseText(text);
      return textIssue(once) !== null || normaliseText(once) === once;
    }),
  );
});

t.test('a text that passes the gate is whole UTF-8 and legal XML', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      if (textIssue(text) !== null) return true;
      const isLegal = [...text].every((character) => /^[\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]$/u.test(character));
      return isLegal && Buffer.from(text).toString() === text;
    }),
  );
});

t.test('a request with a bad or long text is refused with its field', async (t) => {
  const schema = z.strictObject({ title: plainText(10), note: plainText(10) });
  const refusal = (input: unknown): unknown => {
    try {
      return parse(schema, input);
    } catch (error) {
      return error instanceof OnrecordError ? { code: error.code, issues: error.issues } : error;
    }
  };
  t.same(refusal({ title: 'e\u0301', note: 'a\r\nb' }), { title: 'é', note: 'a\nb' });
  t.same(refusal({ title: 'a\u202eb', note: '' }), {
    code: 'bad_text',
    issues: [{ field: 'title', code: 'bad_text', values: { codePoint: 'U+202E', index: 1 } }],
  });
  t.same(refusal({ title: '', note: 'x'.repeat(11) }), { code: 'too_long', issues: [{ field: 'note', code: 'too_long', values: { max: 10 } }] });
  t.same(refusal({ title: 7 }), {
    code: 'bad_request',
    issues: [
      { field: 'title', code: 'invalid' },
      { field: 'note', code: 'missing' },
    ],
  });
  t.match(refusal({ title: '', note: '', extra: 1 }), { code: 'bad_request', issues: [{ field: 'extra', code: 'unknown_field' }] });
  t.match(
    refusal({ title: '', note: '', '<b>extra</b>': 1 }),
    { code: 'bad_request', issues: [{ field: '', code: 'unknown_field' }] },
    'what is no name is not said again',
  );
});
