import t from 'tap';
import type { Press, PressOptions } from '../../src/press/press.ts';
import type { PublicStatement } from '../../src/statement/facts.ts';
import { houseTheme } from '../../src/theme/theme.ts';
import { type Archive, agency, createArchive, openTestPress } from '../support/press-fixtures.ts';
import { parseXml, type XmlElement } from '../support/xml.ts';

/** What other sites show of a statement: tags of a link, badge, embedded summary; and what search engines are told. */

const site = agency.publicUrl;
const now = (): number => Date.parse('2026-09-20T00:00:00.000Z');
const open = (archive: Archive, options: Partial<PressOptions> = {}): Promise<Press> => openTestPress(archive, { now, ...options });

async function text(press: Press, path: string): Promise<string> {
  const found = press.ready(path) ?? (await press.cold(path));
  if (found === undefined) throw new RangeError(`nothing at ${path}`);
  return found.bytes.toString();
}

/** The content of each `<meta property>`, in order. */
async function tags(press: Press, path: string): Promise<Record<string, string[]>> {
  const found = [...(await text(press, path)).matchAll(/<meta (?:property|name)="((?:og|article|twitter):[^"]+)" content="([^"]*)">/g)];
  return Object.fromEntries([...Map.groupBy(found, ([, name]) => name ?? '')].map(([name, all]) => [name, all.map(([, , value]) => value ?? '')]));
}

const hostileTitle = '<script>alert("x")</script> & ]]> "quoted"';

t.test('a link to a statement shows its newest version, a link to a version that version', async (t) => {
  const archive = createArchive();
  archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z', texts: { en: { title: hostileTitle }, fr: { title: 'Des lettres circulent' } } });
  archive.publish('2026-0001', { at: '2026-09-14T16:10:00.000Z', texts: { en: { summary: 'Two of seven are forged.' } } });
  archive.publish('2026-0001', { at: '2026-09-15T16:10:00.000Z', kind: 'editorial' });
  const press = await open(archive);
  const statement = await tags(press, '/statements/2026-0001');
  t.match(statement, {
    'og:type': ['article'],
    'og:title': ['Stolen data is circulating'],
    'og:url': [`${site}/statements/2026-0001`],
    'og:site_name': ['National Cyber-Security Agency'],
    'og:locale': ['en_GB'],
    'og:locale:alternate': ['fr_FR'],
    'og:image': [`${site}/statements/2026-0001/v/3/card.png`],
    'og:image:width': ['1200'],
    'og:image:height': ['630'],
    'og:image:alt': [/2026-0001, version 3 of 3/],
    'article:published_time': ['2026-09-13T16:10:00.000Z'],
    'twitter:card': ['summary_large_image'],
  });
  t.strictSame(statement['article:modified_time'], ['2026-09-14T16:10:00.000Z'], 'an editorial change says nothing new');
  const first = await tags(press, '/statements/2026-0001/v/1');
  t.strictSame(first['og:title'], ['&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; ]]&gt; &quot;quoted&quot;']);
  t.strictSame(first['og:image'], [`${site}/statements/2026-0001/v/1/card.png`]);
  t.equal(first['article:modified_time'], undefined);
  t.match(await tags(press, '/fr/statements/2026-0001'), { 'og:locale': ['fr_FR'], 'og:image': [`${site}/fr/statements/2026-0001/v/3/card.png`] });
  for (const path of ['/', '/fr/', '/corrections', '/methods', '/statements/2026-0001/versions', '/register'])
    t.match(await tags(press, path), { 'og:type': ['website'], 'og:image': [`${site}${path.startsWith('/fr') ? '/fr' : ''}/card.png`] }, path);
  t.notMatch(press.missing('/nowhere').bytes.toString(), 'og:', 'what is nowhere is not shared');
});

t.test('the title of a link says that a statement no longer stands, or is not real', async (t) => {
  const archive = createArchive();
  for (const reference of ['2026-0001', 'EX-2026-0001']) archive.publish(reference, { at: '2026-09-13T16:10:00.000Z' });
  archive.publish('2026-0001', { at: '2026-09-14T16:10:00.000Z', kind: 'withdrawal' });
  const press = await open(archive);
  for (const path of ['/statements/2026-0001', '/statements/2026-0001/v/1']) t.match((await tags(press, path))['og:title'], [/^\[Withdrawn\] /], path);
  t.match((await tags(press, '/statements/EX-2026-0001'))['og:title'], [/^\[EXERCISE\] /]);
});

