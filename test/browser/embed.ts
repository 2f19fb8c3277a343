import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { loadAssets } from '../../src/http/assets.ts';
import { violations } from '../support/axe.ts';
import { agency, createArchive } from '../support/press-fixtures.ts';
import { openPublicSite, type PublicSite } from '../support/public-site.ts';
import { type SharedBrowser, shareBrowser } from '../support/shared-browser.ts';

/** What a newspaper gets that pastes our badge and our summary into its page, in a real browser. */

async function openPaper(t: Test, html: () => string): Promise<string> {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html; charset=utf-8').end(html()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  t.teardown(() => server.close());
  const address: string | AddressInfo | null = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

function openCorrected(t: Test, origins: readonly string[]): Promise<PublicSite> {
  const archive = createArchive();
  archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z', texts: { en: {}, fr: {} } });
  archive.publish('2026-0001', { at: '2026-09-14T16:10:00.000Z', kind: 'correction', texts: { en: { summary: 'Seven files are forged.' }, fr: {} } });
  return loadAssets().then((assets) => openPublicSite(t, archive, { assets, agency: { ...agency, embedOrigins: origins } }));
}

async function open(t: Test, browser: SharedBrowser, width: number, colorScheme: 'light' | 'dark'): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width, height: 800 }, colorScheme, bypassCSP: false })).newPage();
  t.teardown(() => page.close());
  return page;
}

t.test('the copied code shows badge and summary on a configured site, and the summary on no other', { timeout: 120_000 }, async (t) => {
  const browser = await shareBrowser(t);
  let copied = '';
  const [paper, stranger] = [await openPaper(t, () => copied), await openPaper(t, () => copied)];
  const site = await openCorrected(t, [paper]);
  const reader = await open(t, browser, 390, 'light');
  await reader.goto(`${site.url}/statements/2026-0001`);
  await reader.locator('.share summary').click();
  const codes = await reader.locator('.share code').allInnerTexts();
  t.equal(codes.length, 2);
  copied = `<!doctype html><title>Paper</title>${codes.join('').replaceAll(agency.publicUrl, site.url).replaceAll(' loading="lazy"', '')}`;

  const page = await open(t, browser, 800, 'light');
  await page.goto(paper);
  t.equal(await page.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth), 340, 'the badge is drawn');
  const framed = page.frameLocator('iframe').locator('main');
  t.match(await framed.innerText(), /corrected in version 2[\s\S]*Seven files are forged\./);
  t.not(await framed.evaluate((main) => getComputedStyle(main).paddingLeft), '0px', 'in our style, though the frame is locked up');
  await page.goto(stranger);
  t.equal(await page.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth), 340, 'a badge may stand anywhere');
  t.not(new URL(page.frames()[1]?.url() ?? 'about:blank').origin, site.url, 'a frame may not');
});

t.test('summary, badge and what is offered to copy are accessible and fit a narrow screen, light and dark', { timeout: 120_000 }, async (t) => {
  const browser = await shareBrowser(t);
  const site = await openCorrected(t, ['https://news.example']);
  for (const [width, colorScheme] of [
    [1_000, 'light'],
    [320, 'dark'],
  ] as const) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
    const page = await context.newPage();
    for (const path of ['/embed/2026-0001', '/fr/embed/2026-0001', '/statements/2026-0001', '/fr/statements/2026-0001']) {
      await page.goto(site.url + path);
      for (const closed of await page.locator('.share summary').all()) await closed.click();
      t.strictSame(await violations(page), [], `${path}, ${colorScheme}`);
      t.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} fits ${width}`);
    }
    await page.goto(`${site.url}/statements/2026-0001/badge.svg`);
    const colour = await page
      .locator('rect')
      .first()
      .evaluate((rect) => getComputedStyle(rect).fill);
    t.equal(colour, colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(22, 30, 48)', 'the badge takes its own style and the colours of the reader');
    await context.close();
  }
});
