import fc from 'fast-check';
import Parser from 'rss-parser';
import t from 'tap';
import { openAndLastClosed } from '../../src/press/feeds/blocks.ts';
import { element, escapeXml, xmlDocument } from '../../src/press/feeds/xml.ts';
import type { Press } from '../../src/press/press.ts';
import type { Kind, Language } from '../../src/statement/schema.ts';
import { type Archive, createArchive, openTestPress } from '../support/press-fixtures.ts';

const start = Date.parse('2026-09-13T00:00:00.000Z');
const now = (): number => start + 30 * 86_400_000;
const minute = (n: number): string => new Date(start + n * 60_000).toISOString();

type Act = { statement: number; kind: Kind; languages: readonly Language[] };
const acts = fc.array(
  fc.record({
    statement: fc.integer({ min: 1, max: 4 }),
    kind: fc.constantFrom<Kind[]>('update', 'correction', 'editorial', 'translation', 'withdrawal'),
    languages: fc.constantFrom<(readonly Language[])[]>(['en'], ['en'], ['en', 'fr']),
  }),
  { minLength: 1, maxLength: 14 },
);

function play(archive: Archive, list: readonly Act[]): void {
  list.forEach(({ statement, kind, languages }, index) => {
    const reference = `2026-000${statement}`;
    const known = archive.statements().find((one) => one.reference === reference);
    const texts = Object.fromEntries(languages.map((language) => [language, { title: `${language} <${index}> & co` }]));
    archive.publish(reference, { at: minute(index), kind: known ? kind : 'first', texts });
  });
}

const feedText = (press: Press, path: string): string => press.ready(path)?.bytes.toString() ?? '';
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '');
const entries = (text: string): string[] => all(text, /(<entry>.*?<\/entry>)/gs);

t.test('ids are unique, times strictly fall, and every version that speaks a language is there once', async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (list) => {
      const archive = createArchive();
      play(archive, list);
      const press = await openTestPress(archive, { now });
      for (const language of ['en', 'fr'] as const) {
        const text = feedText(press, language === 'en' ? '/feeds/updates.atom' : '/fr/feeds/updates.atom');
        const items = entries(text);
        const ids = items.map((item) => all(item, /<id>([^<]*)</g)[0] ?? '');
        const times = items.map((item) => all(item, /<updated>([^<]*)</g)[0] ?? '');
        if (new Set(ids).size !== ids.length) return false;
        if (!times.every((time, index) => index === 0 || time < (times[index - 1] ?? ''))) return false;
        if (all(text, /<updated>([^<]*)</g)[0] !== (times[0] ?? '2000-01-01T00:00:00.000Z')) return false;
        const expected = archive
          .statements()
          .flatMap(({ versions }) =>
            versions
              .filter(
                (version, index) =>
                  version.languages.includes(language) ||
                  (version.kind === 'withdrawal' && versions.slice(0, index).some((one) => one.languages.includes(language))),
              )
              .map((version) => (language === 'en' ? version.feedId : `${version.feedId}/fr`)),
          );
        if (JSON.stringify([...expected].sort()) !== JSON.stringify([...ids].sort())) return false;
      }
      return true;
    }),
    { numRuns: 40 },
  );
});

t.test('the bytes of an entry never change, whatever is published after it', async () => {
  await fc.assert(
    fc.asyncProperty(acts, acts, async (first, later) => {
      const [before, after] = [createArchive(), createArchive()];
      play(before, first);
      play(after, [...first, ...later]);
      const [early, late] = [await openTestPress(before, { now }), await openTestPress(after, { now })];
      const old = entries(feedText(early, '/feeds/updates.atom'));
      const seen = new Set(entries(feedText(late, '/feeds/updates.atom')));
      return old.every((entry) => seen.has(entry));
    }),
    { numRuns: 25 },
  );
});

t.test('titles say in the feed’s language what a version is to its readers', async (t) => {
  const archive = createArchive();
  archive.publish('2026-0001', { at: minute(1), texts: { en: { title: 'One' }, fr: { title: 'Un' } } });
  archive.publish('2026-0001', { at: minute(2), texts: { en: { title: 'Two' } } });
  archive.publish('2026-0001', { at: minute(3), kind: 'correction', corrects: 2, texts: { en: { title: 'Three' } } });
  archive.publish('2026-0001', { at: minute(4), kind: 'translation', texts: { en: { title: 'Three' }, fr: { title: 'Trois' } } });
  archive.publish('2026-0001', { at: minute(5), kind: 'editorial', texts: { en: { title: 'Five' } } });
  archive.publish('2026-0001', { at: minute(6), kind: 'withdrawal', texts: { en: { title: 'Five' } } });
  const press = await openTestPress(archive, { now });
  const titles = (path: string): string[] => entries(feedText(press, path)).map((entry) => all(entry, /<title>([^<]*)</g)[0] ?? '');
  t.strictSame(titles('/feeds/updates.atom'), ['Withdrawn: Five', 'Editorial: Five', 'Translation: Three', 'Correction: Three', 'Update 2: Two', 'One']);
  t.strictSame(
    titles('/fr/feeds/updates.atom'),
    ['Retirée\u00a0: Trois', 'Correction\u00a0: Trois', 'Un'],
    'a correction is not hidden by the translation that brings it',
  );
  t.strictSame(titles('/fr/feeds/corrections.atom'), ['Retirée\u00a0: Trois', 'Correction\u00a0: Trois']);
  t.strictSame(titles('/feeds/statements.atom'), ['[Withdrawn] Five']);
});

