import t, { type Test } from 'tap';
import type { Office } from '../../src/office.ts';
import { hire } from '../support/accounts.ts';
import { endRepeatedly, newTally, prepareTexts } from '../support/ends.ts';
import { cuts, kills, type LostTally, liveThrough } from '../support/lost-answers.ts';
import { openPostgres } from '../support/postgres.ts';
import { keepsPromise, trials } from '../support/promises.ts';
import { type Act, readyActs, undrawn } from '../support/publishing-acts.ts';
import { serveDatabaseCopyOf } from '../support/served-database.ts';
import { foundSharedAgency, type SharedAgency } from '../support/shared-agency.ts';

/** P9 and P10 of a service whose data lie in PostgreSQL. */

const server = await openPostgres(t);
const side = 2;

/** An agency in which something was made ready, and that nobody serves. */
async function prepared<Made>(t: Test, make: (office: Office) => Promise<Made>): Promise<{ agency: SharedAgency; made: Made }> {
  const agency = await foundSharedAgency(t, server);
  const desk = await agency.start('desk');
  await hire(desk.office, 'tomas', 'publisher');
  const made = await make(undrawn(desk.office));
  await desk.close(0);
  return { agency, made };
}

await t.test('with a database, an end by SIGTERM gives every act a definite answer, and loses none that was done', async (t) => {
  const count = trials({ commit: 4, full: 100 });
  const { agency, made } = await prepared(t, (office) => prepareTexts(office, Math.ceil(count / side)));
  const tally = newTally();
  await Promise.all(
    Array.from({ length: side }, async (_, lane) =>
      endRepeatedly(await serveDatabaseCopyOf(t, agency, server), made, Math.floor((count + lane) / side), 'SIGTERM', tally),
    ),
  );
  t.same(tally.wrong, []);
  t.ok(tally.done > count && tally.refused > 0, `${tally.done} acts were done, ${tally.refused} were refused`);
  const control = newTally();
  await endRepeatedly(await serveDatabaseCopyOf(t, agency, server), made, 2, 'SIGKILL', control);
  t.ok(control.indefinite > 0, 'control: a service that ends at once leaves acts without an answer');
  keepsPromise(t, {
    promise: 'P9',
    what: `PostgreSQL: SIGTERM while people publish and two connections are stuck: ${tally.done} acts done, ${tally.refused} refused; slowest end ${Math.round(tally.slowest / 1_000)} s`,
    trials: tally.trials,
    violations: tally.wrong.length,
    control: `killed at once, ${control.indefinite} acts had no answer in ${control.trials} trials`,
  });
});

await t.test('with a database, an act whose answer was lost is on record once, however often it is asked for', async (t) => {
  const rounds = trials({ commit: 3, full: cuts.length + kills });
  const { agency, made: acts } = await prepared(t, async (office) => {
    const ready: (readonly [number, readonly Act[]])[] = [];
    // In the commit run: within the head, after all was sent, and a killed process.
    for (const place of [0, 4, cuts.length, ...Array.from({ length: cuts.length + kills }, (_, n) => n)].slice(...(rounds === 3 ? [0, 3] : [3])))
      ready.push([place, await readyActs(office, place)]);
    return ready;
  });
  const tally: LostTally = { trials: 0, unanswered: 0, wrong: [] };
  for (let day = 0; day < trials({ commit: 1, full: 5 }); day += 1)
    await liveThrough(await serveDatabaseCopyOf(t, agency, server), acts, tally, (act, place) => `once-${act.name.replaceAll(' ', '-')}-${place}`);
  t.same(tally.wrong, []);
  t.ok(tally.unanswered > tally.trials / 3, `${tally.unanswered} answers were lost`);
  const control: LostTally = { trials: 0, unanswered: 0, wrong: [] };
  await liveThrough(
    await serveDatabaseCopyOf(t, agency, server),
    acts.filter(([place]) => place === cuts.length),
    control,
    () => null,
  );
  t.ok(control.wrong.length > 0, 'control: without a key the same checker finds acts done twice or refused');
  keepsPromise(t, {
    promise: 'P10',
    what: `PostgreSQL: ten acts, connections destroyed and processes killed; ${tally.unanswered} answers lost`,
    trials: tally.trials,
    violations: tally.wrong.length,
    control: `without a key, in ${control.trials} acts, ${control.wrong.length} answers and counts were wrong`,
  });
});
