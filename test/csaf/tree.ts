import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { OnrecordError } from '../../src/errors.ts';
import { createArchive, csafParts, openTestPress } from '../support/press-fixtures.ts';
import { type Answer, openPublicSite } from '../support/public-site.ts';

/** The tree as a whole: it changes with a publication or stays as it was, and never shows a half. */

const white = '/.well-known/csaf/white';
let second = 0;
const next = (): string => {
  second += 1;
  return new Date(Date.parse('2026-09-13T10:00:00.000Z') + second * 1_000).toISOString();
};
const now = (): number => Date.parse('2026-09-20T00:00:00.000Z');
const cleared = { sha512: '0'.repeat(128), signature: null };

t.test('where validator or signature fails, the publication goes ahead, the set before stays whole, and it is tried again', async (t) => {
  const archive = createArchive(undefined, true);
  let fails = false;
  const csaf = csafParts(async () => {
    if (fails) throw new OnrecordError('key_invalid', 'the key is not there');
    return cleared;
  });
  const press = await openTestPress(archive, { now, csaf });
  await press.advance(archive.publish('2026-0001', { at: next(), texts: { en: {} } }));
  const lists = async (): Promise<readonly string[]> =>
    Promise.all(
      ['index.txt', 'changes.csv', 'csaf-feed-tlp-white.json', '2026/onr-2026-0001.json', '2026/onr-2026-0001.json.sha256'].map(async (name) =>
        String((await press.cold(`${white}/${name}`))?.bytes),
      ),
    );
  const before = await lists();
  fails = true;
  await press.advance(archive.publish('2026-0001', { at: next(), texts: { en: { title: 'What is known by now' } } }));
  await press.advance(archive.publish('2026-0002', { at: next(), texts: { en: {} } }));
  t.match(String(press.ready('/statements/2026-0001')?.bytes), 'What is known by now', 'the page shows it');
  t.same(await lists(), before, 'every list and document is the one before');
  t.match(press.csaf(), { documents: 1, owed: 2, failure: 'the key is not there' });
  t.equal(press.trouble(), null, 'nothing that keeps anybody from publishing');
  await press.goOnWithCsaf();
  t.match(press.csaf(), { owed: 2 });
  fails = false;
  await press.goOnWithCsaf();
  t.match(press.csaf(), { documents: 2, owed: 0, failure: null });
  t.match((await lists())[0], /^2026\/onr-2026-0002\.json\n2026\/onr-2026-0001\.json\n$/);
});

t.test('a publication waits a second for its document, and no longer; it is listed when it is there', async (t) => {
  const archive = createArchive(undefined, true);
  const { promise, resolve } = Promise.withResolvers<void>();
  const csaf = csafParts(async () => {
    await promise;
    return cleared;
  });
  const press = await openTestPress(archive, { now, csaf });
  const begun = performance.now();
  await press.advance(archive.publish('2026-0001', { at: next(), texts: { en: {} } }));
  t.ok(performance.now() - begun > 900);
  t.equal((await press.cold('/statements/2026-0001'))?.status, 200);
  t.equal(String((await press.cold(`${white}/index.txt`))?.bytes), '');
  resolve();
  await promise;
  await sleep(50);
  t.equal(String((await press.cold(`${white}/index.txt`))?.bytes), '', 'not before all lists change together');
  await press.goOnWithCsaf();
  t.equal(String((await press.cold(`${white}/index.txt`))?.bytes), '2026/onr-2026-0001.json\n');
});

t.test('a text that has to go takes its document out of the tree, until the next version; an older one does not', async (t) => {
  const archive = createArchive(undefined, true);
  const press = await openTestPress(archive, { now, csaf: csafParts() });
  const secret = 'Theodora Quist';
  await press.advance(archive.publish('2026-0001', { at: next(), texts: { en: { summary: `It is about ${secret}.`, changeNote: secret } } }));
  await press.advance(archive.publish('2026-0001', { at: next(), texts: { en: { summary: 'It is about nobody.' } } }));
  const document = async (): Promise<{ status: number | undefined; text: string }> => {
    const found = await press.cold(`${white}/2026/onr-2026-0001.json`);
    return { status: found?.status, text: String(found?.bytes) };
  };
  await press.advance(archive.redact('2026-0001', 1, 'personal_data', next()));
  t.match(await document(), { status: 200, text: /about nobody/ });
  t.notMatch((await document()).text, secret);
  const metadataBefore = JSON.parse(String((await press.cold('/.well-known/csaf/provider-metadata.json'))?.bytes)).last_updated;
  await press.advance(archive.redact('2026-0001', 2, 'court_order', new Date(now() + 60_000).toISOString()));
  t.match(await document(), { status: 451, text: /2026-0001 v2 redacted/ });
  const metadata = JSON.parse(String((await press.cold('/.well-known/csaf/provider-metadata.json'))?.bytes));
  t.ok(metadata.last_updated > metadataBefore, 'whoever reads what is new comes again');
  t.equal(String((await press.cold(`${white}/index.txt`))?.bytes), '');
  await press.advance(archive.publish('2026-0001', { at: next(), texts: { en: { summary: 'It is about a system.' } } }));
  t.match(await document(), { status: 200, text: /about a system/ });
});

