import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import t, { type Test } from 'tap';
import { moveIntoDatabase, moveIntoDirectory } from '../../src/cli/move-acts.ts';
import { readConfig } from '../../src/config.ts';
import { openLink } from '../../src/desk/preview-links.ts';
import { signIn } from '../../src/desk/sign-in.ts';
import { readHouse } from '../../src/keeping.ts';
import { type RunningServer, startServer } from '../../src/server.ts';
import { listFiles, walkFiles } from '../../src/store/backup-manifest.ts';
import { realDisk } from '../../src/store/disk.ts';
import { openDatabase } from '../../src/store/postgres-database.ts';
import { codeOf, passwordOf, quickCost } from '../support/accounts.ts';
import { type Agency, foundAgency, publicTree, say } from '../support/agency.ts';
import { until } from '../support/place.ts';
import { createDatabase, openPostgres } from '../support/postgres.ts';
import { fillHouse } from '../support/whole-house.ts';

/** A house that moves from a directory into a database, and back. */

const server = await openPostgres(t);
const main = join(import.meta.dirname, '../../bin/onrecord.js');

/** Serves what lies at a place: by the changes of the environment that name it. */
async function serveAt(t: Test, agency: Agency, changes: Record<string, string>): Promise<RunningServer> {
  const from = agency.environment(changes);
  const ports = { public: 0, desk: 0, operations: 0 };
  const config = readConfig(await readHouse(from), from);
  const running = await startServer(config, { now: agency.clock.now, log: pino({ level: 'silent' }), ports, timer: false, passwordCost: quickCost });
  t.teardown(() => running.close(0));
  return running;
}

const inDatabase = (agency: Agency, url: string) => ({ ONRECORD_DATABASE_URL: url, ONRECORD_DATA_DIR: join(agency.parent, 'host') });

/** How many rows of what counts a database holds. */
async function rowsAt(url: string): Promise<number> {
  const database = openDatabase(url);
  const tables = ['installation', 'entries', 'files', 'statements', 'texts', 'people', 'notices', 'prints', 'staged_batches'];
  const rows = await Promise.all(tables.map((table) => database.ask<{ n: number }>(`select count(*)::int as n from ${table}`)));
  await database.close();
  return rows.flat().reduce((sum, { n }) => sum + n, 0);
}

t.test('a house in a database and back in a directory is the same house', async (t) => {
  const agency = await foundAgency(t);
  const first = await agency.start();
  const filled = await fillHouse(agency, first);
  const before = await publicTree(first);
  const prints = (await walkFiles(realDisk, join(agency.directory, 'prints'))).length;
  await first.close(0);
  const source = await listFiles(realDisk, agency.directory);
  const url = server.url(await createDatabase(server));

  const there = await moveIntoDatabase(agency.directory, url, agency.environment());
  t.match(there, { from: agency.directory, entries: 37, size: 37, statements: 31, to: url.replace('desk@', '') });
  t.ok(prints > 30);
  const untouched = (await listFiles(realDisk, agency.directory)).filter(({ path }) => path !== 'moved.json' && !path.includes('lock.'));
  t.same(
    untouched,
    source.filter(({ path }) => !path.includes('lock.')),
    'the source is not changed',
  );
  await t.rejects(agency.start(), { code: 'store_moved' }, 'and nothing starts from it any more');
  const shared = await serveAt(t, agency, inDatabase(agency, url));
  t.same(await publicTree(shared), before, 'the public site is the same, byte for byte');
  await shared.close(0);

  const directory = join(agency.parent, 'again');
  const back = await moveIntoDirectory(url, directory, agency.environment());
  t.match(back, { digest: there.digest, checkpoint: there.checkpoint, entries: 37, files: there.files, statements: 31 });
  t.same(
    (await readdir(agency.parent)).filter((name) => /moving|restoring/.test(name)),
    [],
  );
  await t.rejects(serveAt(t, agency, inDatabase(agency, url)), { code: 'store_moved' }, 'nor from the database, once it has moved on');

  const again = await serveAt(t, agency, { ONRECORD_DATA_DIR: directory });
  t.same(await publicTree(again), before);
  t.equal((await walkFiles(realDisk, join(directory, 'prints'))).length, prints, 'what was told is told as it was');
  const { office } = again;
  t.equal(office.store.trouble(), null, 'the anchor knows this history');
  t.match(await office.store.read(filled.draft), { draft: { kind: 'first' } });
  t.same((await office.outbox.links(filled.draft)).map(({ id }) => id[0]).sort(), ['a', 'b']);
  t.type(await openLink(office, filled.secret, undefined, 'firefox'), 'string', 'a link that was sent still opens');
  const shown = async (person: string): Promise<readonly string[]> => (await office.outbox.notices(person)).map(({ id }) => id).filter((id) => id.length < 9);
  t.same(await shown('claire'), ['second'], 'what she put away stays away');
  t.same(await shown('jonas'), ['second', 'first']);
  t.same(
    (await office.outbox.refusals(filled.draft, 9)).map(({ act }) => act),
    ['withdraw', 'publish'],
  );
  t.match(await office.people.freezing(), { open: null, acts: [{ act: 'frozen' }] });
  t.match(await office.staged.read(filled.batch), { count: 3 });
  t.match((await office.staged.body(filled.batch, 2)).toString(), 'OLD-2019-009');
  agency.clock.forward(60_000);
  t.match(await signIn(office, { name: 'jonas', password: passwordOf('jonas'), code: await codeOf(office, 'jonas') }, quickCost), { id: 'jonas' });
  await say(office, 'Said in the new place');
  t.equal((await office.store.ledger(-1, 0)).size, 38, 'the same log goes on');
});

