import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { openPostgresStore } from '../../src/store/postgres.ts';
import { openDatabase } from '../../src/store/postgres-database.ts';
import type { Store } from '../../src/store/store.ts';
import { type Cut, openCutLine } from '../support/cut-line.ts';
import { historyFaults } from '../support/history-faults.ts';
import { openPostgres, type PostgresServer } from '../support/postgres.ts';
import { keepsPromise, trials } from '../support/promises.ts';
import { type Acknowledged, auditStore, lostOf, versionsOf } from '../support/store-audit.ts';
import { contentOf, opened, publishVersion } from '../support/store-fixtures.ts';
import { killRepeatedly } from '../support/store-kills.ts';
import { openStoreAt } from '../support/store-place.ts';
import { createDatabaseSite, type Site, startChild } from '../support/store-processes.ts';

/** P1, P4 and P5 on a real PostgreSQL: processes and the server killed, connections cut, many processes at once. */

const server = await openPostgres(t);
const kills = trials({ commit: 24, full: 1_000 });
const crashes = trials({ commit: 5, full: 100 });
const side = 3;

await t.test('kill -9 of a publisher on a database loses nothing that was acknowledged', async (t) => {
  const sites = await Promise.all(Array.from({ length: side }, () => createDatabaseSite(t, server)));
  const tallies = await Promise.all(sites.map((site, n) => killRepeatedly(site, Math.floor((kills + n) / side))));
  const wrong = tallies.flatMap((tally) => tally.wrong);
  t.same(wrong, []);
  const acknowledged = tallies.reduce((sum, tally) => sum + tally.acknowledged, 0);
  t.ok(acknowledged > kills / 2, 'the loop did publish');
  const hasty = await killRepeatedly(await createDatabaseSite(t, server), 6, 'hasty');
  t.ok(hasty.wrong.length > 0, 'control: a publisher that says so before it has committed is found out');
  keepsPromise(t, {
    promise: 'P1',
    what: `PostgreSQL: kill -9 of the process group while ${acknowledged} publications were acknowledged`,
    trials: tallies.reduce((sum, tally) => sum + tally.trials, 0),
    violations: wrong.length,
    control: `a publisher that says so before it has committed lost publications in ${hasty.wrong.length} of 6 kills`,
  });
});

/** Publishes from three hands until the server is gone; what was acknowledged. */
async function publishUntilGone(store: Store, known: Acknowledged[]): Promise<void> {
  const loop = async (id: string): Promise<void> => {
    for (;;) {
      const done = await publishVersion(store, id, `Situation de ${id}`).catch(() => null);
      if (done === null) return;
      known.push({ id, version: done.versions.length });
    }
  };
  await Promise.all(['loop00001', 'loop00002', 'loop00003'].map(loop));
}

/** Ends the server at once in the middle of publishing, so often; gives what is then missing or wrong. */
async function crashRepeatedly(own: PostgresServer, site: Site, count: number, overrides: Parameters<typeof openStoreAt>[3] = {}) {
  const known: Acknowledged[] = [];
  const wrong: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const store = await openStoreAt(site.place, site.signer, `${site.keyFile}-none-${n}`, overrides);
    const publishing = publishUntilGone(store, known);
    await sleep(100 + Math.random() * 200);
    await own.stop('immediate');
    await publishing;
    await own.start();
    // The store that was there goes on by itself.
    const again = await openStoreAt(site.place, site.signer, `${site.keyFile}-none-${n}b`);
    wrong.push(...lostOf(known, await versionsOf(again)).map(({ id, version }) => `lost ${id} v${version}`));
    wrong.push(...(await auditStore(again, site.signer)));
    const there = (await versionsOf(again)).get('loop00001') ?? 0;
    const on = await publishVersion(store, 'loop00001', 'Weiter').catch((error: unknown) => `${error}`);
    if (typeof on === 'string' || on.versions.length !== there + 1) wrong.push(`it does not go on: ${typeof on === 'string' ? on : on.versions.length}`);
    else known.push({ id: 'loop00001', version: on.versions.length });
    await store.close();
    await again.close();
  }
  return { known, wrong };
}

