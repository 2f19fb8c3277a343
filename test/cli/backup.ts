import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { backUp } from '../../src/cli/backup.ts';
import { UsageError } from '../../src/cli/command.ts';
import { restoreBackup } from '../../src/cli/restore-acts.ts';
import { openFirstDraft } from '../../src/desk/draft.ts';
import { makeLink, openLink } from '../../src/desk/preview-links.ts';
import { listFiles, readManifest, walkFiles } from '../../src/store/backup-manifest.ts';
import { realDisk } from '../../src/store/disk.ts';
import { type Agency, foundAgency, publicTree, say, sayMore, sayThirty } from '../support/agency.ts';
import { amina, claire } from '../support/people.ts';
import { readyContent, seenOf } from '../support/statements.ts';

const restore = (agency: Agency, backup: string, newest: string, directory: string) =>
  restoreBackup({ backup, way: { way: 'newest', newest }, given: [], now: agency.clock.now(), from: agency.environment({ ONRECORD_DATA_DIR: directory }) });

t.test('a backup taken while publications run is whole, holds no key and nothing that is not on record', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  const first = await say(server.office, 'Said before');
  let isOver = false;
  let versions = 1;
  const writing = (async () => {
    while (!isOver) {
      await say(server.office, `Statement ${versions}`);
      await sayMore(server.office, first.id, 'update', `Version ${versions}`);
      versions += 1;
    }
  })();
  const backups: string[] = [];
  for (let round = 0; round < 5; round += 1) {
    backups.push(join(agency.parent, `backup-${round}`));
    await backUp(await agency.config(), backups[round] ?? '', agency.clock.now());
  }
  isOver = true;
  await writing;
  await server.close(0);
  t.ok(versions > 3, 'much was published meanwhile');
  for (const [round, backup] of backups.entries()) {
    const manifest = await readManifest(realDisk, backup);
    t.same(
      (await readdir(join(backup, 'data'))).filter((name) => /pem|lock|sock|anchor|note/.test(name)),
      [],
    );
    const prints = (await walkFiles(realDisk, join(backup, 'data/prints'))).map((path) =>
      Math.max(...(/([0-9]+)(?:-([0-9]+))?\./.exec(path) ?? []).slice(1).map((number) => Number(number ?? 0))),
    );
    t.ok(prints.length > 0 && prints.every((entry) => entry < manifest.size), 'what was told of these versions is kept, and of no later one');
    const directory = join(agency.parent, `restored-${round}`);
    const anchor = await readFile(agency.anchorFile);
    await rm(agency.anchorFile);
    await writeFile(join(agency.parent, 'newest'), manifest.checkpoint ?? '');
    const restored = await restore(agency, backup, join(agency.parent, 'newest'), directory);
    t.equal(restored.size, manifest.size);
    await writeFile(agency.anchorFile, anchor);
    t.same(
      (await readdir(agency.parent)).filter((name) => name.includes('restoring')),
      [],
    );
  }
});

t.test('files and directories of a backup are for its owner alone; a place that holds something is refused and left', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  await say(server.office, 'Said');
  const backup = join(agency.parent, 'backup');
  await backUp(await agency.config(), backup, agency.clock.now());
  for (const path of ['manifest.json', ...(await walkFiles(realDisk, join(backup, 'data'))).map((file) => `data/${file}`)]) {
    t.equal((await stat(join(backup, path))).mode & 0o777, 0o600, path);
  }
  t.equal((await stat(join(backup, 'data/people'))).mode & 0o777, 0o700);
  const before = await walkFiles(realDisk, backup);
  await t.rejects(backUp(await agency.config(), backup, agency.clock.now()), { code: 'store_exists' });
  t.same(await walkFiles(realDisk, backup), before);
  const inside = await backUp(await agency.config(), join(agency.directory, 'backup'), agency.clock.now()).catch((error: unknown) => error);
  t.ok(inside instanceof UsageError, 'nor does it go into the data itself');
});

t.test('data that does not hold makes no backup', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  const { reference } = await say(server.office, 'Said');
  await server.close(0);
  const backup = join(agency.parent, 'backup');
  await writeFile(join(agency.directory, `record/statements/${reference}/v/1.txt`), 'Never said.');
  await t.rejects(backUp(await agency.config(), backup, agency.clock.now()), { code: 'store_corrupt' });
  t.same(await walkFiles(realDisk, backup), []);
});

