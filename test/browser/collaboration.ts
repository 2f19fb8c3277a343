import type { BrowserContextOptions, Page } from 'playwright-core';
import t from 'tap';
import { openFirstDraft, submit } from '../../src/desk/draft.ts';
import { presenceLastsMs } from '../../src/desk/presence.ts';
import type { Statement } from '../../src/statement/facts.ts';
import { type Content, emptyTexts } from '../../src/statement/schema.ts';
import { violations } from '../support/axe.ts';
import { type Demonstration, openDemonstration, signInPage } from '../support/demonstration.ts';
import { amina } from '../support/people.ts';
import { shareBrowser } from '../support/shared-browser.ts';
import { readyContent, seenOf } from '../support/statements.ts';

/** Two people on one draft, and a third to whom it is shown: through real screens. */

const phone: BrowserContextOptions = { viewport: { width: 320, height: 700 }, locale: 'en-GB', colorScheme: 'dark', bypassCSP: true };

async function inReview({ office }: Demonstration): Promise<Statement> {
  const soon = (minutes: number): string => new Date(office.now() + minutes * 60_000).toISOString();
  const words = {
    title: 'Des fichiers circulent',
    summary: 'Des fichiers circulent. Rien n’est vérifié.',
    known: '- Le port nous a saisis.',
    unknown: '- L’étendue.',
  };
  const texts: Content['texts'] = { fr: { ...emptyTexts, ...words } };
  const content: Content = { ...readyContent(), languages: ['fr'], texts, awareAt: soon(-60), nextUpdate: { type: 'by', at: soon(100) } };
  const opened = await openFirstDraft(office, amina, office.random(10).toString('hex'), 'holding', content);
  return submit(office, amina, opened.id, seenOf(opened));
}

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

t.test('without scripts, on a phone: a comment, its answer in the text, and a link for a reader', { timeout: 180_000 }, async (t) => {
  const server = await openDemonstration(t, { ONRECORD_PREVIEW_LINKS: 'yes' });
  const browser = await shareBrowser(t);
  const { id } = await inReview(server);
  const bare = { ...phone, javaScriptEnabled: false };
  const [writer, reviewer] = [await signInPage(server, browser, 'amina', bare), await signInPage(server, browser, 'claire', bare)];

  await reviewer.goto(`${server.deskUrl}/desk/statements/${id}/review`);
  const place = reviewer.locator('#f-texts-fr-known');
  await place.locator('summary', { hasText: 'Comment' }).click();
  await place.locator('textarea').fill('Who asked us, and when?');
  await place.locator('form button').click();
  await reviewer.waitForURL('**/review?done=commented#comment-1');
  t.match(await reviewer.locator('#comment-1').innerText(), /Who asked us, and when\?/);
  t.ok((await overflow(reviewer)) <= 0, 'the review screen does not scroll sideways');

  await writer.goto(`${server.deskUrl}/desk/statements/${id}/draft`);
  t.match(await writer.locator('.presence').innerText(), /Claire Morvan is reading this \(seen \d\d:\d\d:\d\d\)/, 'told with the page');
  t.match(await writer.locator('.near-comments').innerText(), /Who asked us, and when\?.*Claire Morvan/s);
  t.ok((await overflow(writer)) <= 0, 'nor does the edit screen');
  const note = await writer.locator('.near-comments').boundingBox();
  t.ok(note && note.x + note.width <= 320, 'nor does a comment beside its field');
  await writer.fill('[name="texts.fr.known"]', '- Le port nous a saisis à 9 heures.');
  await writer.click('button[value="resolve-1"]');
  await writer.waitForURL('**/draft?done=saved#saved');
  t.equal(await writer.locator('.near-comments').count(), 0);
  t.equal(await writer.inputValue('[name="texts.fr.known"]'), '- Le port nous a saisis à 9 heures.');

  await reviewer.goto(`${server.deskUrl}/desk/statements/${id}/preview-links`);
  await reviewer.fill('#f-recipient', 'Hélène Aubry');
  await reviewer.fill('#f-reason', 'She reads it before it is published.');
  await reviewer.click('form[action$="/preview-links"] button');
  const address = (await reviewer.inputValue('#address')).trim();
  t.ok((await overflow(reviewer)) <= 0);
  const reader = await (await browser.newContext(bare)).newPage();
  await reader.goto(server.deskUrl + new URL(address).pathname);
  t.match(await reader.locator('.mark').innerText(), /Brouillon pour Hélène Aubry/);
  t.match(await reader.locator('main').innerText(), /saisis à 9 heures/);
  t.ok((await overflow(reader)) <= 0);
  await reader.click('.tongues a');
  t.match(await reader.locator('.mark').innerText(), /Draft for Hélène Aubry/);
});

