import t from 'tap';
import { ApiList, ApiStatement } from '../../src/press/api/schemas.ts';
import type { Press } from '../../src/press/press.ts';
import type { Resource } from '../../src/press/resource.ts';
import type { PublicStatement } from '../../src/statement/facts.ts';
import { emptyContent, emptyTexts } from '../../src/statement/schema.ts';
import { publicStatement } from '../../src/statement/state.ts';
import { type Archive, agency, createArchive, openTestPress } from '../support/press-fixtures.ts';
import { logOf } from '../support/press-log.ts';
import { opened, published } from '../support/store-fixtures.ts';

/** Kenji runs another agency's desk: his programs read the record without a page. */

const now = (): number => Date.parse('2026-09-20T00:00:00.000Z');

async function page(press: Press, path: string): Promise<Resource> {
  const found = press.ready(path) ?? (await press.cold(path));
  if (found === undefined) throw new RangeError(`nothing at ${path}`);
  return found;
}

const read = async (press: Press, path: string): Promise<unknown> => JSON.parse((await page(press, path)).bytes.toString());
const listAt = async (press: Press, path: string): Promise<ApiList> => ApiList.parse(await read(press, path));
const statementAt = async (press: Press, reference: string): Promise<ApiStatement> => ApiStatement.parse(await read(press, `/api/v1/statements/${reference}`));
const pathIn = (url: string): string => url.slice(agency.publicUrl.length);

/** Corrected, checked late, under recheck; withdrawn; redacted; an exercise. */
function fillArchive(): Archive {
  const archive = createArchive();
  const both = { en: {}, fr: { title: 'Des données circulent' } };
  const debt = { because: 'flash', dueAt: '2026-09-13T17:10:00.000Z', endorsedAt: '2026-09-13T16:50:00.000Z', disownedAt: null, mootAt: null } as const;
  archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z', texts: both, debt, nextUpdate: { type: 'by', at: '2026-09-13T18:00:00.000Z' } });
  archive.publish('2026-0001', { at: '2026-09-13T17:10:00.000Z' });
  archive.publish('2026-0001', { at: '2026-09-13T18:10:00.000Z', kind: 'correction', corrects: 1, texts: both });
  archive.publish('2026-0002', { at: '2026-09-13T19:10:00.000Z' });
  archive.publish('2026-0002', { at: '2026-09-13T19:20:00.000Z', kind: 'withdrawal', texts: { en: { reason: 'It went out by mistake.' } } });
  archive.publish('EX-2026-0001', { at: '2026-09-14T10:00:00.000Z' });
  archive.notice('2026-0001', 'recheck', '2026-09-14T11:00:00.000Z');
  return archive;
}

const openFull = (archive: Archive): Promise<Press> => openTestPress(archive, { now, readEntries: logOf(300, agency.origin) });

t.test('a statement is told with every public fact of every version', async (t) => {
  const press = await openFull(fillArchive());
  const told = await statementAt(press, '2026-0001');
  t.match(told, {
    reference: '2026-0001',
    feedId: 'tag:record.agency.example,2026:2026-0001',
    state: 'under_recheck',
    exercise: false,
    publishedAt: '2026-09-13T16:10:00.000Z',
    changedAt: '2026-09-14T11:00:00.000Z',
    changedEntry: 6,
    notices: [{ event: 'recheck', version: 3, at: '2026-09-14T11:00:00.000Z', entry: 6, log: { origin: agency.origin, index: 6 }, ground: null }],
  });
  t.strictSame(
    told.versions.map(({ kind, languages, correctsVersion }) => [kind, languages, correctsVersion]),
    [
      ['first', ['en', 'fr'], null],
      ['update', ['en'], null],
      ['correction', ['en', 'fr'], 1],
    ],
  );
  t.match(told.versions[0], {
    title: { en: 'Stolen data is circulating', fr: 'Des données circulent' },
    changeNote: {},
    nextUpdate: { type: 'by', at: '2026-09-13T18:00:00.000Z' },
    debt: { because: 'flash', endorsedAt: '2026-09-13T16:50:00.000Z', disownedAt: null },
    redacted: null,
    log: { origin: agency.origin, index: 0 },
  });
  t.strictSame(
    told.versions[2]?.links.diffs.map(({ from, page: { en } }) => [from, en]),
    [2, 1].map((from) => [from, `${agency.publicUrl}/statements/2026-0001/diff/${from}..3`]),
  );
  const [json] = told.versions[0]?.files ?? [];
  t.equal(told.versions[0]?.shortCode.replaceAll('-', ''), json?.sha256.slice(0, 12));
  t.equal((await statementAt(press, '2026-0002')).state, 'withdrawn');
});

