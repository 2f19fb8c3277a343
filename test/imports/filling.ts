import { setImmediate } from 'node:timers/promises';
import t from 'tap';
import { type KnownDocument, newestOf } from '../../src/imports/known.ts';
import { createFill } from '../../src/press/fill-gists.ts';
import type { Gist } from '../../src/press/imported-gist.ts';
import { createKeptGists } from '../../src/press/kept-gists.ts';

/** Gists of documents that were brought along, which lists and search go by, beside publications. */

const documentAt = (entry: number): KnownDocument => {
  const [issuedAt, name] = ['2026-01-01T00:00:00.000Z', `/imported/agency.example/d${entry}/1.json`];
  const file = { name, type: 'application/json', sha256: `${entry}`, bytes: 1 };
  return {
    host: 'agency.example',
    slug: `d${entry}`,
    id: `D${entry}`,
    originals: [{ k: 1, version: '1', entry, at: issuedAt, issuedAt, changedAt: issuedAt, file }],
  };
};
const gistFor = (document: KnownDocument): Gist => ({ title: document.id, publisher: 'Agency', words: ` ${document.slug} ` });
const from = (first: number, count: number): KnownDocument[] => Array.from({ length: count }, (_, n) => documentAt(first + n));

/** A house whose documents are counted as they are read; `prints` outlive a start. */
function openHouse(prints = new Map<string, Buffer>(), isReadable: (document: KnownDocument) => boolean = () => true) {
  const [read, put]: [number[], Map<number, Gist>] = [[], new Map()];
  const kept = createKeptGists({
    read: async (name) => prints.get(name),
    keep: async (name, bytes) => prints.set(name, prints.get(name) ?? bytes).get(name) ?? bytes,
  });
  const shelf = {
    gist: async (document: KnownDocument) => {
      read.push(newestOf(document).entry);
      if (!isReadable(document)) throw new Error('one that cannot be read');
      return gistFor(document);
    },
    put: (document: KnownDocument, gist: Gist) => void put.set(newestOf(document).entry, gist),
  };
  let inHand: Promise<void> = Promise.resolve();
  const publish = (publication: Promise<void>): void => {
    inHand = publication;
  };
  const house = { prints, read, put, publish };
  return { ...house, ...createFill({ shelf, kept, calm: () => inHand }) };
}

t.test('documents are read while nothing is being published, and go on after it', async (t) => {
  const { read, put, publish, take } = openHouse(new Map(), (document) => document.id !== 'D12');
  const publication = Promise.withResolvers<void>();
  const filled = take(from(0, 30), 30);
  while (read.length < 8) await setImmediate();
  publish(publication.promise);
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
  t.equal(read.length, 8, 'it waits while somebody publishes');
  publication.resolve();
  await filled;
  t.same(
    [...put.keys()],
    from(0, 30)
      .map((document) => newestOf(document).entry)
      .filter((entry) => entry !== 12),
    'all but the one that cannot be read',
  );
});

t.test('a start reads the gists that were kept, and only documents of which none is', async (t) => {
  const first = openHouse();
  await first.take(from(0, 200), 200);
  t.equal(first.read.length, 200);
  t.same([...first.prints.keys()], ['imported/1-63.json', 'imported/1-127.json', 'imported/1-191.json'], 'named by their last entries, as backups want it');
  const second = openHouse(first.prints);
  await second.take(from(0, 200), 230);
  t.same(second.read, [192, 193, 194, 195, 196, 197, 198, 199], 'those behind the last full block');
  t.same(second.put, first.put);
});

t.test('a block that fills with what comes later is kept whole', async (t) => {
  const first = openHouse();
  await first.take(from(0, 50), 50);
  await first.take(from(50, 50), 100);
  const second = openHouse(first.prints);
  await second.take(from(0, 100), 100);
  t.same(
    second.read,
    from(64, 36).map((document) => newestOf(document).entry),
  );
  t.equal(second.put.size, 100);
});

t.test('what was handed over before a block was full is not kept as if it were all of it', async (t) => {
  const first = openHouse();
  const [one, other] = [first.take(from(0, 50), 50), first.take(from(50, 50), 100)];
  await Promise.all([one, other]);
  const second = openHouse(first.prints);
  await second.take(from(0, 100), 100);
  t.equal(second.read.length, 36);
});

t.test('a block with a document that cannot be read is not kept', async (t) => {
  const first = openHouse(new Map(), (document) => document.id !== 'D3');
  await first.take(from(0, 64), 64);
  t.equal(first.prints.size, 0);
  const second = openHouse(first.prints);
  await second.take(from(0, 64), 64);
  t.equal(second.put.size, 64, 'it is read again at the next start');
});

t.test('a gist is used for the bytes that it was made of alone, and a print that says nothing is none', async (t) => {
  const first = openHouse();
  await first.take(from(0, 64), 64);
  const [name = ''] = first.prints.keys();
  const other = from(0, 64).map((document, n) =>
    n === 5 ? { ...document, originals: document.originals.map((one) => ({ ...one, file: { ...one.file, sha256: 'other' } })) } : document,
  );
  const second = openHouse(first.prints);
  await second.take(other, 64);
  t.same(second.read, [5]);
  for (const bytes of ['{', '{"a":1}', '[["0",{"title":1}]]']) {
    const spoilt = openHouse(new Map([[name, Buffer.from(bytes)]]));
    await spoilt.take(from(0, 64), 64);
    t.equal(spoilt.put.size, 64);
  }
});

t.test('a block that statements fill is kept with the next import', async (t) => {
  const house = openHouse();
  await house.take(from(0, 2), 2);
  await house.take(from(200, 1), 201);
  t.equal(house.prints.size, 1);
});

t.test('once it is stopped nothing is read or kept any more', async (t) => {
  const { prints, read, publish, take, stop } = openHouse();
  const publication = Promise.withResolvers<void>();
  const filled = take(from(0, 130), 130);
  while (read.length < 64) await setImmediate();
  publish(publication.promise);
  const stopped = stop();
  publication.resolve();
  await stopped;
  await filled;
  t.ok(read.length < 130);
  t.equal(prints.size, 0);
});