t.test('a service that runs while everything leaves its database publishes no more', async (t) => {
  const agency = await foundAgency(t);
  const first = await agency.start();
  const { id } = await say(first.office, 'One');
  await first.close(0);
  const url = server.url(await createDatabase(server));
  await moveIntoDatabase(agency.directory, url, agency.environment());
  const running = await serveAt(t, agency, inDatabase(agency, url));
  await moveIntoDirectory(url, join(agency.parent, 'again'), agency.environment());
  await t.rejects(say(running.office, 'Two'), { code: 'store_moved' });
  await t.rejects(
    running.office.people.edit('jonas', (person) => ({ ...(person ?? Object.create(null)), roles: [] })),
    { code: 'store_moved' },
  );
  t.match(await running.office.store.read(id), { versions: [{ version: 1 }] }, 'readers are not sent away');
});

t.test('only an empty place takes a house in', async (t) => {
  const agency = await foundAgency(t);
  const first = await agency.start();
  await say(first.office, 'One');
  const url = server.url(await createDatabase(server));
  await t.rejects(moveIntoDatabase(agency.directory, url, agency.environment()), { code: 'store_locked' }, 'while it is served');
  await first.close(0);
  const other = await foundAgency(t);
  await moveIntoDatabase(other.directory, url, other.environment());
  const before = await rowsAt(url);
  await t.rejects(moveIntoDatabase(agency.directory, url, agency.environment()), { code: 'store_exists' });
  t.equal(await rowsAt(url), before);
  t.notOk((await readdir(agency.directory)).includes('moved.json'));
  await t.rejects(moveIntoDirectory(url, agency.directory, agency.environment()), { code: /store_exists|key_invalid/ });
  await t.rejects(moveIntoDirectory(url, other.directory, other.environment()), { code: 'store_exists' }, 'not even where it came from');
  const demonstration = { ...agency.environment(), ONRECORD_SIGNING_KEY_FILE: undefined };
  await t.rejects(moveIntoDatabase(agency.directory, url, demonstration), { code: 'key_invalid' }, 'a key in the directory would stay behind');
  const behind = await foundAgency(t);
  const running = await behind.start();
  await say(running.office, 'One');
  await running.close(0);
  await cp(behind.directory, join(behind.parent, 'old'), { recursive: true });
  const later = await behind.start();
  await say(later.office, 'Two');
  await later.close(0);
  const empty = server.url(await createDatabase(server));
  await t.rejects(moveIntoDatabase(join(behind.parent, 'old'), empty, behind.environment()), { code: 'rollback_detected' }, 'nor an older copy');
  t.equal(await rowsAt(empty), 0);
});

const flip = async (path: string, isSigned: boolean): Promise<void> => {
  const bytes = await readFile(path);
  // Another letter in words that nothing signs is only other words.
  const place = isSigned ? Math.floor(bytes.length / 2) : 0;
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  await writeFile(path, bytes);
};