t.test('a translation is new in the second language’s feed and quiet in the first language’s list of statements', async (t) => {
  const archive = createArchive();
  archive.publish('2026-0001', { at: minute(1), texts: { en: { title: 'One' } } });
  archive.publish('2026-0001', { at: minute(2), kind: 'translation', texts: { en: { title: 'One' }, fr: { title: 'Un' } } });
  const press = await openTestPress(archive, { now });
  const [french, english] = [entries(feedText(press, '/fr/feeds/updates.atom')), entries(feedText(press, '/feeds/statements.atom'))];
  t.match(french[0], '<title>Un</title>');
  t.match(french[0], ':2026-0001/v2/fr</id>');
  t.match(french[0], 'ref="tag:record.agency.example,2026:2026-0001/fr"');
  t.match(english[0], `<updated>${minute(1)}</updated>`);
  t.match(entries(feedText(press, '/fr/feeds/statements.atom'))[0], `<updated>${minute(2)}</updated>`);
});

t.test('a reader that polls gets every version exactly once, and the JSON feed says the same', async (t) => {
  const archive = createArchive();
  const press = await openTestPress(archive, { now });
  const seen: string[] = [];
  for (let n = 13; n <= 130; n += 13) {
    const fresh = Array.from({ length: 13 }, (_, index) => n - 12 + index);
    await Promise.all(
      fresh.map((one) => press.advance(archive.publish(`2026-${String((one % 9) + 1).padStart(4, '0')}`, { at: minute(one), texts: { en: {} } }))),
    );
    const ids = all(feedText(press, '/feeds/updates.atom'), /<entry><id>([^<]*)</g).reverse();
    seen.push(...ids.filter((id) => !seen.includes(id)));
    t.ok(n < 50 || (ids.length >= 50 && ids.length <= 99), `${ids.length} entries after ${n} versions`);
  }
  t.equal(seen.length, 130);
  const json = JSON.parse(feedText(press, '/feeds/updates.json'));
  t.strictSame(
    json.items.map(({ id }: { id: string }) => id),
    all(feedText(press, '/feeds/updates.atom'), /<entry><id>([^<]*)</g),
  );
});

t.test('the subscription document and its closed blocks hold every version exactly once', async (t) => {
  for (let size = 0; size <= 320; size += 1) {
    const lines = Array.from({ length: size }, (_, index) => index);
    const shown = openAndLastClosed(lines);
    const firstOpen = Math.floor(size / 50) * 50;
    t.ok(shown.length <= 99 && (size < 50 || shown.length >= 50), `${size}`);
    t.ok(firstOpen === 0 || (shown[0] ?? 0) % 50 === 0, `${size}: begins at a block`);
    t.equal(shown.at(-1), lines.at(-1));
  }
});

t.test('a feed reader understands the feeds, hostile titles included', async (t) => {
  const archive = createArchive();
  archive.publish('2026-0001', {
    at: minute(1),
    texts: { en: { title: 'A <b>&amp;</b> ]]> "quoted" ’ 😀', known: '# <script>alert(1)</script>\n\n]]> &nbsp; ok' } },
  });
  const press = await openTestPress(archive, { now });
  const parser = new Parser();
  for (const feed of ['updates.atom', 'statements.atom', 'corrections.atom', 'exercise.atom']) {
    const parsed = await parser.parseString(feedText(press, `/feeds/${feed}`));
    t.ok(parsed.title, feed);
    if (feed === 'updates.atom') t.equal(parsed.items[0]?.title, 'A <b>&amp;</b> ]]> "quoted" ’ 😀');
    t.notMatch(parsed.items[0]?.content ?? '', /<script/);
  }
});

t.test('no string can break the XML', async (t) => {
  await fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const written = escapeXml(text);
      const legal = [...written].every((sign) => ['\t', '\n', '\r'].includes(sign) || (sign >= ' ' && !['\ufffe', '\uffff'].includes(sign)));
      return legal && !/[<>"]|&(?!(amp|lt|gt|quot);)/.test(written) && written.isWellFormed();
    }),
  );
  t.equal(xmlDocument(element('a', { b: '"<' }, ['x & y', null, element('c', { d: undefined })])).split('\n')[1], '<a b="&quot;&lt;">x &amp; y<c/></a>');
});
