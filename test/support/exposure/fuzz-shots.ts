import fc from 'fast-check';
import { readTexts } from './markup-corpus.ts';
import { methods } from './public-questions.ts';

/** Requests that nobody sends by mistake, as data: which route, which form, and what is wrong with it. */

export type Change =
  | { change: 'value' | 'twice'; field: number; value: string }
  | { change: 'drop'; field: number }
  | { change: 'add'; name: string; value: string }
  | { change: 'many'; count: number };
const shapes = 'form json nested deep array number truncated twin multipart text xml utf-7 none large coded'.split(' ');
type Way = {
  headers: Readonly<Record<string, string>>;
  method: string | null;
  query: readonly (readonly [string, string])[];
  param: string | null;
  tail: string;
};
export type Shot = Way & { at: number; state: number; subject: number; changes: readonly Change[]; shape: string };

/** `mark` in one of these stands for the word that is looked for in the answer. */
export const mark = '\ue000';
/** Bytes of a form as they are, past any encoding. */
export const raw = '\ue001';

/** In test/corpus/hostile-values.jsonl the private-use letters stand for `mark` and `raw`. */
const lines = [
  ...readTexts('hostile-values'),
  ...['9'.repeat(400), '0'.repeat(64), 'x'.repeat(700), 'é'.repeat(21_000), 'x'.repeat(61_000), '👩‍👩‍👧‍👦'.repeat(30), 'a\u0300'.repeat(90)],
  ...['__a*'.repeat(200), '[['.repeat(300), '>'.repeat(100), '- '.repeat(80), '\t'.repeat(100)],
];
const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...lines) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text + mark) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => mark + text) },
);
const name = fc.constantFrom(
  ...'__proto__ constructor prototype hasOwnProperty toString __proto__[x] constructor.prototype.x a[b][c] a.b.c _csrf whole carried'.split(' '),
  ...'carriedTo next texts.en.title texts.xx.title artefacts.999.label.en languages after revision comments'.split(' '),
  ...[mark, '', ' ', '\u202e', 'x'.repeat(81), 'x'.repeat(5_000)],
);
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ change: fc.constantFrom('value' as const, 'value' as const, 'twice' as const), field: fc.nat(40), value }) },
  { weight: 1, arbitrary: fc.record({ change: fc.constant('drop' as const), field: fc.nat(40) }) },
  { weight: 2, arbitrary: fc.record({ change: fc.constant('add' as const), name, value }) },
  { weight: 1, arbitrary: fc.record({ change: fc.constant('many' as const), count: fc.constantFrom(150, 201, 900) }) },
);

/** Header values as node lets a client send them: one line of Latin letters. */
const headerValue = value.map((text) => text.replaceAll(/[^\x20-\x7e\u00a0-\u00ff\ue000]/g, '?').slice(0, 3_000));
const headerName = fc.constantFrom(
  ...'idempotency-key accept accept-language accept-encoding accept-datetime if-none-match range referer user-agent'.split(' '),
  ...'x-forwarded-for x-forwarded-host x-forwarded-proto forwarded cookie-more x-onrecord-passive x-http-method-override'.split(' '),
  ...'if-modified-since authorization sec-fetch-site te'.split(' '),
);
const odd: fc.Arbitrary<Readonly<Record<string, string>>> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  { weight: 5, arbitrary: fc.dictionary(headerName, headerValue, { maxKeys: 3 }) },
  { weight: 1, arbitrary: fc.constant(Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`x-flood-${at}`, `${at}`]))) },
);
const query = fc.oneof(
  { weight: 4, arbitrary: fc.constant([]) },
  {
    weight: 3,
    arbitrary: fc.array(fc.tuple(fc.constantFrom('q', 'page', 'done', 'next', 'template', 'person', 'since.at', 'part', 'language', '__proto__', 'x'), value), {
      maxLength: 3,
    }),
  },
);
const way = {
  headers: odd,
  method: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(...methods) }),
  query,
  param: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 2, arbitrary: value }),
  tail: fc.oneof(
    { weight: 8, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constantFrom('/', '/x', '/%20', '/constructor', '.json', '/..;/', '%', '/%E0%A4', `/${'y'.repeat(90)}`, '~') },
  ),
};
const numbers = { at: fc.nat(10_000), state: fc.nat(10_000), subject: fc.nat(10_000) };
const shape = fc.oneof({ weight: 5, arbitrary: fc.constant('form') }, { weight: 1, arbitrary: fc.constantFrom(...shapes) });