const words = async (press: Press, path: string): Promise<string> => {
  const root = parseXml(`<?xml version="1.0" encoding="utf-8"?>\n${await text(press, path)}`);
  return root.children.find(({ name }) => name.endsWith(' title'))?.text ?? '';
};

t.test('badge, embed and card say that a second check is owed until somebody stands behind the flash, also on the version that follows it', async (t) => {
  const archive = createArchive();
  const press = await open(archive);
  const [badge, embed] = ['/statements/2026-0002/badge.svg', '/embed/2026-0002'];
  const at = '2026-09-13T16:10:00.000Z';
  const debt = { because: 'flash', dueAt: '2026-09-13T17:10:00.000Z', endorsedAt: null, disownedAt: null, mootAt: null } as const;
  await press.advance(archive.publish('2026-0002', { at, debt }));
  t.match(await words(press, badge), /second check in progress$/);
  t.match(await text(press, embed), /state-owed/);
  await press.advance(archive.publish('2026-0002', { at: '2026-09-13T16:40:00.000Z' }));
  t.match(await words(press, badge), /version 2, second check in progress$/);
  const disowned = createArchive();
  const other = await open(disowned);
  await other.advance(disowned.publish('2026-0002', { at, debt: { ...debt, disownedAt: '2026-09-13T16:50:00.000Z' } }));
  t.match(await words(other, badge), /not confirmed by the second check$/);
  const endorsed = createArchive();
  const sound = await open(endorsed);
  await sound.advance(endorsed.publish('2026-0002', { at, debt: { ...debt, endorsedAt: '2026-09-13T16:50:00.000Z' } }));
  t.match(await words(sound, badge), /in force$/);
});

