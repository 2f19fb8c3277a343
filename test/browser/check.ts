import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { violations } from '../support/axe.ts';
import * as known from '../support/check-fixtures.ts';
import { dropPath, type Hands, inPart, openCheck, openCheckSite, outcome } from '../support/check-page.ts';
import { shareBrowser } from '../support/shared-browser.ts';

/** `/check` in a real browser: what it answers, and to whom. */

const browser = await shareBrowser(t);
const plain = await shareBrowser(t, ['--js-flags=--jitless']);

const named = (name: string, content: Buffer | string) => ({ name, buffer: Buffer.from(content) });
const mail = (type: string, body: string): string =>
  `From: a@agency.example\r\nSubject: Re\r\nMIME-Version: 1.0\r\nContent-Type: ${type}; charset=utf-8\r\n\r\n${body}\r\n`;

async function folder(t: Test): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'onrecord-check-'));
  t.teardown(() => rm(path, { recursive: true }));
  return path;
}

for (const [kind, engine] of [
  ['WebAssembly', browser],
  ['plain JavaScript', plain],
] as const)
  t.test(`a file gives each of the four answers, hashed in ${kind}`, async (t) => {
    const site = await openCheckSite(t, known.smallRegister);
    const { page, errors, check } = await openCheck(engine, `${site.url}/check`);
    t.equal(await page.evaluate('typeof WebAssembly'), kind === 'WebAssembly' ? 'object' : 'undefined');

    t.match(await check(named('contract.pdf', known.contract)), /^contract\.pdf: Exact match: item A-1 of statement 2026-0001\. Our verdict: Altered\./);
    t.equal(await page.workers()[0]?.evaluate('typeof WebAssembly'), kind === 'WebAssembly' ? 'object' : 'undefined');
    const exact = (await page.locator('.found > li').first().innerText()).replaceAll(/\s+/g, ' ');
    for (const said of [
      'Altered. Derives from an authentic item',
      'version 3, 14 September 2026, 10:00 Paris time (08:00 UTC)',
      'Confidence high',
      'content · metadata',
      'out of context',
      'Earlier verdicts Not verified: version 1, 13 September 2026, 18:10 Paris time (16:10 UTC)',
      'Part of collection C-1 Authentic and falsified mixed (confidence high): version 3',
      'Was: May contain falsified items (confidence moderate): version 1',
      known.exactOf(known.contract),
    ])
      t.match(exact, said);
    const link = page.locator('.found > li').first().locator('a');
    t.equal(await link.getAttribute('href'), '/statements/2026-0001');
    t.match(await link.getAttribute('rel'), /noopener/);

    t.match(
      await check(named('again.txt', known.letterAgain)),
      /^again\.txt: Same text as item A-2 of statement 2026-0001, in a different file\. Our verdict on A-2, not on what you checked: Authentic/,
    );
    t.match(await check(named('part.txt', known.letterInPart)), /^part\.txt: Overlaps item A-2 of statement 2026-0001: about \d\d\s%/);
    t.match(await page.locator('.found > li').first().innerText(), /Overlap, not a verdict/);
    t.equal(await page.locator('.found > li').first().locator('.tag:is(.authentic, .altered)').count(), 0, 'an overlap wears no verdict');
    t.equal(
      await check(named('other.txt', known.stranger)),
      'other.txt: No match in the register. No listed fingerprint answers to what was checked. This does not mean that it is authentic or false; the register lists 3 items as of version 7, all of which can be compared.',
    );
    t.match(await check(named('short.txt', 'too short to compare')), /^short\.txt: No match in the register\./);
    t.match(await inPart(page, 'absent-list').innerText(), /fewer than 200 words/);

    t.match(await check(named('mail.eml', mail('text/plain', known.letter))), /^mail\.eml: Same text as item A-2/, 'the body of a mail');
    t.match(
      await check(named('html.eml', mail('text/html', `<p>${known.letter.replaceAll(' ', '</p><p>')}</p>`))),
      /^html\.eml: Same text as item A-2/,
      'of HTML alone',
    );
    t.match(await check(named('utf16.txt', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(known.letter, 'utf16le')]))), /^utf16\.txt: Same text/);
    t.strictSame(errors, [], 'and the console has nothing to complain of');
  });

