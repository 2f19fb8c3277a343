import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import t from 'tap';
import { ask, disableAccount } from '../../src/desk/accounts.ts';
import { askUnfreeze, freeze } from '../../src/desk/freeze.ts';
import { redact, requestRedaction } from '../../src/desk/redact.ts';
import { hire } from '../support/accounts.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Demonstration, openDemonstration, signInPage } from '../support/demonstration.ts';

declare global {
  interface Window {
    axe: { run(options: object): Promise<AxeResults> };
  }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate((values) => window.axe.run({ runOnly: { type: 'tag', values } }), rules);
  return results.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

const publicPages = [
  '/',
  '/statements/2026-0001',
  '/statements/2026-0001/v/1',
  '/statements/2026-0001/v/2',
  '/statements/2026-0001/versions',
  '/statements/2026-0001/diff/3..4',
  '/statements/2026-0001/diff/5..6',
  '/claims/2026-0001-K-1',
  '/embed/2026-0001',
  '/embed/2026-0002',
  '/check',
  '/statements/2026-0002',
  '/corrections',
  '/register',
  '/vocab',
  '/vocab/verdict',
  '/vocab/withdrawn',
  '/archive',
  '/search?q=base',
  '/verify',
  '/verify?q=2026-0001',
  '/methods',
  '/legal',
  '/accessibility',
  '/press',
  '/nowhere',
];

/** Version 2 of the first statement loses its text, so that its page is looked at as well. */
async function redactSecond({ office }: Demonstration): Promise<void> {
  const id = (await office.store.list()).find(({ reference }) => reference?.endsWith('-0001'))?.id ?? '';
  await hire(office, 'paula', 'publisher');
  const publisher = (name: string) => ({ id: name, roles: ['publisher'] as const, recent: true });
  const { redaction } = await requestRedaction(office, publisher('paula'), id, { version: 2, ground: 'personal_data', reason: 'It names a person.' });
  await redact(office, publisher('jonas'), id, { version: 2, askedAt: redaction?.at ?? '' }, null);
}

t.test('no public page has an accessibility violation, in either language, light, dark and narrow', { timeout: 300_000 }, async (t) => {
  const server = await openDemonstration(t);
  const year = new Date(server.office.now()).getUTCFullYear();
  await redactSecond(server);
  const browser = await launchBrowser();
  t.teardown(() => browser.close());
  for (const [name, options] of [
    ['light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
    ['dark and narrow', { viewport: { width: 320, height: 700 }, colorScheme: 'dark' }],
  ] as const) {
    const page = await (await browser.newContext({ ...options, bypassCSP: true })).newPage();
    for (const prefix of ['', '/en']) {
      for (const path of publicPages) {
        await page.goto(server.publicUrl + prefix + path.replaceAll('2026', String(year)));
        t.strictSame(await violations(page), [], `${prefix}${path}, ${name}`);
        t.notMatch(
          await page.locator('body').innerText(),
          /\b(?:public|check|register|findings|card|badge|embed|share)\.(?!json|txt|html)[a-z]+[.a-zA-Z_]*\b/,
          `${prefix}${path} says no key of a word`,
        );
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        t.ok(overflow <= 0, `${prefix}${path} does not scroll sideways, ${name}: ${overflow}`);
      }
    }
  }
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(server.publicUrl);
  t.strictSame(await context.cookies(), [], 'and the public site sets no cookie');
});

t.test('no desk screen has an accessibility violation, in either language', { timeout: 300_000 }, async (t) => {
  const server = await openDemonstration(t);
  const browser = await launchBrowser();
  t.teardown(() => browser.close());
  const lines = await server.office.store.list();
  const idOf = (reference: string | null): string =>
    lines.find((line) => (reference ? line.reference?.endsWith(reference) : line.reference === null))?.id ?? '';
  const [draft, leak, withdrawn] = [idOf(null), idOf('-0001'), idOf('-0002')];
  await requestRedaction(server.office, { id: 'jonas', roles: ['publisher'], recent: true }, withdrawn, { version: 1, ground: 'safety', reason: 'A try.' });
  const administrator = (id: string) => ({ id, roles: ['administrator'] as const, recent: true });
  await ask(server.office, administrator('oona'), 'amina', { ask: 'role', role: 'reviewer' });
  const touched = '/quarantine?person=jonas&since.at=2020-01-01T00:00&since.zone=utc';
  const screens: Record<string, readonly string[]> = {
    amina: [
      '',
      '/register',
      '/statements/new',
      `/statements/${draft}`,
      `/statements/${draft}/draft`,
      `/statements/${draft}/preview`,
      `/statements/${draft}/findings`,
      `/statements/${draft}/findings/A-1`,
      `/statements/${draft}/findings/C-1`,
      `/statements/${draft}/findings/K-1`,
      `/statements/${leak}/findings`,
      `/statements/${leak}`,
      `/statements/${leak}/history`,
      '/step-up',
      '/nowhere',
    ],
    jonas: [
      `/statements/${draft}/review`,
      `/statements/${draft}/publication`,
      `/statements/${draft}/schedule`,
      `/statements/${leak}/withdrawal`,
      `/statements/${leak}/recheck`,
      `/statements/${leak}/redaction`,
    ],
    claire: [`/statements/${withdrawn}/endorsement`, `/statements/${withdrawn}/disavowal`, `/statements/${leak}/recheck-end`, `/statements/${draft}/release`],
    marek: ['/flash', '/account'],
    ines: [`/statements/${withdrawn}/redaction`, `/statements/${withdrawn}`, '/people', '/people/jonas', touched],
    tomas: ['', '/people', '/people/amina', '/people/claire', '/freeze', touched],
  };
  for (const [person, paths] of [...Object.entries(screens), ['oona', ['/freeze', '/people/ines']] as const]) {
    if (person === 'oona') {
      await disableAccount(server.office, administrator('tomas'), 'ines');
      await freeze(server.office, { id: 'jonas', roles: ['publisher'], recent: true }, 'A telephone is gone.');
      await askUnfreeze(server.office, administrator('tomas'), 'It was found.');
    }
    const page = await signInPage(server, browser, person, { bypassCSP: true, colorScheme: person === 'jonas' ? 'dark' : 'light' });
    for (const language of ['fr', 'en']) {
      await page.goto(`${server.deskUrl}/desk`);
      const change = page.locator(`form.language button[value=${language}]`);
      if (await change.count()) await change.click();
      for (const path of paths) {
        await page.goto(`${server.deskUrl}/desk${path}`);
        t.strictSame(await violations(page), [], `${path} (${language})`);
        t.equal(await page.getAttribute('html', 'lang'), language);
        const untranslated = await page.evaluate(
          () =>
            document
              .querySelector('main')
              ?.textContent.match(
                /\b(?:desk|field|issue|act|work|kind|edit|statement|history|refusal|findings|need|transition|likelihood|personal|claim|print|rule|way_out|template|new|register|people|role|account|account_act|freeze|quarantine)\.[a-z_.]+\b/,
              )?.[0] ?? null,
        );
        t.equal(untranslated, null, `${path} has its words in ${language}`);
      }
    }
  }
  const stranger = await (await browser.newContext({ bypassCSP: true })).newPage();
  await stranger.goto(`${server.deskUrl}/desk/sign-in`);
  t.strictSame(await violations(stranger), [], 'sign-in');
});
