import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { realDisk } from '../../src/store/disk.ts';
import { openEmbeddedPrints } from '../../src/store/embedded-prints.ts';
import { faultyDisk, memoryDisk } from '../support/store-disks.ts';
import { temporaryDirectory } from '../support/store-fixtures.ts';

const [first, second] = [Buffer.from('{"told":"first"}\n'), Buffer.from('{"told":"second"}\n')];

await t.test('an older installation without prints opens, and what is kept first stays', async (t) => {
  const directory = await temporaryDirectory(t);
  const prints = await openEmbeddedPrints({ directory });
  t.equal(await prints.read('items/12.fr.json'), undefined);
  t.same(await prints.keep('items/12.fr.json', first), first);
  t.same(await prints.keep('items/12.fr.json', second), first, 'the first writer wins');
  t.same(await (await openEmbeddedPrints({ directory })).read('items/12.fr.json'), first);
  t.equal((await stat(join(directory, 'prints/items/12.fr.json'))).mode & 0o777, 0o600);
  t.equal((await stat(join(directory, 'prints/items'))).mode & 0o777, 0o700);
  t.same(await readdir(join(directory, 'prints/items')), ['12.fr.json']);
  t.same(await prints.names(), ['items/12.fr.json']);
});

await t.test('of many that keep under one name at once, all get the same bytes', async (t) => {
  const prints = await openEmbeddedPrints({ directory: await temporaryDirectory(t) });
  const kept = await Promise.all(Array.from({ length: 20 }, (_, n) => prints.keep('diffs/3-7.en.json', Buffer.from(`${n}`))));
  t.same(
    kept,
    kept.map(() => Buffer.from('0')),
  );
});

await t.test('no name leads out of the prints', async (t) => {
  const directory = await temporaryDirectory(t);
  const prints = await openEmbeddedPrints({ directory });
  const names = [
    '../x.json',
    'items/../../x.json',
    'items/..',
    '/etc/passwd',
    'items',
    'items/',
    'items/.hidden.json',
    'items/a/b.json',
    'Items/1.json',
    'items/1',
  ];
  for (const name of names) {
    await t.rejects(prints.keep(name, first), RangeError, name);
    await t.rejects(prints.read(name), RangeError, name);
  }
  t.same(await readdir(join(directory, 'prints')), []);
});

await t.test('a spoilt print counts as lost: each flipped byte, each cut', async (t) => {
  const directory = await temporaryDirectory(t);
  const prints = await openEmbeddedPrints({ directory });
  await prints.keep('items/1.en.json', first);
  const path = join(directory, 'prints/items/1.en.json');
  const whole = await readFile(path);
  for (let at = 0; at < whole.length; at += 1) {
    const flipped = Buffer.from(whole);
    flipped.writeUInt8(flipped.readUInt8(at) ^ 1, at);
    await writeFile(path, flipped);
    t.equal(await prints.read('items/1.en.json'), undefined, `byte ${at}`);
    await writeFile(path, whole.subarray(0, at));
    t.equal(await prints.read('items/1.en.json'), undefined, `cut at ${at}`);
  }
  t.same(await prints.keep('items/1.en.json', second), second, 'and is made again');
  t.same(await prints.read('items/1.en.json'), second);
});

await t.test('a redaction removes what matches and leaves the rest, also what a crash left half written', async (t) => {
  const directory = await temporaryDirectory(t);
  const prints = await openEmbeddedPrints({ directory });
  for (const name of ['items/1.en.json', 'items/1.fr.json', 'items/11.en.json', 'diffs/1-2.en.json']) await prints.keep(name, first);
  await prints.remove((name) => /^items\/1\./.test(name));
  t.same((await readdir(join(directory, 'prints/items'))).sort(), ['11.en.json']);
  t.same(await readdir(join(directory, 'prints/diffs')), ['1-2.en.json']);
  await prints.remove((name) => /^items\/1\./.test(name));
  await writeFile(join(directory, 'prints/items/.1.en.json.0d3b.tmp'), first);
  await openEmbeddedPrints({ directory });
  t.same(await readdir(join(directory, 'prints/items')), ['11.en.json']);
});

await t.test('what was kept survives a power cut, what was removed stays away, and nothing is ever torn', async (t) => {
  const disk = memoryDisk();
  await disk.makeDirectory('/data');
  await disk.syncDirectory('/');
  const prints = await openEmbeddedPrints({ directory: '/data', disk });
  await prints.keep('items/1.en.json', first);
  await prints.keep('items/2.en.json', first);
  await prints.remove((name) => name === 'items/1.en.json');
  disk.cutPower();
  const later = await openEmbeddedPrints({ directory: '/data', disk });
  t.equal(await later.read('items/1.en.json'), undefined);
  t.same(await later.read('items/2.en.json'), first);
});

await t.test('each failing call rejects or keeps, and what is read afterwards is whole or nothing', async (t) => {
  const { disk, arm, calls } = faultyDisk(realDisk);
  const parent = await temporaryDirectory(t);
  const directory = join(parent, 'data');
  await mkdir(directory);
  const prints = await openEmbeddedPrints({ directory, disk });
  arm(null);
  await prints.keep('items/1.en.json', first);
  const count = calls();
  for (const mode of ['lost', 'stored', 'dead'] as const) {
    for (let at = 1; at <= count; at += 1) {
      await rm(join(directory, 'prints/items'), { recursive: true, force: true });
      const fresh = await openEmbeddedPrints({ directory, disk });
      arm({ mode, at });
      const kept: unknown = await fresh.keep('items/1.en.json', first).catch((error: unknown) => error);
      arm(null);
      const read = await fresh.read('items/1.en.json');
      t.ok(read === undefined || read.equals(first), `${mode} ${at}`);
      if (Buffer.isBuffer(kept)) t.same(read, first, `${mode} ${at}: what resolved is there`);
    }
  }
});
