import t from 'tap';
import type { Press } from '../../src/press/press.ts';
import { createArchive, openTestPress } from '../support/press-fixtures.ts';

const now = (): number => Date.parse('2026-09-20T00:00:00.000Z');
const archive = createArchive();
const sport = archive.publish('2026-0001', {
  at: '2026-09-13T16:10:00.000Z',
  texts: {
    en: { title: 'Medical files stolen', summary: 'Files of athletes circulate.', known: 'The account was *closed* on Tuesday evening.' },
    fr: { title: 'Dossiers médicaux volés', summary: 'Des dossiers d’athlètes circulent.' },
  },
});
archive.publish('2026-0002', {
  at: '2026-09-14T16:10:00.000Z',
  texts: { en: { title: 'Hospital bookings exposed', summary: 'Medical bookings were exposed.' } },
});
archive.publish('2026-0002', {
  at: '2026-09-15T16:10:00.000Z',
  kind: 'withdrawal',
  texts: { en: { title: 'Hospital bookings exposed', summary: 'Medical bookings were exposed.', reason: 'Wrong.' } },
});

const ask = async (press: Press, path: string, query: Record<string, string> = {}): Promise<{ text: string; cache: string }> => {
  const resource = await press.ask(path, new URLSearchParams(query));
  return { text: resource?.bytes.toString() ?? '', cache: resource?.cache ?? '' };
};

t.test('search finds all words, folds accents, speaks one language and shows the latest first', async (t) => {
  const press = await openTestPress(archive, { now });
  const found = (query: string, language: 'en' | 'fr'): string[] => press.search(query, language).map(({ reference }) => reference);
  t.strictSame(found('medical', 'en'), ['2026-0002', '2026-0001']);
  t.strictSame(found('medical stolen', 'en'), ['2026-0001']);
  t.strictSame(found('medicaux', 'fr'), ['2026-0001']);
  t.strictSame(found('bookings', 'fr'), []);
  t.strictSame(found('2026-0002', 'en'), ['2026-0002']);
  t.throws(() => press.search('a'.repeat(201), 'en'), { code: 'too_long' });
});

t.test('search shows a publication that came meanwhile', async (t) => {
  const growing = createArchive();
  growing.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z', texts: { en: { title: 'Alpha' } } });
  const press = await openTestPress(growing, { now });
  await press.advance(growing.publish('2026-0001', { at: '2026-09-14T16:10:00.000Z', texts: { en: { title: 'Omega' } } }));
  t.equal(press.search('omega', 'en').length, 1);
  t.equal(press.search('alpha', 'en').length, 0);
});

t.test('the search page marks what it found and never echoes markup', async (t) => {
  const press = await openTestPress(archive, { now });
  const { text, cache } = await ask(press, '/search', { q: 'athletes' });
  t.match(text, '<mark>athletes</mark>');
  t.equal(cache, 'no-store');
  const hostile = await ask(press, '/search', { q: '"><script>alert(1)</script>' });
  t.notMatch(hostile.text, '<script>alert');
  t.notMatch((await ask(press, '/fr/search', { q: 'é'.repeat(300) })).text, 'éééé');
  t.equal(await press.ask('/statements/2026-0001', new URLSearchParams('q=x')), undefined);
});

t.test('verify answers for references, addresses, hashes, short codes and sentences', async (t) => {
  const press = await openTestPress(archive, { now });
  const json = sport.versions[0]?.files.find(({ name }) => name.endsWith('.json'))?.sha256 ?? '';
  const txt = sport.versions[0]?.files.find(({ name }) => name.endsWith('.txt'))?.sha256 ?? '';
  const code = json.slice(0, 12);
  const ours = [
    ...[
      '2026-0001',
      '/statements/2026-0001',
      'https://record.agency.example/statements/2026-0001/v/1?utm=x',
      'https://record.agency.example/fr/statements/2026-0001',
    ],
    ...[json, json.toUpperCase(), txt, code, `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`],
    ...['the account was closed on Tuesday evening', '“Files of athletes circulate!”', "dossiers d'athletes circulent"],
  ];
  for (const q of ours) t.match((await ask(press, '/verify', { q })).text, '2026-0001, version 1, entry 0', q);
  const others = [
    ...['2026-0009', 'https://record.agency.example.evil.example/statements/2026-0001', 'https://record.agency.example/statements/2026-0001/v/9', 'https://'],
    ...[
      '0'.repeat(64),
      '0'.repeat(12),
      json.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
      txt.slice(0, 12),
      'we have resigned in a body and apologise',
    ],
  ];
  for (const q of others) t.match((await ask(press, '/verify', { q })).text, 'Not found in our log', q);
  t.match((await ask(press, '/verify', { q: 'athletes' })).text, 'Too short to tell');
  t.match((await ask(press, '/verify', { q: 'a'.repeat(501) })).text, 'Too long');
  t.match((await ask(press, '/verify', { q: '2026-0002' })).text, 'The statement is withdrawn');
  t.equal((await ask(press, '/verify')).cache, 'public, max-age=60');
});

t.test('our own citation is recognised as pasted, and only its address is called checked', async (t) => {
  const press = await openTestPress(archive, { now });
  const page = (await press.cold('/statements/2026-0001/v/1'))?.bytes.toString() ?? '';
  const citation = /class="cite"[^>]*>([^<]*)</.exec(page)?.[1] ?? '';
  t.match(citation, '2026-0001');
  const answer = (await ask(press, '/verify', { q: citation })).text;
  t.match(answer, 'This address is ours');
  t.match(answer, 'not the words around it');
  t.match(answer, '2026-0001, version 1, entry 0');
  t.notMatch(answer, 'banner good', 'a forged sentence around an address of ours gets no green box');
  const code = /SHA-256 [0-9a-f-]{14}/.exec(citation)?.[0] ?? '';
  for (const q of ['2026-0001 v1', '2026/0001', 'statement 2026-0001, version 1', code])
    t.match((await ask(press, '/verify', { q })).text, '2026-0001, version 1, entry 0', q);
  t.match((await ask(press, '/verify', { q: '2026-0001 v9' })).text, 'Not found in our log');
});

t.test('words that were corrected or withdrawn since are found, and are no good news', async (t) => {
  const corrected = createArchive();
  corrected.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z', texts: { en: { known: 'Seven series of documents were published.' } } });
  corrected.publish('2026-0001', { at: '2026-09-14T16:10:00.000Z', kind: 'correction', texts: { en: { known: 'Six series of documents were published.' } } });
  const press = await openTestPress(corrected, { now });
  const old = (await ask(press, '/verify', { q: 'Seven series of documents were published' })).text;
  t.match(old, 'Corrected since, in version 2');
  t.match(old, 'banner warning');
  t.match((await ask(press, '/verify', { q: 'Six series of documents were published' })).text, 'banner good');
});
