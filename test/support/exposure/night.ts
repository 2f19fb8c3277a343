import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { writeDemonstrationKeys } from '../../../src/cli/demonstration-keys.ts';
import { readConfig } from '../../../src/config.ts';
import { openFirstDraft, openNextDraft, saveText, submit } from '../../../src/desk/draft.ts';
import { approve } from '../../../src/desk/review.ts';
import { type RunningServer, startServer } from '../../../src/server.ts';
import type { Statement } from '../../../src/statement/facts.ts';
import { initialise } from '../../../src/store/installation.ts';
import { quickCost } from '../accounts.ts';
import { say } from '../agency.ts';
import { amina, claire } from '../people.ts';
import { publicPaths } from '../public-paths.ts';
import { consulted, draftOf, readyContent, seenOf, withText } from '../statements.ts';
import { eachOf, openAsker } from './asking.ts';
import { hireAs, openSession } from './desk-cast.ts';
import { type Watched, watchNight } from './night-watch.ts';

/** P8: the whole service under an election night's load, with publications that have to show at once. */

export type Night = Watched & { publications: Publication[]; hidden: string[] };
/** Milliseconds from the click to the answer, and to both page and feed as a reader gets them. */
type Publication = { answered: number; visible: number };

export type NightPlan = { seconds: number; publications: number; pollsASecond: number; pagesASecond: number };

/** Opens a service on the clock of the machine, loads it and publishes meanwhile. */
export async function spendNight({ seconds, publications, ...rates }: NightPlan): Promise<Night> {
  const parent = await mkdtemp(join(tmpdir(), 'onrecord-night-'));
  const directory = join(parent, 'data');
  const begin = { origin: 'record.test', demonstration: true };
  await initialise(directory, { ...begin, now: Date.now, random: randomBytes });
  await writeDemonstrationKeys(directory, begin.origin, new Date().toISOString());
  const config = readConfig(begin, { ONRECORD_DATA_DIR: directory, ONRECORD_LANGUAGES: 'en,fr', ONRECORD_ALLOW: 'name Theodora Quist' });
  const options = { log: pino({ level: 'silent' }), ports: { public: 0, desk: 0, operations: 0 }, passwordCost: quickCost };
  const server = await startServer(config, options);
  try {
    const ids = await settleIn(server);
    const paths = await warmUp(server);
    const { host } = new URL(server.publicUrl);
    const watched = watchNight(
      { publicUrl: server.publicUrl, deskUrl: server.deskUrl, host, seconds, paths, ...rates },
      Math.max(10, Math.round(seconds / 60)),
    );
    const told = publishThrough(server, ids, seconds, publications);
    return { ...(await watched), ...(await told) };
  } finally {
    await server.close(0);
    await rm(parent, { recursive: true });
  }
}

async function settleIn({ office }: RunningServer): Promise<readonly string[]> {
  for (const { id, roles } of [amina, claire, { id: 'jonas', roles: ['publisher'] } as const]) await hireAs(office, { id, roles });
  const said: Statement[] = [];
  const facts = {
    awareAt: new Date(office.now() - 3_600_000).toISOString(),
    nextUpdate: { type: 'by', at: new Date(office.now() + 5_400_000).toISOString() },
  } as const;
  for (let number = 1; number <= 12; number += 1) said.push(await say(office, `Files of institute number ${number} are circulating`, facts));
  return said.map(({ id }) => id);
}

/** Every page once, so that what is kept is kept before anything is measured. */
async function warmUp({ office, publicUrl }: RunningServer): Promise<readonly string[]> {
  const paths = await publicPaths(office);
  const asker = openAsker(publicUrl, new URL(publicUrl).host);
  const found: string[] = [];
  await eachOf(paths, 4, async (path) => {
    if ((await asker.ask({ method: 'GET', path })).status === 200) found.push(path);
  });
  asker.close();
  await office.press.settled();
  return found;
}

async function publishThrough(server: RunningServer, ids: readonly string[], seconds: number, count: number): Promise<Pick<Night, 'publications' | 'hidden'>> {
  const [publications, hidden] = [[] as Publication[], [] as string[]];
  for (let number = 1; number <= count; number += 1) {
    await sleep((seconds * 1_000) / (count + 1));
    const title = `Said on election night, number ${number}`;
    // Every third one is a new statement; the others go on with one that is known.
    const drafted = number % 3 === 0 ? await draftFirst(server, title) : await draftNext(server, ids[number % ids.length] ?? '', title);
    const shown = await publishAndLook(server, drafted, title);
    if (typeof shown === 'string') hidden.push(shown);
    else publications.push(shown);
  }
  return { publications, hidden };
}

const inMinutes = ({ office }: RunningServer, minutes: number): string => new Date(office.now() + minutes * 60_000).toISOString();

async function draftFirst(server: RunningServer, title: string): Promise<Statement> {
  const facts = { awareAt: inMinutes(server, -60), nextUpdate: { type: 'by', at: inMinutes(server, 90) } } as const;
  const content = withText(readyContent(facts), { title, summary: `${title}. It has not been verified.` });
  return review(server, await openFirstDraft(server.office, amina, server.office.random(10).toString('hex'), 'holding', content));
}

async function draftNext(server: RunningServer, id: string, title: string): Promise<Statement> {
  const { revision, content } = draftOf(await openNextDraft(server.office, amina, id, 'update'));
  const facts = { ...content, house: consulted, nextUpdate: { type: 'by', at: inMinutes(server, 90) } } as const;
  const next = withText(facts, { title, summary: `${title}. It has not been verified.`, changeNote: 'What has changed.' });
  return review(server, await saveText(server.office, amina, id, revision, 'update', next));
}

async function review({ office }: RunningServer, drafted: Statement): Promise<Statement> {
  const submitted = await submit(office, amina, drafted.id, seenOf(drafted));
  return approve(office, claire, drafted.id, seenOf(submitted));
}

/** The click of a publisher; as soon as it is answered, page and feed have to say it. Else what was not so. */
async function publishAndLook({ office, deskUrl, publicUrl }: RunningServer, { id, draft }: Statement, title: string): Promise<Publication | string> {
  const cookie = await openSession(office, { id: 'jonas', roles: ['publisher'] });
  const headers = { cookie, accept: 'application/json', origin: deskUrl };
  const { csrf } = JSON.parse(await (await fetch(`${deskUrl}/desk/session`, { headers })).text());
  const body = new URLSearchParams({ _csrf: csrf, revision: String(draft?.revision), hash: draft?.hash ?? '' });
  const begun = performance.now();
  const answer = await fetch(`${deskUrl}/desk/statements/${id}/publication`, { method: 'POST', headers, body });
  const answered = performance.now() - begun;
  if (!answer.ok) return `${title}: ${answer.status} ${await answer.text()}`;
  const { reference } = JSON.parse(await answer.text());
  for (const path of [`/statements/${reference}`, '/feeds/updates.atom', '/']) {
    if (!(await (await fetch(`${publicUrl}${path}`)).text()).includes(title)) return `${title} is not at ${path}`;
  }
  return { answered, visible: performance.now() - begun };
}

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
};
