import t from 'tap';
import { readFixdate } from '../../src/http/negotiate.ts';
import { createArchive } from '../support/press-fixtures.ts';
import { openPublicSite, type PublicSite } from '../support/public-site.ts';

/** Ana, an archivist, asks what the agency said at a past time (RFC 7089). */

const versions = ['2026-09-13T16:10:00.250Z', '2026-09-13T18:30:00.000Z', '2026-09-14T09:00:00.999Z'];

/** A corrected and withdrawn statement, an exercise, and enough others that the first one is not kept ready. */
async function openArchiveSite(t: Parameters<typeof openPublicSite>[0], others = 0): Promise<PublicSite> {
  const archive = createArchive();
  const texts = { en: {}, fr: {} };
  archive.publish('2026-0001', { at: versions[0] ?? '', texts });
  archive.publish('2026-0001', { at: versions[1] ?? '', texts, kind: 'correction', corrects: 1 });
  archive.publish('2026-0001', { at: versions[2] ?? '', texts, kind: 'withdrawal' });
  archive.publish('EX-2026-0001', { at: '2026-09-14T10:00:00.000Z' });
  for (let n = 2; n < others + 2; n += 1) archive.publish(`2026-${String(n).padStart(4, '0')}`, { at: `2026-09-15T10:00:00.${String(n).padStart(3, '0')}Z` });
  return openPublicSite(t, archive);
}

const times: [string, number][] = [
  ['Sun, 13 Sep 2026 16:09:59 GMT', 1],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 1],
  ['Sun, 13 Sep 2026 16:10:00 GMT', 1],
  ['Sun, 13 Sep 2026 18:29:59 GMT', 1],
  ['Sun, 13 Sep 2026 18:30:00 GMT', 2],
  ['Mon, 14 Sep 2026 08:59:59 GMT', 2],
  ['Mon, 14 Sep 2026 09:00:00 GMT', 3],
  ['Sat, 14 Sep 2126 09:00:00 GMT', 3],
];

t.test('a request for a past time is sent to the version that stood then, in its language, ready or not', async (t) => {
  for (const others of [0, 60]) {
    const site = await openArchiveSite(t, others);
    t.equal(site.press.ready('/statements/2026-0001') === undefined, others > 0, 'both ways to an answer are tried');
    for (const prefix of ['', '/fr'])
      for (const [time, version] of times) {
        const answer = await site.ask(`${prefix}/statements/2026-0001?utm=x`, { 'accept-datetime': time, 'if-none-match': '*', 'accept-encoding': 'gzip' });
        t.equal(answer.status, 302, time);
        t.equal(answer.headers.location, `${prefix}/statements/2026-0001/v/${version}`, time);
        t.equal(answer.headers.vary, 'Accept-Encoding, Accept-Datetime');
        t.equal(answer.headers['cache-control'], 'public, max-age=30');
        t.equal(answer.body.length, 0);
        t.notOk(['memento-datetime', 'etag', 'content-encoding', 'set-cookie'].some((name) => answer.names.includes(name)));
      }
    t.equal((await site.ask('/statements/2026-0001', { 'accept-datetime': times[0]?.[0] ?? '' }, 'HEAD')).status, 302);
    t.equal((await site.ask('/statements/2026-0001', { 'accept-datetime': times[0]?.[0] ?? '' }, 'POST')).status, 405);
    t.match((await site.ask('/statements/EX-2026-0001', { 'accept-datetime': times[0]?.[0] ?? '' })).headers.location, '/statements/EX-2026-0001/v/1');
  }
});

t.test('a time that is no IMF-fixdate is refused', async (t) => {
  const site = await openArchiveSite(t);
  const wrong = [
    ...['', 'now', '2026-09-13T16:10:00Z', '1789315800', 'Sun, 13 Sep 2026 16:10:00', 'Sun, 13 Sep 2026 16:10:00 UTC', 'Sun, 13 Sep 2026 16:10:00 +0000'],
    ...['Sunday, 13-Sep-26 16:10:00 GMT', 'Sun Sep 13 16:10:00 2026', 'Mon, 13 Sep 2026 16:10:00 GMT', 'Sun, 31 Feb 2026 16:10:00 GMT'],
    ...[
      'sun, 13 sep 2026 16:10:00 gmt',
      'Sun, 13 Sep 2026 24:00:00 GMT',
      'Sun, 13 Sep 2026 16:10:60 GMT',
      ' Sun, 13 Sep 2026 16:10:00 GMT,',
      'x'.repeat(4_000),
    ],
  ];
  for (const time of wrong) {
    const answer = await site.ask('/statements/2026-0001', { 'accept-datetime': time });
    t.equal(answer.status, 400, time.slice(0, 40));
    t.match(answer.headers, { vary: 'Accept-Encoding, Accept-Datetime', 'cache-control': 'no-store' });
    t.equal(answer.body.toString(), 'Bad Request\n');
  }
  t.equal(readFixdate('Sun, 13 Sep 2026 16:10:00 GMT'), Date.parse('2026-09-13T16:10:00.000Z'));
});

t.test('without a time the statement answers as ever, and says that another time gets another answer', async (t) => {
  const site = await openArchiveSite(t);
  const answer = await site.ask('/statements/2026-0001');
  t.equal(answer.status, 200);
  t.equal(answer.headers.vary, 'Accept-Encoding, Accept-Datetime');
  t.notOk(answer.names.includes('memento-datetime'));
  const same = await site.ask('/statements/2026-0001', { 'if-none-match': String(answer.headers.etag) });
  t.equal(same.status, 304);
  t.equal(same.headers.vary, 'Accept-Encoding, Accept-Datetime');
});

