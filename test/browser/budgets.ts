import type { Request } from 'playwright-core';
import t, { type Test } from 'tap';
import { loadAssets } from '../../src/http/assets.ts';
import type { Artefact } from '../../src/leak/findings.ts';
import { openDemonstration, signInPage } from '../support/demonstration.ts';
import { type Archive, createArchive, type NewVersion } from '../support/press-fixtures.ts';
import { openPublicSite } from '../support/public-site.ts';
import { publicScreens } from '../support/screens.ts';
import { shareBrowser } from '../support/shared-browser.ts';

/** What a page may weigh, as it goes over the wire with gzip (look.md, Budgets). */

const kB = 1_024;
const budgets = { document: 14 * kB, comparison: 50 * kB, stylesheet: 8 * kB, script: 2 * kB, all: 40 * kB, requests: 5 };

type Weight = { path: string; document: number; stylesheet: number; script: number; fonts: number; requests: number; foreign: readonly string[] };

/** Opens each page in a browser that takes gzip alone and has nothing in its cache. */
async function weigh(t: Test, url: string, paths: readonly string[]): Promise<readonly Weight[]> {
  const browser = await shareBrowser(t);
  const weights: Weight[] = [];
  for (const path of paths) {
    const context = await browser.newContext({ extraHTTPHeaders: { 'accept-encoding': 'gzip' } });
    const page = await context.newPage();
    const requests: Request[] = [];
    page.on('request', (request) => requests.push(request));
    await page.goto(url + path, { waitUntil: 'load' });
    const bytes = async (type: string): Promise<number> => {
      const sizes = await Promise.all(requests.filter((request) => request.resourceType() === type).map((request) => request.sizes()));
      return sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
    };
    weights.push({
      path,
      document: await bytes('document'),
      stylesheet: await bytes('stylesheet'),
      script: await bytes('script'),
      fonts: requests.filter((request) => request.resourceType() === 'font').length,
      requests: requests.length,
      foreign: requests.map((request) => request.url()).filter((address) => !address.startsWith(url)),
    });
    await context.close();
  }
  return weights;
}

function hold(t: Test, weight: Weight): void {
  const { path, document, stylesheet, script, fonts, requests, foreign } = weight;
  const isComparison = path.includes('/diff/');
  const isCheck = path.endsWith('/check');
  t.ok(document > 0 && document <= (isComparison ? budgets.comparison : budgets.document), `${path}: ${document} bytes of HTML`);
  t.ok(stylesheet > 0 && stylesheet <= budgets.stylesheet, `${path}: ${stylesheet} bytes of CSS`);
  if (path.includes('/embed/')) t.equal(script, 0, `${path} has no script`);
  else if (!isCheck) t.ok(script > 0 && script <= budgets.script, `${path}: ${script} bytes of script`);
  if (!isComparison) t.ok(document + stylesheet + script <= budgets.all, `${path}: ${document + stylesheet + script} bytes in all`);
  // /check has a program, a stylesheet and a worker of its own besides.
  t.ok(requests <= budgets.requests + (isCheck ? 1 : 0), `${path}: ${requests} requests`);
  t.equal(fonts, 0, `${path} loads no font`);
  t.strictSame(foreign, [], `${path} asks nobody else`);
}

t.test('each page of the demonstration keeps its budget', { timeout: 180_000 }, async (t) => {
  const server = await openDemonstration(t);
  const paths = publicScreens(server).flatMap((path) => [path, `/en${path}`]);
  for (const weight of await weigh(t, server.publicUrl, paths)) hold(t, weight);
});

/** Sentences that do not repeat, so that they pack no better than real ones. */
function prose(seed: number, sentences: number): string {
  const words =
    'the agency account copy files export of a with and which since under institute records people between letters published network morning statement series compared without second nothing when from evidence further'.split(
      ' ',
    );
  let state = seed + 1;
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  const sentence = (): string => `${Array.from({ length: 8 + next(14) }, () => words[next(words.length)]).join(' ')} ${next(9_000)}.`;
  return Array.from({ length: sentences }, () => sentence().replace(/^./, (letter) => letter.toUpperCase())).join(' ');
}

