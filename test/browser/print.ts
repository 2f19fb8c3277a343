import type { Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { type Demonstration, openDemonstration } from '../support/demonstration.ts';
import { shareBrowser } from '../support/shared-browser.ts';

/** A newsroom prints a statement, and somebody has only the paper. */

async function openOnPaper(t: Test): Promise<{ server: Demonstration; page: Page; reference: string }> {
  const server = await openDemonstration(t);
  const browser = await shareBrowser(t);
  const page = await (await browser.newContext({ locale: 'en-GB', colorScheme: 'dark' })).newPage();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  return { server, page, reference: `${new Date(server.office.now()).getUTCFullYear()}-0001` };
}

t.test('paper says where the text stands, which version it is and what it hashes to, in black on white', { timeout: 120_000 }, async (t) => {
  const { server, page, reference } = await openOnPaper(t);
  await page.goto(`${server.publicUrl}/en/statements/${reference}`);
  const text = await page.locator('body').innerText();
  const { publicUrl } = server.office.agency;
  t.match(text, new RegExp(`Printed from ${publicUrl}/en/statements/${reference}/v/6 · SHA-256 [0-9a-f]{64}`));
  t.match(text, /\(\d\d:\d\d UTC\)/, 'times are in UTC as well');
  t.notMatch(text, /hours? ago|minutes? ago/, 'and nothing is told from the moment of printing');
  t.match(text, /curl -fsSO .*\n(?:.*\n)*bash onrecord-verify\.sh/, 'the lines that verify it are there, whole');
  t.match(text, /Update promised by version/, 'and so is the life of the statement in words, which a screen folds');
  const seen = await page.evaluate(() => {
    const visible = (selector: string): boolean => [...document.querySelectorAll(selector)].some((one) => one.getClientRects().length > 0);
    const { backgroundColor, color } = getComputedStyle(document.documentElement);
    return { nav: visible('nav'), buttons: visible('button'), tongues: visible('.tongues'), backgroundColor, color };
  });
  t.strictSame(seen, { nav: false, buttons: false, tongues: false, backgroundColor: 'rgb(255, 255, 255)', color: 'rgb(0, 0, 0)' });
});

t.test('nothing that belongs together is cut between two pages', { timeout: 120_000 }, async (t) => {
  const { server, page, reference } = await openOnPaper(t);
  await page.goto(`${server.publicUrl}/statements/${reference}`);
  const cut = await page.evaluate(() =>
    ['.proof', '.proof pre', '.banner', '.correction-box', 'figure', 'blockquote', '.short', 'tr', '.artefacts > li h3', '.facts > div'].filter((selector) =>
      [...document.querySelectorAll(selector)].some((one) => getComputedStyle(one).breakInside !== 'avoid'),
    ),
  );
  t.strictSame(cut, []);
  const alone = await page.evaluate(() => [...document.querySelectorAll('h1, h2, h3')].filter((one) => getComputedStyle(one).breakAfter !== 'avoid').length);
  t.equal(alone, 0, 'and no heading stands alone at the foot of one');
  t.notOk(await page.evaluate(() => getComputedStyle(document.body).display === 'flex'), 'a page that breaks is no flexible box');
  const pdf = await page.pdf({ format: 'A4' });
  t.ok(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length, 'it prints');
});

t.test('a link to elsewhere has its address on paper, one within the site has not', { timeout: 120_000 }, async (t) => {
  const { server, page } = await openOnPaper(t);
  await page.goto(`${server.publicUrl}/en/methods`);
  const after = await page.evaluate(() => {
    const box = document.createElement('div');
    box.className = 'prose';
    box.innerHTML = '<a href="https://elsewhere.example/page">a</a><a href="/en/archive">b</a>';
    document.querySelector('main')?.append(box);
    return [...box.children].map((link) => getComputedStyle(link, '::after').content);
  });
  t.match(after[0], /https:\/\/elsewhere\.example\/page/);
  t.equal(after[1], 'none');
});
