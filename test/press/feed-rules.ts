import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import t from 'tap';
import { acts, allFeeds, feedText, minute, now, play } from '../support/feed-records.ts';
import { atomFindings, jsonFindings, rssFindings } from '../support/feed-rules.ts';
import { createArchive, openTestPress } from '../support/press-fixtures.ts';

/** Every feed of records made at random keeps to the rules of its form; documents that break them are found. */

function findingsOf(path: string, text: string): readonly string[] {
  const rules = path.endsWith('.json') ? jsonFindings : path.endsWith('.rss') ? rssFindings : atomFindings;
  return rules(text).map((finding) => `${path}: ${finding}`);
}

function hasXmllint(): boolean {
  try {
    execFileSync('xmllint', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

t.test('200 records with hostile but legal text: no finding in any feed, and xmllint reads them all', { timeout: 120_000 }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-feeds-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const files: string[] = [];
  await fc.assert(
    fc.asyncProperty(acts, async (list) => {
      const archive = createArchive();
      play(archive, list);
      const documents = await allFeeds(await openTestPress(archive, { now }), archive);
      const found = documents.flatMap(([path, text]) => findingsOf(path, text));
      if (found.length > 0) throw new Error(found.join('\n'));
      for (const [path, text] of documents.filter(([name]) => !name.endsWith('.json') && !name.startsWith('/fr'))) {
        const file = join(folder, `${files.length}${path.replaceAll('/', '-')}`);
        await writeFile(file, text);
        files.push(file);
      }
    }),
    { numRuns: 200 },
  );
  t.ok(files.length >= 200 * 5);
  if (!hasXmllint()) return t.comment('XMLLINT IS NOT INSTALLED: only our own reader has read the feeds (Debian package libxml2-utils)');
  for (let first = 0; first < files.length; first += 500) await promisify(execFile)('xmllint', ['--noout', '--nonet', ...files.slice(first, first + 500)]);
});

t.test('closed blocks keep to the rules in both forms and both languages', async (t) => {
  const archive = createArchive();
  for (let n = 1; n <= 110; n += 1) archive.publish(`2026-${String(n).padStart(4, '0')}`, { at: minute(n), texts: { en: {}, fr: {} } });
  const press = await openTestPress(archive, { now });
  for (const path of ['archive/1.atom', 'archive/2.atom', 'archive/1.json', 'archive/2.json'].flatMap((name) => [
    `/feeds/updates/${name}`,
    `/fr/feeds/updates/${name}`,
  ])) {
    t.strictSame(findingsOf(path, await feedText(press, path)), []);
  }
});

type Broken = readonly [what: string, from: string | RegExp, to: string];
const entry = /<entry>.*?<\/entry>\n/s;
const brokenAtom: readonly Broken[] = [
  ['an id twice', entry, '$&$&'],
  ['an entry without an id', /(<entry>)<id>[^<]*<\/id>/, '$1'],
  ['an entry without a title', /<entry>(<id>[^<]*<\/id>)<title>[^<]*<\/title>/, '<entry>$1'],
  ['an empty title', /(<entry><id>[^<]*<\/id>)<title>[^<]*<\/title>/, '$1<title/>'],
  ['an entry without a time', /<updated>[^<]*<\/updated>(?=<link)/, ''],
  ['a day that is none', /(<entry>.*?<updated>)2026-09-13/s, '$12026-09-32'],
  ['two entries of one time', /(<entry>.*?<updated>)[^<]*(.*?<entry>.*?<updated>)([^<]*)/s, '$1$3$2$3'],
  ['a feed of another time than its newest entry', /<updated>[^<]*<\/updated>(?=<author)/, '<updated>2026-09-12T00:00:00.000Z</updated>'],
  ['a feed without an author', /<author>.*?<\/author>/, ''],
  ['a feed without a link to itself', /<link rel="self"[^>]*>/, ''],
  ['two alternates of one kind', /<link rel="alternate"[^>]*>/, '$&$&'],
  ['a relative link', /href="https:\/\/record.agency.example/, 'href="'],
  ['an element of no vocabulary', '<summary>', '<abstract/><summary>'],
  ['an undeclared namespace', '<summary>', '<dc:creator>a</dc:creator><summary>'],
  ['a raw ampersand', '<subtitle>', '<subtitle>R&D '],
  ['a character that XML forbids', '<subtitle>', '<subtitle>\u0001'],
  ['content that is not escaped', '&lt;p&gt;', '<p>'],
  ['a script in the content', '&lt;p&gt;', '&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;'],
  ['a link that runs', '&lt;p&gt;', '&lt;a href=&quot;javascript:alert(1)&quot;&gt;x&lt;/a&gt;&lt;p&gt;'],
  [
    'a closed block that does not say where the feed is',
    '<link rel="self"',
    '<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/><link rel="self"',
  ],
  ['a next block', '<link rel="self"', '<link rel="next-archive" type="application/atom+xml" href="https://a.example/"/><link rel="self"'],
  [
    'a deleted entry that is there',
    /(<entry><id>)([^<]*)/,
    '<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="$2" when="2027-01-01T00:00:00.000Z"/>$1$2',
  ],
  ['a document cut short', /<\/feed>\n$/, ''],
];
const brokenRss: readonly Broken[] = [
  ['an id twice', /<item>.*?<\/item>\n/s, '$&$&'],
  ['an id that claims to be an address', 'isPermaLink="false"', 'isPermaLink="true"'],
  ['a time of another form', /<pubDate>[^<]*/, '<pubDate>2026-09-13T00:00:00Z'],
  ['a day of the week that is not', /<pubDate>Sun/, '<pubDate>Mon'],
  ['a channel without a description', /<\/link><description>[^<]*<\/description>/, '</link>'],
  ['no link to itself', /<atom:link[^>]*>/, ''],
  ['markup in a plain description', /(<item>.*?<description>)/s, '$1&lt;b&gt;'],
  ['an item without content', /<content:encoded>.*?<\/content:encoded>/s, ''],
];
const brokenJson: readonly Broken[] = [
  ['an id twice', /v1"/g, 'v2"'],
  ['an id that is a number', /"items":\[\{"id":"[^"]*"/, '"items":[{"id":1'],
  ['a time without a zone', /("date_published":"[^"]*)Z"/, '$1"'],
  ['another version', 'version/1.1', 'version/1'],
  ['no authors', /"authors":\[[^\]]*\]/, '"authors":[]'],
  ['a next page that is this one', '"language"', '"next_url":"https://record.agency.example/feeds/updates.json","language"'],
  ['cut short', /\}\n$/, ''],
];

t.test('negative control: each broken document is found', async (t) => {
  const archive = createArchive();
  archive.publish('2026-0001', { at: minute(1), texts: { en: {} } });
  archive.publish('2026-0001', { at: minute(2), texts: { en: {} } });
  const press = await openTestPress(archive, { now });
  for (const [path, list] of [
    ['/feeds/updates.atom', brokenAtom] as const,
    ['/feeds/updates.rss', brokenRss] as const,
    ['/feeds/updates.json', brokenJson] as const,
  ]) {
    const whole = await feedText(press, path);
    t.strictSame(findingsOf(path, whole), []);
    for (const [what, from, to] of list) {
      const broken = whole.replace(from, to);
      t.not(broken, whole, `${path}: ${what} changes it`);
      t.ok(findingsOf(path, broken).length > 0, `${path}: ${what} is found`);
    }
  }
});
