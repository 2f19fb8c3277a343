import type { Page } from 'playwright-core';
import t from 'tap';
import { demonstrationPeople } from '../../src/cli/demonstration.ts';
import { codeOf } from '../support/accounts.ts';
import { type Demonstration, openDemonstration, signInPage } from '../support/demonstration.ts';
import { shareBrowser } from '../support/shared-browser.ts';

const area = '[name="texts.fr.known"]';

async function signInAgain(server: Demonstration, page: Page, id: string): Promise<void> {
  server.forward(31_000);
  await page.fill('[name=name]', id);
  await page.fill('[name=password]', demonstrationPeople.find((person) => person.id === id)?.password ?? '');
  await page.fill('[name=code]', await codeOf(server.office, id));
  await page.click('main button');
  await page.waitForURL('**/desk/session');
}

t.test('a session that ends while Amina writes costs her no word: she signs in beside it and the text saves itself', { timeout: 120_000 }, async (t) => {
  const server = await openDemonstration(t);
  const browser = await shareBrowser(t);
  const id = (await server.office.store.list()).find((line) => line.reference === null)?.id ?? '';
  const saved = async (): Promise<string | undefined> => (await server.office.store.read(id))?.draft?.content.texts.fr?.known;
  const page = await signInPage(server, browser, 'amina');
  await page.goto(`${server.deskUrl}/desk/statements/${id}/draft`);
  server.forward(16 * 60_000);
  await page.fill(area, '- Un message reçu à 9 heures.');
  await page.keyboard.press('Control+s');
  await page.locator('[data-state=signedOut]').waitFor();
  t.not(await saved(), '- Un message reçu à 9 heures.');

  const [beside] = await Promise.all([page.waitForEvent('popup'), page.click('[data-sign-in] a')]);
  await signInAgain(server, beside, 'amina');
  await beside.close();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await page.locator('[data-state=saved]').waitFor();
  t.equal(await saved(), '- Un message reçu à 9 heures.');

  await page.fill(area, '- Un second message.');
  await page.click('button[value=submission]');
  t.equal(await page.inputValue(area), '- Un second message.', 'and every button works with the new session');
});

t.test('somebody else who signs in in this browser does not get Amina’s words under their name', { timeout: 120_000 }, async (t) => {
  const server = await openDemonstration(t);
  const browser = await shareBrowser(t);
  const id = (await server.office.store.list()).find((line) => line.reference === null)?.id ?? '';
  const page = await signInPage(server, browser, 'amina');
  await page.goto(`${server.deskUrl}/desk/statements/${id}/draft`);
  server.forward(16 * 60_000);
  await page.fill(area, '- Les mots d’Amina.');
  await page.keyboard.press('Control+s');
  await page.locator('[data-state=signedOut]').waitFor();
  const [beside] = await Promise.all([page.waitForEvent('popup'), page.click('[data-sign-in] a')]);
  await signInAgain(server, beside, 'jonas');
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await page.locator('[data-state=otherPerson]').waitFor();
  t.equal(await page.inputValue(area), '- Les mots d’Amina.', 'they stay in the page');
  t.notMatch(JSON.stringify(await server.office.store.read(id)), 'Les mots d’Amina');
});