await t.test('a database server that ends at once loses nothing that was acknowledged, and without synchronous_commit it does', async (t) => {
  const own = await openPostgres(t, { settings: ['wal_writer_delay=10s'] });
  const { known, wrong } = await crashRepeatedly(own, await createDatabaseSite(t, own), crashes);
  t.same(wrong, []);
  t.ok(known.length > crashes, 'the loop did publish');
  const hasty = await crashRepeatedly(own, await createDatabaseSite(t, own), 3, { synchronous_commit: 'off' });
  const lost = hasty.wrong.filter((line) => line.startsWith('lost'));
  t.ok(lost.length > 0, 'control: with synchronous_commit=off acknowledged publications are gone');
  keepsPromise(t, {
    promise: 'P1',
    what: `PostgreSQL: the server ended at once while ${known.length} publications were acknowledged`,
    trials: crashes,
    violations: wrong.length,
    control: `synchronous_commit=off: ${lost.length} times something acknowledged was gone after 3 ends`,
  });
});

type Work = { name: string; run(store: Store, n: number): Promise<unknown> };
const works: readonly Work[] = [
  { name: 'a first publication', run: (store, n) => publishVersion(store, `first${String(n).padStart(5, '0')}`, `Alerte ${n}`) },
  { name: 'a next version', run: (store, n) => publishVersion(store, 'again0001', `Suite ${n}`) },
  { name: 'a draft', run: (store, n) => store.edit(`draft${String(n).padStart(5, '0')}`, () => opened(`draft${n}`.padEnd(5), contentOf(`Brouillon ${n}`))) },
];

/** What the database and the store that was cut say afterwards; empty when the outcome is one of those that are allowed. */
async function outcomeOf(cut: Store, sound: Store, before: number, done: unknown): Promise<readonly string[]> {
  const [seen, there] = [await cut.ledger(-1, 1_000_000, 'entries'), await sound.ledger(-1, 1_000_000, 'entries')];
  const wrong: string[] = [];
  if (seen.size !== there.size || seen.checkpoint !== there.checkpoint) wrong.push('memory and database differ');
  const more = there.size - before;
  const isKept = !(done instanceof Error);
  if (isKept && more !== 1) wrong.push(`acknowledged, and ${more} entries came`);
  if (!isKept && more !== 0) wrong.push(`refused (${done.message}), and ${more} entries came`);
  return wrong;
}

