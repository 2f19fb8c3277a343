import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { versionEntry } from '../../src/press/feeds/atom.ts';
import { printItem, readItem } from '../../src/press/feeds/item.ts';
import { jsonItem } from '../../src/press/feeds/json.ts';
import { rssItem } from '../../src/press/feeds/rss.ts';
import type { Press } from '../../src/press/press.ts';
import type { Prints } from '../../src/store/prints.ts';
import { loadWords, type Words } from '../../src/words.ts';
import { acts, allFeeds, feedText, marked, markOf, minute, now, play } from '../support/feed-records.ts';
import { atomFindings, JsonFeed } from '../support/feed-rules.ts';
import { agency, createArchive, createMemoryPrints, openTestPress } from '../support/press-fixtures.ts';

/** What is told of a version is kept as it was first told; a redaction alone replaces it. */

const entries = (text: string): string[] => [...text.matchAll(/<entry>.*?<\/entry>/gs)].map(String);
const idOf = (entry: string): string => /<id>([^<]*)/.exec(entry)?.[1] ?? '';
const known = loadWords(join(import.meta.dirname, '../../content/words'));
/** Another release: every sentence is said otherwise. */
const otherWords: Words = { fr: (key, values) => `${known.fr(key, values)} (bis)`, en: (key, values) => `${known.en(key, values)} (again)` };
const moved = { ...agency, publicUrl: 'https://elsewhere.example', zone: 'UTC' };

const kept = `{"schema":1,"id":"tag:record.agency.example,2026:2026-0042/v2/fr","statementId":"tag:record.agency.example,2026:2026-0042/fr",\
"url":"https://old.example/fr/statements/2026-0042/v/2","statementUrl":"https://old.example/fr/statements/2026-0042",\
"jsonUrl":"https://old.example/statements/2026-0042/v/2.json","title":"Correction\u00a0: « a » & <b>","summary":"Huit, et non « six » & <b>.",\
"html":"<p lang=\\"en\\">A &amp; B</p>\\n","textLanguage":"en","at":"2026-11-14T12:30:00.007Z","vocab":"https://record.agency.example/vocab",\
"categories":[{"scheme":"kind","code":"correction","label":"Correction"},{"scheme":"situation","code":"leak-falsified","label":"Fuite & doute"}],\
"facts":{"reference":"2026-0042","version":2,"kind":"correction","phase":"update","situation":"leak-falsified","entry":84,"sha256":"${'ab'.repeat(32)}"},\
"redacted":null}\n`;

t.test('a kept item gives these bytes in every form, whatever the code becomes', async (t) => {
  const item = readItem(Buffer.from(kept));
  t.equal(printItem(item).toString(), kept);
  t.equal(
    versionEntry(item).toString(),
    '<entry><id>tag:record.agency.example,2026:2026-0042/v2/fr</id><title>Correction\u00a0: « a » &amp; &lt;b&gt;</title>' +
      '<published>2026-11-14T12:30:00.007Z</published><updated>2026-11-14T12:30:00.007Z</updated>' +
      '<link rel="alternate" type="text/html" href="https://old.example/fr/statements/2026-0042/v/2"/>' +
      '<link rel="related" type="text/html" href="https://old.example/fr/statements/2026-0042"/>' +
      '<link rel="related" type="application/json" href="https://old.example/statements/2026-0042/v/2.json"/>' +
      '<thr:in-reply-to ref="tag:record.agency.example,2026:2026-0042/fr" type="text/html" href="https://old.example/fr/statements/2026-0042"/>' +
      '<category scheme="https://record.agency.example/vocab/kind" term="correction" label="Correction"/>' +
      '<category scheme="https://record.agency.example/vocab/situation" term="leak-falsified" label="Fuite &amp; doute"/>' +
      '<summary>Huit, et non « six » &amp; &lt;b&gt;.</summary><content type="html">&lt;p lang=&quot;en&quot;&gt;A &amp;amp; B&lt;/p&gt;\n</content></entry>\n',
  );
  t.equal(
    rssItem(item).toString(),
    '<item><title>Correction\u00a0: « a » &#x26; &#x3C;b&#x3E;</title><link>https://old.example/fr/statements/2026-0042/v/2</link>' +
      '<guid isPermaLink="false">tag:record.agency.example,2026:2026-0042/v2/fr</guid><pubDate>Sat, 14 Nov 2026 12:30:00 GMT</pubDate>' +
      '<category domain="https://record.agency.example/vocab/kind">correction</category>' +
      '<category domain="https://record.agency.example/vocab/situation">leak-falsified</category>' +
      '<description>Huit, et non « six » &amp;amp; &amp;lt;b&amp;gt;.</description>' +
      '<content:encoded>&lt;p lang=&quot;en&quot;&gt;A &amp;amp; B&lt;/p&gt;\n</content:encoded></item>\n',
  );
  t.equal(
    jsonItem(item).toString(),
    '{"id":"tag:record.agency.example,2026:2026-0042/v2/fr","url":"https://old.example/fr/statements/2026-0042/v/2","title":"Correction\u00a0: « a » & <b>",' +
      '"summary":"Huit, et non « six » & <b>.","content_html":"<p lang=\\"en\\">A &amp; B</p>\\n","date_published":"2026-11-14T12:30:00.007Z",' +
      '"date_modified":"2026-11-14T12:30:00.007Z","language":"en","tags":["kind:correction","situation:leak-falsified"],' +
      '"_onrecord":{"statement":"tag:record.agency.example,2026:2026-0042/fr","statement_url":"https://old.example/fr/statements/2026-0042",' +
      '"signed_url":"https://old.example/statements/2026-0042/v/2.json","reference":"2026-0042","version":2,"kind":"correction","phase":"update",' +
      `"situation":"leak-falsified","entry":84,"sha256":"${'ab'.repeat(32)}","redacted":null}}`,
  );
});