t.test('exercises have no document; a second language has its own, with the original as its first reference', async (t) => {
  const archive = createArchive(undefined, true);
  const press = await openTestPress(archive, { now, csaf: csafParts() });
  await press.advance(archive.publish('EX-2026-0001', { at: next(), texts: { en: {} } }));
  await press.advance(archive.publish('2026-0001', { at: next(), texts: { en: {} } }));
  await press.advance(archive.publish('2026-0001', { at: next(), kind: 'translation', texts: { en: {}, fr: { title: 'Des données circulent' } } }));
  t.equal(String((await press.cold(`${white}/index.txt`))?.bytes), '2026/onr-2026-0001.json\n2026/onr-2026-0001-fr.json\n');
  const { document } = JSON.parse(String((await press.cold(`${white}/2026/onr-2026-0001-fr.json`))?.bytes));
  t.match(document, {
    lang: 'fr',
    source_lang: 'en',
    title: 'Des données circulent',
    references: [
      { category: 'external', url: /onr-2026-0001\.json$/ },
      { category: 'self', url: /onr-2026-0001-fr\.json$/ },
    ],
    tracking: { id: 'ONR-2026-0001-fr', version: '2', revision_history: [{ number: '1' }, { number: '2' }] },
  });
});

t.test('a poller who reads all lists while two hundred versions come out never finds two that disagree', async (t) => {
  const archive = createArchive(undefined, true);
  const site = await openPublicSite(t, archive, { csaf: csafParts() });
  await site.press.advance(archive.publish('2026-0001', { at: next(), texts: { en: {} } }));
  const wrong: string[] = [];
  let [compared, isOver] = [0, false];
  const body = async (name: string): Promise<string> => ((await site.ask(`${white}/${name}`)) as Answer).body.toString();

  const poll = async (): Promise<void> => {
    while (!isOver) {
      const changes = await body('changes.csv');
      const path = /^"([^"]+)"/.exec(changes)?.[1] ?? '';
      const [index, feed, document] = await Promise.all(['index.txt', 'csaf-feed-tlp-white.json', path].map(body));
      // A publication in between makes two readings of two states: only what framed itself is compared.
      if ((await body('changes.csv')) !== changes) continue;
      compared += 1;
      const listed = changes
        .trim()
        .split('\n')
        .map((line) => line.split('"')[1] ?? '');
      const entries: { content: { src: string }; updated: string }[] = JSON.parse(feed ?? '').feed.entry;
      if (index !== listed.map((one) => `${one}\n`).join('')) wrong.push('index and changes');
      if (entries.map(({ content }) => content.src.slice(content.src.indexOf('/white/') + 7)).join() !== listed.join()) wrong.push('feed and changes');
      const updated = JSON.parse(document ?? '').document.tracking.current_release_date;
      if (!changes.startsWith(`"${path}","${updated}"`) || entries[0]?.updated !== updated) wrong.push('document and lists');
    }
  };
  const polling = Promise.all([poll(), poll(), poll()]);
  for (let number = 0; number < 200; number += 1) {
    await sleep(10);
    await site.press.advance(archive.publish(`2026-${String((number % 20) + 1).padStart(4, '0')}`, { at: next(), texts: { en: {} } }));
  }
  isOver = true;
  await polling;
  t.same(wrong, []);
  t.ok(compared > 50, `${compared} times all lists`);
});

t.test('the lists stay ready where nothing became of them: after an exercise, and after facts that are known', async (t) => {
  const archive = createArchive(undefined, true);
  const press = await openTestPress(archive, { now, csaf: csafParts() });
  const real = archive.publish('2026-0001', { at: next(), texts: { en: {} } });
  await press.advance(real);
  const paths = ['/.well-known/csaf/provider-metadata.json', `${white}/index.txt`, `${white}/changes.csv`, `${white}/csaf-feed-tlp-white.json`];
  const ready = (): readonly unknown[] => paths.map((path) => press.ready(path));
  const before = ready();
  t.ok(before.every((list) => list !== undefined));
  await press.advance(archive.publish('EX-2026-0001', { at: next(), texts: { en: {} } }));
  await press.advance(real);
  t.ok(ready().every((list, place) => list === before[place]));
  await press.advance(archive.publish('2026-0002', { at: next(), texts: { en: {} } }));
  t.match(String(press.ready(`${white}/index.txt`)?.bytes), 'onr-2026-0002.json', 'and change with the next statement');
});