t.test('every address that the API gives leads somewhere', async (t) => {
  const press = await openFull(fillArchive());
  const urlsIn = (value: unknown): readonly string[] => {
    if (typeof value === 'string') return value.startsWith('https://') ? [value] : [];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(urlsIn) : [];
  };
  const told = [
    await read(press, '/api/v1/statements'),
    await read(press, '/api/v1/statements/2026-0001'),
    await read(press, '/api/v1/statements/EX-2026-0001'),
  ];
  const urls = new Set(told.flatMap(urlsIn));
  t.ok(urls.size > 40);
  for (const url of urls) t.equal((await page(press, pathIn(url))).status, 200, url);
});

t.test('neither a person nor the hash of a revision is told, which has no salt', async (t) => {
  const press = await openFull(fillArchive());
  for (const path of ['/api/v1/statements', '/api/v1/statements/2026-0001']) {
    const { bytes, cache, crossOrigin, type } = await page(press, path);
    t.notMatch(bytes.toString(), /"(by|hash|reason|contributors|approvals|text)":|0{64}/);
    t.strictSame([cache, crossOrigin, type], ['public, max-age=60', true, 'application/json']);
  }
});

t.test('an exercise is at its own address and in no list', async (t) => {
  const press = await openFull(fillArchive());
  t.strictSame(
    (await listAt(press, '/api/v1/statements')).statements.map(({ reference }) => reference),
    ['2026-0001', '2026-0002'],
  );
  t.match(await statementAt(press, 'EX-2026-0001'), { exercise: true, state: 'live' });
});

t.test('what was redacted keeps its facts and files, and no word', async (t) => {
  const archive = fillArchive();
  const redact = (statement: PublicStatement): PublicStatement => ({
    ...statement,
    versions: statement.versions.map((version) =>
      version.version === 1
        ? { ...version, title: {}, changeNote: {}, redacted: { at: '2026-09-15T10:00:00.000Z', entry: 7, ground: 'court_order' as const } }
        : version,
    ),
    notices: [...statement.notices, { event: 'redacted', version: 1, at: '2026-09-15T10:00:00.000Z', entry: 7, ground: 'court_order' }],
  });
  const press = await openFull(archive);
  const [statement] = archive.statements();
  if (statement) await press.advance(redact(statement));
  const told = await statementAt(press, '2026-0001');
  t.match(told.notices.at(-1), { event: 'redacted', version: 1, ground: 'court_order' });
  t.match(told.versions[0], { redacted: { at: '2026-09-15T10:00:00.000Z', ground: 'court_order', entry: 7 }, files: [{ bytes: Number }, { bytes: Number }] });
  t.strictSame([told.versions[0]?.title, told.versions[0]?.changeNote], [{}, {}]);
  t.notMatch(JSON.stringify(told.versions[0]), /circulating|circulent/);
});

/** Follows `next` from the newest page on. */
async function walk(press: Press, between: (pages: number) => Promise<void> = async () => {}): Promise<readonly (readonly string[])[]> {
  const pages: string[][] = [];
  for (let path: string | null = '/api/v1/statements'; path !== null; ) {
    const list: ApiList = await listAt(press, path);
    const { headers } = await page(press, path);
    t.strictSame(headers, list.next === null ? [] : ['link', `<${list.next}>; rel="next"`]);
    pages.push(list.statements.map(({ reference }) => reference));
    path = list.next && pathIn(list.next);
    await between(pages.length);
  }
  return pages;
}

