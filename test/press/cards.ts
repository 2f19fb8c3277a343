import * as fc from 'fast-check';
import t from 'tap';
import { OnrecordError } from '../../src/errors.ts';
import { openPictureGate } from '../../src/http/picture-gate.ts';
import { cardSvg } from '../../src/press/cards/card-svg.ts';
import type { CardModel } from '../../src/press/cards/drawing.ts';
import { fitTitle } from '../../src/press/cards/fit.ts';
import type { Press } from '../../src/press/press.ts';
import type { Resource } from '../../src/press/resource.ts';
import { readPng } from '../support/png.ts';
import { createArchive, openTestPress } from '../support/press-fixtures.ts';
import { openPublicSite } from '../support/public-site.ts';
import { parseXml } from '../support/xml.ts';

/** Social cards: what other sites show of a link to a version. */

const failures: unknown[] = [];
const pictures = openPictureGate({ error: (...line: unknown[]) => failures.push(line) });
t.teardown(() => pictures.close());
const now = (): number => Date.parse('2026-09-20T00:00:00.000Z');
const { draw } = pictures;

async function card(press: Press, path: string): Promise<Resource> {
  const found = press.ready(path) ?? (await press.cold(path));
  if (found === undefined) throw new RangeError(`nothing at ${path}`);
  return found;
}

const first = '/statements/2026-0001/v/1/card.png';
const second = '/statements/2026-0001/v/2/card.png';