const throughLine = ({ place }: Site, port: number): string => place.replace(/:[0-9]+\//, `:${port}/`);

async function cutAt(t: Test, line: Awaited<ReturnType<typeof openCutLine>>, site: Site, work: Work, cut: Cut, n: number): Promise<readonly string[] | null> {
  line.arm(null);
  const store = await openStoreAt(throughLine(site, line.port), site.signer, `${site.keyFile}-cut`);
  const sound = await site.open();
  const { size } = await sound.ledger(-1, 0);
  line.arm(cut);
  const done = await work.run(store, n).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  const hasCut = line.hasCut();
  line.arm(null);
  const wrong = await outcomeOf(store, sound, size, done);
  // Whatever happened, it goes on.
  const next = await publishVersion(store, 'after0001', `Danach ${n}`).catch((error: unknown) => `it does not go on: ${error}`);
  await store.close();
  await sound.close();
  t.comment(`${work.name}, ${cut.how} ${cut.at}: ${done instanceof Error ? done.message : 'kept'}`);
  return hasCut ? [...wrong, ...(typeof next === 'string' ? [next] : [])] : null;
}

await t.test('a connection that is cut at any point leaves the change whole or not there, told as it is', async (t) => {
  const line = await openCutLine(t, server.port);
  const site = await createDatabaseSite(t, server);
  const wrong: string[] = [];
  let [points, n] = [0, 0];
  for (const work of works.slice(0, 2)) {
    for (const how of ['before', 'after'] as const) {
      for (let at = 1; at < 60; at += 1) {
        n += 1;
        const found = await cutAt(t, line, site, work, { at, how }, n);
        if (found === null) break;
        points += 1;
        wrong.push(...found.map((item) => `${work.name}, ${how} ${at}: ${item}`));
      }
    }
  }
  t.same(wrong, []);
  const sound = await site.open();
  t.same(await auditStore(sound, site.signer), []);
  await sound.close();
  t.ok(points >= 60, `${points} points`);
  const forgetful = await forgetfulTwice(line, site);
  t.ok(forgetful.length > 0, 'control: a store that takes a lost answer for a refusal publishes twice');
  keepsPromise(t, {
    promise: 'P4',
    what: 'PostgreSQL: the connection cut before and after each message of a publication',
    trials: points,
    violations: wrong.length,
    control: `a store that takes a lost answer at the commit for a refusal: ${forgetful.join(', ')}`,
  });
});

/** The same cuts of a store that does not ask what became of its commit. */
async function forgetfulTwice(line: Awaited<ReturnType<typeof openCutLine>>, site: Site): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (let at = 10; at < 25; at += 1) {
    line.arm(null);
    const database = openDatabase(throughLine(site, line.port));
    const isNeverThere: typeof database = { ...database, change: (work) => database.change(work, async () => false) };
    const store = await openPostgresStore({ database: isNeverThere, signer: site.signer, anchorFile: null });
    const sound = await site.open();
    const { size } = await sound.ledger(-1, 0);
    line.arm({ at, how: 'after' });
    const done = await publishVersion(store, 'twice0001', `Zweimal ${at}`).catch((error: unknown) =>
      error instanceof Error ? error : new Error(String(error)),
    );
    line.arm(null);
    wrong.push(...(await outcomeOf(store, sound, size, done)));
    await store.close();
    await database.close();
    await sound.close();
  }
  return wrong;
}

await t.test('many processes on one database have one history', async (t) => {
  const [burst, rounds] = [100, trials({ commit: 1, full: 10 })];
  const told: number[] = [];
  const wrong: string[] = [];
  const site = await createDatabaseSite(t, server);
  for (let round = 0; round < rounds; round += 1) {
    for (const count of [2, 4, 6, 8]) {
      const children = Array.from({ length: count }, (_, n) => startChild(site, 'burst', `r${round}c${count}p${n}`, `${burst}`));
      t.teardown(() => {
        for (const child of children) child.kill();
      });
      await Promise.all(children.map(({ ended }) => ended));
      for (const { process: child, lines } of children)
        if (child.exitCode !== 0 || lines.length !== burst + 1)
          wrong.push(`a publisher ended with ${child.exitCode} after ${lines.length - 1}: ${lines.at(-1)}`);
      told.push(...children.flatMap(({ lines }) => lines.slice(1).map((line) => Number(line.split(' ')[2]))));
    }
  }
  const store = await site.open();
  const { size } = await store.ledger(-1, 0);
  wrong.push(...historyFaults(told, size), ...(await auditStore(store, site.signer)));
  await store.close();
  t.same(wrong, []);
  const unlocked = await unlockedNumbers(site);
  t.ok(unlocked.length > 0, 'control: numbers that are given without the lock are given twice');
  keepsPromise(t, {
    promise: 'P5',
    what: 'PostgreSQL: commits by two to eight processes at once on one database, ten hands in each',
    trials: told.length,
    violations: wrong.length,
    control: `eight hands that read the last number and write the next without a lock: ${unlocked.length} numbers given twice or nobody’s`,
  });
});

/** The same checker over numbers that are read and written without the head's lock. */
async function unlockedNumbers(site: Site): Promise<readonly string[]> {
  const database = openDatabase(site.place);
  const told: number[] = [];
  let last = 0;
  const hand = async (): Promise<void> => {
    for (let n = 0; n < 20; n += 1) {
      const [row] = await database.ask<{ next: number }>('select $1::integer as next', [last]);
      told.push(row?.next ?? 0);
      last = (row?.next ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: 8 }, hand));
  await database.close();
  return historyFaults(told, told.length);
}