t.test('a withdrawn statement and a withdrawn finding say so', async (t) => {
  const site = await openCheckSite(t, known.smallRegister);
  const { page, check } = await openCheck(browser, `${site.url}/check`);
  t.match(
    await check(named('disowned.bin', known.disowned)),
    /Statement withdrawn\. We no longer stand by statement 2026-0002.* Our verdict: Verdict withdrawn\. .* not the opposite verdict/,
  );
  t.match(await page.locator('.found').innerText(), /Earlier verdicts\s+Fabricated \(confidence moderate\): version 1/);
});

t.test('a pasted text and a pasted SHA-256 are answered; what is neither is refused', async (t) => {
  const site = await openCheckSite(t, known.smallRegister);
  const { page } = await openCheck(browser, `${site.url}/fr/check`);
  for (const summary of await page.locator('.tool summary').all()) await summary.click();
  const paste = async (name: 'text' | 'digest', value: string): Promise<string> => {
    await inPart(page, name).fill(value);
    await inPart(page, `${name}-check`).click();
    return outcome(page);
  };
  t.match(
    await paste('digest', known.plainOf(known.contract).toUpperCase()),
    new RegExp(`^SHA-256 collé ${known.plainOf(known.contract).slice(0, 12)}…\\s: Fichier identique à l’élément A-1`),
  );
  t.match(
    await paste('digest', known.exactOf(known.contract)),
    new RegExp(`^SHA-256 collé ${known.exactOf(known.contract).slice(0, 12)}…\\s: Fichier identique`),
    'a fingerprint as well',
  );
  t.match(
    await paste('digest', known.plainOf(Buffer.from('x'))),
    /^SHA-256 collé [0-9a-f]{12}…\s: Aucune correspondance dans le registre\. .*Cela ne veut pas dire que c’est authentique ou faux/,
  );
  await paste('digest', 'abc');
  t.match(await inPart(page, 'digest-error').textContent(), /64 caractères/);
  await inPart(page, 'text').fill(known.letterAgain);
  await inPart(page, 'text-check').click();
  await page.getByText('Texte collé', { exact: true }).waitFor();
  t.match(await outcome(page), /^Texte collé\s: Même texte que l’élément A-2/);
  await inPart(page, 'text').fill('trop court');
  await inPart(page, 'text-check').click();
  await page.getByText(/Moins de 200 mots/).waitFor();
});

t.test('folders are gone through, chosen or dropped, and many files are told in one sentence', async (t) => {
  const site = await openCheckSite(t, known.smallRegister);
  const path = await folder(t);
  await mkdir(join(path, 'dump/deep/deeper'), { recursive: true });
  await writeFile(join(path, 'dump/contract.pdf'), known.contract);
  await writeFile(join(path, 'dump/deep/deeper/letter.txt'), known.letterAgain);
  for (let number = 0; number < 230; number += 1) await writeFile(join(path, `dump/deep/${number}.txt`), `nothing ${number}`);
  const { page, errors } = await openCheck(browser, `${site.url}/check`, { viewport: { width: 1280, height: 1000 } });
  const expected = 'Just checked: 232. Exact match: 1. Same text in a different file: 1. No match in the register: 230.';
  await inPart(page, 'folder').setInputFiles(join(path, 'dump'));
  t.equal(await outcome(page), expected);
  t.match(await page.locator('.found').innerText(), /dump\/deep\/deeper\/letter\.txt/);
  t.equal(await page.locator('[data-part=absent-list] > li').count(), 201, 'a long list is cut, and says so');
  await page.goto(`${site.url}/check`);
  await dropPath(page, join(path, 'dump'));
  await page.waitForFunction(() => document.querySelector('[data-part=status]')?.textContent?.startsWith('Just checked'));
  t.equal(await outcome(page), expected, 'dropped');
  await page.goto(`${site.url}/check`);
  await dropPath(page, join(path, 'dump/contract.pdf'));
  t.match(await outcome(page), /^contract\.pdf: Exact match/);
  t.equal(page.url(), `${site.url}/check`, 'and the browser stays on the page');
  t.strictSame(errors, []);
});