t.test('each version has a card in each language, ready with its page, the same bytes wherever it is drawn', async (t) => {
  const archive = createArchive();
  const press = await openTestPress(archive, { now, draw });
  t.equal(await press.cold(first), undefined, 'none before the version');
  await press.advance(archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z', texts: { en: {}, fr: { title: 'Des lettres circulent' } } }));
  await press.settled();
  for (const path of [first, `/fr${first}`]) {
    const drawn = press.ready(path);
    t.match(drawn, { status: 200, type: 'image/png', crossOrigin: true, gzip: null, brotli: null }, path);
    t.match(readPng(drawn?.bytes ?? Buffer.alloc(0)), { width: 1200, height: 630 }, path);
  }
  t.notOk(press.ready(first)?.bytes.equals(press.ready(`/fr${first}`)?.bytes ?? Buffer.alloc(0)), 'each in its own words');
  t.match(readPng((await card(press, '/fr/card.png')).bytes), { width: 1200, height: 630 }, 'the card of the house');
  t.equal(await press.cold('/statements/2026-0001/v/2/card.png'), undefined);

  const other = openPictureGate({ error: () => undefined });
  t.teardown(() => other.close());
  const elsewhere = await openTestPress(archive, { now, draw: other.draw });
  t.ok((await card(elsewhere, first)).bytes.equals((await card(press, first)).bytes));
});

t.test('a card says what is true of its version now: corrected, under recheck, withdrawn', async (t) => {
  const archive = createArchive();
  const press = await openTestPress(archive, { now, draw });
  const drawn: Buffer[] = [];
  const isNew = async (what: string, path = first): Promise<void> => {
    const { bytes } = await card(press, path);
    t.notOk(
      drawn.some((before) => before.equals(bytes)),
      what,
    );
    drawn.push(bytes);
  };
  await press.advance(archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z' }));
  await isNew('first');
  await press.advance(archive.notice('2026-0001', 'recheck', '2026-09-13T17:10:00.000Z'));
  await isNew('under recheck');
  await press.advance(archive.notice('2026-0001', 'recheck-ended', '2026-09-13T18:10:00.000Z'));
  t.ok((await card(press, first)).bytes.equals(drawn[0] ?? Buffer.alloc(0)), 'confirmed, it is what it was');
  await press.advance(archive.publish('2026-0001', { at: '2026-09-14T16:10:00.000Z', kind: 'correction', corrects: 1 }));
  await isNew('the card that was shared says that it was corrected');
  await isNew('the correction has a card of its own', second);
  await press.advance(archive.publish('2026-0001', { at: '2026-09-15T16:10:00.000Z', kind: 'withdrawal' }));
  await isNew('withdrawn');
  await isNew('withdrawn as well', second);
});

t.test('an exercise and a demonstration bear a red band, a statement does not', async (t) => {
  const band = (bytes: Buffer): string => readPng(bytes).colourAt(1_190, 150);
  const archive = createArchive();
  for (const reference of ['2026-0001', 'EX-2026-0001']) archive.publish(reference, { at: '2026-09-13T16:10:00.000Z' });
  const press = await openTestPress(archive, { now, draw });
  t.equal(band((await card(press, first)).bytes), 'f7f6f2');
  const drill = await card(press, '/statements/EX-2026-0001/v/1/card.png');
  t.equal(band(drill.bytes), 'b3261e');
  t.strictSame(drill.headers, ['x-robots-tag', 'noindex']);
});

t.test('a version whose text is gone has no card, and its page names none', async (t) => {
  const archive = createArchive();
  archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z', texts: { en: { title: 'A file of Theodora Quist circulates' } } });
  const press = await openTestPress(archive, { now, draw });
  t.equal((await card(press, first)).status, 200);
  await press.advance(archive.redact('2026-0001', 1, 'personal_data', '2026-09-14T16:10:00.000Z'));
  await press.settled();
  for (const path of [first, `/fr${first}`]) t.match(await card(press, path), { status: 451, type: 'text/plain; charset=utf-8' }, path);
  const page = (await card(press, '/statements/2026-0001')).bytes.toString();
  t.match(page, 'property="og:image" content="https://record.agency.example/card.png"');
  t.notMatch(page, 'v/1/card.png');
});

t.test('without a renderer a publication comes out all the same; its card comes with the next request that can draw it', async (t) => {
  let isBroken = true;
  const archive = createArchive();
  const site = await openPublicSite(t, archive, {
    draw: async (drawing) => {
      if (isBroken) throw new OnrecordError('busy', 'no pictures today');
      return draw(drawing);
    },
  });
  await site.press.advance(archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z' }));
  await site.press.settled();
  t.equal((await site.ask('/statements/2026-0001')).status, 200);
  t.match((await site.ask('/feeds/updates.atom')).body.toString(), '2026:2026-0001');
  t.equal(site.press.trouble(), null, 'it can go on publishing');
  const refused = await site.ask(first);
  t.equal(refused.status, 503);
  t.match(refused.headers, { 'retry-after': '2', 'cache-control': 'no-store' });
  isBroken = false;
  t.equal((await site.ask(first)).status, 200);
});

t.test('a renderer that never answers holds up no publication', async (t) => {
  const archive = createArchive();
  const press = await openTestPress(archive, { now, draw: () => new Promise<Buffer>(() => undefined) });
  for (const version of [1, 2, 3]) {
    await press.advance(archive.publish('2026-0001', { at: `2026-09-1${version}T16:10:00.000Z` }));
    t.match(press.ready('/statements/2026-0001')?.bytes.toString(), `${version} of ${version}`);
  }
});

const frame: CardModel = {
  language: 'en',
  logo: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7"/></svg>',
  agency: 'Agency',
  record: 'Official record · record.agency.example',
  band: null,
  stamps: [],
  title: '',
  kind: 'Update · Interim findings',
  time: '14 September 2026, 18:10 Paris time (16:10 UTC)',
  edition: '2026-0001, version 2 of 3',
  code: 'Short code 3a9a-6ca2-3497',
};
const hostile = [
  '<script>alert(1)</script> ]]> & "quotes" </text></svg>',
  'W'.repeat(160),
  '漢'.repeat(160),
  `${'مرحبا بالعالم '.repeat(12)}\u202e`,
  '👨‍👩‍👧'.repeat(30),
  'a\u0301\u0301\u0301'.repeat(40),
  'line\u0000\u0008\u001f\ufffe\ud800 end',
  '\u00a0'.repeat(80) + 'x'.repeat(80),
  'mmmmmmmm '.repeat(18),
  '',
];

t.test('no title leaves its place on the card, whatever it is made of', async (t) => {
  for (const title of hostile) {
    const names = { agency: title || 'x', stamps: ['WITHDRAWN', title.slice(0, 80) || 'x', title.slice(0, 80) || 'x'], kind: title, edition: title || 'x' };
    const { width, height, colourAt } = readPng(await draw({ card: { ...frame, title, ...names } }));
    const stray = [];
    for (let y = 130; y < height; y += 1) for (const x of [...range(0, 64), ...range(1_136, width)]) if (colourAt(x, y) !== 'f7f6f2') stray.push(`${x},${y}`);
    for (const x of range(0, width)) for (const y of [...range(466, 510), ...range(612, height)]) if (colourAt(x, y) !== 'f7f6f2') stray.push(`${x},${y}`);
    for (let y = 0; y < 128; y += 1) for (const x of range(1_136, width)) if (colourAt(x, y) !== '12295f') stray.push(`${x},${y}`);
    t.strictSame(stray.slice(0, 3), [], JSON.stringify(title.slice(0, 40)));
  }
  t.strictSame(failures, []);
});

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);
/** A font of its own: every letter has a width, and none is the same as that of a whole word. */
const measure = (text: string): number => [...text].reduce((sum, letter) => sum + (letter === ' ' ? 0.25 : 0.3 + ((letter.codePointAt(0) ?? 0) % 7) / 10), 0);

t.test('a card is XML whatever people write', async () => {
  const words = fc.string({ unit: 'binary', maxLength: 160 });
  fc.assert(
    fc.property(words, words, fc.array(words, { maxLength: 3 }), fc.option(words), (title, agency, stamps, band) => {
      const svg = cardSvg({ ...frame, title, agency, stamps, band, kind: title, time: agency, edition: title, code: agency }, measure);
      return parseXml(`<?xml version="1.0" encoding="utf-8"?>\n${svg}\n`).children.length > 0;
    }),
  );
});

t.test('a title stands whole or ends in an ellipsis after a whole word; no line is too long', async (t) => {
  const sizes = [
    { size: 60, lines: 2 },
    { size: 40, lines: 3 },
  ] as const;
  const title = fc.array(fc.string({ unit: fc.constantFrom(...'abcdefgé’-'), minLength: 1, maxLength: 12 }), { maxLength: 60 }).map((list) => list.join(' '));
  fc.assert(
    fc.property(title, (text) => {
      const { size, lines } = fitTitle(text, 1_000, sizes, measure);
      const shown = lines.join(' ');
      const most = sizes.find((one) => one.size === size)?.lines ?? 0;
      t.ok(lines.length <= most && lines.every((line) => measure(line) * size <= 1_000), text);
      if (shown === text) return true;
      const kept = shown.slice(0, -1);
      return shown.endsWith('…') && text.startsWith(kept) && /^[\s.,;:!?(«“–-]|^$/.test(text.slice(kept.length));
    }),
  );
  t.match(fitTitle('x'.repeat(400), 1_000, sizes, measure).lines.join(''), /^x+…$/, 'a word that no line can hold is broken');
});
