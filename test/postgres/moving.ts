import { cp, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { moveIntoDatabase, moveIntoDirectory } from '../../src/cli/move-acts.ts';
import { openLink } from '../../src/desk/preview-links.ts';
import { signIn } from '../../src/desk/sign-in.ts';
import { newSigningKey } from '../../src/ledger/signer.ts';
import { listFiles, walkFiles } from '../../src/store/backup-manifest.ts';
import { realDisk } from '../../src/store/disk.ts';
import { codeOf, passwordOf, quickCost } from '../support/accounts.ts';
import { foundAgency, publicTree, say } from '../support/agency.ts';
import { openMorning, restore } from '../support/morning.ts';
import { inDatabase, rowsAt, serveAt } from '../support/moved-house.ts';
import { createDatabase, openPostgres } from '../support/postgres.ts';
import { fillHouse } from '../support/whole-house.ts';

/** A house that moves from a directory into a database, and back. */

const server = await openPostgres(t);

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

t.test('a house that closed a log after a rollback takes both logs along', async (t) => {
  const { agency, server: morning, backup } = await openMorning(t);
  await morning.close(0);
  const newKeyFile = join(agency.parent, 'new-key.pem');
  await writeFile(newKeyFile, newSigningKey());
  const [restored, again] = [join(agency.parent, 'restored'), join(agency.parent, 'again')];
  await restore(agency, backup, { way: 'accept-rollback', note: 'A disk burned.', newKeyFile, newest: null }, restored);
  const environment = agency.environment({ ONRECORD_SIGNING_KEY_FILE: newKeyFile });
  const url = server.url(await createDatabase(server));
  const there = await moveIntoDatabase(restored, url, environment);
  t.match(there, { entries: 39, size: 2, checkpoint: /^record\.test\/2\n2\n/ });
  t.match(await moveIntoDirectory(url, again, environment), { digest: there.digest, checkpoint: there.checkpoint });
  for (const part of ['ledger', 'record']) t.same(await listFiles(realDisk, join(again, part)), await listFiles(realDisk, join(restored, part)), part);
});