t.test('what a commit left over is finished in the copy', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  const { id } = await say(server.office, 'Said');
  const statement = join(agency.directory, 'statements', `${id}.json`);
  const old = await readFile(statement);
  let staged = Buffer.alloc(0);
  const more = sayMore(server.office, id, 'update', 'Said again');
  while (staged.length === 0) staged = await readFile(join(agency.directory, 'staging/change.json')).catch(() => Buffer.alloc(0));
  await more;
  await server.close(0);
  await writeFile(join(agency.directory, 'staging/change.json'), staged);
  await writeFile(statement, old);
  const backup = join(agency.parent, 'backup');
  await backUp(await agency.config(), backup, agency.clock.now());
  t.match(JSON.parse(await readFile(join(backup, 'data/statements', `${id}.json`), 'utf8')), { versions: [{ version: 1 }, { version: 2 }] });
});

t.test('a restored backup shows the world the same bytes, tells the same under another address, and publishes on', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  await sayThirty(server, agency.clock);
  await openFirstDraft(server.office, amina, 'abcdef012345', 'holding', readyContent());
  const before = await publicTree(server);
  const backup = join(agency.parent, 'backup');
  await backUp(await agency.config(), backup, agency.clock.now());
  const directory = join(agency.parent, 'restored');
  const restored = await restore(agency, backup, `${server.publicUrl}/log/checkpoint`, directory);
  await server.close(0);
  t.match(restored, { size: 37, completed: null, burned: [] });
  const again = await agency.start({ ONRECORD_DATA_DIR: directory });
  const after = await publicTree(again);
  t.ok(before.size > 250);
  t.same(after, before);
  t.match(await again.office.store.read('abcdef012345'), { draft: { kind: 'first' } }, 'drafts are there as well');
  t.equal(again.office.store.trouble(), null);
  await again.close(0);

  const moved = 'http://localhost:9999';
  const elsewhere = await agency.start({ ONRECORD_DATA_DIR: directory, ONRECORD_PUBLIC_URL: moved });
  const there = await publicTree(elsewhere);
  for (const path of ['/feeds/updates.atom', '/feeds/updates.rss', '/feeds/corrections.atom', '/feeds/exercise.atom']) {
    const [told, toldBefore] = [there.get(path) ?? '', before.get(path) ?? ''];
    t.match(told, moved, `${path} is the feed of a new address`);
    t.same(told.match(tellings), toldBefore.match(tellings), `${path} tells each thing as it was told`);
  }
  await say(elsewhere.office, 'Said after the restore');
  t.equal((await elsewhere.office.store.ledger(-1, 0)).size, 38);
  t.match((await publicTree(elsewhere)).get('/feeds/updates.atom')?.match(tellings)?.[0], moved, 'what is new names the new address');
});

const tellings = /<(entry|item)>.*?<\/\1>/gs;

type Mutation = (t: Test, data: string, files: readonly string[]) => Promise<unknown>;
const pick = (files: readonly string[], part: string): string => files.find((file) => file.startsWith(part)) ?? '';
const flip = async (path: string): Promise<void> => {
  const bytes = await readFile(path);
  bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
  await writeFile(path, bytes);
};
const swap = async (one: string, other: string): Promise<void> => {
  const bytes = await readFile(one);
  await cp(other, one);
  await writeFile(other, bytes);
};
const parts = ['ledger/checkpoint', 'ledger/entries', 'record', 'statements', 'texts', 'people/am', 'outbox/n', 'onrecord.json'];
const mutations: Record<string, Mutation> = {
  ...Object.fromEntries(
    parts.map((part) => [`a flipped byte in ${part}`, (_t: Test, data: string, files: readonly string[]) => flip(join(data, pick(files, part)))]),
  ),
  ...Object.fromEntries(parts.map((part) => [`${part} is missing`, (_t: Test, data: string, files: readonly string[]) => rm(join(data, pick(files, part)))])),
  'an extra file': (_t, data) => writeFile(join(data, 'record/statements/2026-0001/v/9.json'), '{}'),
  'two signed files swapped': (_t, data) => swap(join(data, 'record/statements/2026-0001/v/1.json'), join(data, 'record/statements/2026-0002/v/1.json')),
  'no manifest': (_t, data) => rm(join(data, '../manifest.json')),
  'a torn manifest': (_t, data) => flip(join(data, '../manifest.json')),
};

