import t, { type Test } from 'tap';
import { standingClock } from '../support/accounts.ts';
import { type Agency, foundAgency } from '../support/agency.ts';
import { endRepeatedly, newTally, prepareTexts, type Texts } from '../support/ends.ts';
import { keepsPromise, trials } from '../support/promises.ts';
import { undrawn } from '../support/publishing-acts.ts';
import { serveCopyOf } from '../support/served-agency.ts';
import { memoryDirectory } from '../support/store-fixtures.ts';

/** P9: restart loses nothing. SIGTERM while three people publish and two connections are stuck: each act gets a definite answer. */

/** Services that are ended side by side, since each takes its thirteen seconds. */
const side = 5;

await t.test('an end by SIGTERM gives every act a definite answer, and loses none that was done', async (t) => {
  const count = trials({ commit: 20, full: 300 });
  const prepared = await prepare(t, Math.ceil(count / side));
  const tally = newTally();
  await Promise.all(
    Array.from({ length: side }, async (_, lane) =>
      endRepeatedly(await serveCopyOf(t, prepared.agency), prepared, Math.floor((count + lane) / side), 'SIGTERM', tally),
    ),
  );
  t.same(tally.wrong, []);
  t.ok(tally.done > count && tally.refused > count, `${tally.done} acts were done, ${tally.refused} were refused`);
  const control = newTally();
  await endRepeatedly(await serveCopyOf(t, prepared.agency), prepared, 2, 'SIGKILL', control);
  t.ok(control.indefinite > 0, 'control: a service that ends at once leaves acts without an answer');
  keepsPromise(t, {
    promise: 'P9',
    what: `SIGTERM while people publish and two connections are stuck: ${tally.done} acts done, ${tally.refused} refused; slowest end ${Math.round(tally.slowest / 1_000)} s`,
    trials: tally.trials,
    violations: tally.wrong.length,
    control: `killed at once, ${control.indefinite} acts had no answer in ${control.trials} trials`,
  });
});

async function prepare(t: Test, rounds: number): Promise<Texts & { agency: Agency }> {
  const agency = await foundAgency(t, { clock: standingClock(Date.now()), parent: await memoryDirectory(t) });
  const server = await agency.start();
  const texts = await prepareTexts(undrawn(server.office), rounds);
  await server.close(0);
  return { agency, ...texts };
}
