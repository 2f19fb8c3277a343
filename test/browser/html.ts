import t from 'tap';
import { openDemonstration, signInPage } from '../support/demonstration.ts';
import { checkHtml, hasJava } from '../support/html-checker.ts';
import { askForSeconds, deskScreens, publicScreens, redactSecond } from '../support/screens.ts';
import { shareBrowser } from '../support/shared-browser.ts';

/** Every screen as the HTML that is sent, read by the checker of the specification's own community. */

const skip = hasJava ? false : 'NO HTML WAS CHECKED: the Nu Html Checker needs Java (apt-get install default-jre-headless)';
if (typeof skip === 'string') t.comment(skip);

t.test('the checker finds what is wrong', { skip }, async (t) => {
  const wrong = '<!doctype html><html lang="en"><head><title>A</title></head><body><p id="a">a</p><p id="a">b</p></body></html>';
  const found = await checkHtml(new Map([['wrong', wrong]]));
  t.match(found.join('\n'), /^wrong: Duplicate ID/m);
});

t.test('every public page and every desk screen is valid HTML, in both languages', { skip, timeout: 240_000 }, async (t) => {
  const server = await openDemonstration(t, { ONRECORD_PREVIEW_LINKS: 'yes', ONRECORD_EMBED_ORIGINS: 'https://news.example' });
  await redactSecond(server);
  await askForSeconds(server);
  const pages = new Map<string, string>();
  for (const path of publicScreens(server))
    for (const prefix of ['', '/en']) pages.set(prefix + path, await (await fetch(server.publicUrl + prefix + path)).text());
  const browser = await shareBrowser(t);
  for (const [person, paths] of Object.entries(await deskScreens(server))) {
    const page = await signInPage(server, browser, person);
    for (const path of paths) {
      const answer = await page.request.get(`${server.deskUrl}/desk${path}`);
      pages.set(`/desk${path} (${person})`, await answer.text());
    }
  }
  pages.set('/desk/sign-in', await (await fetch(`${server.deskUrl}/desk/sign-in`)).text());
  t.ok(pages.size > 70, `${pages.size} pages`);
  t.strictSame(await checkHtml(pages), []);
});
