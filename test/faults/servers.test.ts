import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { historyFaults } from '../support/history-faults.ts';
import { type Hosts, openHosts } from '../support/hosts.ts';
import { openPostgres, type PostgresServer } from '../support/postgres.ts';
import { isFull, keepsPromise, trials } from '../support/promises.ts';
import { approvedText, undrawn } from '../support/publishing-acts.ts';
import { foundSharedAgency, type SharedAgency } from '../support/shared-agency.ts';
import { seenOf } from '../support/statements.ts';
import { auditStore } from '../support/store-audit.ts';

/** P1 and P5 with three servers on one database, of which one is always being killed, while the database itself goes twice. */

const lastsMs = trials({ commit: 24_000, full: 600_000 });
const killEveryMs = isFull ? 20_000 : 8_000;
const visibleWithinMs = 1_000;
/** After the last publication was begun, until it has to be done. */
const patienceMs = 60_000;

type Said = { title: string; reference: string; entry: number; visibleMs: number };
type Tally = { said: Said[]; asked: number; wrong: string[] };

await t.test('three servers have one history, whichever is killed and although the database is restarted', async (t) => {
  const server = await openPostgres(t, { isDurable: true });
  const agency = await foundSharedAgency(t, server);
  const hosts = await openHosts(t, agency, ['first', 'second', 'third']);
  const desk = await agency.start('desk');
  const tally: Tally = { said: [], asked: 0, wrong: [] };
  const end = Date.now() + lastsMs;
  const ended = Promise.all([
    ...[1, 2].map((hand) => publishUntil(end, hosts, undrawn(desk.office), tally, hand)),
    killUntil(end, hosts),
    restartTwice(server, end),
  ]);
  await ended;
  await hosts.allReady();
  const wrong = [...tally.wrong, ...(await examine(t, agency, hosts, tally))];
  t.same(wrong, []);
  const visible = tally.said.map(({ visibleMs }) => visibleMs).sort((a, b) => a - b);
  const p99 = visible[Math.floor(visible.length * 0.99)] ?? Number.POSITIVE_INFINITY;
  // How fast that is says nothing beside other tests: the full run is alone.
  if (isFull) t.ok(p99 <= visibleWithinMs, `visible everywhere within ${p99} ms (p99)`);
  const control = historyFaults([0, 1, 1, 3], 4);
  t.ok(control.length > 0, 'control: a number that was given twice, and one that is nobody’s, are found');
  keepsPromise(t, {
    promise: 'P5',
    what: `three servers on one PostgreSQL for ${lastsMs / 1_000} s, ${hosts.killed()} killed, the database restarted twice; ${tally.asked - tally.said.length} asked again; visible on all within ${p99} ms (p99)`,
    trials: tally.said.length,
    violations: wrong.length,
    control: `of four numbers, one given twice and one missing: ${control.length} faults`,
  });
});

/** Publishes one statement after the other at a random server, asking again elsewhere with the same key until somebody says that it is done. */
async function publishUntil(end: number, hosts: Hosts, office: Parameters<typeof approvedText>[0], tally: Tally, hand: number): Promise<void> {
  for (let n = 1; Date.now() < end; n += 1) {
    const title = `Hand ${hand} says ${n}`;
    const approved = await approvedText(office, title).catch(() => null);
    if (approved === null) {
      await sleep(200);
      continue;
    }
    const { revision, hash } = seenOf(approved);
    const key = randomBytes(16).toString('hex');
    const form = { revision: `${revision}`, hash };
    for (let isDone = false; !isDone; ) {
      if (Date.now() > end + patienceMs) throw new Error(`${title} was never answered`);
      tally.asked += 1;
      isDone = await hosts.post(`/desk/statements/${approved.id}/publication`, form, key);
      if (!isDone) await sleep(100);
    }
    const done = Date.now();
    const statement = await untilRead(office, approved.id, end + patienceMs);
    const version = statement.versions[0];
    const reference = statement.reference ?? 'none';
    await hosts.untilAllShow(`/statements/${reference}`, title);
    tally.said.push({ title, reference, entry: version?.entry ?? -1, visibleMs: Date.now() - done });
    await sleep(Math.random() * 400);
  }
}

async function untilRead({ store }: Parameters<typeof approvedText>[0], id: string, last: number) {
  while (Date.now() < last) {
    const statement = await store.read(id).catch(() => undefined);
    if (statement !== undefined && statement.versions.length > 0) return statement;
    await sleep(50);
  }
  throw new Error(`${id} cannot be read`);
}

async function killUntil(end: number, hosts: Hosts): Promise<void> {
  while (Date.now() + killEveryMs < end) {
    await sleep(killEveryMs - 2_000);
    await hosts.killOne();
    await sleep(2_000);
  }
}

async function restartTwice(server: PostgresServer, end: number): Promise<void> {
  const third = (end - Date.now()) / 3;
  for (const how of ['fast', 'immediate'] as const) {
    await sleep(third);
    await server.stop(how);
    await sleep(500);
    await server.start();
  }
}

async function examine(_t: Test, agency: SharedAgency, hosts: Hosts, { said }: Tally): Promise<readonly string[]> {
  const wrong: string[] = [];
  const { store, signer, close } = await agency.open();
  const { size } = await store.ledger(-1, 0);
  wrong.push(
    ...historyFaults(
      said.map(({ entry }) => entry),
      size,
    ),
    ...(await auditStore(store, signer)),
  );
  for (const line of await store.list({ public: true })) if (line.version !== 1) wrong.push(`${line.reference} has ${line.version} versions`);
  await close();
  const paths = ['/', '/fr/', '/feeds/updates.atom', '/feeds/statements.atom', '/feeds/updates.json', '/log/checkpoint', '/archive', '/sitemap.xml'];
  paths.push(...said.flatMap(({ reference }) => [`/statements/${reference}`, `/statements/${reference}/v/1.json`, `/statements/${reference}/v/1.tlog-proof`]));
  for (const path of paths) {
    const texts = await hosts.readAll(path);
    if (new Set(texts).size !== 1) wrong.push(`${path} differs between servers`);
  }
  return wrong;
}