t.test('what is spoilt on one side does not arrive on the other', async (t) => {
  const agency = await foundAgency(t);
  const first = await agency.start();
  await fillHouse(agency, first);
  await first.close(0);
  const files = await walkFiles(realDisk, agency.directory);
  const database = server.url(await createDatabase(server));
  for (const part of ['record', 'ledger/entries', 'ledger/checkpoint', 'statements', 'texts', 'people/am', 'outbox/n', 'outbox/preview', 'imports']) {
    const path = files.find((file) => file.startsWith(part)) ?? '';
    const bad = join(agency.parent, 'bad');
    await cp(agency.directory, bad, { recursive: true });
    await flip(join(bad, path), /^(?:record|ledger|texts|imports)/.test(path));
    await t.rejects(moveIntoDatabase(bad, database, agency.environment()), { code: 'store_corrupt' }, path);
    t.equal(await rowsAt(database), 0, 'nothing is left');
    t.notOk((await readdir(bad)).includes('moved.json'));
    await rm(bad, { recursive: true });
  }
  await moveIntoDatabase(agency.directory, database, agency.environment());
  const owner = openDatabase(database.replace('desk@', 'owner@'));
  t.teardown(() => owner.close());
  const flips = {
    'set body = set_byte(body, 9, get_byte(body, 9) # 1) where entry = 3': 'files',
    'set bytes = set_byte(bytes, 9, get_byte(bytes, 9) # 1) where index = 3': 'entries',
    "set body = replace(body::text, 'holding', 'holdinh')::json": 'texts',
    'set body = set_byte(body, 9, get_byte(body, 9) # 1) where place = 1': 'staged_bodies',
  };
  for (const [change, table] of Object.entries(flips)) {
    await owner.ask(`create table kept as table ${table}`);
    await owner.ask(`update ${table} ${change}`);
    await t.rejects(moveIntoDirectory(database, join(agency.parent, 'none'), agency.environment()), { code: /store_corrupt|bad_request/ }, change);
    t.same(
      (await readdir(agency.parent)).filter((name) => name.startsWith('none')),
      [],
      'nothing is left',
    );
    const column = change.split(' ')[1];
    const key = { files: 'name', entries: 'index', texts: 'text', staged_bodies: 'place' }[table];
    await owner.ask(`update ${table} set ${column} = kept.${column} from kept where kept.${key} = ${table}.${key}`);
    await owner.ask('drop table kept');
  }
  await moveIntoDirectory(database, join(agency.parent, 'whole'), agency.environment());
});

t.test('a move that is killed leaves nothing that starts, and the next one works', async (t) => {
  const agency = await foundAgency(t);
  const first = await agency.start();
  await fillHouse(agency, first);
  await first.close(0);
  const url = server.url(await createDatabase(server));
  const watching = openDatabase(url.replace('desk@', 'owner@'));
  t.teardown(() => watching.close());
  const isBusy = async (): Promise<boolean> =>
    (await watching.ask("select from pg_stat_activity where datname = current_database() and usename = 'desk' and backend_xid is not null")).length > 0;
  const kill = async (from: string, to: string, afterMs: number): Promise<boolean> => {
    const child = spawn(process.execPath, [main, 'move', '--from', from, '--to', to], { env: agency.environment(), stdio: 'ignore' });
    const ended = once(child, 'close');
    await until(async () => child.exitCode !== null || (await isBusy()), 60_000, 1);
    await sleep(afterMs);
    child.kill('SIGKILL');
    await ended;
    await until(async () => !(await isBusy()));
    return child.signalCode === 'SIGKILL';
  };
  for (const afterMs of [0, 40, 120]) {
    t.ok(await kill(agency.directory, url, afterMs), 'it was killed at work');
    t.equal(await rowsAt(url), 0);
    t.notOk((await readdir(agency.directory)).includes('moved.json'));
  }
  const there = await moveIntoDatabase(agency.directory, url, agency.environment());
  const directory = join(agency.parent, 'again');
  for (const afterMs of [0, 60, 150]) {
    t.ok(await kill(url, directory, afterMs), 'it was killed at work');
    await t.rejects(serveAt(t, agency, { ONRECORD_DATA_DIR: directory }), { code: 'store_not_initialised' });
  }
  t.match(await moveIntoDirectory(url, directory, agency.environment()), { digest: there.digest });
  t.same(
    (await readdir(agency.parent)).filter((name) => name.includes('moving')),
    [],
  );
});
