import type { Running } from './place.ts';
import type { Act } from './publishing-acts.ts';
import { ask, type Cut, isDone } from './raw-request.ts';
import type { AtDesk, Served } from './served-agency.ts';

/** P10: acts whose answers are lost, and that are asked for again with the same key. */

/** Where the connection is destroyed: within the head, within the body, and at moments after all of it was sent. */
export const cuts: readonly Cut[] = [
  { share: 0.3, waitMs: 5 },
  { share: 0.97, waitMs: 5 },
  { share: 1, waitMs: 0 },
  { share: 1, waitMs: 4 },
  { share: 1, waitMs: 15 },
  { share: 1, waitMs: 40 },
];
/** So many times the whole process is killed, at another commit each time, while one of each act is on its way. */
export const kills = 4;

export type LostTally = { trials: number; unanswered: number; wrong: string[] };
type Room = { served: Served; people: Map<string, AtDesk>; server: Running };

/** @param rounds each act once a round, and which of the cuts it meets; behind the cuts, the process is killed */
export async function liveThrough(
  served: Served,
  rounds: readonly (readonly [number, readonly Act[]])[],
  tally: LostTally,
  keyOf: (act: Act, place: number) => string | null,
): Promise<void> {
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
async function loseAnswer(room: Room, asked: Asked, cut: Cut, tally: LostTally): Promise<void> {
  if (!isDone(await askFor(room, asked, cut))) tally.unanswered += 1;
  await askAgain(room, asked, tally);
}

async function askAgain(room: Room, asked: Asked, tally: LostTally): Promise<void> {
  const answer = await askFor(room, asked);
  if (!isDone(answer)) tally.wrong.push(`${asked.act.name}, asked again: ${JSON.stringify(answer)}`);
}

/** All acts are on their way when the process is killed, right after so many commits. */
async function loseProcess(room: Room, asked: readonly Asked[], commits: number, tally: LostTally): Promise<void> {
  const before = await room.served.checkpointSize();
  const answers = asked.map((one) => askFor(room, one));
  while ((await room.served.checkpointSize()) < before + commits) await new Promise(setImmediate);
  room.server.child.kill('SIGKILL');
  tally.unanswered += (await Promise.all(answers)).filter((answer) => !isDone(answer)).length;
  await room.server.ended;
  room.server = await room.served.start();
  for (const one of asked) await askAgain(room, one, tally);
}
