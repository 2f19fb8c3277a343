import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import t, { type Test } from 'tap';
import { loadAssets } from '../../src/http/assets.ts';
import { deskHeaders } from '../../src/http/desk-headers.ts';
import { createRenderHtml } from '../../src/http/render-html.ts';
import { offlineChecker } from '../../src/press/offline-checker.ts';
import { loadWords } from '../../src/words.ts';
import { violations } from '../support/axe.ts';
import * as known from '../support/check-fixtures.ts';
import { dropPath, inPart, openCheck, openCheckSite, outcome } from '../support/check-page.ts';
import { agency } from '../support/press-fixtures.ts';
import { shareBrowser } from '../support/shared-browser.ts';

/** Nothing about a file leaves the device: seen from the server, tried from within, and in the copy that needs no server. */

const browser = await shareBrowser(t);

const root = join(import.meta.dirname, '../..');
const contract = { name: 'contract.pdf', buffer: known.contract };
const letter = { name: 'letter.eml', buffer: Buffer.from(`Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${known.letter}`) };

t.test('the server sees the page and its assets, and nothing more before, while and after files are checked', async (t) => {
  const site = await openCheckSite(t, known.smallRegister);
  const { page, errors, check } = await openCheck(browser, `${site.url}/check`);
  const assets = await page.evaluate(() =>
    [...document.querySelectorAll('link[rel=stylesheet], script[src]')].map((one) => one.getAttribute('href') ?? one.getAttribute('src')),
  );
  await page.waitForFunction(() => performance.getEntriesByType('resource').length > 0);
  if (page.workers().length === 0) await page.waitForEvent('worker');
  const loaded = ['/check', ...assets, ...page.workers().map((worker) => new URL(worker.url()).pathname)].map((path) => `GET ${path}`).sort();
  t.equal(loaded.length, 6, 'page, two stylesheets, two scripts, one worker');
  t.strictSame(site.requests.toSorted(), loaded);
  await check(contract);
  await check(letter);
  await check({ name: 'other.txt', buffer: Buffer.from(known.stranger) });
  for (const summary of await page.locator('.tool summary').all()) await summary.click();
  await inPart(page, 'text').fill(known.stranger);
  await inPart(page, 'text-check').click();
  await inPart(page, 'digest').fill(known.plainOf(known.contract));
  await inPart(page, 'digest').press('Enter');
  await page.locator('.found > li').nth(2).waitFor();
  await page.waitForTimeout(500);
  t.strictSame(site.requests.toSorted(), loaded, 'what was asked while the page came');
  t.strictSame(await page.context().cookies(), []);
  t.strictSame(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
  t.strictSame(errors, []);
});

t.test('with the network off once the page is there, everything is answered', async (t) => {
  const site = await openCheckSite(t, known.smallRegister);
  const { page, errors, check } = await openCheck(browser, `${site.url}/check`);
  await page.waitForFunction(() => document.querySelector('[data-part=tool]:not([hidden])') !== null);
  while (page.workers().length === 0) await page.waitForEvent('worker');
  await page.context().setOffline(true);
  t.match(await check(contract), /Exact match/);
  t.match(await check(letter), /Same text/);
  t.strictSame(errors, []);
});

/** Each way out that a script might try, and what the browser made of it: `out` where something may have left. */
const attempts = (url: string): Readonly<Record<string, string>> => ({
  fetch: `fetch('${url}/leak-fetch').then(() => 'out', () => 'blocked')`,
  post: `fetch('${url}/leak-post', { method: 'POST', body: 'x', mode: 'no-cors', keepalive: true }).then(() => 'out', () => 'blocked')`,
  xhr: `new Promise((done) => { const ask = new XMLHttpRequest(); ask.onload = () => done('out'); ask.onerror = () => done('blocked'); ask.open('GET', '${url}/leak-xhr'); ask.send(); })`,
  socket: `new Promise((done) => { try { const socket = new WebSocket('${url.replace('http', 'ws')}/leak-socket'); socket.onopen = () => done('out'); socket.onerror = () => done('blocked'); } catch { done('blocked'); } })`,
  events: `new Promise((done) => { const source = new EventSource('${url}/leak-events'); source.onopen = () => done('out'); source.onerror = () => done('blocked'); })`,
});
const pageAttempts = (url: string): Readonly<Record<string, string>> => ({
  ...attempts(url),
  beacon: `navigator.sendBeacon('${url}/leak-beacon', 'x'); new Promise((done) => setTimeout(() => done('blocked'), 100))`,
  image: `new Promise((done) => { const image = new Image(); image.onload = () => done('out'); image.onerror = () => done('blocked'); image.src = '${url}/leak-image'; })`,
  form: `{ const form = document.createElement('form'); form.action = '${url}/leak-form'; form.method = 'post'; document.body.append(form); form.submit(); } new Promise((done) => setTimeout(() => done('blocked'), 100))`,
  frame: `{ const frame = document.createElement('iframe'); frame.src = '${url}/leak-frame'; document.body.append(frame); } new Promise((done) => setTimeout(() => done('blocked'), 100))`,
  foreign: `new Promise((done) => { const script = document.createElement('script'); script.onload = () => done('out'); script.onerror = () => done('blocked'); script.src = '${url.replace('127.0.0.1', 'localhost')}/leak-script'; document.head.append(script); })`,
});

async function tryAll(t: Test, place: { evaluate(script: string): Promise<unknown> }, ways: Readonly<Record<string, string>>, where: string): Promise<void> {
  for (const [way, script] of Object.entries(ways)) t.equal(await place.evaluate(script), 'blocked', `${way}, ${where}`);
}

t.test('every connection that a script might try is refused by the browser, in the page and in its worker', async (t) => {
  const site = await openCheckSite(t, known.smallRegister);
  const { page, check } = await openCheck(browser, `${site.url}/check`);
  await check(contract);
  const before = site.requests.length;
  await tryAll(t, page, pageAttempts(site.url), 'page');
  const [worker] = page.workers();
  if (worker === undefined) throw new RangeError('no worker');
  await tryAll(t, worker, attempts(site.url), 'worker');
  t.strictSame(site.requests.slice(before), [], 'and the server saw none of them');
  t.equal(page.url(), `${site.url}/check`);

  await page.goto(`${site.url}/verify`);
  t.equal(await page.evaluate(attempts(site.url).fetch ?? ''), 'out', 'on another page the same attempt gets out');
  t.ok(site.requests.includes('GET /leak-fetch'), 'and is seen');
});

t.test('page and worker come with their own policy, on a 304 as well', async (t) => {
  const site = await openCheckSite(t, known.smallRegister);
  const policy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
  const { worker } = (await loadAssets()).check;
  for (const path of ['/check', '/fr/check', worker]) {
    const { status, headers } = await site.ask(path);
    t.equal(status, 200, path);
    t.equal(headers['content-security-policy'], policy, path);
    t.equal(headers['set-cookie'], undefined);
    const again = await site.ask(path, { 'if-none-match': headers.etag ?? '' });
    t.equal(again.status, 304);
    t.equal(again.headers['content-security-policy'], policy, `${path}, not modified`);
  }
  t.not((await site.ask('/verify')).headers['content-security-policy'], policy);
});

t.test('under the policy of the desk the worker starts through the one trusted policy', async (t) => {
  const site = await openCheckSite(t, known.smallRegister);
  const page = await (await browser.newContext()).newPage();
  const { contentSecurityPolicy } = deskHeaders(false);
  const directives = typeof contentSecurityPolicy === 'object' ? (contentSecurityPolicy.directives ?? {}) : {};
  const policy = Object.entries(directives)
    .map(([name, values]) => `${name} ${Array.isArray(values) ? values.join(' ') : ''}`)
    .join('; ');
  t.match(policy, 'trusted-types onrecord');
  await page.route('**/check', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
  });
  await page.goto(`${site.url}/check`);
  await inPart(page, 'files').setInputFiles({ mimeType: '', ...contract });
  t.match(await outcome(page), /Exact match/);
  t.equal(await page.evaluate("try { new Worker('/assets/any.js'); 'started' } catch (error) { error.name }"), 'TypeError', 'and any other way is refused');
});

