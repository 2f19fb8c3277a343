import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import type { Test } from 'tap';
import { writeDemonstrationKeys } from '../../src/cli/demonstration-keys.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { type RunningServer, startServer } from '../../src/server.ts';
import { initialise } from '../../src/store/installation.ts';
import { type Clock, codeOf, passwordOf, quickCost, standingClock } from './accounts.ts';
import { quickDirectory } from './quick-directory.ts';

export type TestServer = RunningServer & { directory: string; config: Config; clock: Clock };

/** The whole service in a fresh directory on free ports, with a clock that stands; nobody in it. */
export async function openTestServer(
  t: Test,
  environment: Record<string, string> = {},
  limits = { perAddress: 20, overall: 300 },
  log: Logger = pino({ level: 'silent' }),
): Promise<TestServer> {
  const clock = standingClock();
  const parent = await quickDirectory('server');
  const directory = join(parent, 'data');
  const begin = { origin: 'record.test', demonstration: true };
  await initialise(directory, { ...begin, now: clock.now, random: randomBytes });
  await writeDemonstrationKeys(directory, begin.origin, new Date(clock.now()).toISOString());
  const config = readConfig(begin, { ONRECORD_DATA_DIR: directory, ONRECORD_LOG_LEVEL: 'silent', ...environment });
  const ports = { public: 0, desk: 0, operations: 0 };
  const server = await startServer(config, { now: clock.now, log, ports, passwordCost: quickCost, limits, timer: false });
  t.teardown(async () => {
    await server.close(0);
    await rm(parent, { recursive: true });
  });
  return { ...server, directory, config, clock };
}

export type Answer = { status: number; headers: Headers; text: string };

/** A person's browser at the desk: keeps cookies, sends Origin, does not follow redirects. */
export function openBrowser({ deskUrl }: Pick<RunningServer, 'deskUrl'>) {
  const cookies = new Map<string, string>();
  const send = async (method: string, path: string, form: Record<string, string> | null, headers: Record<string, string>): Promise<Answer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${deskUrl}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(cookie && { cookie }), ...(method === 'POST' && { origin: deskUrl }), ...headers },
      ...(form && { body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return {
    cookies,
    get: (path: string, headers: Record<string, string> = {}) => send('GET', path, null, headers),
    post: (path: string, form: Record<string, string>, headers: Record<string, string> = {}) => send('POST', path, form, headers),
  };
}
export type Browser = ReturnType<typeof openBrowser>;

/** The value of an input or textarea of a page's main part, decoded; of the token, wherever it is. */
export function field({ text: page }: Answer, name: string): string {
  const text = name === '_csrf' ? page : page.slice(page.indexOf('<main'));
  const input = new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1];
  const area = new RegExp(`name="${name}"[^>]*>\\n?([^<]*)</textarea>`).exec(text)?.[1];
  const decode = (value: string): string =>
    value.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return decode(input ?? area ?? '');
}

/** Where somebody signs in. */
type AtDoor = Readonly<Pick<RunningServer, 'office' | 'deskUrl'>>;

export async function credentials(server: AtDoor, id: string): Promise<{ name: string; password: string; code: string }> {
  return { name: id, password: passwordOf(id), code: await codeOf(server.office, id) };
}

/** A browser in which this person is signed in. */
export async function signedIn(server: AtDoor, id: string): Promise<Browser> {
  const browser = openBrowser(server);
  const { status } = await browser.post('/desk/sign-in', await credentials(server, id));
  if (status !== 303) throw new Error(`${id} could not sign in: ${status}`);
  return browser;
}
