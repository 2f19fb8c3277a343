import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Test } from 'tap';
import { createDemonstration, demonstrationPeople } from '../../src/cli/demonstration.ts';
import { writeDemonstrationKeys } from '../../src/cli/demonstration-keys.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { type RunningServer, startServer } from '../../src/server.ts';
import { initialise } from '../../src/store/installation.ts';
import { codeOf, quickCost } from './accounts.ts';
import { quickDirectory } from './quick-directory.ts';
import type { SharedBrowser } from './shared-browser.ts';

export type Demonstration = RunningServer & { forward(ms: number): void };

/** The demonstration as `npm start` makes it, on free ports and on a clock that runs and can be moved forward. */
export async function openDemonstration(t: Pick<Test, 'teardown'>, environment: Record<string, string> = {}): Promise<Demonstration> {
  const parent = await quickDirectory('demonstration');
  const directory = join(parent, 'data');
  await cp(await madeOnce(environment), directory, { recursive: true, preserveTimestamps: true });
  let ahead = 0;
  const options = {
    log: pino({ level: 'silent' }),
    ports: { public: 0, desk: 0, operations: 0 },
    limits: { perAddress: 200, overall: 300 },
    passwordCost: quickCost,
    now: () => Date.now() + ahead,
  };
  const server = await startServer(configOf(directory, environment), options);
  t.teardown(async () => {
    await server.close(0);
    await rm(parent, { recursive: true });
  });
  const forward = (ms: number): void => {
    ahead += ms;
  };
  return { ...server, forward };
}

const begin = { origin: 'demonstration.onrecord.example', demonstration: true };

function configOf(directory: string, environment: Record<string, string>): Config {
  return readConfig(begin, { ONRECORD_DATA_DIR: directory, ONRECORD_LOG_LEVEL: 'silent', ...environment });
}

const made = new Map<string, Promise<string>>();

/** The data directory of a new demonstration, told once for each configuration in a process: whoever opens one has a copy. */
function madeOnce(environment: Record<string, string>): Promise<string> {
  const key = JSON.stringify(environment);
  const directory = made.get(key) ?? make(environment);
  made.set(key, directory);
  return directory;
}

async function make(environment: Record<string, string>): Promise<string> {
  const parent = await quickDirectory('demonstration');
  process.once('exit', () => rmSync(parent, { recursive: true }));
  const directory = join(parent, 'data');
  await initialise(directory, { ...begin, now: Date.now, random: randomBytes });
  await writeDemonstrationKeys(directory, begin.origin, new Date().toISOString());
  await createDemonstration(configOf(directory, environment), () => undefined, quickCost);
  return directory;
}

/** A page of a real browser in which this person is signed in at the desk; the clock moves on a little, so that each code is new. */
export async function signInPage(server: Demonstration, browser: SharedBrowser, id: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-FR', ...options });
  const page = await context.newPage();
  server.forward(31_000);
  const password = demonstrationPeople.find((person) => person.id === id)?.password ?? '';
  const form = { name: id, password, code: await codeOf(server.office, id) };
  await context.request.post(`${server.deskUrl}/desk/sign-in`, { form, headers: { origin: server.deskUrl } });
  await page.goto(`${server.deskUrl}/desk`);
  if (new URL(page.url()).pathname !== '/desk') throw new Error(`${id} could not sign in`);
  return page;
}
