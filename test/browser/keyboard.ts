import type { Page } from 'playwright-core';
import t from 'tap';
import { demonstrationPeople } from '../../src/cli/demonstration.ts';
import { codeOf } from '../support/accounts.ts';
import { type Demonstration, openDemonstration, signInPage } from '../support/demonstration.ts';
import { type SharedBrowser, shareBrowser } from '../support/shared-browser.ts';

/** The desk with nothing but a keyboard. */

/** Tab until the focus stands on this element; it must be seen to stand there. */
async function tabTo(page: Page, selector: string, most = 120): Promise<void> {
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press('Tab');
    const [isThere, isSeen] = await page.evaluate((wanted) => {
      const node = document.activeElement;
      return [node?.matches(wanted) ?? false, node !== null && getComputedStyle(node).outlineStyle !== 'none'];
    }, selector);
    if (!isThere) continue;
    if (!isSeen) throw new Error(`${selector} does not show that it has the focus`);
    return;
  }
  throw new Error(`${selector} is not reached by ${most} Tabs`);
}

async function signIn(server: Demonstration, browser: SharedBrowser, id: string): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'fr-FR', viewport: { width: 1280, height: 900 } })).newPage();
  server.forward(31_000);
  await page.goto(`${server.deskUrl}/desk`);
  const secrets = { name: id, password: demonstrationPeople.find((person) => person.id === id)?.password ?? '', code: await codeOf(server.office, id) };
  for (const [name, words] of Object.entries(secrets)) {
    await tabTo(page, `[name=${name}]`);
    await page.keyboard.type(words);
  }
  await page.keyboard.press('Enter');
  await page.waitForURL('**/desk');
  return page;
}

async function closeList(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
}

async function enter(page: Page, selector: string, url: string): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.press('Enter');
  await page.waitForURL(url);
}

t.test('a holding statement goes out without a mouse', { timeout: 120_000 }, async (t) => {
  const server = await openDemonstration(t);
  const browser = await shareBrowser(t);
  const amina = await signIn(server, browser, 'amina');
  await amina.keyboard.press('n');
  await amina.waitForURL('**/statements/new');
  for (const [index, words] of ['le port d’Orval', 'ce matin', 'Le port nous a saisis à 9 heures.', 'Une archive, non vérifiée.'].entries()) {
    await tabTo(amina, `[name="slots.fr.${index + 1}"]`);
    await amina.keyboard.type(words);
  }
  await tabTo(amina, '[name="house.consulted"]');
  await amina.keyboard.press('Space');
  await enter(amina, 'main form button.primary', '**/draft');
  await tabTo(amina, '[name="texts.fr.title"]');
  await amina.keyboard.press('Control+End');
  await amina.keyboard.type(' ce jour');
  await amina.keyboard.press('Control+Enter');
  await amina.waitForURL('**?done=submitted');

  const jonas = await signIn(server, browser, 'jonas');
  await enter(jonas, '.list a[href$="/review"]', '**/review');
  await enter(jonas, 'form[action$="/approval"] button', '**?done=approved');
  await enter(jonas, '.acts a[href$="/publication"]', '**/publication');
  await enter(jonas, 'form[action$="/publication"] button.primary', '**?done=published');
  t.match(await (await fetch(`${server.publicUrl}/`)).text(), 'circulent ce jour');
});

t.test(
  'Tab leaves every text and passes each toolbar in one step; shortcuts wait while somebody types, and can be switched off',
  { timeout: 120_000 },
  async (t) => {
    const server = await openDemonstration(t);
    const browser = await shareBrowser(t);
    const page = await signInPage(server, browser, 'amina');
    const id = (await server.office.store.list()).find((line) => line.reference === null)?.id ?? '';
    await page.goto(`${server.deskUrl}/desk/statements/${id}/draft`);
    await page.focus('[name="texts.fr.known"]');
    await page.keyboard.press('Tab');
    t.equal(await page.evaluate(() => document.activeElement?.localName), 'md-bold', 'the next toolbar');
    await page.keyboard.press('Tab');
    t.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'texts.en.known', 'and then the next text');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('n?/gd');
    t.equal(await page.inputValue('[name="texts.en.known"]'), 'n?/gd', 'keys are letters in a text');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+b');
    t.equal(await page.inputValue('[name="texts.en.known"]'), '**n?/gd**', 'the toolbar’s own chord works in its text');
    await page.keyboard.press('Control+s');
    await page.locator('[data-state=saved]').waitFor();

    await page.goto(`${server.deskUrl}/desk/register`);
    await page.keyboard.press('?');
    t.ok(await page.locator('dialog[open]').isVisible());
    await closeList(page);
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.waitForURL('**/desk');
    await page.keyboard.press('/');
    t.equal(await page.evaluate(() => document.activeElement?.id), 'find');
    await page.keyboard.type('galene');
    await page.keyboard.press('Enter');
    await page.waitForURL('**?q=galene');
    t.equal(await page.locator('.list li').count(), 1, 'accents are set aside');

    await page.keyboard.press('?');
    await page.locator('#keys-single').uncheck();
    await closeList(page);
    await page.keyboard.press('n');
    await page.keyboard.press('?');
    t.notOk(await page.locator('dialog[open]').count(), 'switched off');
    await page.reload();
    await page.keyboard.press('n');
    t.match(page.url(), /\/desk\?q=galene$/, 'and this browser remembers it');
  },
);
