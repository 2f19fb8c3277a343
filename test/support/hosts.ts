import { setTimeout as sleep } from 'node:timers/promises';
import type { Test } from 'tap';
import { nextCode } from '../../src/desk/second-factor.ts';
import { passwordOf } from './accounts.ts';
import { openPlace, type Running, until } from './place.ts';
import type { SharedAgency } from './shared-agency.ts';
import { compiled } from './store-processes.ts';
import { type Browser, field, openBrowser } from './test-server.ts';

/** Servers on one database, each a process of its own on its own host, of which any may be killed and comes back. */
export type Hosts = {
  /** Asks a random server that is up, signed in as the publisher; whether it said that the act is done. */
  post(path: string, form: Readonly<Record<string, string>>, key: string): Promise<boolean>;
  /** Resolves when every server that is up shows this text at this path. */
  untilAllShow(path: string, text: string): Promise<void>;
  readAll(path: string): Promise<readonly string[]>;
  /** Kills a random one with -9 and starts it again. */
  killOne(): Promise<void>;
  killed(): number;
  allReady(): Promise<void>;
};

type Host = { publicUrl: string; deskUrl: string; isReady(): Promise<boolean>; start(): Running; running: Running; isUp: boolean };
type Session = { browser: Browser; token: string; since: number };

const publisher = 'jonas';
/** All stand behind one address. */
const addresses = { ONRECORD_PUBLIC_URL: 'http://localhost:8080', ONRECORD_DESK_URL: 'http://localhost:8081' };
const sessionMs = 200_000;

/** @param more what each one's environment has besides */
export async function openHosts(
  t: Test,
  agency: SharedAgency,
  names: readonly string[],
  more: readonly Readonly<Record<string, string>>[] = [],
): Promise<Hosts> {
  const hosts: Host[] = [];
  for (const [number, name] of names.entries()) {
    const place = await openPlace(t);
    const { ONRECORD_PUBLIC_PORT, ONRECORD_DESK_PORT, ONRECORD_OPS_PORT } = place.env;
    const start = (): Running =>
      place.start(['serve'], {
        ...agency.environment(name, { ...addresses, ONRECORD_PUBLIC_PORT, ONRECORD_DESK_PORT, ONRECORD_OPS_PORT }),
        ...compiled,
        ...more[number],
      });
    hosts.push({ ...place, start, running: start(), isUp: false });
  }
  t.teardown(() => {
    for (const { running } of hosts) running.child.kill('SIGKILL');
  });
  for (const host of hosts) await comeUp(host);
  const sessions = new Map<Host, Session>();
  let killed = 0;
  const any = (): Host | undefined => {
    const up = hosts.filter(({ isUp }) => isUp);
    return up[Math.floor(Math.random() * up.length)];
  };

  /** Every server knows the session; the browser keeps its cookie for each address. */
  async function sessionAt(host: Host): Promise<Session> {
    const known = sessions.get(host);
    if (known && Date.now() - known.since < sessionMs) return known;
    const browser = openBrowser(host);
    const elsewhere = [...sessions.values()].find(({ since }) => Date.now() - since < sessionMs);
    if (elsewhere) for (const [name, value] of elsewhere.browser.cookies) browser.cookies.set(name, value);
    else await signIn(host, browser);
    const session = { browser, token: field(await browser.get('/desk'), '_csrf'), since: elsewhere?.since ?? Date.now() };
    sessions.set(host, session);
    return session;
  }

  async function signIn({ deskUrl }: Host, browser: Browser): Promise<void> {
    const person = await agency.person(publisher);
    for (let patience = 60; ; patience -= 1) {
      const code = nextCode(person.totp, Date.now()) ?? 'none';
      const { status } = await browser.post('/desk/sign-in', { name: publisher, password: passwordOf(publisher), code });
      if (status === 303) return;
      if (patience === 0) throw new Error(`${publisher} cannot sign in at ${deskUrl}: ${status}`);
      await sleep(1_000);
    }
  }

  let signing: Promise<unknown> = Promise.resolve();
  return {
    post: async (path, form, key) => {
      const host = any();
      if (host === undefined) return false;
      try {
        const session = signing.then(() => sessionAt(host));
        signing = session.catch(() => {});
        const { browser, token } = await session;
        const answer = await browser.post(path, { ...form, _csrf: token }, { 'idempotency-key': key });
        if (answer.status === 403 || answer.status === 401) sessions.delete(host);
        return answer.status === 303 && !answer.headers.get('location')?.includes('sign-in');
      } catch {
        return false;
      }
    },
    untilAllShow: (path, text) =>
      until(
        async () => {
          const shown = await Promise.all(hosts.map(async (host) => !host.isUp || (await readFrom(host, path)).includes(text)));
          return shown.every(Boolean);
        },
        60_000,
        20,
      ),
    readAll: (path) => Promise.all(hosts.map((host) => readFrom(host, path))),
    killOne: async () => {
      const host = any();
      if (host === undefined) return;
      killed += 1;
      host.isUp = false;
      host.running.child.kill('SIGKILL');
      await host.running.ended;
      host.running = host.start();
      await comeUp(host);
    },
    killed: () => killed,
    allReady: async () => {
      for (const host of hosts) await comeUp(host);
    },
  };
}

async function comeUp(host: Host): Promise<void> {
  const { child, said } = host.running;
  await until(() => {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it does not serve: ${said()}`);
    return host.isReady();
  }, 120_000);
  host.isUp = true;
}

async function readFrom({ publicUrl }: Pick<Host, 'publicUrl'>, path: string): Promise<string> {
  return fetch(`${publicUrl}${path}`).then(
    (response) => response.text(),
    () => '',
  );
}