async function writeCopy(t: Test, languages: typeof agency.languages = ['fr', 'en']): Promise<{ url: string; folder: string }> {
  const { offline } = await loadAssets();
  const parts = {
    ...offline,
    agency: { ...agency, languages },
    words: loadWords(join(root, 'content/words')),
    root: null,
    render: createRenderHtml(join(root, 'views')),
  };
  const bytes = offlineChecker(parts, known.smallRegister.bytes);
  t.ok(
    bytes.equals(offlineChecker({ ...parts, render: createRenderHtml(join(root, 'views')) }, known.smallRegister.bytes)),
    'the same parts give the same bytes',
  );
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-copy-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const file = join(folder, 'register-7.html');
  await writeFile(file, bytes);
  return { url: pathToFileURL(file).href, folder };
}

for (const kind of ['WebAssembly', 'plain JavaScript'] as const)
  t.test(`the offline copy answers from disk without a network, hashed in ${kind}`, async (t) => {
    const { url } = await writeCopy(t);
    const engine = await shareBrowser(t, kind === 'WebAssembly' ? [] : ['--js-flags=--jitless']);
    const { page, errors, check } = await openCheck(engine, url, { offline: true });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    t.match(await check(contract), /^contract\.pdf\s: Fichier identique à l’élément A-1 de la déclaration 2026-0001\. Notre avis\s: Altéré/);
    t.equal(await page.workers()[0]?.evaluate('typeof WebAssembly'), kind === 'WebAssembly' ? 'object' : 'undefined');
    t.match(await check(letter), /^letter\.eml\s: Même texte que l’élément A-2/);
    t.match(await check({ name: 'part.txt', buffer: Buffer.from(known.letterInPart) }), /^part\.txt\s: Recoupe l’élément A-2.*environ \d\d\s%/);
    t.match(
      await check({ name: 'other.txt', buffer: Buffer.from(known.stranger) }),
      /^other\.txt\s: Aucune correspondance dans le registre\. Aucune empreinte inscrite/,
    );
    t.equal(await page.locator('.found a').first().getAttribute('href'), 'https://record.agency.example/statements/2026-0001');
    await page.getByRole('button', { name: 'English' }).click();
    t.equal(await page.getAttribute('html', 'lang'), 'en');
    t.match(await inPart(page, 'results').innerText(), /Exact match: item A-1/, 'what was answered is said in the other language as well');
    t.strictSame(
      asked.filter((address) => !address.startsWith('blob:')),
      [],
    );
    t.strictSame(errors, []);
  });