t.test('a print of another shape is refused, never half read', async (t) => {
  const broken = [kept.replace('"schema":1', '"schema":2'), kept.replace('"redacted":null', '"redacted":null,"more":1'), kept.slice(0, -3), 'null', ''];
  for (const text of broken) t.throws(() => readItem(Buffer.from(text)), { code: 'store_corrupt' });
});

t.test('other words, another address and another zone change no byte of an entry, in subscription and blocks', async (t) => {
  const archive = createArchive();
  for (let n = 1; n <= 120; n += 1) archive.publish(`2026-${String((n % 40) + 1).padStart(4, '0')}`, { at: minute(n), texts: { en: {}, fr: {} } });
  archive.redact('2026-0003', 1, 'safety', minute(200));
  const prints = createMemoryPrints();
  const paths = ['', '/fr'].flatMap((prefix) =>
    ['/feeds/updates.atom', '/feeds/updates/archive/1.atom', '/feeds/updates/archive/2.atom', '/statements/2026-0007/feed.atom'].map((path) => prefix + path),
  );
  const told = async (press: Press): Promise<string> =>
    (await Promise.all(paths.map(async (path) => entries(await feedText(press, path)).join('')))).join('\n');
  const itemsOf = async (press: Press): Promise<unknown> => JsonFeed.parse(JSON.parse(await feedText(press, '/feeds/updates.json'))).items;
  const before = await openTestPress(archive, { now, prints });
  const [old, oldItems] = [await told(before), await itemsOf(before)];
  const after = await openTestPress(archive, { now, prints, words: otherWords, agency: moved });
  t.equal(await told(after), old);
  t.same(await itemsOf(after), oldItems);
  const rss = (press: Press): Promise<string[]> => feedText(press, '/feeds/updates.rss').then((text) => [...text.matchAll(/<item>.*?<\/item>/gs)].map(String));
  t.same(await rss(after), await rss(before));
  t.match(await feedText(after, '/feeds/updates.atom'), 'href="https://elsewhere.example/feeds/updates.atom"', 'the document itself has moved');
  t.match(await feedText(after, '/feeds/updates.atom'), '<id>https://record.agency.example/feeds/updates.atom</id>');
  await after.advance(archive.publish('2026-0041', { at: minute(300), texts: { en: {} } }));
  t.match(
    entries(await feedText(after, '/feeds/updates.atom'))[0],
    'https://elsewhere.example/statements/2026-0041/v/1',
    'a new version is told as things are now',
  );
  const lost = await openTestPress(archive, { now, words: otherWords, agency: moved });
  t.not(await told(lost), old, 'negative control: without the prints they would have changed');
});

t.test('a preview keeps nothing', async (t) => {
  const [publicOne, next] = [createArchive(), createArchive()];
  publicOne.publish('2026-0001', { at: minute(1), texts: { en: {} } });
  next.publish('2026-0001', { at: minute(1), texts: { en: {} } });
  const statement = next.publish('2026-0001', { at: minute(2), texts: { en: { title: 'Not yet' } } });
  const kept: string[] = [];
  const memory = createMemoryPrints();
  const prints: Prints = {
    ...memory,
    keep: (name, bytes) => {
      kept.push(`${name} ${bytes}`);
      return memory.keep(name, bytes);
    },
  };
  const press = await openTestPress(publicOne, { now, prints });
  const count = kept.length;
  const shown = await press.preview(statement, await next.readVersion(1), 'en');
  t.equal(shown?.entry.title, 'Update 2: Not yet');
  t.equal(kept.length, count);
  t.notMatch(kept.join('\n'), 'Not yet');
});

t.test('a disk that takes no print holds no feed back', async (t) => {
  const archive = createArchive();
  archive.publish('2026-0001', { at: minute(1), texts: { en: { title: 'Told all the same' } } });
  const prints: Prints = { ...createMemoryPrints(), keep: () => Promise.reject(new Error('disk full')) };
  const press = await openTestPress(archive, { now, prints });
  t.match(await feedText(press, '/feeds/updates.atom'), 'Told all the same');
});