t.test('a badge says how its statement stands now, and no correction is forgotten', async (t) => {
  const archive = createArchive();
  const press = await open(archive);
  const badge = '/statements/2026-0001/badge.svg';
  const steps: [() => PublicStatement, RegExp, RegExp][] = [
    [() => archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z', texts: { en: {}, fr: {} } }), /version 1, in force$/, /version 1, en vigueur$/],
    [() => archive.notice('2026-0001', 'recheck', '2026-09-13T17:10:00.000Z'), /version 1, under recheck$/, /réexamen$/],
    [() => archive.publish('2026-0001', { at: '2026-09-14T16:10:00.000Z', kind: 'correction' }), /version 2, corrected in version 2$/, /corrigée/],
    [() => archive.publish('2026-0001', { at: '2026-09-15T16:10:00.000Z' }), /version 3, corrected in version 2$/, /version 3, corrigée dans la version 2$/],
    [() => archive.publish('2026-0001', { at: '2026-09-16T16:10:00.000Z', kind: 'withdrawal' }), /version 4, withdrawn$/, /retirée$/],
  ];
  for (const [act, english, french] of steps) {
    await press.advance(act());
    t.ok(press.ready(badge), 'ready with the publication');
    t.match(await words(press, badge), english);
    t.match(await words(press, `/fr${badge}`), french);
    t.match(await words(press, badge), 'National Cyber-Security Agency, statement 2026-0001');
  }
  await press.advance(archive.publish('EX-2026-0001', { at: '2026-09-17T16:10:00.000Z' }));
  t.match(await words(press, '/statements/EX-2026-0001/badge.svg'), /an exercise, not real$/);
  t.equal(await press.cold('/statements/2026-0009/badge.svg'), undefined);
});

t.test('an embedded summary quotes the newest version, with its correction, and nothing of what was taken back', async (t) => {
  const archive = createArchive();
  const press = await open(archive);
  const embed = '/embed/2026-0001';
  await press.advance(
    archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z', texts: { en: { title: hostileTitle, summary: 'Six files are forged.' } } }),
  );
  t.match(await text(press, embed), 'Six files are forged.');
  t.notMatch(await text(press, embed), /<script|correct/i);
  await press.advance(
    archive.publish('2026-0001', {
      at: '2026-09-14T16:10:00.000Z',
      kind: 'correction',
      texts: { en: { summary: 'Seven files are forged.', changeNote: 'It is seven.' } },
    }),
  );
  const corrected = await text(press, embed);
  for (const part of ['Seven files are forged.', 'Corrected in version 2', 'It is seven.', 'href="/statements/2026-0001/diff/1..2"', 'version 2 of 2'])
    t.ok(corrected.includes(part), part);
  await press.advance(archive.publish('2026-0001', { at: '2026-09-15T16:10:00.000Z', kind: 'withdrawal' }));
  const withdrawn = await text(press, embed);
  t.match(withdrawn, 'What it said no longer stands');
  t.notMatch(withdrawn, /Seven files|<blockquote/);
  t.match(press.ready(embed), { headers: ['content-language', 'en', 'x-robots-tag', 'noindex'] });
});

t.test('badge and code to copy stand on a statement where somebody may embed it, and nowhere else', async (t) => {
  const archive = createArchive();
  archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z', texts: { en: {}, fr: {} } });
  t.notMatch(await text(await open(archive), '/statements/2026-0001'), /badge|iframe|\/embed/);
  const press = await open(archive, { agency: { ...agency, name: { fr: 'L’agence', en: 'The "Agency"' }, embedOrigins: ['https://news.example'] } });
  const page = (await text(press, '/statements/2026-0001')).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  t.match(page, `<img src="${site}/statements/2026-0001/badge.svg" alt="The &quot;Agency&quot;, statement 2026-0001" width="340" height="48">`);
  t.match(page, `<iframe src="${site}/embed/2026-0001" title="The &quot;Agency&quot;, statement 2026-0001"`);
  t.match(await text(press, '/fr/statements/2026-0001'), `${site}/fr/embed/2026-0001`);
});

const addresses = (map: XmlElement): string[] => map.children.map(({ children }) => children.find(({ name }) => name.endsWith(' loc'))?.text ?? '');

/** Every address of all maps, as the list of maps leads to them. */
async function mapped(press: Press): Promise<string[]> {
  const index = parseXml(await text(press, '/sitemap.xml'));
  const maps = await Promise.all(addresses(index).map(async (address) => addresses(parseXml(await text(press, address.slice(site.length))))));
  for (const map of maps) t.ok(map.length > 0 && map.length <= 5_000, `${map.length} addresses`);
  return maps.flat();
}

t.test('the maps have every page once, in each language, with its other languages and its last change', async (t) => {
  const archive = createArchive();
  archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z' });
  archive.publish('EX-2026-0001', { at: '2026-09-13T16:20:00.000Z' });
  const press = await open(archive);
  t.match(await text(press, '/robots.txt'), `\nSitemap: ${site}/sitemap.xml\n`);
  t.equal((await mapped(press)).filter((url) => url.includes('/v/')).length, 2);
  await press.advance(archive.publish('2026-0001', { at: '2026-10-02T16:10:00.000Z', kind: 'correction' }));
  await press.advance(archive.publish('2026-0002', { at: '2026-10-03T16:10:00.000Z' }));
  const urls = await mapped(press);
  t.equal(new Set(urls).size, urls.length, 'each once');
  t.notOk(urls.some((url) => url.includes('EX-')));
  for (const path of [
    '/',
    '/corrections',
    '/archive',
    '/archive/2026/09',
    '/archive/2026/10',
    '/check',
    '/register',
    '/methods',
    '/vocab',
    '/vocab/verdict/altered',
  ])
    for (const language of ['', '/fr']) t.ok(urls.includes(`${site}${language}${path}`), `${language}${path}`);
  const own = urls.filter((url) => url.includes('2026-0001')).map((url) => url.slice(site.length));
  t.strictSame(
    own.sort(),
    ['', '/fr'].flatMap((language) => ['', '/v/1', '/v/2', '/versions'].map((page) => `${language}/statements/2026-0001${page}`)).sort(),
  );
  for (const url of urls) t.equal((press.ready(url.slice(site.length)) ?? (await press.cold(url.slice(site.length))))?.status, 200, url);

  const map = parseXml(await text(press, '/sitemap-2026-09.xml'));
  const entry = map.children.find(({ children }) => children.some((child) => child.text === `${site}/fr/statements/2026-0001/v/1`));
  t.equal(
    entry?.children.find(({ name }) => name.endsWith(' lastmod'))?.text,
    '2026-10-02T16:10:00.000Z',
    'the page of version 1 says since then that it was corrected',
  );
  const alternates = entry?.children
    .filter(({ name }) => name === 'http://www.w3.org/1999/xhtml link')
    .map(({ attributes }) => `${attributes.get('hreflang')} ${attributes.get('href')}`);
  t.strictSame(alternates, [`en ${site}/statements/2026-0001/v/1`, `fr ${site}/fr/statements/2026-0001/v/1`]);
});

t.test('a full month falls into maps of at most 5,000 addresses, and nothing falls between them', async (t) => {
  const archive = createArchive();
  for (let number = 1; number <= 230; number += 1) archive.publish(`2026-${String(number).padStart(4, '0')}`, { at: '2026-09-13T16:10:00.000Z' });
  const press = await open(archive);
  const urls = await mapped(press);
  t.equal(new Set(urls).size, urls.length);
  t.equal(urls.filter((url) => /\/v\/1$/.test(url)).length, 460);
  t.equal(addresses(parseXml(await text(press, '/sitemap.xml'))).length, 4);
  for (const path of ['/sitemap-2026-09-1.xml', '/sitemap-2026-09-4.xml', '/sitemap-2026-10.xml', '/sitemap-2026-13.xml', '/fr/sitemap.xml'])
    t.equal(await press.cold(path), undefined, path);
});

t.test('a redaction takes the words from badge, embedded summary, tags and maps', async (t) => {
  const archive = createArchive();
  const secret = 'Theodora Quist';
  archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z' });
  archive.publish('2026-0001', {
    at: '2026-09-14T16:10:00.000Z',
    kind: 'correction',
    texts: { en: { title: `A file of ${secret}`, summary: `A file of ${secret}.`, changeNote: secret } },
  });
  const press = await open(archive);
  const places = ['', '/fr'].flatMap((language) =>
    ['/embed/2026-0001', '/statements/2026-0001', '/statements/2026-0001/badge.svg'].map((path) => language + path),
  );
  t.match(await text(press, '/embed/2026-0001'), secret);
  await press.advance(archive.redact('2026-0001', 2, 'personal_data', '2026-09-15T16:10:00.000Z'));
  for (const path of [...places, '/sitemap-2026-09.xml']) t.notMatch(await text(press, path), secret, path);
  t.match(await text(press, '/embed/2026-0001'), 'The text of this version has been removed.');
  t.match(await words(press, '/statements/2026-0001/badge.svg'), /text removed$/);
  const urls = await mapped(press);
  t.notOk(
    urls.some((url) => url.endsWith('/v/2')),
    'its page is no page to be found',
  );
  await press.advance(archive.publish('2026-0001', { at: '2026-09-16T16:10:00.000Z' }));
  t.match(await text(press, '/embed/2026-0001'), /Corrected in version 2.*href="\/statements\/2026-0001\/versions"/s, 'that it was corrected stays');
});

t.test('the icon is made from the sign of the agency, as SVG and as ICO', async (t) => {
  const logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="currentColor" d="M1 1h7v7z"/></svg>';
  const press = await open(createArchive(), { theme: { ...houseTheme, logo } });
  const icon = await text(press, '/favicon.svg');
  t.match(icon, 'M1 1h7v7z');
  parseXml(`<?xml version="1.0" encoding="utf-8"?>\n${icon}`);
  const ico = await press.cold('/favicon.ico');
  t.match(ico, { status: 200, type: 'image/x-icon' });
  t.equal(ico?.bytes.subarray(0, 8).toString('hex'), '0000010001002020');
  t.equal(ico?.bytes.readUInt32LE(14), (ico?.bytes.length ?? 0) - 22);
  for (const path of ['/', '/fr/', '/statements/2026-0001'])
    t.match((press.ready(path) ?? press.missing(path)).bytes.toString(), '<link rel="icon" href="/favicon.svg" type="image/svg+xml">', path);
});
