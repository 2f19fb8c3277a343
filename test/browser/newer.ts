import type { Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { loadAssets } from '../../src/http/assets.ts';
import { type Archive, createArchive } from '../support/press-fixtures.ts';
import { openPublicSite, type PublicSite } from '../support/public-site.ts';
import { shareBrowser } from '../support/shared-browser.ts';

/** Elke reads a statement on her phone while the agency goes on publishing. */

const reference = '2026-0001';
const first = '2026-09-13T16:10:00.000Z';

function archiveOfOne(): Archive {
  const archive = createArchive();
  archive.publish(reference, { at: first, texts: { en: {}, fr: {} } });
  return archive;
}

async function openReader(t: Test): Promise<{ site: PublicSite; page: Page; heads: () => number }> {
  const site = await openPublicSite(t, archiveOfOne(), { assets: await loadAssets() });
  const browser = await shareBrowser(t);
  const page = await (await browser.newContext({ viewport: { width: 390, height: 700 } })).newPage();
  page.on('pageerror', (error) => t.fail(error.message));
  page.on('console', (line) => line.type() === 'error' && t.fail(line.text()));
  await page.clock.install();
  return { site, page, heads: () => site.requests.filter((line) => line.startsWith('HEAD')).length };
}

const publish = (site: PublicSite, kind: 'update' | 'correction' = 'update'): Promise<void> =>
  site.press.advance(site.archive.publish(reference, { at: '2026-09-14T16:10:00.000Z', kind, texts: { en: {}, fr: {} } }));

t.test('an open page says that a newer version is out, once, and moves nothing', { timeout: 60_000 }, async (t) => {
  const { site, page, heads } = await openReader(t);
  await page.goto(`${site.url}/statements/${reference}`);
  const line = page.locator('[data-newer]');
  t.equal(await line.getAttribute('role'), 'status', 'a polite line that was there before it had words');
  t.equal((await line.boundingBox())?.height, 0);
  await page.clock.runFor(59_000);
  t.equal(heads(), 0, 'nothing is asked in the first minute');
  const once = page.waitForResponse((response) => response.request().method() === 'HEAD');
  await page.clock.runFor(62_000);
  await once;
  t.equal(heads(), 1, 'then once');
  t.equal(await line.innerText(), '', 'and nothing is said while nothing is newer');
  await publish(site, 'correction');
  await page.focus('.brand');
  const before = await page.evaluate(() => [window.scrollY, document.querySelector('h1')?.getBoundingClientRect().top]);
  const answered = page.waitForResponse((response) => response.request().method() === 'HEAD');
  await page.clock.runFor(121_000);
  await answered;
  await page.waitForSelector('[data-newer] a');
  t.equal(await line.innerText(), 'Version 2 of this statement has been published. Read the current version');
  t.strictSame(await page.evaluate(() => [window.scrollY, document.querySelector('h1')?.getBoundingClientRect().top]), before, 'the text stays where it is');
  t.ok(await page.evaluate(() => document.activeElement?.classList.contains('brand')), 'and so does the focus');
  const asked = heads();
  await page.clock.runFor(600_000);
  t.equal(heads(), asked, 'what is known is not asked again');
  await page.click('[data-newer] a');
  await page.waitForSelector('text=2 of 2');
  t.equal(await page.locator('[data-newer]').innerText(), '', 'the newer page has nothing to say');
});

t.test('a page that nobody sees asks nothing until somebody returns to it, and the clock alone makes nothing newer', { timeout: 60_000 }, async (t) => {
  const { site, page, heads } = await openReader(t);
  await page.goto(`${site.url}/fr/statements/${reference}/v/1`);
  const see = (state: 'hidden' | 'visible'): Promise<void> =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await see('hidden');
  await page.clock.runFor(900_000);
  t.equal(heads(), 0);
  await site.press.advance(site.archive.notice(reference, 'recheck', '2026-09-14T10:00:00.000Z'));
  const answered = page.waitForResponse((response) => response.request().method() === 'HEAD');
  await see('visible');
  const answer = await answered;
  t.equal(new URL(answer.url()).pathname, `/fr/statements/${reference}`, 'a version’s page asks the statement’s');
  await page.clock.runFor(1_000);
  t.equal(await page.locator('[data-newer]').innerText(), '', 'a notice changes the page and is no version');
  await publish(site);
  await page.clock.runFor(121_000);
  await page.waitForSelector('[data-newer] a');
  t.match(await page.locator('[data-newer]').innerText(), /^La version 2 de cette déclaration a paru\./);
});

t.test('a page that is no statement never asks', { timeout: 60_000 }, async (t) => {
  const { site, page, heads } = await openReader(t);
  for (const path of ['/', `/statements/${reference}/versions`]) {
    await page.goto(site.url + path);
    await page.clock.runFor(600_000);
  }
  t.equal(heads(), 0);
});