t.test('a backup that is not what it was is refused, whatever happened to it', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  await say(server.office, 'One');
  await say(server.office, 'Two');
  await server.close(0);
  const good = join(agency.parent, 'good');
  await backUp(await agency.config(), good, agency.clock.now());
  const files = (await readManifest(realDisk, good)).files.map(({ path }) => path);
  for (const [name, mutate] of Object.entries(mutations)) {
    const bad = join(agency.parent, 'bad');
    await cp(good, bad, { recursive: true });
    await mutate(t, join(bad, 'data'), files);
    await t.rejects(restore(agency, bad, agency.anchorFile, join(agency.parent, 'none')), { code: 'store_corrupt' }, name);
    await rm(bad, { recursive: true });
  }
  t.notOk(
    (await readdir(agency.parent)).some((name) => name.startsWith('none')),
    'and nothing is left behind',
  );
  await cp(join(good, 'data'), join(agency.parent, 'fine.restoring'), { recursive: true });
  await restore(agency, good, agency.anchorFile, join(agency.parent, 'fine'));
  t.notOk((await readdir(agency.parent)).includes('fine.restoring'), 'what an interrupted restore left is cleared');
});

t.test('a manifest that was made to fit does not help: the public record proves itself', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  const { id } = await say(server.office, 'One');
  await say(server.office, 'Two');
  await server.close(0);
  const good = join(agency.parent, 'good');
  await backUp(await agency.config(), good, agency.clock.now());
  const manifest = await readManifest(realDisk, good);
  const statement = `statements/${id}.json`;
  const edits: Record<string, (text: string) => string> = {
    'record/statements/2026-0001/v/1.txt': (text) => `${text}And more.`,
    'ledger/entries.jsonl': (text) => text.replace('2026-0001/v/1.json', '2026-0009/v/1.json'),
    'ledger/checkpoint': (text) => text.replace('\n2\n', '\n1\n'),
    [statement]: (text) =>
      text.replace('"notices":[]', '"notices":[{"event":"recheck","version":1,"entry":2,"reason":"","at":"2026-11-22T13:00:00.000Z","by":"x"}]'),
    'people/amina.json': (text) => text.slice(1),
    'onrecord.json': (text) => text.replace('record.test', 'other.test'),
  };
  for (const [path, edit] of Object.entries(edits)) {
    const bad = join(agency.parent, 'bad');
    await cp(good, bad, { recursive: true });
    const text = await readFile(join(good, 'data', path), 'utf8');
    t.not(edit(text), text);
    await writeFile(join(bad, 'data', path), edit(text));
    await writeFile(join(bad, 'manifest.json'), JSON.stringify({ ...manifest, files: await listFiles(realDisk, join(bad, 'data')) }));
    await t.rejects(restore(agency, bad, agency.anchorFile, join(agency.parent, 'none')), { code: /store_corrupt|key_invalid/ }, path);
    await rm(bad, { recursive: true });
  }
});

t.test('no restore brings a preview link back to life; who opened it is still known', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  const { office } = server;
  const statement = await openFirstDraft(office, amina, office.random(10).toString('hex'), 'holding', readyContent());
  const secret = await makeLink(office, claire, statement.id, 'a'.repeat(24), seenOf(statement), { recipient: 'Hélène Aubry', reason: 'She asked.', hours: 2 });
  t.type(await openLink(office, secret, undefined, 'firefox'), 'string');
  const backup = join(agency.parent, 'backup');
  await backUp(await agency.config(), backup, agency.clock.now());
  t.type(await openLink(office, secret, undefined, 'firefox'), 'string', 'a backup ends nothing');
  const [kept] = await readdir(join(backup, 'data/outbox/preview-links'));
  const link = JSON.parse(await readFile(join(backup, 'data/outbox/preview-links', kept ?? ''), 'utf8'));
  t.match(link, { key: null, recipient: 'Hélène Aubry', opened: 1, openings: [{ agent: 'firefox' }] });
});
