import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Office } from '../../src/office.ts';
import type { Statement } from '../../src/statement/facts.ts';
import { approvedText, liveText } from './publishing-acts.ts';
import { type Answered, ask, isDone } from './raw-request.ts';
import type { AtDesk, Served } from './served-agency.ts';
import { seenOf } from './statements.ts';

/** P9: services that end while people publish and connections are stuck. */

/** By its own clock a service that takes more than fifteen seconds ends with 1; a busy machine may be late to tell us. */
const longestMs = 45_000;
/** Within the five minutes for which a sign-in lets somebody publish; a restart ends no session. */
const signedInForMs = 200_000;
const people = ['jonas', 'tomas', 'claire'] as const;

export type Texts = { live: readonly Statement[]; approved: readonly Statement[] };
export type EndTally = { trials: number; done: number; refused: number; indefinite: number; slowest: number; wrong: string[] };
/** An act that was asked for, with what it would have left on record: a version of this statement, or a notice with this reason. */
type Asked = { statement: string; reason: string | null; answer: Answered };

export function newTally(): EndTally {
  return { trials: 0, done: 0, refused: 0, indefinite: 0, slowest: 0, wrong: [] };
}

/** A statement for each person's hands, and two approved texts for each of so many rounds, as far as six. */
export async function prepareTexts(office: Office, rounds: number): Promise<Texts> {
  const live: Statement[] = [];
  const approved: Statement[] = [];
  for (const person of people) live.push(await liveText(office, `Live for ${person}`));
  for (let n = 0; n < Math.min(rounds, 6) * 2; n += 1) approved.push(await approvedText(office, `Approved ${n}`));
  return { live, approved };
}

/** One service, ended and started again so many times on the same data. */
export async function endRepeatedly(served: Served, { live, approved }: Texts, count: number, signal: 'SIGTERM' | 'SIGKILL', tally: EndTally): Promise<void> {
  const asked: Asked[] = [];
  let hands: AtDesk[] = [];
  let signedInAt = Number.NEGATIVE_INFINITY;
  for (let n = 0; n < count; n += 1) {
    const server = await served.start();
    if (performance.now() - signedInAt > signedInForMs) {
      hands = await atDesk(served);
      signedInAt = performance.now();
    }
    const stuck = [await halfARequest(served.deskUrl), await nobodyReads(served.publicUrl)];
    let isOver = false;
    const working = hands.map((hand, place) => workUntilClosed(served, hand, live[place], `${n}`, asked, () => isOver));
    if (signal === 'SIGTERM') await sleep(300 + Math.random() * 300);
    else await nextCommit(served);
    const before = performance.now();
    server.child.kill(signal);
    const texts = approved.slice(2 * n, 2 * n + 2);
    working.push(...texts.map((text) => publish(served, hands[0], text, asked)));
    const code = await server.ended;
    const took = performance.now() - before;
    isOver = true;
    await Promise.all(working);
    for (const socket of stuck) socket.destroy();
    tally.slowest = Math.max(tally.slowest, took);
    if (signal === 'SIGTERM' && (code !== 0 || took > longestMs)) tally.wrong.push(`it ended with ${code} after ${took} ms: ${server.said()}`);
    const { seen, wrong } = await served.inspect((store) => Promise.all(asked.map(({ statement }) => store.read(statement))));
    tally.wrong.push(...wrong, ...asked.flatMap((act, place) => faultsOf(act, seen[place])));
    tally.trials += 1;
  }
  tally.done += asked.filter(({ answer }) => isDone(answer)).length;
  tally.refused += asked.filter(({ answer }) => !isDone(answer) && answer !== 'none').length;
  tally.indefinite += asked.filter(({ answer }) => answer === 'none').length;
  if (signal === 'SIGTERM') tally.wrong.push(...asked.filter(({ answer }) => answer === 'none').map(({ reason }) => `no answer: ${reason ?? 'a publication'}`));
}

async function nextCommit({ checkpointSize }: Served): Promise<void> {
  const size = await checkpointSize();
  while ((await checkpointSize()) === size) await new Promise(setImmediate);
}

async function atDesk(served: Served): Promise<AtDesk[]> {
  const hands: AtDesk[] = [];
  for (const id of people) hands.push(await served.signIn(id));
  return hands;
}

/** Doubts a statement and confirms it again, one act after the other, until nobody listens any more. */
async function workUntilClosed(
  served: Served,
  hand: AtDesk,
  statement: Statement | undefined,
  round: string,
  asked: Asked[],
  isOver: () => boolean,
): Promise<void> {
  if (statement === undefined) throw new Error('no statement');
  let answer: Answered | null = null;
  for (let n = 0; !isOver() && answer !== 'unreachable'; n += 1) {
    const reason = `Round ${round}, ${n}`;
    const form = { version: '1', reason };
    // Whether the last round ended in doubt is not known here: the first of the two is refused where it did.
    const path = `/desk/statements/${statement.id}/${n % 2 === 0 ? 'recheck' : 'recheck-end'}`;
    answer = await ask(served.deskUrl, hand, { path, form, key: `${hand.id}-${round}-${n}-key` }, null, 450);
    asked.push({ statement: statement.id, reason, answer });
  }
}

async function publish(served: Served, hand: AtDesk | undefined, statement: Statement, asked: Asked[]): Promise<void> {
  if (hand === undefined) throw new Error('nobody publishes');
  const { revision, hash } = seenOf(statement);
  const path = `/desk/statements/${statement.id}/publication`;
  const answer = await ask(served.deskUrl, hand, { path, form: { revision: `${revision}`, hash }, key: `publish-${statement.id}` }, null, Math.random() * 200);
  asked.push({ statement: statement.id, reason: null, answer });
}

/** What was answered as done is there once; what was refused is not; what has no answer is there once or not at all. */
function faultsOf({ reason, answer }: Asked, statement: Statement | undefined): readonly string[] {
  const { versions = [], notices = [] } = statement ?? {};
  const count = reason === null ? versions.length : notices.filter((notice) => notice.reason === reason).length;
  const isRight = isDone(answer) ? count === 1 : answer === 'none' ? count <= 1 : count === 0;
  return isRight ? [] : [`${reason ?? 'a publication'} is there ${count} times after ${JSON.stringify(answer)}`];
}

/** A form whose end never comes. */
async function halfARequest(deskUrl: string): Promise<Socket> {
  const { host, hostname, port } = new URL(deskUrl);
  const socket = connect({ host: hostname, port: Number(port) }).on('error', () => {});
  await once(socket, 'connect');
  socket.write(`POST /desk/sign-in HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 4000\r\n\r\nname=`);
  return socket;
}

/** A reader who asks for much and takes nothing. */
async function nobodyReads(publicUrl: string): Promise<Socket> {
  const { host, hostname, port } = new URL(publicUrl);
  const socket = connect({ host: hostname, port: Number(port) }).on('error', () => {});
  await once(socket, 'connect');
  socket.pause();
  for (let n = 0; n < 50; n += 1) socket.write(`GET /feeds/updates.atom HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
  return socket;
}
