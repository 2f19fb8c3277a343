import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import t from 'tap';
import { schedule } from '../../src/desk/publish.ts';
import type { Office } from '../../src/office.ts';
import { openOffice } from '../../src/open-office.ts';
import { openHosts } from '../support/hosts.ts';
import { jonas } from '../support/people.ts';
import { openPostgres } from '../support/postgres.ts';
import { keepsPromise, trials } from '../support/promises.ts';
import { approvedText, undrawn } from '../support/publishing-acts.ts';
import { foundSharedAgency, type SharedAgency } from '../support/shared-agency.ts';
import { seenOf } from '../support/statements.ts';

/** P2 and P5: what is scheduled comes out once and never early, with three servers whose own clocks are wrong by minutes. */

const count = trials({ commit: 20, full: 200 });
const apartMs = 250;
const patienceMs = 120_000;
/** How far this process's clock and the database's may be apart, on one machine. */
const toleranceMs = 100;
/** The desk wants a minute of notice: who makes ready here lives so far in the past. */
const behindMs = 59_000;
type Planned = { id: string; releaseAt: string };

const skews = [-180_000, 0, 180_000];

await t.test('what is scheduled comes out exactly once, and never early, whatever three servers think that the time is', async (t) => {
  const server = await openPostgres(t);
  const agency = await foundSharedAgency(t, server);
  const first = await agency.start('desk');
  await first.close(0);
  const opened = await openOffice(await agency.config('desk'), { now: () => Date.now() - behindMs, log: pino({ level: 'silent' }) });
  t.teardown(opened.close);
  const office = undrawn(opened.office);
  const approved = [];
  for (let n = 0; n < count; n += 1) approved.push(await approvedText(office, `Planned ${n}`));
  const clock = join(import.meta.dirname, '../support/skewed-clock.ts');
  const environments = skews.map((skew) => ({ NODE_OPTIONS: `--import ${clock}`, SKEW_MS: `${skew}` }));
  await openHosts(t, agency, ['slow', 'right', 'fast'], environments);
  const begin = Date.now() + 2_000;
  const planned = await Promise.all(
    approved.map(async ({ id }, place) => {
      const releaseAt = new Date(begin + place * apartMs).toISOString();
      const statement = await office.store.read(id);
      if (statement === undefined) throw new Error('it is gone');
      await schedule(office, jonas, id, seenOf(statement), releaseAt);
      return { id, releaseAt };
    }),
  );
  const wrong: string[] = [];
  const out = await watch(office, planned, wrong);
  let latest = 0;
  for (const { id, releaseAt } of planned) {
    const versions = (await office.store.read(id))?.versions ?? [];
    if (versions.length !== 1) wrong.push(`${id} has ${versions.length} versions`);
    for (const { at } of versions) {
      latest = Math.max(latest, Date.parse(at) - Date.parse(releaseAt));
      if (at < releaseAt) wrong.push(`${id} is dated ${at}, before ${releaseAt}`);
    }
  }
  t.same(wrong, []);
  t.equal(out, count);
  const early = await releasedByItsOwnClock(agency, office);
  t.ok(early.length > 0, 'control: a server that goes by its own clock, three minutes ahead, is found out');
  keepsPromise(t, {
    promise: 'P2',
    what: `scheduled publications on three servers whose clocks are wrong by three minutes either way; the latest ${latest} ms after its time`,
    trials: count,
    violations: wrong.length,
    control: `a server that goes by its own clock: ${early.length} out early`,
  });
});

/** Looks until all are out, and a while longer, for what comes before its time; gives how many came. */
async function watch(office: Office, planned: readonly Planned[], wrong: string[]): Promise<number> {
  const end = Date.now() + count * apartMs + patienceMs;
  for (let isLast = false; ; ) {
    const before = Date.now();
    const versions = new Map((await office.store.list()).map(({ id, version }) => [id, version]));
    const out = planned.filter(({ id }) => (versions.get(id) ?? 0) > 0);
    for (const { id, releaseAt } of out) if (before < Date.parse(releaseAt) - toleranceMs) wrong.push(`${id} was out early`);
    if (isLast || before > end) return out.length;
    isLast = out.length === planned.length;
    await sleep(isLast ? 2_500 : 100);
  }
}

/** The same check of a server that does not ask the database for the time. */
async function releasedByItsOwnClock(agency: SharedAgency, office: Office): Promise<readonly string[]> {
  const approved = await approvedText(office, 'Planned for later');
  const releaseAt = new Date(Date.now() + 60_000).toISOString();
  await schedule(office, jonas, approved.id, seenOf(approved), releaseAt);
  const hasty = await agency.start('hasty', { now: () => Date.now() + 180_000 });
  await hasty.tick();
  const wrong: string[] = [];
  const versions = (await office.store.read(approved.id))?.versions ?? [];
  if (versions.length > 0 && Date.now() < Date.parse(releaseAt)) wrong.push(`${approved.id} was out early`);
  return wrong;
}
