import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import t from 'tap';
import { freeze } from '../../src/desk/freeze.ts';
import { publish } from '../../src/desk/publish.ts';
import { recordVersion } from '../../src/desk/put-on-record.ts';
import { guardOf, nowFrozen } from '../../src/desk/statement.ts';
import { startPublicServer } from '../../src/public-server.ts';
import { publishDraft } from '../../src/statement/publishing.ts';
import { openDatabase } from '../../src/store/postgres-database.ts';
import { doubt } from '../support/agency.ts';
import { claire, jonas } from '../support/people.ts';
import { openPostgres } from '../support/postgres.ts';
import { approvedText, liveText } from '../support/publishing-acts.ts';
import { foundSharedAgency } from '../support/shared-agency.ts';
import { seenOf } from '../support/statements.ts';
import { field, openBrowser, signedIn } from '../support/test-server.ts';

/** Several servers on one database. */

const server = await openPostgres(t);

type Site = { publicUrl: string };

const read = async ({ publicUrl }: Site, path: string): Promise<string> => (await fetch(`${publicUrl}${path}`)).text();

/** Until every server answers the same; what they answer then. */
async function agreed(servers: readonly Site[], path: string, isIt: (text: string) => boolean): Promise<string> {
  for (let patience = 200; ; patience -= 1) {
    const [first = '', ...others] = await Promise.all(servers.map((one) => read(one, path)));
    if (isIt(first) && others.every((text) => text === first)) return first;
    if (patience === 0) throw new Error(`the servers do not agree on ${path}`);
    await sleep(25);
  }
}

t.test('what one server publishes, all show, byte for byte', async (t) => {
  const agency = await foundSharedAgency(t, server);
  const servers = [await agency.start('first'), await agency.start('second'), await agency.start('third')];
  const [first, second, third] = servers;
  if (!first || !second || !third) return;
  const published = await liveText(first.office, 'Said on the first');
  t.match(await agreed(servers, `/statements/${published.reference}`, (text) => text.includes('Said on the first')), published.reference ?? 'none');
  await Promise.all(servers.flatMap(({ office }, host) => [1, 2, 3].map((n) => liveText(office, `Host ${host} says ${n}`))));
  for (const path of ['/', '/feeds/updates.atom', '/log/checkpoint', '/feeds/updates.json', '/sitemap.xml', '/archive'])
    t.ok(await agreed(servers, path, (text) => path !== '/log/checkpoint' || text.split('\n')[1] === '10'), path);
  t.equal((await third.office.store.ledger(-1, 100)).size, 10);
});

t.test('a public server shows the same with a login that can read what is public and nothing else, and without any key', async (t) => {
  const agency = await foundSharedAgency(t, server);
  const desk = await agency.start('desk');
  await liveText(desk.office, 'Said before it started');
  const config = await agency.publicConfig('outside');
  const shown = await startPublicServer(config, { log: pino({ level: 'silent' }), ports: { public: 0, operations: 0 } });
  t.teardown(() => shown.close(0));
  const both = [desk, shown];
  const said = await liveText(desk.office, 'Said while it runs');
  await agreed(both, `/statements/${said.reference}`, (text) => text.includes('Said while it runs'));
  const paths = [
    '/',
    '/fr/',
    '/feeds/updates.atom',
    '/feeds/statements.atom',
    '/feeds/updates.rss',
    '/log/checkpoint',
    '/log/tile/entries/000.p/2',
    '/register',
    '/archive',
  ];
  for (const path of [...paths, `/statements/${said.reference}/v/1.json`, `/statements/${said.reference}/v/1.tlog-proof`, '/verify?q=2026'])
    t.ok(await agreed(both, path, (text) => text !== ''), path);
  t.match(await read({ publicUrl: shown.opsUrl }, '/readyz'), '"ready":true');

  const reader = openDatabase(config.database ?? '');
  t.teardown(() => reader.close());
  for (const table of [
    'statements',
    'texts',
    'people',
    'sessions',
    'notices',
    'refusals',
    'preview_links',
    'staged_bodies',
    'act_keys',
    'versions',
    'freezing',
  ])
    await t.rejects(reader.ask(`select * from ${table}`), { code: '42501' }, `${table} is not for a public server`);
  await t.rejects(reader.ask('delete from prints'), { code: '42501' });
});

t.test('the login of the service can add to what is public, and change or delete nothing of it', async (t) => {
  const agency = await foundSharedAgency(t, server);
  const desk = await agency.start('desk');
  await liveText(desk.office, 'Said once');
  const login = openDatabase(server.url(agency.database));
  t.teardown(() => login.close());
  for (const table of ['entries', 'files', 'versions', 'closed_logs', 'act_keys', 'time_stamps', 'installation']) {
    await t.rejects(login.ask(`delete from ${table}`), { code: '42501' }, `nothing is deleted from ${table}`);
    await t.rejects(login.ask(`truncate ${table}`), { code: '42501' });
  }
  await t.rejects(login.ask("update entries set bytes = ''"), { code: '42501' });
  await t.rejects(login.ask('update files set body = null'), { code: '42501' }, 'a signed file goes by a redaction alone');
  await t.rejects(login.ask('update versions set version = 2'), { code: '42501' });
  await t.rejects(login.ask('select redact(0)'), { message: /redacts nothing now/ }, 'and that takes an entry of the same transaction');
  await t.rejects(login.ask('create table onrecord.other ()'), { code: '42501' });
});

