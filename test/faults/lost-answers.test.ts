import t, { type Test } from 'tap';
import { standingClock } from '../support/accounts.ts';
import { type Agency, foundAgency } from '../support/agency.ts';
import { cuts, kills, type LostTally, liveThrough } from '../support/lost-answers.ts';
import { keepsPromise, trials } from '../support/promises.ts';
import { type Act, readyActs, undrawn } from '../support/publishing-acts.ts';
import { serveCopyOf } from '../support/served-agency.ts';
import { memoryDirectory } from '../support/store-fixtures.ts';

/** P10: a lost answer can be asked again. Each act that publishes is cut off, then asked for again with the same key. */

await t.test('an act whose answer was lost is on record once, however often it is asked for', async (t) => {
  const { agency, acts } = await openDay(t);
  const tally: LostTally = { trials: 0, unanswered: 0, wrong: [] };
  for (let day = 0; day < trials({ commit: 1, full: 20 }); day += 1)
    await liveThrough(await serveCopyOf(t, agency), [...acts.entries()], tally, (act, place) => `once-${act.name.replaceAll(' ', '-')}-${place}`);
  t.same(tally.wrong, []);
  t.ok(tally.unanswered > tally.trials / 2, `${tally.unanswered} answers were lost`);
  const control: LostTally = { trials: 0, unanswered: 0, wrong: [] };
  // Where the process is killed most acts are surely done.
  await liveThrough(await serveCopyOf(t, agency), [...acts.entries()].slice(cuts.length, cuts.length + 1), control, () => null);
  t.ok(control.wrong.length > 0, 'control: without a key the same checker finds acts done twice or refused');
  keepsPromise(t, {
    promise: 'P10',
    what: `ten acts, connections destroyed at six moments and processes killed; ${tally.unanswered} answers lost`,
    trials: tally.trials,
    violations: tally.wrong.length,
    control: `without a key, in ${control.trials} acts, ${control.wrong.length} answers and counts were wrong`,
  });
});

/** An agency in which each act can be done ten times. */
async function openDay(t: Test): Promise<{ agency: Agency; acts: readonly (readonly Act[])[] }> {
  const agency = await foundAgency(t, { clock: standingClock(Date.now()), parent: await memoryDirectory(t) });
  const server = await agency.start();
  const acts: (readonly Act[])[] = [];
  const office = undrawn(server.office);
  for (let number = 0; number < cuts.length + kills; number += 1) acts.push(await readyActs(office, number));
  await server.close(0);
  return { agency, acts };
}
