import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Test } from 'tap';
import { createDemonstration, demonstrationPeople } from '../../src/cli/demonstration.ts';
import { writeDemonstrationKeys } from '../../src/cli/demonstration-keys.ts';
import { readConfig } from '../../src/config.ts';
import { type RunningServer, startServer } from '../../src/server.ts';
import { initialise } from '../../src/store/installation.ts';
import { codeOf, quickCost } from './accounts.ts';
import type { SharedBrowser } from './shared-browser.ts';

export type Demonstration = RunningServer & { forward(ms: number): void };

/** The demonstration as `npm start` makes it, on free ports and on a clock that runs and can be moved forward. */
export async function openDemonstration(t: Pick<Test, 'teardown'>, environment: Record<string, string> = {}): Promise<Demonstration> {
  const parent = await mkdtemp(join(tmpdir(), 'onrecord-demonstration-'));
  const directory = join(parent, 'data');
  const begin = { origin: 'demonstration.onrecord.example', demonstration: true };
  await initialise(directory, { ...begin, now: Date.now, random: randomBytes });
  await writeDemonstrationKeys(directory, begin.origin, new Date().toISOString());
  const config = readConfig(begin, { ONRECORD_DATA_DIR: directory, ONRECORD_LOG_LEVEL: 'silent', ...environment });
  await createDemonstration(config, () => undefined, quickCost);
  let ahead = 0;
  const options = {
    log: pino({ level: 'silent' }),
    ports: { public: 0, desk: 0, operations: 0 },
    limits: { perAddress: 200, overall: 300 },
    passwordCost: quickCost,
    now: () => Date.now() + ahead,
  };
  const server = await startServer(config, options);
  t.teardown(async () => {
    await server.close(0);
    await rm(parent, { recursive: true });
  });
  const forward = (ms: number): void => {
    ahead += ms;
  };
  return { ...server, forward };
}

/** A page of a real browser in which this person is signed in at the desk; the clock moves on a little, so that each code is new. */
export async function signInPage(server: Demonstration, browser: SharedBrowser, id: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-FR', ...options });
  const page = await context.newPage();
  server.forward(31_000);
  await page.goto(`${server.deskUrl}/desk/sign-in`);
  await page.fill('[name=name]', id);
  await page.fill('[name=password]', demonstrationPeople.find((person) => person.id === id)?.password ?? '');
  await page.fill('[name=code]', await codeOf(server.office, id));
  await page.click('main button');
  await page.waitForURL('**/desk');
  return page;
}
