import type { Test } from 'tap';
import type { Role } from '../../src/statement/schema.ts';
import { hire } from './accounts.ts';
import { type Answer, type Browser, field, openTestServer, signedIn, type TestServer } from './test-server.ts';

/** A newsroom at work over HTTP: named people on the desk, readers and a poller on the public site, one clock. */

export type Newsroom = {
  server: TestServer;
  /** Moves the clock to an instant in steps of ten minutes; the timer runs and the poller polls at each. */
  until(instant: string): Promise<void>;
  /** Posts a form of the desk as this person, signed in again where the clock has moved on. */
  post(person: string, path: string, form?: Record<string, string>): Promise<Answer>;
  get(person: string, path: string): Promise<Answer>;
  read(path: string, headers?: Record<string, string>): Promise<Answer>;
  poll(feed: string): Poller;
};

export type Poller = { ids: string[]; answers: { ok: number; notModified: number } };

const step = 10 * 60_000;
const minute = 60_000;

export async function openNewsroom(t: Test, people: Record<string, readonly Role[]>, at: string, environment: Record<string, string>): Promise<Newsroom> {
  const server = await openTestServer(t, environment);
  server.clock.forward(Date.parse(at) - server.clock.now());
  for (const [id, roles] of Object.entries(people)) await hire(server.office, id, ...roles);
  const pollers: (() => Promise<void>)[] = [];
  const sessions = new Map<string, { browser: Promise<Browser>; since: number }>();

  const browserOf = (person: string): Promise<Browser> => {
    const known = sessions.get(person);
    if (known && server.clock.now() - known.since < 4 * minute) return known.browser;
    const browser = signedIn(server, person);
    sessions.set(person, { browser, since: server.clock.now() });
    return browser;
  };
  const read = async (path: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const response = await fetch(`${server.publicUrl}${path}`, { headers, redirect: 'manual' });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return {
    server,
    read,
    get: async (person, path) => (await browserOf(person)).get(path),
    post: async (person, path, form = {}) => {
      const browser = await browserOf(person);
      const token = field(await browser.get('/desk'), '_csrf');
      return browser.post(path, { _csrf: token, ...form });
    },
    poll: (feed) => {
      const poller: Poller = { ids: [], answers: { ok: 0, notModified: 0 } };
      let etag = '';
      pollers.push(async () => {
        const answer = await read(feed, etag === '' ? {} : { 'if-none-match': etag });
        if (answer.status === 304) {
          poller.answers.notModified += 1;
          return;
        }
        poller.answers.ok += 1;
        etag = answer.headers.get('etag') ?? '';
        const seen = [...answer.text.matchAll(/<entry>.*?<id>([^<]+)<\/id>/gs)].map((match) => match[1] ?? '');
        poller.ids.push(...seen.filter((id) => !poller.ids.includes(id)).reverse());
      });
      return poller;
    },
    until: async (instant) => {
      const target = Date.parse(instant);
      while (server.clock.now() < target) {
        server.clock.forward(Math.min(step, target - server.clock.now()));
        await server.tick();
        for (const poll of pollers) await poll();
      }
    },
  };
}

/** Revision and hash of the open draft as the edit or review screen carries them. */
export async function seen(newsroom: Newsroom, person: string, id: string, screen = 'review'): Promise<{ revision: string; hash: string }> {
  const page = await newsroom.get(person, `/desk/statements/${id}/${screen}`);
  return { revision: field(page, 'revision'), hash: field(page, 'hash') };
}
