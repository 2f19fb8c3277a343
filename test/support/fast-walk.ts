import type { BrowserContextOptions } from 'playwright-core';
import { demonstrationPeople } from '../../src/cli/demonstration.ts';
import { codeOf } from './accounts.ts';
import type { Demonstration } from './demonstration.ts';
import { type Hand, handOn, type Tally } from './hand.ts';
import type { SharedBrowser } from './shared-browser.ts';

/** The two walks that have to be fast: a holding statement by two people, and a flash by one from a phone. */

export const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, locale: 'fr-FR' };
export const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, locale: 'fr-FR', hasTouch: true, isMobile: true };

async function signIn(server: Demonstration, browser: SharedBrowser, id: string, options: BrowserContextOptions, tally: Tally): Promise<Hand> {
  const page = await (await browser.newContext(options)).newPage();
  server.forward(31_000);
  await page.goto(`${server.deskUrl}/desk`);
  const hand = handOn(page, tally);
  await hand.type('[name=name]', id);
  await hand.type('[name=password]', demonstrationPeople.find((person) => person.id === id)?.password ?? '');
  await hand.type('[name=code]', await codeOf(server.office, id));
  await hand.click('main button');
  await page.waitForURL('**/desk');
  return hand;
}

const slots = {
  1: 'le port d’Orval',
  2: 'ce matin',
  3: 'Le port nous a saisis à 9 heures d’une annonce de mise en vente.',
  4: 'Une archive annoncée comme celle du port, non vérifiée.',
};

/** From the sign-in of the first person to the public page. Gives its address and what the hands did. */
export async function publishHolding(
  server: Demonstration,
  browser: SharedBrowser,
  options: BrowserContextOptions = desktop,
): Promise<{ url: string; tally: Tally }> {
  const tally = { interactions: 0, characters: 0 };
  const amina = await signIn(server, browser, 'amina', options, tally);
  await amina.click('.desk-nav a[data-go=new]');
  for (const [index, words] of Object.entries(slots)) await amina.type(`[name="slots.fr.${index}"]`, words);
  await amina.click('[name="house.consulted"]');
  await amina.click('main form button.primary');
  await amina.page.waitForURL('**/draft');
  await amina.click('button[value=submission]');
  await amina.page.waitForURL('**?done=submitted');

  const jonas = await signIn(server, browser, 'jonas', options, tally);
  await jonas.click('.list a.button[href$="/review"]');
  await jonas.click('form[action$="/approval"] button');
  await jonas.page.waitForURL('**?done=approved');
  await jonas.click('.acts a[href$="/publication"]');
  await jonas.click('form[action$="/publication"] button.primary');
  await jonas.page.waitForURL('**?done=published');
  return { url: (await jonas.page.getAttribute('.channels a', 'href')) ?? '', tally };
}

export async function publishFlash(server: Demonstration, browser: SharedBrowser): Promise<{ url: string; tally: Tally }> {
  const tally = { interactions: 0, characters: 0 };
  const marek = await signIn(server, browser, 'marek', phone, tally);
  await marek.click('a[href="/desk/flash"]');
  await marek.type('[name="slots.fr.organisation"]', 'le port d’Orval');
  await marek.type('[name="slots.fr.fact"]', 'Le port signale une intrusion.');
  await marek.type('[name="slots.fr.circulation"]', 'Une archive, non vérifiée.');
  await marek.type('[name=reason]', 'Une chaîne en parle.');
  await marek.click('main form button.danger');
  await marek.page.waitForURL('**?done=flashed');
  return { url: (await marek.page.getAttribute('.channels a', 'href')) ?? '', tally };
}
