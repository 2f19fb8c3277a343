import t, { type Test } from 'tap';
import { standingClock } from '../support/accounts.ts';
import { type Agency, foundAgency } from '../support/agency.ts';
import type { Running } from '../support/place.ts';
import { keepsPromise, trials } from '../support/promises.ts';
import { type Act, readyActs, undrawn } from '../support/publishing-acts.ts';
import { ask, type Cut, isDone } from '../support/raw-request.ts';
import { type AtDesk, type Served, serveCopyOf } from '../support/served-agency.ts';
import { memoryDirectory } from '../support/store-fixtures.ts';

/** P10: a lost answer can be asked again. Each act that publishes is cut off, then asked for again with the same key. */

/** Where the connection is destroyed: within the head, within the body, and at moments after all of it was sent. */
const cuts: readonly Cut[] = [
  { share: 0.3, waitMs: 5 },
  { share: 0.97, waitMs: 5 },
  { share: 1, waitMs: 0 },
  { share: 1, waitMs: 4 },
  { share: 1, waitMs: 15 },
  { share: 1, waitMs: 40 },
];
/** So many times the whole process is killed, at another commit each time, while one of each act is on its way. */
const kills = 4;

type Tally = { trials: number; unanswered: number; wrong: string[] };
type Room = { served: Served; people: Map<string, AtDesk>; server: Running };

await t.test('an act whose answer was lost is on record once, however often it is asked for', async (t) => {
  const { agency, acts } = await openDay(t);
  const tally: Tally = { trials: 0, unanswered: 0, wrong: [] };
  for (let day = 0; day < trials({ commit: 1, full: 20 }); day += 1)
    await liveThrough(t, agency, [...acts.entries()], tally, (act, place) => `once-${act.name.replaceAll(' ', '-')}-${place}`);
  t.same(tally.wrong, []);
  t.ok(tally.unanswered > tally.trials / 2, `${tally.unanswered} answers were lost`);
  const control: Tally = { trials: 0, unanswered: 0, wrong: [] };
  // Where the process is killed most acts are surely done.
  await liveThrough(t, agency, [...acts.entries()].slice(cuts.length, cuts.length + 1), control, () => null);
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

async function liveThrough(
  t: Test,
  agency: Agency,
  rounds: readonly (readonly [number, readonly Act[]])[],
  tally: Tally,
  keyOf: (act: Act, place: number) => string | null,
): Promise<void> {
  const served = await serveCopyOf(t, agency);
  const acts = rounds.flatMap(([, one]) => one);
  const room: Room = { served, people: new Map(), server: await served.start() };
  for (const id of new Set(acts.map((act) => act.person))) room.people.set(id, await served.signIn(id));
  for (const [place, one] of rounds) {
    const asked = one.map((act) => ({ act, key: keyOf(act, place) }));
    const cut = cuts[place];
    if (cut) for (const each of asked) await loseAnswer(room, each, cut, tally);
    else await loseProcess(room, asked, 1 + ((place * 3) % one.length), tally);
    tally.trials += one.length;
  }
  room.server.child.kill('SIGKILL');
  await room.server.ended;
  const { wrong } = await served.inspect(async (store) => {
    for (const act of acts) {
      const count = await act.countIn(store);
      if (count !== 1) tally.wrong.push(`${act.name} is on record ${count} times`);
    }
  });
  tally.wrong.push(...wrong);
}

type Asked = { act: Act; key: string | null };

function askFor({ served, people }: Room, { act, key }: Asked, cut: Cut | null = null): ReturnType<typeof ask> {
  const person = people.get(act.person);
  if (person === undefined) throw new Error(`${act.person} is not at the desk`);
  return ask(served.deskUrl, person, { path: act.path, form: act.form, key }, cut);
}

/** The connection goes; the same is asked for again at once, while the first may still be at work. */
async function loseAnswer(room: Room, asked: Asked, cut: Cut, tally: Tally): Promise<void> {
  if (!isDone(await askFor(room, asked, cut))) tally.unanswered += 1;
  await askAgain(room, asked, tally);
}

async function askAgain(room: Room, asked: Asked, tally: Tally): Promise<void> {
  const answer = await askFor(room, asked);
  if (!isDone(answer)) tally.wrong.push(`${asked.act.name}, asked again: ${JSON.stringify(answer)}`);
}

/** All acts are on their way when the process is killed, right after so many commits. */
async function loseProcess(room: Room, asked: readonly Asked[], commits: number, tally: Tally): Promise<void> {
  const before = await room.served.checkpointSize();
  const answers = asked.map((one) => askFor(room, one));
  while ((await room.served.checkpointSize()) < before + commits) await new Promise(setImmediate);
  room.server.child.kill('SIGKILL');
  tally.unanswered += (await Promise.all(answers)).filter((answer) => !isDone(answer)).length;
  await room.server.ended;
  room.server = await room.served.start();
  for (const one of asked) await askAgain(room, one, tally);
}