t.test('with scripts: who comes and goes is told without a reload', { timeout: 180_000 }, async (t) => {
  const server = await openDemonstration(t);
  const browser = await shareBrowser(t);
  const { id } = await inReview(server);
  const [writer, reviewer] = [await signInPage(server, browser, 'amina', phone), await signInPage(server, browser, 'claire', phone)];
  await reviewer.clock.install({ time: server.office.now() });
  await reviewer.goto(`${server.deskUrl}/desk/statements/${id}/review`);
  t.notOk(await reviewer.locator('.presence').isVisible(), 'nobody else is here');
  await writer.goto(`${server.deskUrl}/desk/statements/${id}/draft`);
  await reviewer.clock.runFor(21_000);
  await reviewer.locator('.presence .editing', { hasText: 'Amina Belkacem is editing this' }).waitFor();
  await writer.goto('about:blank');
  server.forward(presenceLastsMs);
  await reviewer.clock.runFor(21_000);
  await reviewer.locator('.presence').waitFor({ state: 'hidden' });
  t.match(await reviewer.locator('h1').innerText(), 'Review');
});

t.test('the screens of collaboration have no accessibility violation, in either language', { timeout: 240_000 }, async (t) => {
  const server = await openDemonstration(t, { ONRECORD_PREVIEW_LINKS: 'yes' });
  const browser = await shareBrowser(t);
  const { id } = await inReview(server);
  for (const options of [phone, { locale: 'fr-FR', bypassCSP: true }]) {
    const page = await signInPage(server, browser, 'claire', options);
    await page.goto(`${server.deskUrl}/desk/statements/${id}/review`);
    for (const [anchor, words] of [
      ['#f-texts-fr-known', 'One.'],
      ['#f-texts-fr-title', 'Two.'],
    ] as const) {
      await page.locator(`${anchor} summary`).last().click();
      await page.locator(`${anchor} textarea`).last().fill(words);
      await page.locator(`${anchor} .write button`).click();
      await page.waitForURL('**done=commented**');
    }
    await page.locator('.comments form[action$="/resolution"] button').first().click();
    await page.waitForURL('**done=comment-resolved**');
    t.strictSame(await violations(page), [], 'review');
    for (const all of await page.locator('main details').all()) await all.evaluate((node) => node.setAttribute('open', ''));
    t.strictSame(await violations(page), [], 'review, everything unfolded');
    await page.goto(`${server.deskUrl}/desk/statements/${id}/draft`);
    t.strictSame(await violations(page), [], 'edit');
    await page.goto(`${server.deskUrl}/desk/statements/${id}/preview-links`);
    await page.fill('#f-recipient', 'Hélène Aubry');
    await page.fill('#f-reason', 'Before it is published.');
    await page.click('form[action$="/preview-links"] button');
    t.strictSame(await violations(page), [], 'preview links');
    const address = server.deskUrl + new URL((await page.inputValue('#address')).trim()).pathname;
    const reader = await (await browser.newContext(options)).newPage();
    await reader.goto(address);
    t.strictSame(await violations(reader), [], 'the page behind a link');
    await reader.goto(`${server.deskUrl}/desk/preview-links/${'A'.repeat(43)}`);
    t.strictSame(await violations(reader), [], 'a link that shows nothing');
  }
});