t.test('no other page looks at the time', async (t) => {
  const site = await openArchiveSite(t);
  for (const path of ['/', '/statements/2026-0001/v/1', '/statements/2026-0001/timemap', '/feeds/updates.atom', '/statements/2026-0001/v/1.json']) {
    const answer = await site.ask(path, { 'accept-datetime': 'nonsense' });
    t.equal(answer.status, 200, path);
    t.equal(answer.headers.vary, 'Accept-Encoding', path);
  }
  t.equal((await site.ask('/statements/2026-0099', { 'accept-datetime': 'nonsense' })).status, 404);
});

/** `rel` → [target, datetime] of a Link header or of a TimeMap. */
function readLinks(text: string): Map<string, [string, string | undefined]> {
  const links = new Map<string, [string, string | undefined]>();
  for (const [, url = '', rest = ''] of text.matchAll(/<([^>]*)>((?:; [a-z]+="[^"]*")*)/g)) {
    const of = (name: string): string | undefined => new RegExp(`; ${name}="([^"]*)"`).exec(rest)?.[1];
    for (const rel of (of('rel') ?? '').split(' ')) if (rel !== 'memento') links.set(rel, [url, of('datetime')]);
  }
  return links;
}

const base = 'https://record.agency.example/fr/statements/2026-0001';
const said = (version: number): [string, string] => [`${base}/v/${version}`, new Date(versions[version - 1] ?? '').toUTCString()];

t.test('a version page says when it was said and where the others are', async (t) => {
  const site = await openArchiveSite(t);
  for (const version of [1, 2, 3]) {
    const { headers } = await site.ask(`/fr/statements/2026-0001/v/${version}`);
    t.equal(headers['memento-datetime'], said(version)[1]);
    const links = readLinks(String(headers.link));
    for (const rel of ['original', 'timegate', 'latest-version']) t.equal(links.get(rel)?.[0], base, rel);
    t.equal(links.get('timemap')?.[0], `${base}/timemap`);
    t.equal(links.get('version-history')?.[0], `${base}/versions`);
    t.strictSame([links.get('first'), links.get('last')], [said(1), said(3)]);
    t.strictSame(links.get('prev'), version > 1 ? said(version - 1) : undefined);
    t.strictSame(links.get('next'), version < 3 ? said(version + 1) : undefined);
    t.equal(links.get('predecessor-version')?.[0], links.get('prev')?.[0]);
    t.equal(links.get('successor-version')?.[0], links.get('next')?.[0]);
  }
  const redirected = readLinks(String((await site.ask('/fr/statements/2026-0001', { 'accept-datetime': times[0]?.[0] ?? '' })).headers.link));
  const shown = readLinks(String((await site.ask('/fr/statements/2026-0001')).headers.link));
  t.strictSame([...redirected], [...shown], 'the way there says the same as the place itself');
  t.strictSame([shown.get('original')?.[0], shown.get('first'), shown.get('last')], [base, said(1), said(3)]);
});

t.test('the TimeMap lists every version with its time, in link-format, and grows with a publication', async (t) => {
  const site = await openArchiveSite(t);
  const { headers, body } = await site.ask('/fr/statements/2026-0001/timemap');
  t.match(headers, { 'content-type': 'application/link-format', 'access-control-allow-origin': '*' });
  t.equal(
    body.toString(),
    `<${base}>; rel="original timegate",
<${base}/timemap>; rel="self"; type="application/link-format"; from="Sun, 13 Sep 2026 16:10:00 GMT"; until="Mon, 14 Sep 2026 09:00:00 GMT",
<${base}/v/1>; rel="first memento"; datetime="Sun, 13 Sep 2026 16:10:00 GMT",
<${base}/v/2>; rel="memento"; datetime="Sun, 13 Sep 2026 18:30:00 GMT",
<${base}/v/3>; rel="last memento"; datetime="Mon, 14 Sep 2026 09:00:00 GMT"
`,
  );
  t.match((await site.ask('/statements/EX-2026-0001/timemap')).body.toString(), 'EX-2026-0001/v/1>; rel="first last memento"');
  await site.press.advance(site.archive.publish('EX-2026-0001', { at: '2026-09-14T11:00:00.000Z' }));
  t.match((await site.ask('/statements/EX-2026-0001/timemap')).body.toString(), 'EX-2026-0001/v/2>; rel="last memento"');
  t.match(
    (await site.ask('/statements/EX-2026-0001', { 'accept-datetime': 'Sat, 14 Sep 2126 09:00:00 GMT' })).headers.location,
    '/statements/EX-2026-0001/v/2',
  );
});

t.test('a version whose text is gone keeps its place in time, but is not what was said then', async (t) => {
  const site = await openArchiveSite(t);
  const [statement] = site.archive.statements();
  if (statement === undefined) throw new RangeError('no statement');
  const gone = { at: '2026-09-17T10:00:00.000Z', entry: 4, ground: 'personal_data' } as const;
  await site.press.advance({
    ...statement,
    versions: statement.versions.map((version) => (version.version === 2 ? version : { ...version, title: {}, changeNote: {}, redacted: gone })),
    notices: [1, 3].map((version) => ({ event: 'redacted', version, ...gone })),
  });
  for (const [time, version] of times) {
    const { headers } = await site.ask('/fr/statements/2026-0001', { 'accept-datetime': time });
    t.equal(headers.location, `/fr/statements/2026-0001/v/${version}`, 'the newest version is gone as well, and the way to the others stays');
    t.equal(headers.vary, 'Accept-Encoding, Accept-Datetime');
    const page = await site.ask(headers.location ?? '');
    t.equal(page.status, version === 2 ? 200 : 451);
    t.equal(page.headers['memento-datetime'], version === 2 ? said(2)[1] : undefined);
    t.strictSame(readLinks(String(page.headers.link)).get('last'), said(3));
  }
});
