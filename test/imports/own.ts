import t from 'tap';
import type { PressOptions } from '../../src/press/press.ts';
import { loggedDocument } from '../support/csaf-archive.ts';
import { agency, createArchive, csafParts, openTestPress } from '../support/press-fixtures.ts';
import { logOf } from '../support/press-log.ts';

/** A provider that moves to Onrecord: its own documents from before stay where machines look for them. */

const white = '/.well-known/csaf/white';
const now = (): number => Date.parse('2026-09-20T00:00:00.000Z');
const own = loggedDocument({ id: 'CERT-2019-7', namespace: agency.publicUrl, version: '3' });
const others = [
  loggedDocument({ id: 'OTHER-1' }),
  loggedDocument({ id: 'CERT-2019-8', namespace: agency.publicUrl, label: null }),
  loggedDocument({ id: 'ONR-2026-0001', namespace: agency.publicUrl }),
];

async function openWith(documents: readonly ReturnType<typeof loggedDocument>[], clear?: Parameters<typeof csafParts>[0]) {
  const archive = createArchive(undefined, true);
  archive.publish('2026-0001', { at: '2026-09-13T10:00:00.000Z', texts: { en: {} } });
  const readSigned: PressOptions['readSigned'] = async (entry, name) => documents.find((one) => one.name === name)?.body ?? archive.readSigned(entry, name);
  const readEntries = logOf(40, agency.origin, new Map(documents.map(({ entry }, place) => [20 + place, entry])));
  const press = await openTestPress(archive, { now, csaf: csafParts(clear), readSigned, readEntries });
  await press.goOnWithCsaf();
  const get = async (path: string): Promise<Buffer | undefined> => (press.ready(white + path) ?? (await press.cold(white + path)))?.bytes;
  return { press, get };
}

t.test('an own document is listed by its first year and its claimed change, behind what this record has published', async (t) => {
  const asked: [string, boolean][] = [];
  const { get, press } = await openWith([own, ...others], async (document, isBrought) => {
    asked.push([JSON.parse(document.toString()).document.tracking.id, isBrought]);
    return { sha512: '0'.repeat(128), signature: null };
  });
  t.equal(
    (await get('/index.txt'))?.toString(),
    '2026/onr-2026-0001.json\n2019/cert-2019-7.json\n',
    'and nothing of others, without a label, or by the name of a statement',
  );
  t.match((await get('/changes.csv'))?.toString(), /^"2026\/onr-2026-0001\.json",.*\n"2019\/cert-2019-7\.json","2019-05-09T10:00:00\.000Z"\n$/);
  t.ok((await get('/2019/cert-2019-7.json'))?.equals(own.body), 'byte for byte');
  t.match((await get('/2019/cert-2019-7.json.sha256'))?.toString(), /^[0-9a-f]{64} {2}cert-2019-7\.json\n$/);
  t.match((await get('/2019/'))?.toString(), /cert-2019-7\.json/);
  const feed = JSON.parse(String(await get('/csaf-feed-tlp-white.json')));
  t.match(feed.feed.entry, [
    { id: 'ONR-2026-0001' },
    { id: 'CERT-2019-7', title: 'Open mail servers at Lumen', published: '2019-05-07T10:00:00.000Z', summary: { content: 'Correction 2' } },
  ]);
  t.match(
    new Map(asked),
    new Map([
      ['ONR-2026-0001', false],
      ['CERT-2019-7', true],
    ]),
    'it is asked for what its publisher had to keep',
  );
  t.match(press.csaf(), { documents: 2, owed: 0 });
  for (const path of ['/2026/cert-2019-7.json', '/2019/other-1.json', '/2019/cert-2019-8.json', '/2019/onr-2026-0001.json'])
    t.equal(await get(path), undefined, path);
});

t.test('one that is not valid waits, is said to, and keeps nothing else from being listed', async (t) => {
  const { get, press } = await openWith([own], async (_document, isBrought) => {
    if (isBrought) throw new Error('not valid');
    return { sha512: '0'.repeat(128), signature: null };
  });
  t.equal((await get('/index.txt'))?.toString(), '2026/onr-2026-0001.json\n');
  t.match(press.csaf(), { documents: 1, owed: 1, failure: 'not valid' });
});
