import { cp, mkdir, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { signCheckpoint } from '../../src/ledger/checkpoint.ts';
import { createSigner, newSigningKey } from '../../src/ledger/signer.ts';
import { walkFiles } from '../../src/store/backup-manifest.ts';
import { realDisk } from '../../src/store/disk.ts';
import { openEmbeddedStore } from '../../src/store/embedded.ts';
import { openEmbeddedPeople } from '../../src/store/embedded-people.ts';
import { initialise, readInstallation } from '../../src/store/installation.ts';
import type { Store } from '../../src/store/store.ts';
import { auditStore } from '../support/store-audit.ts';
import { faultyDisk } from '../support/store-disks.ts';
import { contentOf, createClock, listing, opened, origin, publishVersion, random, temporaryDirectory, testSigner } from '../support/store-fixtures.ts';

const clock = createClock('2026-11-14T12:30:00.000Z');
const beginning = { origin, demonstration: false, now: clock.now, random };

type Place = { directory: string; anchorFile: string; start(signer?: typeof testSigner): Promise<Store> };

async function place(t: Test): Promise<Place> {
  const parent = await temporaryDirectory(t);
  const [directory, anchorFile] = [join(parent, 'data'), join(parent, 'anchor')];
  const start = (signer = testSigner) => openEmbeddedStore({ directory, signer, anchorFile, now: clock.now });
  return { directory, anchorFile, start };
}

/** An installation with two published versions and a draft, closed. */
async function filled(t: Test): Promise<Place> {
  const made = await place(t);
  await initialise(made.directory, beginning);
  const store = await made.start();
  await store.edit('draft0001', () => opened('draft0001', contentOf('Brouillon')));
  await publishVersion(store, 'statement1', 'Version une');
  await publishVersion(store, 'statement1', 'Version deux', listing(1));
  await store.close();
  return made;
}

await t.test('init is explicit and happens once', async (t) => {
  const { directory, start } = await place(t);
  await t.rejects(start(), { code: 'store_not_initialised' });
  const made = await initialise(directory, beginning);
  t.same(await readInstallation(directory), made);
  await t.rejects(initialise(directory, beginning), { code: 'store_exists' });
  t.equal((await stat(directory)).mode & 0o777, 0o700);
  t.equal((await stat(join(directory, 'onrecord.json'))).mode & 0o777, 0o600);
});

await t.test('init refuses a directory that holds anything else, and finishes one that was interrupted', async (t) => {
  const { directory } = await place(t);
  await initialise(directory, beginning);
  await rm(join(directory, 'onrecord.json'));
  await initialise(directory, beginning);
  await rm(join(directory, 'onrecord.json'));
  await writeFile(join(directory, 'people', 'camille.json'), '{}');
  await t.rejects(initialise(directory, beginning), { code: 'store_exists' });
  await rm(join(directory, 'people', 'camille.json'));
  await writeFile(join(directory, 'key.pem'), 'key');
  await t.rejects(initialise(directory, beginning), { code: 'store_exists' });
  await initialise(directory, beginning, ['key.pem']);
});

await t.test('two starters make one installation', async (t) => {
  const { directory } = await place(t);
  const results = await Promise.allSettled([initialise(directory, beginning), initialise(directory, beginning)]);
  t.equal(results.filter((result) => result.status === 'fulfilled').length, 1);
});

await t.test('another identity or another key does not open it', async (t) => {
  const { start } = await filled(t);
  await t.rejects(start(createSigner(newSigningKey(), 'other.example')), { code: 'config_invalid' });
  await t.rejects(start(createSigner(newSigningKey(), origin)), { code: 'store_corrupt' });
});

const damages: Record<string, (directory: string) => Promise<unknown>> = {
  'the people are gone': (directory) => rm(join(directory, 'people'), { recursive: true }),
  'the sessions are gone': (directory) => rm(join(directory, 'people', '_sessions.json')),
  'the statements are gone': (directory) => rm(join(directory, 'statements'), { recursive: true }),
  'the newest register is gone': (directory) => rm(join(directory, 'record/register/1.json')),
  'the newest register is another one': (directory) => writeFile(join(directory, 'record/register/1.json'), '{}\n'),
  'the ledger is gone': (directory) => rm(join(directory, 'ledger'), { recursive: true }),
  'the entries are gone': (directory) => rm(join(directory, 'ledger', 'entries.jsonl')),
  'the checkpoint is gone': (directory) => rm(join(directory, 'ledger', 'checkpoint')),
  'the published statement is gone': (directory) => rm(join(directory, 'statements', 'statement1.json')),
  'a statement is empty': (directory) => truncate(join(directory, 'statements', 'draft0001.json'), 0),
  'a statement is truncated': (directory) => truncate(join(directory, 'statements', 'draft0001.json'), 100),
  'a statement is null': (directory) => writeFile(join(directory, 'statements', 'draft0001.json'), 'null'),
  'a statement is 0': (directory) => writeFile(join(directory, 'statements', 'draft0001.json'), '0'),
  'a statement is false': (directory) => writeFile(join(directory, 'statements', 'draft0001.json'), 'false'),
  'a statement lies under another name': (directory) =>
    rename(join(directory, 'statements', 'draft0001.json'), join(directory, 'statements', 'draft0002.json')),
  'a published statement has another feed id': (directory) => rewrite(join(directory, 'statements', 'statement1.json'), '2026-0001/v2', '2026-0001/v3'),
  'the marker is null': (directory) => writeFile(join(directory, 'onrecord.json'), 'null'),
  'the last entry is cut off': async (directory) => {
    const path = join(directory, 'ledger', 'entries.jsonl');
    await truncate(path, (await stat(path)).size - 10);
  },
};
async function rewrite(path: string, from: string, to: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${from} is not there`);
  await writeFile(path, text.replace(from, to));
}
for (const [name, damage] of Object.entries(damages)) {
  await t.test(`refuses to start when ${name}`, async (t) => {
    const { directory, start } = await filled(t);
    await damage(directory);
    await t.rejects(start(), { code: 'store_corrupt' });
  });
}

await t.test('refuses to start when any byte of log or checkpoint is another', async (t) => {
  const { directory, start } = await filled(t);
  for (const name of ['entries.jsonl', 'checkpoint']) {
    const path = join(directory, 'ledger', name);
    const good = await readFile(path);
    for (let position = 0; position < good.length; position += 7) {
      const bad = Buffer.from(good);
      bad[position] = (bad[position] ?? 0) ^ 0x01;
      await writeFile(path, bad);
      await t.rejects(start(), { code: 'store_corrupt' }, `${name} ${position}`);
    }
    await writeFile(path, good);
  }
  await (await start()).close();
});

await t.test('a signed file that was changed is never handed out', async (t) => {
  const { directory, start } = await filled(t);
  const store = await start();
  t.teardown(() => store.close());
  await writeFile(join(directory, 'record/statements/2026-0001/v/1.txt'), 'réécrit');
  await t.rejects(store.ledger(-1, 10), { code: 'store_corrupt' });
  t.equal((await store.ledger(0, 10)).entries.length, 1);
});

await t.test('an uncommitted tail of the log is cut', async (t) => {
  const { directory, start } = await filled(t);
  const path = join(directory, 'ledger', 'entries.jsonl');
  const good = await readFile(path);
  await writeFile(path, Buffer.concat([good, Buffer.from('{"at":"2026-11-14T12:31')]));
  const store = await start();
  t.teardown(() => store.close());
  t.same(await readFile(path), good);
  await publishVersion(store, 'statement1', 'Version trois');
  t.same(await auditStore(store, testSigner), []);
});

await t.test('an old checkpoint put back destroys nothing', async (t) => {
  const { directory, start } = await filled(t);
  const before = await snapshotOf(directory);
  const store = await start();
  await publishVersion(store, 'statement1', 'Version trois');
  await store.close();
  const entries = await readFile(join(directory, 'ledger', 'entries.jsonl'));
  await cp(join(before, 'ledger', 'checkpoint'), join(directory, 'ledger', 'checkpoint'));
  await t.rejects(start(), { code: 'store_corrupt' });
  t.same(await readFile(join(directory, 'ledger', 'entries.jsonl')), entries);
});

await t.test('temporary files of a crash are swept', async (t) => {
  const { directory, start } = await filled(t);
  const [drawer = ''] = await readdir(join(directory, 'texts'));
  await mkdir(join(directory, 'timestamps/1'), { recursive: true });
  await mkdir(join(directory, '.restoring.tmp'));
  for (const part of ['', 'statements', 'ledger', 'staging', 'outbox', `texts/${drawer}`, 'timestamps/1', 'people'])
    await writeFile(join(directory, part, '.zoe.json.1234.tmp'), '{"half":');
  await (await start()).close();
  await (await openEmbeddedPeople({ directory, now: clock.now })).close();
  t.same(await temporaryFiles(directory), []);
});

await t.test('wherever a publication is cut off, the next boot leaves no half of it', async (t) => {
  const { directory, anchorFile, start } = await filled(t);
  const { disk, arm, broken } = faultyDisk(realDisk);
  let left = 0;
  for (let at = 1; ; at += 1) {
    const store = await openEmbeddedStore({ directory, signer: testSigner, anchorFile, now: clock.now, disk });
    arm({ mode: 'dead', at });
    await publishVersion(store, 'statement1', `Version ${at}`).catch(() => {});
    const isWhole = broken() === null;
    arm(null);
    await store.close();
    if (isWhole) break;
    left += (await temporaryFiles(directory)).length;
    await (await start()).close();
    t.same(await temporaryFiles(directory), [], `cut at ${at}`);
  }
  t.ok(left > 5, 'there was something to sweep');
});

async function temporaryFiles(directory: string): Promise<readonly string[]> {
  return (await walkFiles(realDisk, directory)).filter((path) => path.endsWith('.tmp'));
}

async function snapshotOf(directory: string): Promise<string> {
  const copy = `${directory}-copy`;
  await cp(directory, copy, { recursive: true });
  return copy;
}

await t.test('a restored backup opens for reading only and says why', async (t) => {
  const { directory, start } = await filled(t);
  const backup = await snapshotOf(directory);
  const store = await start();
  await publishVersion(store, 'statement1', 'Version trois');
  await store.close();
  await rm(directory, { recursive: true });
  await cp(backup, directory, { recursive: true });
  const restored = await start();
  t.teardown(() => restored.close());
  t.match(restored.trouble(), /rollback/);
  t.equal((await restored.ledger(-1, 10)).size, 2);
  t.match(await restored.read('statement1'), { versions: [{ version: 1 }, { version: 2 }] });
  await t.rejects(publishVersion(restored, 'statement1', 'Fourche'), { code: 'rollback_detected' });
  await t.rejects(
    restored.edit('draft0002', () => opened('draft0002', contentOf('Non'))),
    { code: 'rollback_detected' },
  );
});

await t.test('another history at the same size is a rollback as well', async (t) => {
  const { anchorFile, start } = await filled(t);
  await writeFile(anchorFile, signCheckpoint({ origin, size: 2, root: Buffer.alloc(32, 7) }, testSigner));
  const store = await start();
  t.teardown(() => store.close());
  await t.rejects(publishVersion(store, 'statement1', 'Fourche'), { code: 'rollback_detected' });
});

await t.test('an anchor that cannot be read stops writing', async (t) => {
  const { anchorFile, start } = await filled(t);
  await writeFile(anchorFile, 'not a checkpoint');
  const store = await start();
  t.teardown(() => store.close());
  await t.rejects(publishVersion(store, 'statement1', 'Fourche'), { code: 'rollback_detected' });
});

await t.test('the anchor follows each commit, and a behind one is brought up at boot', async (t) => {
  const { directory, anchorFile, start } = await filled(t);
  const first = await readFile(anchorFile, 'utf8');
  t.equal(first, await readFile(join(directory, 'ledger', 'checkpoint'), 'utf8'));
  const store = await start();
  await publishVersion(store, 'statement1', 'Version trois');
  t.not(await readFile(anchorFile, 'utf8'), first);
  await store.close();
  await writeFile(anchorFile, first);
  await (await start()).close();
  t.equal(await readFile(anchorFile, 'utf8'), await readFile(join(directory, 'ledger', 'checkpoint'), 'utf8'));
});

await t.test('an anchor that cannot be written does not stop a publication, and is told', async (t) => {
  const { anchorFile, start } = await filled(t);
  await rm(anchorFile);
  const store = await start();
  t.teardown(() => store.close());
  await rm(anchorFile);
  await mkdir(anchorFile);
  await publishVersion(store, 'statement1', 'Version trois');
  t.match(store.trouble(), /anchor/);
  await rm(anchorFile, { recursive: true });
  await publishVersion(store, 'statement1', 'Version quatre');
  t.equal(store.trouble(), null);
});

await t.test('another hand on the checkpoint ends all writing', async (t) => {
  const { directory, start } = await filled(t);
  const store = await start();
  t.teardown(() => store.close());
  await writeFile(join(directory, 'ledger', 'checkpoint'), signCheckpoint({ origin, size: 9, root: Buffer.alloc(32, 7) }, testSigner));
  await t.rejects(publishVersion(store, 'statement1', 'Non'), { code: 'store_corrupt' });
  await t.rejects(publishVersion(store, 'statement1', 'Non plus'), { code: 'store_corrupt' });
  t.ok(store.trouble());
  t.equal((await store.ledger(-1, 0)).size, 2);
});

await t.test('people whose folder is gone are no fresh start', async (t) => {
  const { directory } = await filled(t);
  await rm(join(directory, 'people'), { recursive: true });
  await t.rejects(openEmbeddedPeople({ directory, now: clock.now }), { code: 'store_corrupt' });
});
