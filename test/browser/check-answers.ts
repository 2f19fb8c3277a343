import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import t, { type Test } from 'tap';
import type { Register } from '../../src/leak/register.ts';
import type { RegisterHead } from '../../src/press/register-head.ts';
import { violations } from '../support/axe.ts';
import * as known from '../support/check-fixtures.ts';
import { inPart, openCheck, openCheckSite, outcome, type Pickable } from '../support/check-page.ts';
import { shareBrowser } from '../support/shared-browser.ts';

/** What `/check` answers to whom: the last file first, what was corrected as corrected, and of absence no more than is known. */

const browser = await shareBrowser(t);

const contract = { name: 'contract.pdf', buffer: known.contract };
const disowned = { name: 'disowned.bin', buffer: known.disowned };
const other = { name: 'other.txt', buffer: Buffer.from(known.stranger) };
const { register } = known.smallRegister;
const line = { confidence: null, changes: [], context: [] };
const at = '2026-09-15T21:30:00.000Z';

/** The small register with other items in it. */
function withItems(artefacts: Register['artefacts'], collections: Register['collections'] = []): RegisterHead {
  return known.headOf({ ...register, artefacts, collections });
}

async function copied(page: Page): Promise<string> {
  const button = page.locator('.results .copy').first();
  await button.click();
  await page.waitForFunction(() => navigator.clipboard.readText().then((text) => text.includes('SHA-256')));
  return page.evaluate(() => navigator.clipboard.readText());
}
const mayCopy = { permissions: ['clipboard-read', 'clipboard-write'] };

t.test('of two files checked one after the other the last one’s answer stands first, is in view and is what is announced', async (t) => {
  const site = await openCheckSite(t, known.smallRegister);
  const { page, errors, check } = await openCheck(browser, `${site.url}/check`, { reducedMotion: 'reduce' });
  const first = page.locator('.batch').first();
  const isInView = (text: string): Promise<boolean> =>
    page.evaluate((name) => {
      const shown = [...document.querySelectorAll('.batch .file')].find((one) => one.textContent === name)?.getBoundingClientRect();
      return shown !== undefined && shown.top >= 0 && shown.bottom <= window.innerHeight;
    }, text);
  t.match(await check(contract), /^contract\.pdf: Exact match/);
  t.equal(await isInView('contract.pdf'), true);
  t.match(await check(disowned), /^disowned\.bin: Exact match: item A-1 of statement 2026-0002/, 'announced');
  t.match(await first.innerText(), /^disowned\.bin/);
  t.equal(await isInView('disowned.bin'), true);
  t.equal(await isInView('contract.pdf'), false);
  t.match(await check(other), /^other\.txt: No match in the register/, 'a file that nothing answers to as well');
  t.match(await first.innerText(), /No match in the register: 1[\s\S]*other\.txt/);
  t.notMatch(await first.innerText(), /contract|disowned/);
  t.equal(await isInView('other.txt'), true);
  t.match((await inPart(page, 'results').innerText()).replaceAll(/\s+/g, ' '), /other\.txt.*Earlier answers disowned\.bin.*contract\.pdf/);
  t.equal(await page.getByText('Earlier answers').count(), 1);
  t.strictSame(await violations(page), []);
  t.strictSame(errors, []);
});

t.test('the count is of what was just added, and names no zero', async (t) => {
  const site = await openCheckSite(t, known.smallRegister);
  const { page } = await openCheck(browser, `${site.url}/fr/check`);
  const choose = async (...files: Exclude<Pickable, string>[]): Promise<string> => {
    await inPart(page, 'files').setInputFiles(files.map((file) => ({ mimeType: '', ...file })));
    return outcome(page);
  };
  t.equal(
    await choose(contract, disowned, other),
    'Comparés à l’instant\u00a0: 3. Fichier identique\u00a0: 2. Aucune correspondance dans le registre\u00a0: 1.',
  );
  t.equal(await choose(other, other), 'Comparés à l’instant\u00a0: 2. Aucune correspondance dans le registre\u00a0: 2.');
});

t.test('two pasted SHA-256 are told apart by their first digits; a wrong one is marked as such until it is mended', async (t) => {
  const site = await openCheckSite(t, known.smallRegister);
  const { page } = await openCheck(browser, `${site.url}/check`);
  for (const summary of await page.locator('.tool summary').all()) await summary.click();
  const field = inPart(page, 'digest');
  const paste = async (value: string): Promise<void> => {
    await field.fill(value);
    await field.press('Enter');
  };
  const [one, two] = ['one', 'two'].map((text) => createHash('sha256').update(text).digest('hex'));
  await paste('abc');
  t.equal(await field.getAttribute('aria-invalid'), 'true');
  await paste(one ?? '');
  t.equal(await field.getAttribute('aria-invalid'), null);
  await paste(two ?? '');
  t.strictSame(
    await page.locator('.batch .file').allInnerTexts(),
    [two, one].map((hash) => `Pasted SHA-256 ${hash?.slice(0, 12)}…`),
  );
});

