import t from 'tap';
import type { Press } from '../../src/press/press.ts';
import { feedText, minute } from '../support/feed-records.ts';
import { createArchive, createMemoryPrints, openTestPress } from '../support/press-fixtures.ts';

/** Document and archive chain (RFC 5005 §4): at every size all versions, each exactly once, and closed blocks that stay. */

const host = 'https://record.agency.example';
const last = 260;
const now = (): number => Date.parse(minute(100_000));
const reference = (n: number): string => `2026-${String((n % 23) + 1).padStart(4, '0')}`;
/** Every fourth version has no French text: the French chain closes its blocks elsewhere. */
const texts = (n: number) => ({ en: { title: `Version ${n}` }, ...(n % 4 === 0 ? {} : { fr: { title: `Version ${n}` } }) });

const idsOf = (text: string): string[] => [...text.matchAll(/<entry><id>([^<]*)</g)].map((match) => match[1] ?? '');
const previousOf = (text: string): string | undefined => /<link rel="prev-archive"[^>]* href="([^"]*)"/.exec(text)?.[1]?.slice(host.length);

/** The subscription document and all that its chain leads to, newest first. */
async function chain(press: Press, path: string): Promise<readonly (readonly [path: string, text: string])[]> {
  const documents: [string, string][] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const text: string = await feedText(press, next);
    documents.push([next, text]);
    next = previousOf(text);
  }
  return documents;
}

t.test('at every size from 1 to 260, in both languages, document and chain hold each version exactly once, and closed blocks never change', async (t) => {
  const archive = createArchive();
  const press = await openTestPress(archive, { now });
  const closed = new Map<string, string>();
  const expected = { '': [] as string[], '/fr': [] as string[] };
  for (let n = 1; n <= last; n += 1) {
    const statement = archive.publish(reference(n), { at: minute(n), texts: texts(n) });
    await press.advance(statement);
    const id = statement.versions.at(-1)?.feedId ?? '';
    expected[''].unshift(id);
    if (n % 4 !== 0) expected['/fr'].unshift(`${id}/fr`);
    for (const prefix of ['', '/fr'] as const) {
      const documents = await chain(press, `${prefix}/feeds/updates.atom`);
      const held = documents.flatMap(([, text]) => idsOf(text));
      if (held.join() !== expected[prefix].join()) t.fail(`${prefix} ${n}: ${documents.map(([path, text]) => `${path} ${idsOf(text).length}`)}`);
      for (const [path, text] of documents.slice(1)) {
        if (idsOf(text).length !== 50) t.fail(`${path} has ${idsOf(text).length} entries`);
        if ((closed.get(path) ?? text) !== text) t.fail(`${path} changed when version ${n} came out`);
        closed.set(path, text);
      }
    }
  }
  t.same([...closed.keys()].sort(), [
    ...[1, 2, 3, 4].map((block) => `/feeds/updates/archive/${block}.atom`),
    ...[1, 2].map((block) => `/fr/feeds/updates/archive/${block}.atom`),
  ]);
  const reopened = await openTestPress(archive, { now });
  for (const [path, text] of closed) t.equal(await feedText(reopened, path), text, `${path} made again`);
  for (const path of ['/feeds/updates/archive/6.atom', '/fr/feeds/updates/archive/4.atom', '/feeds/updates/archive/6.json'])
    t.equal(await press.cold(path), undefined, `${path} is not full`);
  t.match((await press.cold('/feeds/updates/archive/5.atom'))?.cache, /max-age=3600/);
});

t.test('two publications that arrive the other way round leave no block without one of them', async (t) => {
  const archive = createArchive();
  const press = await openTestPress(archive, { now });
  const statements = Array.from({ length: 51 }, (_, n) => archive.publish(`2026-${String(n + 1).padStart(4, '0')}`, { at: minute(n), texts: { en: {} } }));
  for (const statement of [...statements.slice(0, 49), ...statements.slice(50)]) await press.advance(statement);
  t.equal(idsOf(await feedText(press, '/feeds/updates/archive/1.atom')).length, 50);
  for (const statement of statements.slice(49, 50)) await press.advance(statement);
  t.equal(idsOf(await feedText(press, '/feeds/updates/archive/1.atom'))[0], 'tag:record.agency.example,2026:2026-0050/v1');
});

t.test('a poller that slept through 230 versions catches up by the chain, in Atom and in JSON', async (t) => {
  const archive = createArchive();
  const press = await openTestPress(archive, { now });
  const publish = (n: number): Promise<void> => press.advance(archive.publish(reference(n), { at: minute(n), texts: texts(n) }));
  for (let n = 1; n <= 15; n += 1) await publish(n);
  const known = new Set(idsOf(await feedText(press, '/feeds/updates.atom')));
  await Promise.all(Array.from({ length: 230 }, (_, index) => publish(16 + index)));
  let fetched = 0;
  for (let next: string | undefined = '/feeds/updates.atom'; next !== undefined; ) {
    const text: string = await feedText(press, next);
    const fresh = idsOf(text).filter((id) => !known.has(id));
    for (const id of fresh) known.add(id);
    fetched += 1;
    next = fresh.length === idsOf(text).length ? previousOf(text) : undefined;
  }
  t.equal(known.size, 245);
  t.equal(fetched, 4, 'the document of 95 and blocks 3 to 1, where it finds what it knows');
  const inJson = new Set<string>();
  for (let next: string | undefined = '/feeds/updates.json'; next !== undefined; ) {
    const { items, next_url }: { items: { id: string }[]; next_url?: string } = JSON.parse(await feedText(press, next));
    for (const { id } of items) inJson.add(id);
    next = next_url?.slice(host.length);
  }
  t.same([...inJson].sort(), [...known].sort());
});

t.test('opening over 2,000 versions makes the entries that its documents show, and no other', async (t) => {
  const archive = createArchive();
  for (let n = 1; n <= 2_000; n += 1) archive.publish(`2026-${String((n % 300) + 1).padStart(4, '0')}`, { at: minute(n), texts: { en: {} } });
  const prints = createMemoryPrints();
  let kept = 0;
  const counting = {
    ...prints,
    keep: (name: string, bytes: Buffer) => {
      kept += name.startsWith('items/') ? 1 : 0;
      return prints.keep(name, bytes);
    },
  };
  const press = await openTestPress(archive, { now, prints: counting });
  t.ok(kept >= 50 && kept <= 200, `${kept} entries`);
  const before = kept;
  await press.cold('/feeds/updates/archive/3.atom');
  t.equal(kept, before + 50, 'a block makes its own when it is asked for');
  const again = await openTestPress(archive, { now, prints: counting });
  t.equal(await feedText(again, '/feeds/updates/archive/3.atom'), await feedText(press, '/feeds/updates/archive/3.atom'));
  t.equal(kept, before + 50, 'and nothing is made twice');
});
