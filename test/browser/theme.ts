import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { readConfig } from '../../src/config.ts';
import { violations } from '../support/axe.ts';
import { openDemonstration } from '../support/demonstration.ts';
import { shareBrowser } from '../support/shared-browser.ts';

const sample = join(import.meta.dirname, '../../content/themes/sample');

t.test('the sample theme colours every page and changes nothing else', { timeout: 120_000 }, async (t) => {
  const server = await openDemonstration(t, { ONRECORD_THEME_DIR: sample });
  const year = new Date(server.office.now()).getUTCFullYear();
  const browser = await shareBrowser(t);
  for (const [colorScheme, masthead] of [
    ['light', 'rgb(10, 61, 42)'],
    ['dark', 'rgb(8, 19, 13)'],
  ] as const) {
    const page = await (await browser.newContext({ colorScheme, bypassCSP: true })).newPage();
    for (const path of ['/', `/en/statements/${year}-0001`, `/statements/${year}-0001/diff/5..6`, '/en/check', '/nowhere']) {
      await page.goto(server.publicUrl + path);
      t.equal(
        await page.evaluate(() => getComputedStyle(document.querySelector('.frame') ?? document.body).backgroundColor),
        masthead,
        `${path}, ${colorScheme}`,
      );
      t.match(await page.locator('.frame .words').innerText(), path.startsWith('/en') ? /^A service of/ : /^Un service du/);
      t.equal(await page.locator('.logo svg').getAttribute('viewBox'), '0 0 48 36');
      t.strictSame(await violations(page), [], `${path}, ${colorScheme}`);
    }
  }
});

/** As far as the grammar lets anybody go: the widest and highest logo, drawn far outside itself, and words without a space. */
const bold = {
  'tokens.css': ':root { --font-body: x, y, monospace; --font-head: "Nothing Here", fantasy; --radius: 1rem; --line: #fff; }',
  'logo.svg': `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 10" width="9000" height="9000"><rect x="-9000" y="-9000" width="90000" height="90000" transform="scale(900)" fill="#000"/></svg>`,
  'header.fr.md': `**${'x'.repeat(1_900)}**`,
  'footer.fr.md': `[${'y'.repeat(900)}](https://elsewhere.example/${'z'.repeat(900)})`,
};

t.test('the boldest theme that is let in loads nothing, breaks no policy, and covers and moves no text', { timeout: 120_000 }, async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'onrecord-theme-'));
  t.teardown(() => rm(directory, { recursive: true }));
  for (const [name, text] of Object.entries(bold)) await writeFile(join(directory, name), text);
  const server = await openDemonstration(t, { ONRECORD_THEME_DIR: directory });
  const year = new Date(server.office.now()).getUTCFullYear();
  const browser = await shareBrowser(t);
  const page = await (await browser.newContext({ viewport: { width: 320, height: 700 } })).newPage();
  const foreign: string[] = [];
  page.on('request', (request) => !request.url().startsWith(server.publicUrl) && foreign.push(request.url()));
  page.on('console', (line) => line.type() === 'error' && t.fail(line.text()));
  for (const path of ['/', `/statements/${year}-0001`]) {
    const answer = await page.goto(server.publicUrl + path);
    t.equal(
      answer?.headers()['content-security-policy'],
      "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    const seen = await page.evaluate(() => {
      const uncovered = ['h1', '.brand b', '.nav a', '.skip'].filter((selector) => {
        const one = document.querySelector(selector);
        if (selector === '.skip' && one instanceof HTMLElement) one.focus();
        one?.scrollIntoView({ block: 'center', behavior: 'instant' });
        const box = one?.getBoundingClientRect();
        const top = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return top && (one?.contains(top) || top.contains(one));
      });
      const logo = document.querySelector('.logo svg')?.getBoundingClientRect();
      return { uncovered, logo: [logo?.width, logo?.height], over: document.documentElement.scrollWidth - document.documentElement.clientWidth };
    });
    t.strictSame(seen.uncovered, ['h1', '.brand b', '.nav a', '.skip'], `${path}: everything can be seen and touched`);
    t.ok((seen.logo[0] ?? 999) <= 154 && (seen.logo[1] ?? 999) <= 39, `the logo keeps its place: ${seen.logo}`);
    t.ok(seen.over <= 0, `${path} does not scroll sideways: ${seen.over}`);
    t.strictSame(foreign, []);
  }
});

t.test('a hostile theme does not start, and the operator reads every file and line that is wrong', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'onrecord-theme-'));
  t.teardown(() => rm(directory, { recursive: true }));
  const hostile = {
    'tokens.css': ':root { --paper: #fff; }\n@import "https://elsewhere.example/x.css";',
    'logo.svg': '<svg viewBox="0 0 1 1">\n<script href="https://elsewhere.example/x.js"/></svg>',
    'header.en.md': '<img src=x onerror=alert(1)>',
    'footer.fr.md': '[a](javascript:alert(1))',
  };
  for (const [name, text] of Object.entries(hostile)) await writeFile(join(directory, name), text);
  const field = (file: string): string => `ONRECORD_THEME_DIR ${file}`;
  t.throws(() => readConfig({ origin: 'a.example', demonstration: true }, { ONRECORD_THEME_DIR: directory }), {
    code: 'config_invalid',
    issues: [
      { field: field('header.en.md:1'), code: 'theme_text_html' },
      { field: field('footer.fr.md:1'), code: 'theme_text_html' },
      { field: field('tokens.css:2'), code: 'theme_not_tokens' },
      { field: field('logo.svg:2'), code: 'theme_logo_element', values: { name: 'script' } },
    ],
  });
});