export const anyShot: fc.Arbitrary<Shot> = fc.record({ ...way, ...numbers, changes: fc.array(change, { maxLength: 3 }), shape });

/** The body of a form with what is wrong with it, and its type. */
export function bodyOf(
  fields: readonly (readonly [string, string])[],
  { changes, shape: form }: Pick<Shot, 'changes' | 'shape'>,
): { type: string | null; body: string; coding?: string } {
  const pairs = changes.reduce<(readonly [string, string])[]>(changed, [...fields]);
  const object = Object.fromEntries(pairs);
  const json = 'application/json';
  switch (form) {
    case 'json':
      return { type: json, body: JSON.stringify(object) };
    case 'nested':
      return {
        type: json,
        body: JSON.stringify(Object.fromEntries(pairs.map(([key, text], at) => [key, at % 2 === 0 ? [text, { [text]: 1 }, null] : { a: text }]))),
      };
    case 'deep':
      return { type: json, body: `${'{"a":['.repeat(300)}1${']}'.repeat(300)}` };
    case 'array':
      return { type: json, body: JSON.stringify([object, 1, null]) };
    case 'number':
      return { type: json, body: '1e999' };
    case 'truncated':
      return { type: json, body: JSON.stringify(object).slice(0, -2) };
    case 'twin':
      return { type: json, body: `{"_csrf":"a","_csrf":"b","__proto__":{"roles":["administrator"]},"revision":${'9'.repeat(30)}}` };
    case 'multipart':
      return { type: 'multipart/form-data; boundary=x', body: `--x\r\nContent-Disposition: form-data; name="title"\r\n\r\n${mark}\r\n--x--` };
    case 'text':
      return { type: 'text/plain', body: encoded(pairs) };
    case 'xml':
      return { type: 'application/xml', body: `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;${mark}</a>` };
    case 'utf-7':
      return { type: 'application/x-www-form-urlencoded; charset=utf-7', body: encoded(pairs) };
    case 'none':
      return { type: null, body: encoded(pairs) };
    case 'large':
      return { type: 'application/x-www-form-urlencoded', body: `${encoded(pairs)}&texts.en.known=${'x'.repeat(70_000)}` };
    case 'coded':
      return { type: 'application/x-www-form-urlencoded', body: encoded(pairs), coding: 'gzip' };
    default:
      return { type: 'application/x-www-form-urlencoded', body: encoded(pairs) };
  }
}

function changed(pairs: readonly (readonly [string, string])[], one: Change): (readonly [string, string])[] {
  if (one.change === 'add') return [...pairs, [one.name, one.value]];
  if (one.change === 'many') return [...pairs, ...Array.from({ length: one.count }, (_, at) => [`k${at}`, '1'] as const)];
  const at = pairs.length === 0 ? -1 : one.field % pairs.length;
  if (one.change === 'drop') return pairs.filter((_, index) => index !== at);
  const { value: text, change: how } = one;
  return pairs.flatMap(([key, standing], index): (readonly [string, string])[] => {
    if (index !== at) return [[key, standing]];
    return how === 'twice'
      ? [
          [key, standing],
          [key, text],
        ]
      : [[key, text]];
  });
}

function encoded(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([key, text]) => `${percent(key)}=${percent(text)}`).join('&');
}

/** Every UTF-16 unit that stands alone as it would stand in CESU-8: what no browser sends. */
export function percent(text: string): string {
  if (text.startsWith(raw)) return text.slice(1);
  return [...text]
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      const isLone = code >= 0xd800 && code <= 0xdfff;
      return isLone ? `%ED%${(0x80 | ((code >> 6) & 0x3f)).toString(16)}%${(0x80 | (code & 0x3f)).toString(16)}` : encodeURIComponent(character);
    })
    .join('');
}
