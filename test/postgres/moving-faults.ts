import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { moveIntoDatabase, moveIntoDirectory } from '../../src/cli/move-acts.ts';
import { walkFiles } from '../../src/store/backup-manifest.ts';
import { realDisk } from '../../src/store/disk.ts';
import { openDatabase } from '../../src/store/postgres-database.ts';
import { foundAgency } from '../support/agency.ts';
import { inDatabase, rowsAt, serveAt } from '../support/moved-house.ts';
import { nodeCommand } from '../support/node-command.ts';
import { until } from '../support/place.ts';
import { createDatabase, openPostgres } from '../support/postgres.ts';
import { fillHouse } from '../support/whole-house.ts';

/** Moves of what is spoilt, and moves that fail or are killed. */

const server = await openPostgres(t);
const main = join(import.meta.dirname, '../../bin/onrecord.js');

/** An agency with some of everything, and a copy of its data for each that moves it. */
const agency = await foundAgency(t);
const first = await agency.start();
await fillHouse(agency, first);
await first.close(0);
async function copyHouse(name: string): Promise<string> {
  const copy = join(agency.parent, name);
  await cp(agency.directory, copy, { recursive: true });
  return copy;
}

const flip = async (path: string, isSigned: boolean): Promise<void> => {
  const bytes = await readFile(path);
  // Another letter in words that nothing signs is only other words.
  const place = isSigned ? Math.floor(bytes.length / 2) : 0;
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  await writeFile(path, bytes);
};

t.test('what is spoilt on one side does not arrive on the other', async (t) => {
  const files = await walkFiles(realDisk, agency.directory);
  const database = server.url(await createDatabase(server));
  for (const part of ['record', 'ledger/entries', 'ledger/checkpoint', 'statements', 'texts', 'people/am', 'outbox/n', 'outbox/preview', 'imports']) {
    const path = files.find((file) => file.startsWith(part)) ?? '';
    const bad = await copyHouse('bad');
    await flip(join(bad, path), /^(?:record|ledger|texts|imports)/.test(path));
    await t.rejects(moveIntoDatabase(bad, database, agency.environment()), { code: 'store_corrupt' }, path);
    t.equal(await rowsAt(database), 0, 'nothing is left');
    t.notOk((await readdir(bad)).includes('moved.json'));
    await rm(bad, { recursive: true });
  }
  await moveIntoDatabase(await copyHouse('spoilt-later'), database, agency.environment());
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

t.test('whatever goes wrong on the way, one place can be used and the other one cannot', async (t) => {
  const from = await copyHouse('unlucky');
  const url = server.url(await createDatabase(server));
  const owner = openDatabase(url.replace('desk@', 'owner@'));
  t.teardown(() => owner.close());
  const full = async (): Promise<never> => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));

  // A database that stores something else than it was given.
  await owner.ask("create function spoil() returns trigger language plpgsql as $$ begin new.put_away = '{jonas}'; return new; end $$");
  await owner.ask('create trigger spoil before insert on notices for each row execute function spoil()');
  await t.rejects(moveIntoDatabase(from, url, agency.environment()), { code: 'store_corrupt', message: /arrived/ });
  t.equal(await rowsAt(url), 0);
  await owner.ask('drop trigger spoil on notices');
  await t.rejects(moveIntoDatabase(from, url, agency.environment(), { ...realDisk, create: full }), { code: 'store_write_failed' });
  t.equal(await rowsAt(url), 0, 'where the old place cannot be marked, nothing is in the new one');
  await (await serveAt(t, agency, { ONRECORD_DATA_DIR: from })).close(0);

  const { digest } = await moveIntoDatabase(from, url, agency.environment());
  const directory = join(agency.parent, 'lucky');
  await t.rejects(moveIntoDirectory(url, directory, agency.environment(), { ...realDisk, syncDirectory: full }), { code: 'ENOSPC' });
  t.same(
    (await readdir(agency.parent)).filter((name) => name.startsWith('lucky')),
    [],
  );
  await (await serveAt(t, agency, inDatabase(agency, url))).close(0);
  t.match(await moveIntoDirectory(url, directory, agency.environment()), { digest }, 'a mark that was taken back does not count');
});

t.test('a move that is killed leaves nothing that starts, and the next one works', async (t) => {
  const from = await copyHouse('killed');
  const url = server.url(await createDatabase(server));
  const watching = openDatabase(url.replace('desk@', 'owner@'));
  t.teardown(() => watching.close());
  const isBusy = async (): Promise<boolean> =>
    (await watching.ask("select from pg_stat_activity where datname = current_database() and usename = 'desk' and backend_xid is not null")).length > 0;
  const kill = async (old: string, to: string, afterMs: number): Promise<boolean> => {
    const child = spawn(...nodeCommand(main, ['move', '--from', old, '--to', to]), { env: agency.environment(), stdio: 'ignore' });
    const ended = once(child, 'close');
    await until(async () => child.exitCode !== null || (await isBusy()), 60_000, 1);
    await sleep(afterMs);
    child.kill('SIGKILL');
    await ended;
    await until(async () => !(await isBusy()));
    return child.signalCode === 'SIGKILL';
  };
  for (const afterMs of [0, 40, 120]) {
    t.ok(await kill(from, url, afterMs), 'it was killed at work');
    t.equal(await rowsAt(url), 0);
    t.notOk((await readdir(from)).includes('moved.json'));
  }
  const there = await moveIntoDatabase(from, url, agency.environment());
  const directory = join(agency.parent, 'unkilled');
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