t.test('a large file is read in slices with progress, and may be stopped', async (t) => {
  const path = join(await folder(t), 'large.bin');
  const size = 96 * 1024 * 1024 + 1;
  const file = await open(path, 'w');
  await file.truncate(size - 1);
  await file.write('x', size - 1);
  await file.close();
  const hash = createHash('sha256')
    .update(Buffer.alloc(size - 1))
    .update('x')
    .digest('hex');
  const value = createHash('sha256').update(`onrecord-fp-v1:${hash}`).digest('hex');
  const item = known.smallRegister.register.artefacts[0];
  const artefacts = item ? [{ ...item, fingerprints: [{ level: 'exact' as const, pipeline: 'onrecord-fp-v1' as const, value }] }] : [];
  const site = await openCheckSite(t, known.headOf({ ...known.smallRegister.register, artefacts }));
  const { page, check } = await openCheck(browser, `${site.url}/check`);
  await page.evaluate(() => {
    const steps: string[] = [];
    Object.assign(window, { steps });
    new MutationObserver((changes) => steps.push(...changes.map(({ oldValue }) => oldValue ?? ''))).observe(
      document.querySelector('[data-part=single]') ?? document,
      { attributeFilter: ['value'], attributeOldValue: true },
    );
  });
  t.match(await check(path), /^large\.bin: Exact match: item A-1/);
  const steps = (await page.evaluate<string[]>('steps')).map(Number).filter((step) => step > 0);
  t.ok(steps.length >= 12, `${steps.length} steps`);
  t.ok(steps.includes(8 * 1024 * 1024), 'of eight mebibytes');
  await inPart(page, 'files').setInputFiles(Array.from({ length: 6 }, () => path));
  await inPart(page, 'stop').click();
  await page.waitForFunction(() => document.querySelector('[data-part=status]')?.textContent?.startsWith('Stopped'));
  t.match(await check(named('contract.pdf', known.contract)), /^contract\.pdf: No match in the register/, 'and the next file is read');
});

t.test('where the browser lets no worker run, the page says so', async (t) => {
  const site = await openCheckSite(t, known.smallRegister);
  const context = await browser.newContext();
  const page = await context.newPage();
  await context.route('**/fingerprint-worker*', (route) => route.abort());
  await page.goto(`${site.url}/check`);
  await inPart(page, 'files').setInputFiles({ mimeType: '', ...named('contract.pdf', known.contract) });
  await inPart(page, 'unavailable').waitFor();
  t.equal(await inPart(page, 'results').isVisible(), false, 'and gives no answer');
  t.match(await inPart(page, 'status').textContent(), /did not allow/);
});

t.test('a result is copied as text with register, digest and time', async (t) => {
  const site = await openCheckSite(t, known.smallRegister);
  const { page, check } = await openCheck(browser, `${site.url}/check`, { permissions: ['clipboard-read', 'clipboard-write'] });
  await check(named('contract.pdf', known.contract));
  await page.locator('.found .copy').click();
  await page.getByText('Copied', { exact: true }).first().waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  for (const said of [
    'contract.pdf (32 bytes)',
    'Exact match: item A-1 of statement 2026-0001',
    'https://record.agency.example/statements/2026-0001',
    `SHA-256 ${known.smallRegister.sha256}`,
    'version 7 of the register of 2026-09-15T21:30:00.000Z',
  ])
    t.match(copied, said);
  t.match(copied, /at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \(its clock\)/);
  await check(named('other.bin', Buffer.from([200])));
  await inPart(page, 'all').locator('button').click();
  await page.waitForFunction(() => navigator.clipboard.readText().then((text) => text.includes('other.bin')));
  t.match(await page.evaluate(() => navigator.clipboard.readText()), /contract\.pdf[\s\S]*other\.bin \(1 bytes\)\nNo match in the register/);
});

