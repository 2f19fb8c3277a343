import t from 'tap';
import { bringAxe, violations } from '../support/axe.ts';
import { openDemonstration } from '../support/demonstration.ts';
import { dark, desktop, forced, large, light, lookedAt, narrow, seenOn, type Visit } from '../support/looks.ts';
import { publicScreens, redactSecond } from '../support/screens.ts';
import { shareBrowser } from '../support/shared-browser.ts';

const visits: readonly Visit[] = [
  { prefix: '', language: 'fr', viewport: desktop, looks: [light, forced] },
  { prefix: '/en', language: 'en', viewport: desktop, looks: [light, large] },
  { prefix: '', language: 'fr', viewport: narrow, looks: [dark] },
  { prefix: '/en', language: 'en', viewport: narrow, looks: [dark] },
];
const keys = /\b(?:public|check|register|findings|card|badge|embed|share)\.(?!json|txt|html|svg|png)[a-z]+[.a-zA-Z_]*\b/;

t.test('no public page has an accessibility violation or scrolls sideways, in either language, however it is looked at', { timeout: 420_000 }, async (t) => {
  const server = await openDemonstration(t, { ONRECORD_EMBED_ORIGINS: 'https://news.example' });
  await redactSecond(server);
  const browser = await shareBrowser(t);
  for (const { prefix, viewport, looks } of visits) {
    const context = await browser.newContext({ viewport, bypassCSP: true });
    await bringAxe(context);
    const page = await context.newPage();
    for (const path of publicScreens(server).map((one) => prefix + one)) {
      for await (const look of lookedAt(page, server.publicUrl + path, looks)) {
        t.strictSame(await violations(page), [], `${path}, ${look.name}`);
        const { body, overflow } = await seenOn(page);
        t.notMatch(body, keys, `${path} says no key of a word`);
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
