import t from 'tap';
import { OnrecordError } from '../../src/errors.ts';
import { renderMarkdown } from '../../src/press/markdown.ts';
import type { Press } from '../../src/press/press.ts';
import type { Resource } from '../../src/press/resource.ts';
import { type Archive, createArchive, openTestPress } from '../support/press-fixtures.ts';

const at = (instant: string): number => Date.parse(instant);

/** A day in the life: an update, a correction, a withdrawal, an exercise, in one language and in two. */
function fillArchive(show: (statement: ReturnType<Archive['publish']>) => void = () => {}): Archive {
  const archive = createArchive();
  const publish = (...given: Parameters<Archive['publish']>): void => show(archive.publish(...given));
  publish('2026-0001', {
    at: '2026-09-13T16:10:00.000Z',
    texts: { en: {}, fr: { title: 'Des données circulent' } },
    nextUpdate: { type: 'by', at: '2026-09-13T18:00:00.000Z' },
  });
  publish('2026-0001', { at: '2026-09-14T17:00:00.000Z', texts: { en: { known: 'A second batch.' } } });
  publish('2026-0001', {
    at: '2026-09-15T09:00:00.000Z',
    kind: 'correction',
    corrects: 1,
    texts: { en: { wasWrong: 'It said one.', isRight: 'There are two.' } },
  });
  publish('2026-0002', { at: '2026-09-15T10:00:00.000Z', texts: { en: { title: 'Published as real' } } });
  publish('2026-0002', { at: '2026-09-15T10:20:00.000Z', kind: 'withdrawal', texts: { en: { title: 'Published as real', reason: 'It was an exercise.' } } });
  publish('EX-2026-0001', { at: '2026-09-15T10:30:00.000Z', texts: { en: { title: 'Zebra drill' } } });
  return archive;
}

const paths = ['', '/fr'].flatMap((prefix) =>
  [
    ...['/', '/corrections', '/archive', '/archive/2026/09', '/methods', '/feeds/updates.atom', '/feeds/statements.atom', '/feeds/updates.json'],
    ...['/feeds/updates.rss', '/statements/2026-0001/feed.atom'],
    ...['/feeds/corrections.atom', '/feeds/exercise.atom', '/statements/2026-0001', '/statements/2026-0001/versions', '/statements/2026-0001/v/1'],
    ...['/statements/2026-0001/v/3', '/statements/2026-0001/diff/1..3', '/statements/2026-0002', '/statements/EX-2026-0001'],
  ].map((path) => prefix + path),
);

async function page(press: Press, path: string): Promise<Resource> {
  const found = press.ready(path) ?? (await press.cold(path));
  if (found === undefined) throw new RangeError(`nothing at ${path}`);
  return found;
}

const text = async (press: Press, path: string): Promise<string> => (await page(press, path)).bytes.toString();

t.test('a press that saw each publication and one opened over the whole record give the same bytes and tags', async (t) => {
  const now = (): number => at('2026-09-15T11:00:00.000Z');
  const early = createArchive();
  const statements: ReturnType<Archive['publish']>[] = [];
  const whole = fillArchive((statement) => statements.push(statement));
  const follower = await openTestPress({ ...whole, statements: early.statements }, { now });
  for (const statement of statements) {
    for (const path of paths) await follower.cold(path);
    await follower.advance(statement);
  }
  const opened = await openTestPress(whole, { now });
  for (const path of paths) {
    const [one, other] = [await page(follower, path), await page(opened, path)];
    t.ok(one.bytes.equals(other.bytes), path);
    t.equal(one.etag, other.etag, path);
    t.ok(one.gzip !== null && other.gzip !== null && one.gzip.equals(other.gzip), path);
  }
});

