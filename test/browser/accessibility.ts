import type { BrowserContextOptions, Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { bringAxe, violations } from '../support/axe.ts';
import { openDemonstration, signInPage } from '../support/demonstration.ts';
import { askForSeconds, deskScreens, freezeScreens, publicScreens, redactSecond } from '../support/screens.ts';
import { shareBrowser } from '../support/shared-browser.ts';

type Media = Pick<BrowserContextOptions, 'colorScheme' | 'forcedColors'>;
type Look = { name: string; media: Media; style?: string };
/** A page is loaded once for each width, since scripts may look at it then; colours and the size of text change while it stands. */
type Visit = { prefix: string; language: string; viewport: { width: number; height: number }; looks: readonly Look[] };

const [desktop, narrow] = [
  { width: 1280, height: 900 },
  { width: 320, height: 700 },
];
const light: Look = { name: 'light', media: { colorScheme: 'light' } };
const dark: Look = { name: 'dark and narrow', media: { colorScheme: 'dark' } };
const forced: Look = { name: 'forced colours', media: { colorScheme: 'dark', forcedColors: 'active' } };
const large: Look = { name: 'text at 200 %', media: { colorScheme: 'light' }, style: 'html { font-size: 200% !important; }' };

/** Gives the page as each of these looks shows it: what it has at first it has when it loads. */
async function* lookedAt(page: Page, address: string, looks: readonly Look[]): AsyncGenerator<Look> {
  for (const [place, look] of looks.entries()) {
    const { colorScheme = null, forcedColors = null } = look.media;
    await page.emulateMedia({ colorScheme, forcedColors });
    if (place === 0) await page.goto(address);
    if (look.style) await page.addStyleTag({ content: look.style });
    yield look;
  }
}

/** What is on a page for whoever looks at all of it. */
function seenOn(page: Page): Promise<{ overflow: number; language: string | null; body: string; main: string }> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const [main, ...others] = document.querySelectorAll('main');
    if (main === undefined || others.length > 0) throw new Error(`${location.href} has not one main part`);
    return { overflow: root.scrollWidth - root.clientWidth, language: root.getAttribute('lang'), body: document.body.innerText, main: main.textContent };
  });
}

const publicVisits: readonly Visit[] = [
  { prefix: '', language: 'fr', viewport: desktop, looks: [light, forced] },
  { prefix: '/en', language: 'en', viewport: desktop, looks: [light, large] },
  { prefix: '', language: 'fr', viewport: narrow, looks: [dark] },
  { prefix: '/en', language: 'en', viewport: narrow, looks: [dark] },
];
const publicKeys = /\b(?:public|check|register|findings|card|badge|embed|share)\.(?!json|txt|html|svg|png)[a-z]+[.a-zA-Z_]*\b/;

t.test('no public page has an accessibility violation or scrolls sideways, in either language, however it is looked at', { timeout: 420_000 }, async (t) => {
  const server = await openDemonstration(t, { ONRECORD_EMBED_ORIGINS: 'https://news.example' });
  await redactSecond(server);
  const browser = await shareBrowser(t);
  for (const { prefix, viewport, looks } of publicVisits) {
    const context = await browser.newContext({ viewport, bypassCSP: true });
    await bringAxe(context);
    const page = await context.newPage();
    for (const path of publicScreens(server).map((one) => prefix + one)) {
      for await (const look of lookedAt(page, server.publicUrl + path, looks)) {
        t.strictSame(await violations(page), [], `${path}, ${look.name}`);
        const { body, overflow } = await seenOn(page);
        t.notMatch(body, publicKeys, `${path} says no key of a word`);
        t.ok(overflow <= 0, `${path} does not scroll sideways, ${look.name}: ${overflow}`);
      }
    }
    await context.close();
  }
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(server.publicUrl);
  t.strictSame(await context.cookies(), [], 'and the public site sets no cookie');
});

const deskVisits: readonly Visit[] = [
  { prefix: '', language: 'fr', viewport: desktop, looks: [light, forced] },
  { prefix: '', language: 'en', viewport: narrow, looks: [dark] },
  { prefix: '', language: 'en', viewport: desktop, looks: [large] },
];
const keys =
  /\b(?:desk|field|issue|act|work|kind|edit|statement|history|refusal|findings|need|transition|likelihood|personal|claim|print|rule|way_out|template|new|register|people|role|account|account_act|freeze|quarantine|times|keys|tools|channel|session|comment|preview_link|presence)\.[a-z_.]+\b/;

async function lookAtDesk(t: Test, page: Page, paths: readonly string[], { language, looks }: Visit): Promise<void> {
  for (const path of paths) {
    for await (const look of lookedAt(page, path, looks)) {
      t.strictSame(await violations(page), [], `${path}, ${look.name}`);
      const { overflow, language: shown, main } = await seenOn(page);
      t.equal(shown, language);
      t.equal(main.match(keys)?.[0], undefined, `${path} has its words in ${language}`);
      t.ok(overflow <= 0, `${path} does not scroll sideways, ${look.name}: ${overflow}`);
    }
  }
}

t.test('no desk screen has an accessibility violation or scrolls sideways, in either language, however it is looked at', { timeout: 420_000 }, async (t) => {
  const server = await openDemonstration(t, { ONRECORD_PREVIEW_LINKS: 'yes' });
  const browser = await shareBrowser(t);
  await askForSeconds(server);
  const pages = async (screens: Readonly<Record<string, readonly string[]>>): Promise<void> => {
    for (const [person, paths] of Object.entries(screens))
      for (const visit of deskVisits) {
        const locale = visit.language === 'fr' ? 'fr-FR' : 'en-GB';
        const page = await signInPage(server, browser, person, { viewport: visit.viewport, locale, bypassCSP: true });
        await bringAxe(page.context());
        await lookAtDesk(
          t,
          page,
          paths.map((path) => `${server.deskUrl}/desk${path}`),
          visit,
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
