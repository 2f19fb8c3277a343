import type { Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { bringAxe, violations } from '../support/axe.ts';
import { openDemonstration, signInPage } from '../support/demonstration.ts';
import { dark, desktop, forced, large, light, lookedAt, narrow, seenOn, type Visit } from '../support/looks.ts';
import { askForSeconds, deskScreens, freezeScreens } from '../support/screens.ts';
import { shareBrowser } from '../support/shared-browser.ts';

const visits: readonly Visit[] = [
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
      for (const visit of visits) {
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
