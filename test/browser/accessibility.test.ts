import type { BrowserContextOptions, Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { violations } from '../support/axe.ts';
import { openDemonstration, signInPage } from '../support/demonstration.ts';
import { askForSeconds, deskScreens, freezeScreens, publicScreens, redactSecond } from '../support/screens.ts';
import { shareBrowser } from '../support/shared-browser.ts';

type Look = { name: string; prefixes: readonly string[]; options: BrowserContextOptions; style?: string };

const desktop = { width: 1280, height: 900 };
const looks: readonly Look[] = [
  { name: 'light', prefixes: ['', '/en'], options: { viewport: desktop, colorScheme: 'light' } },
  { name: 'dark and narrow', prefixes: ['', '/en'], options: { viewport: { width: 320, height: 700 }, colorScheme: 'dark' } },
  { name: 'forced colours', prefixes: [''], options: { viewport: desktop, colorScheme: 'dark', forcedColors: 'active' } },
  { name: 'text at 200 %', prefixes: ['/en'], options: { viewport: desktop, colorScheme: 'light' }, style: 'html { font-size: 200% !important; }' },
];

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

t.test('no public page has an accessibility violation or scrolls sideways, in either language, however it is looked at', { timeout: 420_000 }, async (t) => {
  const server = await openDemonstration(t, { ONRECORD_EMBED_ORIGINS: 'https://news.example' });
  await redactSecond(server);
  const browser = await shareBrowser(t);
  for (const { name, prefixes, options, style } of looks) {
    const page = await (await browser.newContext({ ...options, bypassCSP: true })).newPage();
    for (const path of prefixes.flatMap((prefix) => publicScreens(server).map((one) => prefix + one))) {
      await page.goto(server.publicUrl + path);
      if (style) await page.addStyleTag({ content: style });
      t.strictSame(await violations(page), [], `${path}, ${name}`);
      t.notMatch(
        await page.locator('body').innerText(),
        /\b(?:public|check|register|findings|card|badge|embed|share)\.(?!json|txt|html|svg|png)[a-z]+[.a-zA-Z_]*\b/,
        `${path} says no key of a word`,
      );
      t.ok((await overflow(page)) <= 0, `${path} does not scroll sideways, ${name}: ${await overflow(page)}`);
    }
    await page.context().close();
  }
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(server.publicUrl);
  t.strictSame(await context.cookies(), [], 'and the public site sets no cookie');
});

const deskLooks: readonly (Look & { language: string })[] = [
  { name: 'light', language: 'fr', prefixes: [], options: { viewport: desktop, colorScheme: 'light' } },
  { name: 'dark and narrow', language: 'en', prefixes: [], options: { viewport: { width: 320, height: 700 }, colorScheme: 'dark' } },
  { name: 'forced colours', language: 'fr', prefixes: [], options: { viewport: desktop, colorScheme: 'dark', forcedColors: 'active' } },
  {
    name: 'text at 200 %',
    language: 'en',
    prefixes: [],
    options: { viewport: desktop, colorScheme: 'light' },
    style: 'html { font-size: 200% !important; }',
  },
];
const keys =
  /\b(?:desk|field|issue|act|work|kind|edit|statement|history|refusal|findings|need|transition|likelihood|personal|claim|print|rule|way_out|template|new|register|people|role|account|account_act|freeze|quarantine|times|keys|tools|channel|session|comment|preview_link|presence)\.[a-z_.]+\b/;

async function lookAtDesk(t: Test, page: Page, paths: readonly string[], { name, language, style }: (typeof deskLooks)[number]): Promise<void> {
  for (const path of paths) {
    await page.goto(path);
    if (style) await page.addStyleTag({ content: style });
    t.strictSame(await violations(page), [], `${path}, ${name}`);
    t.equal(await page.getAttribute('html', 'lang'), language);
    t.equal((await page.locator('main').textContent())?.match(keys)?.[0], undefined, `${path} has its words in ${language}`);
    t.ok((await overflow(page)) <= 0, `${path} does not scroll sideways, ${name}: ${await overflow(page)}`);
  }
}

t.test('no desk screen has an accessibility violation or scrolls sideways, in either language, however it is looked at', { timeout: 420_000 }, async (t) => {
  const server = await openDemonstration(t, { ONRECORD_PREVIEW_LINKS: 'yes' });
  const browser = await shareBrowser(t);
  await askForSeconds(server);
  const pages = async (screens: Readonly<Record<string, readonly string[]>>): Promise<void> => {
    for (const [person, paths] of Object.entries(screens))
      for (const look of deskLooks) {
        const locale = look.language === 'fr' ? 'fr-FR' : 'en-GB';
        const page = await signInPage(server, browser, person, { ...look.options, locale, bypassCSP: true });
        await lookAtDesk(
          t,
          page,
          paths.map((path) => `${server.deskUrl}/desk${path}`),
          look,
        );
        await page.context().close();
      }
  };
  await pages(await deskScreens(server));
  await pages(await freezeScreens(server));
  const stranger = await (await browser.newContext({ bypassCSP: true })).newPage();
  await stranger.goto(`${server.deskUrl}/desk/sign-in`);
  t.strictSame(await violations(stranger), [], 'sign-in');
});