t.test('a walk through the pages finds every statement once, and what changes meanwhile is found with the next one', async (t) => {
  const archive = createArchive();
  const all = Array.from({ length: 230 }, (_, n) => `2026-${String(n + 1).padStart(4, '0')}`);
  for (const [n, reference] of all.entries()) archive.publish(reference, { at: new Date(Date.parse('2026-09-13T00:00:00.000Z') + n * 60_000).toISOString() });
  const press = await openFull(archive);
  const pages = await walk(press);
  t.strictSame(
    pages.map((one) => one.length),
    [100, 100, 30],
  );
  t.strictSame(pages.flat(), all.toReversed());
  const moved = ['2026-0130', '2026-0129', '2026-0003'];
  const walked = await walk(press, async (count) => {
    if (count !== 1) return;
    for (const reference of moved) await press.advance(archive.publish(reference, { at: '2026-09-14T17:00:00.000Z' }));
  });
  t.strictSame(
    walked.flat().toSorted(),
    all.filter((reference) => !moved.includes(reference)),
  );
  const [newest] = await walk(press);
  t.strictSame(newest?.slice(0, 3), moved.toReversed());
  t.strictSame(
    (await listAt(press, '/api/v1/statements/before/1')).statements.map(({ reference }) => reference),
    ['2026-0001'],
  );
  for (const path of ['/before/0', '/before/01', '/before/100000', '/before/x', '/', '/2026-9999', '/2026-0001/v/1'])
    t.equal(await press.cold(`/api/v1/statements${path}`), undefined, path);
});

t.test('a publication shows at once in the list and at the statement', async (t) => {
  const archive = fillArchive();
  const press = await openFull(archive);
  await read(press, '/api/v1/statements/2026-0002');
  await press.advance(archive.publish('2026-0002', { at: '2026-09-15T10:00:00.000Z' }));
  t.equal((await listAt(press, '/api/v1/statements')).statements[0]?.latest.version, 3);
  t.equal((await statementAt(press, '2026-0002')).versions.length, 3);
});

t.test('a world with a draft gives the same bytes as the world without it', async (t) => {
  const canary = 'CANARY-7731';
  const secret = { ...emptyContent('fr'), texts: { fr: { ...emptyTexts, title: canary, known: canary, changeNote: canary } }, peopleContact: canary };
  const content = { ...emptyContent('fr'), texts: { fr: { ...emptyTexts, title: 'Fuite', known: 'Les faits.' } } };
  const allot = {
    entry: () => ({ index: 0, at: '2026-09-13T16:10:00.000Z' }),
    log: 1,
    prev: () => null,
    reference: () => '2026-0001',
    register: () => null,
    frozen: () => false,
  };
  const { statement, files } = published('statement1', content, undefined, allot);
  const drafted = { ...statement, draft: opened('statement1', secret).statement.draft, timeline: [...statement.timeline] };
  const body = (ending: string): Buffer => files.find(({ name }) => name.endsWith(ending))?.body ?? Buffer.alloc(0);
  const readVersion = async () => ({ signed: JSON.parse(body('.json').toString()), json: body('.json'), txt: body('.txt') });
  const worlds = await Promise.all(
    [statement, drafted].map(async (one) => {
      const facts = publicStatement(one);
      const press = await openTestPress({ ...createArchive(), statements: () => (facts ? [facts] : []), readVersion }, { now });
      return Promise.all(
        ['/api/v1/statements', '/api/v1/statements/2026-0001', '/statements/2026-0001/timemap'].map(async (path) => (await page(press, path)).bytes.toString()),
      );
    }),
  );
  t.strictSame(worlds[1], worlds[0]);
  t.match(worlds[0]?.[1], 'Fuite');
  t.notMatch(worlds.flat().join(), canary);
});