t.test('the command lines on the page give what the page gives', async (t) => {
  const site = await openCheckSite(t, known.smallRegister);
  const path = await folder(t);
  await writeFile(join(path, 'a file.pdf'), known.contract);
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(`${site.url}/check`);
  const shell = (await page.locator('pre').filter({ hasText: 'sha256sum < FILE' }).innerText()).replace('FILE', "'a file.pdf'");
  const said = execFileSync('bash', ['-c', shell], { cwd: path, encoding: 'utf8' }).slice(0, 64);
  t.equal(said, known.exactOf(known.contract));
  t.ok(known.smallRegister.bytes.includes(said), 'which the register lists');
  const program = await site.ask('/check/onrecord-fingerprint.py');
  await writeFile(join(path, 'onrecord-fingerprint.py'), program.body);
  const python = (await page.locator('pre').filter({ hasText: 'python3' }).innerText()).replace('FILE', "'a file.pdf'");
  t.match(execFileSync('bash', ['-c', python], { cwd: path, encoding: 'utf8' }), `exact ${known.exactOf(known.contract)}`);
});

t.test('without JavaScript the page says what to do instead, and shows nothing that would do nothing', async (t) => {
  const site = await openCheckSite(t, known.smallRegister);
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(`${site.url}/check`);
  t.match(await page.locator('main').innerText(), /Without JavaScript[\s\S]*register\.txt/);
  t.equal(await inPart(page, 'tool').isVisible(), false);
});

t.test('with a keyboard alone: from the top of the page to a copied result', async (t) => {
  const site = await openCheckSite(t, known.smallRegister);
  const { page }: Hands = await openCheck(browser, `${site.url}/check`);
  const focused = (): Promise<string> =>
    page.evaluate(() => (document.activeElement instanceof HTMLElement ? (document.activeElement.dataset.part ?? document.activeElement.className) : ''));
  const tabTo = async (name: string): Promise<void> => {
    for (let step = 0; step < 40 && (await focused()) !== name; step += 1) await page.keyboard.press('Tab');
    t.equal(await focused(), name);
  };
  const chooser = page.waitForEvent('filechooser');
  await tabTo('files');
  t.not(await page.evaluate('getComputedStyle(document.activeElement.nextElementSibling).outlineStyle'), 'none', 'the focus is seen');
  await page.keyboard.press('Space');
  await (await chooser).setFiles({ mimeType: '', ...named('contract.pdf', known.contract) });
  t.match(await outcome(page), /Exact match/);
  await tabTo('copy');
});

t.test('no accessibility violation with answers on the page, in both languages, light, dark and narrow', async (t) => {
  const site = await openCheckSite(t, known.smallRegister);
  for (const [path, colorScheme, width] of [
    ['/check', 'light', 1280],
    ['/check', 'dark', 320],
    ['/fr/check', 'light', 320],
    ['/fr/check', 'dark', 1280],
  ] as const) {
    const { page } = await openCheck(browser, site.url + path, { colorScheme, viewport: { width, height: 900 } });
    t.strictSame(await violations(page), [], `${path}, ${colorScheme}, ${width}, before`);
    const files = [
      named('contract.pdf', known.contract),
      named('a-name-without-any-space-that-is-much-longer-than-a-telephone-is-wide.txt', known.letterInPart),
      named('other', 'x'),
    ];
    await inPart(page, 'files').setInputFiles(files.map((file) => ({ mimeType: '', ...file })));
    await outcome(page);
    await page.waitForFunction(() => document.querySelectorAll('.found > li').length === 2);
    for (const summary of await page.locator('summary').all()) await summary.click();
    t.strictSame(await violations(page), [], `${path}, ${colorScheme}, ${width}, after`);
    t.equal(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'), 0, `${path} ${width} fits`);
  }
});

t.test('while the register lists nothing, the page says so and still gives a fingerprint', async (t) => {
  const site = await openCheckSite(t, null);
  const { page, check } = await openCheck(browser, `${site.url}/check`);
  t.match(await page.locator('main').innerText(), /The register lists no item yet/);
  t.match(
    await check(named('contract.pdf', known.contract)),
    /No match in the register\. This does not mean that it is authentic or false; the register lists no item yet/,
  );
  t.strictSame(await violations(page), []);
});