t.test('a session, its end, a freeze and failed sign-ins hold at every server', async (t) => {
  const agency = await foundSharedAgency(t, server);
  const limits = { perAddress: 3, overall: 100 };
  const [first, second] = [await agency.start('first', { limits }), await agency.start('second', { limits })];
  const here = await signedIn(first, 'jonas');
  const there = openBrowser(second);
  for (const [name, value] of here.cookies) there.cookies.set(name, value);
  t.equal((await there.get('/desk')).status, 200, 'signed in at one, known at the other');
  const approved = await approvedText(first.office, 'Waits for a publisher');
  const guarded = await guardOf(second.office);
  await freeze(first.office, claire, 'Somebody may be in.');
  t.notOk(guarded.frozen, 'the second has asked before');
  const late = recordVersion(second.office, approved.id, null, (statement, at, frozen) =>
    publishDraft(statement, jonas, seenOf(approved), nowFrozen(guarded, frozen), at),
  );
  await t.rejects(late, { code: 'frozen' }, 'and is told when it has its turn');
  await here.post('/desk/sign-out', { _csrf: field(await here.get('/desk'), '_csrf') });
  t.not((await there.get('/desk')).status, 200, 'ended at one, ended at the other');
  const stranger = openBrowser(first);
  for (let n = 0; n < limits.perAddress; n += 1) await stranger.post('/desk/sign-in', { name: 'nobody', password: 'wrong and long enough', code: '000000' });
  const elsewhere = await openBrowser(second).post('/desk/sign-in', { name: 'nobody', password: 'wrong and long enough', code: '000000' });
  t.equal(elsewhere.status, 429, 'failures at one count at the other');
});

t.test('an alarm rings once, whichever server notices', async (t) => {
  const agency = await foundSharedAgency(t, server);
  const at = { now: Date.now() };
  const servers = [await agency.start('first', { now: () => at.now }), await agency.start('second', { now: () => at.now })];
  const [first] = servers;
  if (first === undefined) return;
  const doubted = await liveText(first.office, 'In doubt');
  await doubt(first.office, doubted);
  at.now += 25 * 3_600_000;
  for (let round = 0; round < 3; round += 1) for (const { tick } of servers) await tick();
  const told = (await first.office.outbox.notices('jonas')).filter(({ code }) => code === 'recheck_overdue');
  t.equal(told.length, 1);
  at.now += 16 * 60_000;
  for (const { tick } of servers) await tick();
  t.equal((await first.office.outbox.notices('jonas')).filter(({ code }) => code === 'recheck_overdue').length, 2, 'and again after a quarter of an hour');
});

t.test('while the database is away readers see what was shown, the desk says so, and operators are told; then all goes on', async (t) => {
  const own = await openPostgres(t);
  const agency = await foundSharedAgency(t, own);
  const desk = await agency.start('desk');
  const said = await liveText(desk.office, 'Said before');
  await own.stop('immediate');
  t.match(await read(desk, `/statements/${said.reference}`), 'Said before');
  const door = await fetch(`${desk.deskUrl}/desk/sign-in`);
  t.equal(door.status, 503);
  const page = await door.text();
  t.match(page, /database does not answer/);
  const style = /href="(\/assets\/desk[^"]+\.css)"/.exec(page)?.[1];
  t.equal((await fetch(`${desk.deskUrl}${style}`)).status, 200, 'and looks like a page of ours');
  const ready = await fetch(`${desk.opsUrl}/readyz`);
  t.equal(ready.status, 503);
  t.match(await ready.text(), /database/);
  const metrics = await fetch(`${desk.opsUrl}/metrics`);
  t.equal(metrics.status, 200);
  t.match(await metrics.text(), /onrecord_ready 0/);
  await t.rejects(liveText(desk.office, 'Not said'), { code: 'store_unreachable' });
  await own.start();
  t.equal((await liveText(desk.office, 'Said after')).versions.length, 1);
  t.match(await (await fetch(`${desk.opsUrl}/readyz`)).text(), '"ready":true');
});

t.test('what another desk has kept in another form is told as it is, by a server that may only read as well', async (t) => {
  const agency = await foundSharedAgency(t, server);
  const desk = await agency.start('desk');
  await liveText(desk.office, 'Said once');
  const owner = openDatabase(server.url(agency.database, 'owner'));
  t.teardown(() => owner.close());
  const spoilt = "update prints set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), 'tag:', 'tag:other-'), 'UTF8') where name like 'items/%'";
  await owner.ask(spoilt);
  const shown = await startPublicServer(await agency.publicConfig('outside'), { log: pino({ level: 'silent' }), ports: { public: 0, operations: 0 } });
  t.teardown(() => shown.close(0));
  t.equal(await read(shown, '/feeds/updates.atom'), await read(desk, '/feeds/updates.atom'));
});

t.test('what was committed and could not be shown at once, since the database went away in between, is shown when it is back', async (t) => {
  const own = await openPostgres(t);
  const agency = await foundSharedAgency(t, own);
  const desk = await agency.start('desk');
  const approved = await approvedText(desk.office, 'Committed, then away');
  const store = {
    ...desk.office.store,
    record: async (...given: Parameters<typeof desk.office.store.record>) => {
      const recorded = await desk.office.store.record(...given);
      await own.stop('immediate');
      return recorded;
    },
  };
  await t.rejects(publish({ ...desk.office, store }, jonas, approved.id, seenOf(approved), null), 'nobody is told that it is done');
  await own.start();
  await agreed([desk], '/feeds/updates.atom', (text) => text.includes('Committed, then away'));
});

t.test('a server ends while its database is away, and while it comes back', async (t) => {
  for (const isBack of [false, true]) {
    const own = await openPostgres(t);
    const agency = await foundSharedAgency(t, own);
    const desk = await agency.start('desk');
    await own.stop('immediate');
    await sleep(isBack ? 50 : 1_500);
    const begun = performance.now();
    const ended = desk.close(0);
    if (isBack) await own.start();
    await ended;
    t.ok(performance.now() - begun < 15_000, isBack ? 'while it comes back' : 'while it is away');
  }
});
