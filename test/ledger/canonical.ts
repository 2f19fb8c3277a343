import fc from 'fast-check';
import t from 'tap';
import { type Entry, encodeEntry, parseEntry } from '../../src/ledger/entry.ts';
import { canonicalise } from '../../src/ledger/jcs.ts';

await t.test('members are sorted by UTF-16 code units, whatever their order was (RFC 8785 §3.2.3)', async (t) => {
  const value = { '\u20ac': 'euro', '\r': 'return', '\ufb33': 'dalet', '1': 'one', '\u{1f600}': 'smiley', '\u0080': 'control', ö: 'o umlaut' };
  const expected = '{"\\r":"return","1":"one","\u0080":"control","ö":"o umlaut","\u20ac":"euro","\u{1f600}":"smiley","\ufb33":"dalet"}';
  t.equal(canonicalise(value), expected);
});

await t.test('text is escaped in the one short way (RFC 8785 §3.2.2.2)', async (t) => {
  t.equal(canonicalise('\u0000\b\t\n\f\r"\\\u001f/é€😀'), '"\\u0000\\b\\t\\n\\f\\r\\"\\\\\\u001f/é€😀"');
  t.equal(canonicalise([true, null, -0, 9007199254740991, [], {}]), '[true,null,0,9007199254740991,[],{}]');
});

await t.test('what no schema lets through is refused', async (t) => {
  for (const value of [1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, undefined, { a: undefined }, [undefined], 1n, new Date(), new Map(), () => 1]) {
    t.throws(() => canonicalise(value), TypeError);
  }
  for (const value of ['\ud800', { '\udc00': 1 }, ['a\ud800b']]) t.throws(() => canonicalise(value), { code: 'bad_text' });
});

await t.test('parsing and writing again gives the same text', async () => {
  const leaf = fc.oneof(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger(), fc.boolean(), fc.constant(null));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('value')), fc.dictionary(fc.string(), tie('value'), { noNullPrototype: false })),
  }));
  fc.assert(
    fc.property(value, (item) => {
      const text = canonicalise(item);
      return canonicalise(JSON.parse(text)) === text;
    }),
    { numRuns: 500 },
  );
});

const entry: Entry = {
  type: 'https://record.agency.example/vocab/log-entry/v1',
  event: 'correction',
  at: '2026-11-14T12:30:00.000Z',
  statement: '2026-0042',
  prev: 84,
  version: 2,
  files: [{ name: '/statements/2026-0042/v/2.json', type: 'application/json', sha256: 'a'.repeat(64), bytes: 436 }],
};

await t.test('an entry has the bytes of its specification', async (t) => {
  t.equal(
    encodeEntry(entry).toString(),
    `{"at":"2026-11-14T12:30:00.000Z","event":"correction","files":[{"bytes":436,"name":"/statements/2026-0042/v/2.json","sha256":"${'a'.repeat(64)}","type":"application/json"}],"prev":84,"statement":"2026-0042","type":"https://record.agency.example/vocab/log-entry/v1","version":2}`,
  );
  t.same(parseEntry(encodeEntry(entry)), entry);
});

await t.test('only the canonical bytes of an entry are an entry', async (t) => {
  const text = encodeEntry(entry).toString();
  const others = [
    ` ${text}`,
    `${text}\n`,
    text.replace('"prev":84', '"prev":84.0'),
    text.replace('"at"', '"\\u0061t"'),
    text.slice(0, -1),
    '',
    'null',
    `\ufeff${text}`,
  ];
  for (const other of [...others, text.replace('{"at"', '{"a":1,"at"'), text.replace('correction', 'erratum'), JSON.stringify(entry)]) {
    t.throws(() => parseEntry(Buffer.from(other)), { code: 'store_corrupt' });
  }
  t.throws(() => parseEntry(Buffer.from([0xff, 0xfe])), { code: 'store_corrupt' });
});

await t.test('an entry has at most 16 KiB', async (t) => {
  const [file] = entry.files ?? [];
  const many = { ...entry, files: Array.from({ length: 120 }, () => ({ name: '', type: '', sha256: '', bytes: 0, ...file })) };
  t.throws(() => encodeEntry(many), { code: 'too_long' });
  t.throws(() => parseEntry(Buffer.from(canonicalise(many))), { code: 'store_corrupt' });
});
