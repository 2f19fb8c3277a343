import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { type Assets, loadAssets } from '../../src/http/assets.ts';
import { launchBrowser } from '../support/browser.ts';
import { leak, leakArchive, withdrawnLeak } from '../support/leak-archive.ts';
import { type Archive, agency, createArchive } from '../support/press-fixtures.ts';
import { openPublicSite, type PublicSite } from '../support/public-site.ts';

const axe = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');

function fillArchive(): Archive {
  const archive = createArchive();
  const artefact = {
    id: 'A-1',
    label: { en: 'A set of documents', fr: 'Un ensemble de documents' },
    form: 'file',
    circulation: 'leak_site',
    firstSeenOn: '2026-09-13',
  } as const;
  const unverified = { ...artefact, verdict: 'unverified', confidence: null, bases: [], because: {} } as const;
  const altered = { ...artefact, verdict: 'altered', confidence: 'high', bases: ['origin_copy_compared'], because: { en: 'It differs.' } } as const;
  const collection = {
    id: 'C-1',
    label: { en: 'All of it' },
    members: ['A-1'],
    finding: 'may_contain_falsified',
    confidence: 'moderate',
    bases: [],
    because: {},
  } as const;
  const debt = { because: 'flash', dueAt: '2026-09-13T17:10:00.000Z', endorsedAt: null, disownedAt: null, mootAt: null } as const;
  const by = { type: 'by', at: '2026-09-13T18:00:00.000Z' } as const;
  archive.publish('2026-0001', {
    at: '2026-09-13T16:10:00.000Z',
    debt,
    nextUpdate: by,
    texts: { en: {}, fr: {} },
    findings: { artefacts: [{ ...unverified, bases: [] }], collections: [] },
  });
  archive.publish('2026-0001', {
    at: '2026-09-15T09:00:00.000Z',
    kind: 'correction',
    corrects: 1,
    nextUpdate: { type: 'by', at: '2026-09-15T18:00:00.000Z' },
    texts: { en: { known: '# One\n\n- a\n\n|a|b|\n|-|-|\n|1|2|', title: 'A very long title about averyverylongwordwithoutanyspaceinside and more' } },
    findings: { artefacts: [{ ...altered, bases: [...altered.bases] }], collections: [{ ...collection, members: ['A-1'], bases: [] }] },
  });
  archive.notice('2026-0001', 'recheck', '2026-09-15T12:00:00.000Z');
  archive.publish('2026-0002', { at: '2026-09-15T10:00:00.000Z', texts: { en: {}, fr: {} } });
  archive.publish('2026-0002', { at: '2026-09-15T10:20:00.000Z', kind: 'withdrawal', texts: { en: {}, fr: {} } });
  archive.publish('EX-2026-0001', { at: '2026-09-15T10:30:00.000Z', texts: { en: {}, fr: {} } });
  return archive;
}

async function openSite(t: Test): Promise<PublicSite & { assets: Assets }> {
  const assets = await loadAssets();
  const now = (): number => Date.parse('2026-09-16T00:00:00.000Z');
  return { ...(await openPublicSite(t, fillArchive(), { now, assets, agency: { ...agency, demonstration: true } })), assets };
}

const places = [
  ...['/', '/statements/2026-0001', '/statements/2026-0001/v/1', '/statements/2026-0001/versions', '/statements/2026-0001/diff/1..2', '/statements/2026-0002'],
  ...[
    '/statements/EX-2026-0001',
    '/corrections',
    '/archive',
    '/archive/2026/09',
    '/search?q=data',
    '/verify?q=2026-0001',
    '/verify?q=nothing',
    '/methods',
    '/accessibility',
    '/nowhere',
  ],
];

t.test('every page passes axe in both languages, light at 320 pixels and dark at 1280, and never scrolls sideways', async (t) => {
  await lookAt(t, await openSite(t), places);
});

async function lookAt(t: Test, site: PublicSite, places: readonly string[]): Promise<void> {
  const browser = await launchBrowser();
  t.teardown(() => browser.close());
  for (const look of [
    { width: 320, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
  ] as const) {
    const page = await browser.newPage({ viewport: { width: look.width, height: 900 }, colorScheme: look.colorScheme });
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && !message.text().includes('404') && errors.push(message.text()));
    for (const path of ['', '/fr'].flatMap((prefix) => places.map((place) => prefix + place))) {
      await page.goto(site.url + path);
      const found: unknown = await page.evaluate(
        `${axe}; axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
      );
      t.strictSame(found, [], `${path} ${look.width} ${look.colorScheme}`);
      t.equal(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'), 0, `${path} ${look.width} fits`);
    }
    t.strictSame(errors, [], 'the policy of the page forbids nothing that the page does');
    await page.close();
  }
}

const registerPlaces = [
  ...['/register', `/statements/${leak}`, `/statements/${leak}/v/2`, `/statements/${leak}/diff/2..3`],
  ...[`/claims/${leak}-A-1`, `/claims/${leak}-K-1`, `/claims/${withdrawnLeak}-A-1`, `/claims/${leak}-A-9`],
  ...['/vocab', '/vocab/verdict', '/vocab/verdict/altered', '/vocab/withdrawn', '/vocab/verdict-change'],
];

t.test('so does every page of leaked material', async (t) => {
  const assets = await loadAssets();
  const site = await openPublicSite(t, leakArchive(), { now: () => Date.parse('2026-09-10T00:00:00.000Z'), assets });
  await lookAt(t, site, registerPlaces);
  const none = await openPublicSite(t, createArchive(), { now: () => Date.parse('2026-09-10T00:00:00.000Z'), assets });
  await lookAt(t, none, ['/register']);
});

t.test('without JavaScript every page says the same', async (t) => {
  const site = await openSite(t);
  const browser = await launchBrowser();
  t.teardown(() => browser.close());
  const [plain, scripted] = [await browser.newPage({ javaScriptEnabled: false }), await browser.newPage()];
  for (const path of ['/', '/fr/statements/2026-0001']) {
    const words = async (page: typeof plain): Promise<string> => {
      await page.goto(site.url + path);
      return ((await page.locator('main').textContent()) ?? '').replaceAll(/ · [^\n·]*(ago|il y a)[^\n·)]*|Copy the citation|Copier la citation|\s+/g, '');
    };
    t.equal(await words(plain), await words(scripted), path);
  }
});

t.test('a statement stays within its budget', async (t) => {
  const site = await openSite(t);
  const size = (bytes: Buffer | null | undefined): number => bytes?.length ?? Number.POSITIVE_INFINITY;
  t.ok(size(site.press.ready('/fr/statements/2026-0001')?.gzip) <= 14_000);
  t.ok(size(site.assets.files.get(site.assets.stylesheet)?.gzip) <= 8_000);
  t.ok(size(site.assets.files.get(site.assets.script)?.bytes) <= 2_000);
  t.match(site.assets.files.get(site.assets.script)?.cache, 'immutable');
});
