import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import t from 'tap';
import { type Demonstration, openDemonstration, signInPage } from '../support/demonstration.ts';
import { shareBrowser } from '../support/shared-browser.ts';

/** Amina examines an item in a real browser: its fingerprints come to the desk, the file does not. */

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
const canary = 'Zinnober-4711-Canary';

async function openItem(server: Demonstration, page: Page): Promise<string> {
  const line = (await server.office.store.list({ public: true })).find(({ reference }) => reference?.endsWith('0001'));
  await page.goto(`${server.deskUrl}/desk/statements/${line?.id}`);
  await page.selectOption('#new-kind', 'update');
  await page.selectOption('#new-template', 'falsified-item');
  await page.click('form[action$="/drafts"] button');
  await page.waitForURL('**/draft');
  await page.click('button[value=findings]');
  await page.waitForURL('**/findings');
  await page.click('a[href$="/findings/A-6"]');
  await page.waitForURL('**/A-6');
  return line?.id ?? '';
}

t.test('the browser fingerprints a file of its own, and no request carries any of it', { timeout: 120_000 }, async (t) => {
  const server = await openDemonstration(t);
  const browser = await shareBrowser(t);
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-item-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const words = (await readFile(join(import.meta.dirname, '../../content/demonstration/letter-as-kept.txt'), 'utf8')).replace('Madame', `${canary}, Madame`);
  const file = join(folder, 'secret-title-of-the-leaker.txt');
  await writeFile(file, words);
  const page = await signInPage(server, browser, 'amina');
  const [sent, complaints]: [string[], string[]] = [[], []];
  page.on('request', (request) => sent.push(`${request.method()} ${request.url()} ${decodeURIComponent(request.postData() ?? '')}`));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  const id = await openItem(server, page);

  await page.fill('[name="label.fr"]', 'Une lettre');
  await page.setInputFiles('#f-file', file);
  await page.locator('[data-fingerprint-state]:has-text("Empreintes prises")').waitFor();
  t.equal(await page.inputValue('[name="print.exact"]'), `onrecord-fp-v1:${sha256(`onrecord-fp-v1:${sha256(words)}`)}`);
  t.match(await page.inputValue('[name="print.text"]'), /^[0-9a-f]{64}$/);
  t.equal(await page.inputValue('[name=size]'), String(Buffer.byteLength(words)));
  await page.click('.save-bar button.primary');
  await page.waitForURL('**/A-6?done=saved**');
  const stored = (await server.office.store.read(id))?.draft?.content.findings.artefacts.find((item) => item.id === 'A-6');
  t.match(stored, { label: { fr: 'Une lettre' }, mediaType: 'text/plain', fingerprints: [{ level: 'exact' }] });
  t.equal(stored?.fingerprints?.length, 1, 'fingerprints of the words stay off unless asked for');
  t.strictSame(
    sent.filter((line) => line.includes('Zinnober') || line.includes('secret-title') || line.includes('dérogations s’est réuni')),
    [],
    'neither its words nor its name',
  );
  t.ok(
    sent.some((line) => line.includes('fingerprint-worker')) && sent.some((line) => line.startsWith('POST') && line.includes('print.exact')),
    'the recorder sees posts',
  );
  t.strictSame(complaints, [], 'inside the desk’s policy');
});

t.test('the list of what a verdict lacks follows the form, and the same form works by hand without scripts', { timeout: 120_000 }, async (t) => {
  const server = await openDemonstration(t);
  const browser = await shareBrowser(t);
  const page = await signInPage(server, browser, 'amina');
  await openItem(server, page);
  const lacking = async (): Promise<string[]> => page.$$eval('[data-readiness] li', (lines) => lines.map((line) => line.textContent ?? ''));
  const saved = async (act: () => Promise<unknown>): Promise<void> => {
    const answer = page.waitForResponse((response) => response.request().method() === 'POST');
    await act();
    await page.locator('[name=size]').focus();
    await answer;
    await page.locator('[data-save-state]:has-text("Enregistré")').waitFor();
  };
  await saved(() => page.fill('[name="label.fr"]', 'Une lettre'));
  await saved(() => page.check('#verdict-altered'));
  t.equal((await lacking()).length, 4, (await lacking()).join(' | '));
  await saved(() => page.check('#bases-origin_copy_compared'));
  await saved(() => page.check('#changes-content'));
  t.equal((await lacking()).length, 2);
  const link = page.locator('[data-readiness] a').first();
  t.equal(await page.locator((await link.getAttribute('href')) ?? '#none').count(), 1, 'each line leads to its field');

  const plain = await signInPage(server, browser, 'jonas', { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  await plain.goto(page.url());
  t.notOk(await plain.isVisible('[data-fingerprint]'), 'what only a script can do is not offered');
  await plain.fill('[name="print.exact"]', `onrecord-fp-v1:${'ab'.repeat(32)}`);
  await plain.selectOption('[name=confidence]', 'moderate');
  await plain.fill('[name="because.fr"]', 'Deux phrases diffèrent de la copie de l’Institut.');
  await plain.click('.save-bar button.primary');
  await plain.waitForURL('**/A-6?done=saved**');
  t.equal(await plain.locator('[data-readiness] li').count(), 0, 'nothing is missing any more');
});
