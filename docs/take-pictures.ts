import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../test/support/browser.ts';
import { openDemonstration, signInPage } from '../test/support/demonstration.ts';

/**
 * The pictures of the manual: real screens of a real demonstration, walked through in a browser. `npm run pictures` writes them to
 * docs/pictures; run it after a change of a screen that a page of docs/ shows.
 */

const folder = join(import.meta.dirname, 'pictures');
mkdirSync(folder, { recursive: true });
const ends: (() => unknown)[] = [];
const server = await openDemonstration({ teardown: (end) => ends.push(end) });
const browser = await launchBrowser();
const english = { locale: 'en-GB', viewport: { width: 1180, height: 800 }, colorScheme: 'light' } as const;
const phone = { ...english, viewport: { width: 390, height: 780 }, deviceScaleFactor: 2 } as const;
const year = new Date(server.office.now()).getUTCFullYear();

async function shoot(page: Page, name: string, from = ''): Promise<void> {
  if (from !== '')
    await page
      .locator(from)
      .first()
      .evaluate((node) => window.scrollTo({ top: node.getBoundingClientRect().top + window.scrollY - 12, behavior: 'instant' }));
  await page.screenshot({ path: join(folder, `${name}.png`) });
  process.stdout.write(`docs/pictures/${name}.png\n`);
}

async function staff(): Promise<void> {
  const amina = await signInPage(server, browser, 'amina', english);
  await amina.goto(`${server.deskUrl}/desk/statements/new`);
  const words = ['Port-Orval', 'this morning', 'The port told us at 09:00 of a sale that was announced.', 'An archive said to be the port’s, not verified.'];
  const french = [
    'Port-Orval',
    'ce matin',
    'Le port nous a signalé à 9 heures une mise en vente annoncée.',
    'Une archive présentée comme celle du port, non vérifiée.',
  ];
  for (const [index, text] of words.entries()) await amina.fill(`[name="slots.en.${index + 1}"]`, text);
  for (const [index, text] of french.entries()) await amina.fill(`[name="slots.fr.${index + 1}"]`, text);
  await shoot(amina, 'new', 'h1');
  await amina.click('main form button.primary');
  await amina.waitForURL('**/draft');
  await shoot(amina, 'edit', 'h1');
  await amina.check('[name="house.consulted"]');
  await amina.click('button[value=submission]');
  await amina.waitForURL('**?done=submitted');
  const jonas = await signInPage(server, browser, 'jonas', english);
  await jonas.click('.list a[href$="/review"]');
  await shoot(jonas, 'review', 'h1');
  await jonas.click('form[action$="/approval"] button');
  await jonas.click('.acts a[href$="/publication"]');
  await jonas.click('form[action$="/publication"] button.primary');
  await jonas.waitForURL('**?done=published');
  // Cards come after pages.
  await server.office.press.settled();
  await jonas.reload();
  await shoot(jonas, 'published', '.done-box');
  const marek = await signInPage(server, browser, 'marek', phone);
  await marek.goto(`${server.deskUrl}/desk/flash`);
  await shoot(marek, 'flash', 'h1');
}

async function readers(): Promise<void> {
  const small = await (await browser.newContext(phone)).newPage();
  await small.goto(`${server.publicUrl}/en/statements/${year}-0001`);
  await shoot(small, 'statement', 'h1');
  const page = await (await browser.newContext(english)).newPage();
  await page.goto(`${server.publicUrl}/en/statements/${year}-0001/diff/3..4`);
  await shoot(page, 'diff', 'h1');
  await page.goto(`${server.publicUrl}/en/check`);
  await page.setInputFiles('[data-part=files]', join(import.meta.dirname, '../content/demonstration/letter-as-circulating.txt'));
  await page.locator('[data-part=results]:not([hidden])').waitFor();
  await shoot(page, 'check', '[data-part=results]');
}

try {
  await staff();
  await readers();
} finally {
  await browser.close();
  for (const end of ends.reverse()) await end();
}