t.test('a folder dropped on the offline copy is read, or named as not read; the button reads it', async (t) => {
  const { url, folder } = await writeCopy(t);
  const { page } = await openCheck(browser, url);
  await mkdir(join(folder, 'dump'));
  await writeFile(join(folder, 'dump/contract.pdf'), known.contract);
  await dropPath(page, join(folder, 'dump'));
  t.match(await outcome(page), /Fichier identique\s: 1\.|Illisibles\s: 1\./);
  await inPart(page, 'folder').setInputFiles(join(folder, 'dump'));
  await page.locator('.found > li').first().waitFor();
  t.match(await outcome(page), /^dump\/contract\.pdf\s: Fichier identique/);
});

t.test('the offline copy refuses every way out though a network is there, and passes axe', async (t) => {
  const site = await openCheckSite(t, known.smallRegister);
  const { url } = await writeCopy(t);
  const { page, check } = await openCheck(browser, url);
  t.match(await check(contract), /Fichier identique/);
  t.strictSame(await violations(page), []);
  await page.getByRole('button', { name: 'English' }).click();
  t.strictSame(await violations(page), [], 'in the other language');
  await tryAll(t, page, pageAttempts(site.url), 'page');
  const [worker] = page.workers();
  if (worker === undefined) throw new RangeError('no worker');
  await tryAll(t, worker, attempts(site.url), 'worker');
  const inline = `new Promise((done) => { const script = document.createElement('script'); script.textContent = 'window.ran = true'; document.head.append(script); setTimeout(() => done(window.ran === true ? 'out' : 'blocked'), 50); })`;
  t.equal(await page.evaluate(inline), 'blocked', 'another script within the page does not run');
  t.strictSame(site.requests, [], 'and the server saw nothing');
});