function artefacts(count: number, version: number): Artefact[] {
  return Array.from({ length: count }, (_, index): Artefact => {
    const facts = { id: `A-${index + 1}`, label: { en: `Letter ${index + 1} as it circulates` }, form: 'file', circulation: 'leak_site' } as const;
    const seen = { ...facts, firstSeenOn: '2026-09-13' };
    if (index >= version) return { ...seen, verdict: 'unverified', confidence: null, bases: [], because: {} };
    return { ...seen, verdict: 'altered', confidence: 'high', bases: ['origin_copy_compared'], because: { en: prose(index, 2) } };
  });
}

/** A long crisis: 40 versions, 12 letters, texts of about 900 words, promises, corrections. */
function longCrisis(): Archive {
  const archive = createArchive();
  for (let version = 1; version <= 40; version += 1) {
    const at = Date.parse('2026-09-13T16:10:00.000Z') + version * 5 * 3_600_000;
    const list = (seed: number, length: number): string => Array.from({ length }, (_, index) => `- ${prose(seed + index, 2)}`).join('\n');
    const given: NewVersion = {
      at: new Date(at).toISOString(),
      kind: version === 1 ? 'first' : version % 7 === 0 ? 'correction' : 'update',
      nextUpdate: { type: 'by', at: new Date(at + 4 * 3_600_000).toISOString() },
      findings: { artefacts: artefacts(12, Math.floor(version / 4)), collections: [] },
      texts: {
        en: {
          title: 'Part of the published documents does not match the files of the Institute',
          summary: prose(version, 3),
          known: list(version, 8),
          unknown: list(version * 2, 5),
          circulating: prose(version * 3, 5),
          advice: list(version * 5, 4),
          doing: list(version * 7, 5),
          changeNote: prose(version * 11, 1),
        },
      },
    };
    archive.publish('2026-0001', given);
  }
  return archive;
}

t.test('a statement of forty versions keeps the budget as well', { timeout: 120_000 }, async (t) => {
  const site = await openPublicSite(t, longCrisis(), { assets: await loadAssets(), now: () => Date.parse('2026-09-22T00:00:00.000Z') });
  const base = '/statements/2026-0001';
  const weights = await weigh(t, site.url, ['/', base, `${base}/v/20`, `${base}/diff/39..40`, `${base}/diff/1..40`]);
  for (const weight of weights) hold(t, weight);
  t.comment(weights.map(({ path, document }) => `${path} ${document}`).join(', '));
});

t.test('the staff’s editor weighs less than 100 kB on the wire, its page unpacked as it is sent', { timeout: 120_000 }, async (t) => {
  const server = await openDemonstration(t);
  const browser = await shareBrowser(t);
  const page = await signInPage(server, browser, 'amina');
  const leak = (await server.office.store.list()).find(({ reference }) => reference?.endsWith('-0001'))?.id ?? '';
  await page.goto(`${server.deskUrl}/desk/statements/${leak}`);
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  await page.click('form[action$="/drafts"] button');
  await page.waitForURL('**/draft');
  await page.waitForLoadState('load');
  const { deskCss, deskJs, editorJs } = await loadAssets();
  const weights = await Promise.all(
    [deskCss, deskJs, editorJs].map(async (path) => {
      const answer = await fetch(server.deskUrl + path, { headers: { 'accept-encoding': 'gzip' } });
      return Number(answer.headers.get('content-length'));
    }),
  );
  const html = Buffer.byteLength(await page.content());
  const all = html + weights.reduce((sum, weight) => sum + weight, 0);
  t.ok(all > 0 && all < 100 * kB, `${all} bytes, ${html} of them the page`);
  t.strictSame(
    requests.map((request) => request.url()).filter((address) => !address.startsWith(server.deskUrl)),
    [],
    'and asks nobody else',
  );
});