async function absenceSaid(t: Test, counts: readonly number[], path = '/check'): Promise<string> {
  const [item] = register.artefacts;
  if (item === undefined) throw new RangeError('no item');
  const fingerprint = item.fingerprints.slice(0, 1);
  const artefacts = counts.map((count, place) => ({ ...item, artefact: `A-${place + 1}`, fingerprints: count > 0 ? fingerprint : [] }));
  const site = await openCheckSite(t, withItems(artefacts));
  return (await openCheck(browser, `${site.url}${path}`)).check(other);
}

t.test('absence says how many items can answer at all', async (t) => {
  const said = 'This does not mean that it is authentic or false; the register lists';
  t.match(
    await absenceSaid(t, [1, 1, 0, 0, 0]),
    `No listed fingerprint answers to what was checked. ${said} 5 items as of version 7, 2 of which can be compared.`,
  );
  t.match(await absenceSaid(t, [1, 0]), `${said} 2 items as of version 7, 1 of which can be compared.`);
  t.match(await absenceSaid(t, [0, 0]), `${said} 2 items as of version 7, none of which can be compared with a file.`);
  t.match(await absenceSaid(t, [1, 1]), `${said} 2 items as of version 7, all of which can be compared.`);
  t.match(await absenceSaid(t, [1]), `${said} 1 item as of version 7, which can be compared.`);
  t.match(await absenceSaid(t, [0]), `${said} 1 item as of version 7, which cannot be compared with a file.`);
  t.match(await absenceSaid(t, [1, 1, 0], '/fr/check'), 'le registre contient 3 éléments dans sa version 7, dont 2 peuvent être comparés.');
});

t.test('a verdict that lost ground shows as corrected, beside its tag and in the copied text', async (t) => {
  const [item] = register.artefacts;
  if (item === undefined) throw new RangeError('no item');
  const history = [
    { ...line, version: 2, at: '2026-09-13T16:10:00.000Z', verdict: 'altered' as const, confidence: 'high' as const, changes: ['content' as const] },
    { ...line, version: 7, at, verdict: 'authentic' as const, confidence: 'moderate' as const },
  ];
  const site = await openCheckSite(t, withItems([{ ...item, history }]));
  const { page, check } = await openCheck(browser, `${site.url}/check`, mayCopy);
  await check(contract);
  t.strictSame(await page.locator('.match .tag').allInnerTexts(), ['Authentic', 'Corrected in version 7']);
  t.match(await copied(page), 'Correction: Corrected in version 7, 15 September 2026, 23:30 Paris time (21:30 UTC)');
});

t.test('a verdict that was never taken back shows no correction', async (t) => {
  const site = await openCheckSite(t, known.smallRegister);
  const { page, check } = await openCheck(browser, `${site.url}/check`);
  await check(contract);
  t.strictSame(await page.locator('.match .tag').allInnerTexts(), ['Altered']);
  t.notMatch(await page.locator('.match').innerText(), 'Corrected');
});

t.test('an item not compared, in a collection that may contain falsified items: both are said, and neither as more than it is', async (t) => {
  const [item] = register.artefacts;
  if (item === undefined) throw new RangeError('no item');
  const unverified = { ...item, history: [{ ...line, version: 1, at, verdict: 'unverified' as const }] };
  const collection = {
    statement: item.statement,
    collection: 'C-1',
    members: [item.artefact],
    history: [{ version: 1, at, finding: 'may_contain_falsified' as const, confidence: 'moderate' as const }],
  };
  const site = await openCheckSite(t, withItems([unverified], [collection]));
  const { page, check } = await openCheck(browser, `${site.url}/check`, mayCopy);
  await check(contract);
  t.strictSame(await page.locator('.match .tag').allInnerTexts(), ['Not verified']);
  const since = 'version 1, 15 September 2026, 23:30 Paris time (21:30 UTC)';
  const about = 'Known to us, not compared with an original.';
  const whole = `May contain falsified items (confidence moderate): ${since} Not everything here can be assumed authentic. No specific item identified so far.`;
  const rendered = (await page.locator('.match').innerText()).replaceAll(/\s+/g, ' ');
  t.match(rendered, `Our verdict Not verified. ${about} Since ${since} Part of collection C-1 ${whole}`);
  t.notMatch(rendered, /Fabricated|Altered|Earlier|Corrected|Authentic\b/);
  const text = await copied(page);
  for (const said of [
    'Exact match: item A-1 of statement 2026-0001',
    `Our verdict: Not verified. ${about}\n`,
    `Since: ${since}\n`,
    `Part of collection C-1: ${whole}\n`,
  ])
    t.match(text, said);
});