t.test('every sentence of every page and feed has its words, in both languages', async (t) => {
  const press = await openTestPress(fillArchive(), { now: () => at('2026-09-15T11:00:00.000Z') });
  for (const path of paths) t.notMatch((await text(press, path)).replaceAll('/assets/public.', ''), /public\.[a-zA-Z]+|\{[a-z]+\}|undefined|\[object/, path);
});

t.test('a missed promise shows by the clock alone, to the millisecond, and names when it changes', async (t) => {
  let now = at('2026-09-13T17:59:59.999Z');
  const archive = createArchive();
  archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z', nextUpdate: { type: 'by', at: '2026-09-13T18:00:00.000Z' } });
  const press = await openTestPress(archive, { now: () => now });
  for (const path of ['/statements/2026-0001', '/statements/2026-0001/v/1', '/']) {
    t.notMatch(await text(press, path), /overdue/i, path);
    t.equal((await page(press, path)).nextChangeAt, at('2026-09-13T18:00:00.000Z'), path);
  }
  t.equal(press.nextChangeAt(), at('2026-09-13T18:00:00.000Z'));
  now += 1;
  t.equal(press.ready('/'), undefined, 'old bytes are not given out once they are wrong');
  await press.tick();
  t.match(press.ready('/')?.bytes.toString(), /overdue/i);
  for (const path of ['/statements/2026-0001', '/statements/2026-0001/v/1']) t.match(await text(press, path), /overdue/i, path);
  t.equal(press.nextChangeAt(), null);
});

t.test('the correction box stays on later versions for seven days and on its own version for ever', async (t) => {
  let now = at('2026-09-16T09:00:00.000Z');
  const archive = createArchive();
  archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z' });
  archive.publish('2026-0001', {
    at: '2026-09-15T09:00:00.000Z',
    kind: 'correction',
    corrects: 1,
    texts: { en: { wasWrong: 'It said one.', isRight: 'There are two.' } },
  });
  archive.publish('2026-0001', { at: '2026-09-15T12:00:00.000Z' });
  const press = await openTestPress(archive, { now: () => now });
  t.match(await text(press, '/statements/2026-0001'), 'It said one.');
  now = at('2026-09-22T09:00:00.000Z');
  t.notMatch(await text(press, '/statements/2026-0001'), 'It said one.');
  t.match(await text(press, '/statements/2026-0001/v/2'), 'It said one.');
  t.match(await text(press, '/corrections'), 'It said one.');
  t.match(await text(press, '/statements/2026-0001/v/1'), 'Version 2 corrects', 'the version that was wrong says so');
});

t.test('debts and rechecks show, turn overdue by the clock, and end with their notice', async (t) => {
  let now = at('2026-09-13T16:20:00.000Z');
  const archive = createArchive();
  const debt = { because: 'flash', dueAt: '2026-09-13T17:10:00.000Z', endorsedAt: null, disownedAt: null, mootAt: null } as const;
  archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z', debt });
  const press = await openTestPress(archive, { now: () => now });
  t.match(await text(press, '/statements/2026-0001'), 'second check in progress');
  now = at('2026-09-13T17:10:00.000Z');
  t.match(await text(press, '/statements/2026-0001'), 'second check overdue');
  await press.advance(archive.notice('2026-0001', 'recheck', '2026-09-13T17:20:00.000Z'));
  now = at('2026-09-13T17:30:00.000Z');
  t.match(await text(press, '/statements/2026-0001'), 'Under recheck');
  now = at('2026-09-14T17:20:00.000Z');
  t.match(await text(press, '/statements/2026-0001'), 'Under recheck, overdue');
  await press.advance(archive.notice('2026-0001', 'recheck-ended', '2026-09-14T18:00:00.000Z'));
  t.notMatch(await text(press, '/statements/2026-0001'), 'Under recheck');
});

t.test('a page whose language has no text says so, marks the text it shows and links the newest one there is', async (t) => {
  const press = await openTestPress(fillArchive(), { now: () => at('2026-09-15T11:00:00.000Z') });
  const current = await text(press, '/fr/statements/2026-0001');
  t.match(current, 'Traduction à venir');
  t.match(current, 'href="/fr/statements/2026-0001/v/1"');
  t.match(current, /<blockquote lang="en">/);
  t.notMatch(await text(press, '/fr/statements/2026-0001/v/1'), 'Traduction à venir');
  t.notMatch(await text(press, '/statements/2026-0001'), 'Translation pending');
});

t.test('a withdrawn statement keeps its address, its notice on top and its text under it', async (t) => {
  const press = await openTestPress(fillArchive(), { now: () => at('2026-09-15T11:00:00.000Z') });
  const html = await text(press, '/statements/2026-0002');
  t.ok(html.indexOf('It was an exercise.') < html.indexOf('<h1'), 'the reason stands above the title');
  t.ok(html.indexOf('<h1') < html.indexOf('An account was used'), 'the text stays');
  t.match(await text(press, '/statements/2026-0002/v/1'), 'It was an exercise.', 'the version that was withdrawn says so as well');
});

t.test('an exercise stands on its own pages and in its own feed, nowhere else', async (t) => {
  const press = await openTestPress(fillArchive(), { now: () => at('2026-09-15T11:00:00.000Z') });
  for (const path of paths) {
    const own = path.includes('EX-2026-0001') || path.endsWith('exercise.atom');
    t.equal((await text(press, path)).includes('Zebra drill'), own && path !== '/fr/feeds/exercise.atom', path);
  }
  t.strictSame(press.search('zebra', 'en'), []);
  t.match(await text(press, '/statements/EX-2026-0001'), 'EXERCISE');
});

t.test('nothing is at an address that no publication made', async (t) => {
  const press = await openTestPress(fillArchive(), { now: () => at('2026-09-15T11:00:00.000Z') });
  const nowhere = [
    ...['/statements/2026-0003', '/statements/2026-0001/v/4', '/statements/2026-0001/v/0', '/statements/2026-0001/v/01', '/statements/2026-0001/v/4.json'],
    ...['/statements/2026-0001/diff/3..1', '/statements/2026-0001/diff/1..4', '/statements/2026-0001/diff/2..2', '/archive/2026/13', '/archive/2026/08'],
    ...[
      '/archive/2026/09/2',
      '/fr/statements/2026-0001/v/1.json',
      '/de/',
      '/Statements/2026-0001',
      '/feeds/updates/archive/1.atom',
      '/__proto__',
      '/constructor',
    ],
  ];
  for (const path of nowhere) t.equal(press.ready(path) ?? (await press.cold(path)), undefined, path);
});

t.test('a publication shows on page, home and feed at once, while readers keep asking', async (t) => {
  const archive = createArchive();
  archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z', texts: { en: { title: 'Before' } } });
  const press = await openTestPress(archive, { now: () => at('2026-09-14T18:00:00.000Z') });
  const watched = ['/', '/statements/2026-0001', '/feeds/updates.atom', '/feeds/statements.atom', '/statements/2026-0001/versions'];
  const seen: boolean[][] = [];
  const look = (): unknown => seen.push(watched.map((path) => press.ready(path)?.bytes.toString().includes('Afterwards') ?? false));
  for (const path of watched) await press.cold(path);
  const shown = press.advance(archive.publish('2026-0001', { at: '2026-09-14T17:00:00.000Z', texts: { en: { title: 'Afterwards' } } }));
  let done = false;
  const readers = (async () => {
    while (!done) {
      look();
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  await shown;
  done = true;
  await readers;
  look();
  for (const states of seen) t.equal(new Set(states).size, 1, 'all old or all new');
  t.strictSame(
    seen.at(-1),
    watched.map(() => true),
  );
});

t.test('too many cold pages at once are refused as busy, one render serves all who wait for the same page', async (t) => {
  const archive = createArchive();
  for (let n = 1; n <= 60; n += 1)
    archive.publish(`2026-${String(n).padStart(4, '0')}`, { at: new Date(at('2026-09-13T00:00:00.000Z') + n * 60_000).toISOString() });
  const press = await openTestPress(archive, { now: () => at('2026-09-14T18:00:00.000Z') });
  const asked = Array.from({ length: 60 }, (_, n) => press.cold(`/statements/2026-${String(n + 1).padStart(4, '0')}/versions`));
  const same = press.cold('/statements/2026-0001/versions');
  t.equal(same, asked[0]);
  const results = await Promise.allSettled(asked);
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
  t.equal(refused.length, 60 - 36);
  t.ok(refused.every((code) => code === 'busy'));
});

t.test('a second check that was made stands with its version, and what is withdrawn is cited as withdrawn', async (t) => {
  const archive = createArchive();
  const at = '2026-09-13T16:10:00.000Z';
  const debt = { because: 'flash', dueAt: '2026-09-13T17:10:00.000Z', endorsedAt: '2026-09-13T16:40:00.000Z', disownedAt: null, mootAt: null } as const;
  archive.publish('2026-0001', { at, debt });
  const press = await openTestPress(archive, { now: () => Date.parse('2026-09-15T00:00:00.000Z') });
  const read = async (): Promise<string> => (await press.cold('/statements/2026-0001'))?.bytes.toString() ?? '';
  t.match(await read(), /Confirmed by a second person: <time datetime="2026-09-13T16:40:00.000Z"/);
  t.notMatch(await read(), 'WITHDRAWN');
  await press.advance(archive.publish('2026-0001', { at: '2026-09-14T16:10:00.000Z', kind: 'withdrawal' }));
  t.match(await read(), /class="cite"[^>]*>[^<]*2026-0001 \(WITHDRAWN\), version 2/);
});

t.test('a page that is late at the opening does not keep the house closed: it is made when somebody asks; one that is spoilt does', async (t) => {
  const archive = createArchive();
  archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z', texts: { en: {} } });
  let late = 4;
  const markdown = async (text: string): Promise<string> => {
    late -= 1;
    if (late >= 0) throw new OnrecordError('bad_text', 'a task took too long');
    return renderMarkdown(text);
  };
  const press = await openTestPress(archive, { now: () => Date.parse('2026-09-20T00:00:00.000Z'), markdown });
  t.equal((press.ready('/methods') ?? (await press.cold('/methods')))?.status, 200);
  const spoilt = async (): Promise<never> => {
    throw new OnrecordError('store_corrupt', 'a file is not the one that was signed');
  };
  await t.rejects(openTestPress(archive, { now: Date.now, readVersion: spoilt }), { code: 'store_corrupt' });
  const away = (): Promise<never> => Promise.reject(new OnrecordError('store_unreachable', 'the database is being restarted'));
  await t.rejects(openTestPress(archive, { now: Date.now, readVersion: away }), { code: 'store_unreachable' }, 'whoever starts it can wait and try again');
});