t.test('a redaction leaves the tombstone in every feed, and no word of the text in any, nor in what is kept', async (t) => {
  const archive = createArchive();
  const secret = { title: 'Zanzibar title', summary: 'Zanzibar summary', known: 'Zanzibar known', changeNote: 'Zanzibar note' };
  archive.publish('2026-0002', { at: minute(1), texts: { en: secret, fr: secret } });
  archive.publish('2026-0001', { at: minute(2), texts: { en: {}, fr: {} } });
  archive.publish('2026-0001', { at: minute(3), kind: 'correction', corrects: 1, texts: { en: secret, fr: secret } });
  // A withdrawal in English alone stands in the French feeds under the last French title.
  archive.publish('2026-0001', { at: minute(4), kind: 'withdrawal', texts: { en: { title: 'Other' } } });
  for (let n = 0; n < 50; n += 1) archive.publish(`2026-${1000 + n}`, { at: minute(10 + n), texts: { en: {}, fr: {} } });
  const held = new Map<string, Buffer>();
  const prints = createMemoryPrints(held);
  const press = await openTestPress(archive, { now, prints });
  const house = ['updates.atom', 'updates/archive/1.atom', 'updates/archive/1.json', 'updates.rss', 'updates.json', 'corrections.atom', 'statements.atom'];
  const paths = ['', '/fr'].flatMap((prefix) => [...house.map((name) => `/feeds/${name}`), '/statements/2026-0001/feed.atom'].map((path) => prefix + path));
  const before = new Map(await Promise.all(paths.map(async (path) => [path, await feedText(press, path)] as const)));
  for (const [path, text] of before) t.match(text, 'Zanzibar', path);
  await press.advance(archive.redact('2026-0001', 2, 'court_order', minute(100)));
  await press.advance(archive.redact('2026-0002', 1, 'personal_data', minute(101)));
  for (const path of paths) {
    const text = await feedText(press, path);
    t.notOk(text.includes('Zanzibar'), path);
    if (path.endsWith('.atom')) t.strictSame(atomFindings(text), [], path);
  }
  t.notMatch([...held.values()].join('\n'), 'Zanzibar');

  const entry = entries(await feedText(press, '/feeds/updates.atom')).find((one) => idOf(one).endsWith(':2026-0001/v2')) ?? '';
  const old = entries(before.get('/feeds/updates.atom') ?? '').find((one) => idOf(one).endsWith(':2026-0001/v2')) ?? '';
  for (const part of [/<published>.*?<\/published>/, /<updated>.*?<\/updated>/, /<link .*(?=<category)/, /term="correction"/, /term="leak"/])
    t.equal(part.exec(entry)?.[0], part.exec(old)?.[0], `${part}`);
  t.match(entry, '<title>2026-0001, version 2: text removed</title>');
  t.match(entry, 'was removed on 13 September 2026 by order of a court');
  const statements = await feedText(press, '/feeds/statements.atom');
  t.match(statements, `<at:deleted-entry ref="tag:record.agency.example,2026:2026-0002" when="${minute(101)}">`, 'RFC 6721: no text is left');
  t.match(statements, '[Withdrawn] Other', 'the withdrawal stands as it was said');
  t.match(await feedText(press, '/fr/feeds/corrections.atom'), 'Retirée\u00a0: Other');

  const reopened = await openTestPress(archive, { now, prints });
  for (const path of paths) t.equal(await feedText(reopened, path), await feedText(press, path), `${path} after a restart`);
});

t.test('a statement whose newest version was redacted shows the tombstone, and its next version again what it says', async (t) => {
  const archive = createArchive();
  archive.publish('2026-0001', { at: minute(1), texts: { en: { title: 'First' } } });
  archive.publish('2026-0001', { at: minute(2), texts: { en: { title: 'Zanzibar' } } });
  const press = await openTestPress(archive, { now });
  await press.advance(archive.redact('2026-0001', 2, 'safety', minute(3)));
  t.match(await feedText(press, '/feeds/statements.atom'), '<title>2026-0001, version 2: text removed</title>');
  await press.advance(archive.publish('2026-0001', { at: minute(4), texts: { en: { title: 'Third' } } }));
  t.match(await feedText(press, '/feeds/statements.atom'), '<title>Third</title>');
});

t.test('whatever was told before a redaction, and whether or not the press was open for it, no feed and no print holds a word of it', async () => {
  await fc.assert(
    fc.asyncProperty(acts, acts, fc.boolean(), async (first, later, isOpen) => {
      const archive = createArchive();
      const held = new Map<string, Buffer>();
      const prints = createMemoryPrints(held);
      play(archive, first, marked);
      let press = await openTestPress(archive, { now, prints });
      play(archive, [...first.map(() => null), ...later], marked);
      if (isOpen) for (const statement of archive.statements()) await press.advance(statement);
      else press = await openTestPress(archive, { now, prints });
      const told = [...(await allFeeds(press, archive)).map(([, text]) => text), ...[...held.values()].map(String)].join('\n');
      for (const { reference, versions } of archive.statements())
        for (const { version, redacted } of versions)
          if (redacted !== null && told.includes(markOf(reference, version))) throw new Error(`${reference} v${version} is still told`);
    }),
    { numRuns: 40 },
  );
});
