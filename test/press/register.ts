import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { z } from 'zod';
import { sha256Hex } from '../../src/ledger/hash.ts';
import { registerSchema } from '../../src/press/api/json-schema.ts';
import { readItem } from '../../src/press/feeds/item.ts';
import type { Press } from '../../src/press/press.ts';
import { families } from '../../src/press/vocabulary.ts';
import { altered, artefact } from '../support/findings.ts';
import { findMisfits } from '../support/json-schema.ts';
import { leak, leakArchive, leakFindings, withdrawnLeak } from '../support/leak-archive.ts';
import { agency, createArchive, createMemoryPrints, openTestPress } from '../support/press-fixtures.ts';
import { openPublicSite } from '../support/public-site.ts';

/** What readers and their machines find of leaked material: register, claims, vocabulary, JSON-LD, categories of feeds. */

const now = (): number => Date.parse('2026-09-10T00:00:00.000Z');
const vector = (name: string): Promise<string> => readFile(join(import.meta.dirname, '../vectors/register', name), 'utf8');
const textAt = async (press: Press, path: string): Promise<string | undefined> => (press.ready(path) ?? (await press.cold(path)))?.bytes.toString();
const need = async (press: Press, path: string): Promise<string> => (await textAt(press, path)) ?? t.fail(`nothing at ${path}`).toString();

/** Every JSON-LD object of a page; parsing fails where a text of it ended the script element. */
function dataIn(html: string): readonly unknown[] {
  return [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, text]) => JSON.parse(text ?? ''));
}

t.test('a state of the register has these bytes, and the text for grep those', async (t) => {
  const press = await openTestPress(leakArchive(), { now });
  for (const name of ['1.json', '5.json']) t.equal(await need(press, `/register/${name}`), await vector(name), name);
  t.equal(await need(press, '/register.txt'), await vector('register.txt'));
  t.equal(await need(press, '/register.json'), await vector('5.json'));
  t.equal(await textAt(press, '/register/6.json'), undefined);
  const lines = (await need(press, '/register.txt')).split('\n');
  t.equal(
    lines.find((line) => line.startsWith('a'.repeat(64))),
    `${'a'.repeat(64)} exact/onrecord-fp-v1 ${leak}/A-1 fabricated high 3 live`,
  );
  t.match(
    lines.find((line) => line.startsWith('# sha256')),
    sha256Hex(Buffer.from(await vector('5.json'))),
  );
  t.notMatch(await need(press, '/register.txt'), /[^\n -~]/, 'plain ASCII');
  t.notMatch(await vector('5.json'), /EX-|Letter|Institute|Court/, 'codes alone, and no exercise');
});

t.test('every state fits the schema that it names, and the schema is as it was published', async (t) => {
  const press = await openTestPress(leakArchive(), { now });
  const schema = registerSchema(agency.origin);
  t.same(schema, JSON.parse(await vector('schema-v1.json')));
  t.same(JSON.parse(await need(press, '/schema/register/v1')), schema);
  for (const state of [1, 2, 3, 4, 5]) {
    const register = JSON.parse(await need(press, `/register/${state}.json`));
    t.equal(register.schema, schema.$id);
    t.same(findMisfits(schema, register), []);
    t.not(findMisfits(schema, { ...register, register: 0 }).length, 0);
    t.not(findMisfits(schema, { ...register, label: 'A letter' }).length, 0);
  }
});

t.test('files of the register are for every site, and the offline page is a download under its own policy', async (t) => {
  const site = await openPublicSite(
    t,
    leakArchive((register) => Buffer.from(`<!doctype html>${register.length}`)),
    { now },
  );
  for (const path of ['/register.json', '/register.txt', '/register/5.json', '/register/5.html', '/vocab/verdict.jsonld', '/schema/register/v1']) {
    const { status, headers } = await site.ask(path);
    t.match({ status, headers }, { status: 200, headers: { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' } }, path);
  }
  const page = await site.ask('/register/5.html');
  t.match(page.headers, { 'content-disposition': 'attachment; filename="register-5.html"', 'cache-control': 'public, max-age=300, no-transform' });
  t.match(page.headers['content-security-policy'], /^default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:;.* connect-src 'none';/);
  t.equal(page.names.filter((name) => name === 'content-security-policy').length, 1);
  const again = await site.ask('/register/5.html', { 'if-none-match': String(page.headers.etag) });
  t.match({ status: again.status, policy: again.headers['content-security-policy'] }, { status: 304, policy: page.headers['content-security-policy'] });
  t.match((await site.ask('/register')).headers['content-security-policy'], "script-src 'self';");
});

t.test('before the first item there is no signed file, and page and text say so', async (t) => {
  const archive = createArchive();
  archive.publish('EX-2026-0001', { at: '2026-09-01T09:00:00.000Z', findings: { artefacts: [altered], collections: [] } });
  const press = await openTestPress(archive, { now });
  for (const path of ['/register.json', '/register/1.json', '/register/1.tlog-proof', '/claims/2026-0001-A-1'])
    t.equal(await textAt(press, path), undefined, path);
  t.match(await need(press, '/register.txt'), '# no item yet');
  t.match(await need(press, '/register'), 'No item is listed yet');
  await press.advance(archive.publish('2026-0001', { at: '2026-09-02T09:00:00.000Z', findings: { artefacts: [altered], collections: [] } }));
  t.match(press.ready('/register.json')?.bytes.toString(), '"register":1', 'public when the act has answered');
  t.match(press.ready('/register')?.bytes.toString(), '2026-0001, A-1');
  t.match(press.ready('/fr/register')?.bytes.toString(), 'Altéré');
});

t.test('a hundred items stand on a page, the last to change first, and a page too far is nowhere', async (t) => {
  const archive = createArchive();
  const artefacts = Array.from({ length: 205 }, (_, place) => artefact({ id: `A-${place + 1}`, label: { en: `Item ${place + 1}` } }));
  archive.publish('2026-0001', { at: '2026-09-01T09:00:00.000Z', findings: { artefacts, collections: [] } });
  const changed = artefacts.map((item) => (item.id === 'A-205' ? { ...altered, id: 'A-205' } : item));
  archive.publish('2026-0001', { at: '2026-09-02T09:00:00.000Z', kind: 'update', findings: { artefacts: changed, collections: [] } });
  const press = await openTestPress(archive, { now });
  const idsOn = async (path: string): Promise<readonly string[]> =>
    [...(await need(press, path)).matchAll(/<h3><a href="[^"]*#(A-\d+)"/g)].map((match) => match[1] ?? '');
  t.match(await idsOn('/register'), { 0: 'A-205', 1: 'A-1', length: 100 });
  t.match(await idsOn('/register/page/2'), { 0: 'A-100', length: 100 });
  t.match(await idsOn('/fr/register/page/3'), { length: 5 });
  for (const path of ['/register/page/4', '/register/page/1', '/register/page/0']) t.equal(await textAt(press, path), undefined, path);
  await press.advance(archive.publish('2026-0002', { at: '2026-09-03T09:00:00.000Z', findings: { artefacts: [altered], collections: [] } }));
  t.match(await idsOn('/register/page/2'), { 0: 'A-99' }, 'and all pages move together');
});

const Organization = z.strictObject({ '@type': z.literal('Organization'), name: z.string().min(1), url: z.url() });
const instant = z.iso.datetime();
const Correction = z.strictObject({ '@type': z.literal('CorrectionComment'), text: z.string().min(1), datePublished: instant, url: z.url().optional() });
const head = { '@context': z.literal('https://schema.org'), '@id': z.url(), url: z.url(), mainEntityOfPage: z.url(), inLanguage: z.enum(['en', 'fr']) };
/** schema.org/ClaimReview as readers of it ask for, and not one field more: no appearance, no address, nobody who spread it. */
const ClaimReview = z.strictObject({
  ...head,
  '@type': z.literal('ClaimReview'),
  datePublished: instant,
  dateModified: instant,
  author: Organization,
  claimReviewed: z.string().min(10),
  itemReviewed: z.strictObject({ '@type': z.literal('Claim'), name: z.string().min(10) }),
  reviewRating: z.strictObject({
    '@type': z.literal('Rating'),
    ratingValue: z.int().min(1).max(5),
    bestRating: z.literal(5),
    worstRating: z.literal(1),
    alternateName: z.string().min(1),
  }),
  reviewBody: z.string().min(1).optional(),
  correction: z.array(Correction).min(1).optional(),
});
const NewsArticle = z.strictObject({
  ...head,
  '@type': z.literal('NewsArticle'),
  headline: z.string().min(1),
  description: z.string(),
  identifier: z.string(),
  version: z.int().positive(),
  creativeWorkStatus: z.enum(['Published', 'Superseded', 'Withdrawn']),
  datePublished: instant,
  dateModified: instant,
  expires: instant.optional(),
  correction: Correction.optional(),
  isAccessibleForFree: z.literal(true),
  author: Organization,
  publisher: Organization,
  isBasedOn: z.url(),
  encoding: z.strictObject({
    '@type': z.literal('MediaObject'),
    contentUrl: z.url(),
    encodingFormat: z.literal('application/json'),
    sha256: z.string().length(64),
  }),
});

t.test('a finding on the scale is one ClaimReview, in both languages; a reversed one says so', async (t) => {
  const press = await openTestPress(leakArchive(), { now });
  const review = async (path: string): Promise<z.infer<typeof ClaimReview>> => {
    const data = dataIn(await need(press, path));
    t.equal(data.length, 1, path);
    return ClaimReview.parse(data[0]);
  };
  const letter = await review(`/claims/${leak}-A-1`);
  t.match(letter, {
    url: `https://record.agency.example/statements/${leak}/v/3`,
    claimReviewed: 'Item A-1 of statement 2026-0001, presented as “Letter of 3 May”, is authentic.',
    reviewRating: { ratingValue: 1, alternateName: 'Fabricated' },
    datePublished: '2026-09-03T09:00:00.000Z',
    dateModified: '2026-09-06T09:00:00.000Z',
    correction: [{ datePublished: '2026-09-06T09:00:00.000Z', text: /“Altered”; since version 3 we say “Fabricated”/ }],
  });
  t.match(await review(`/fr/claims/${leak}-A-1`), { inLanguage: 'fr', reviewRating: { ratingValue: 1, alternateName: 'Fabriqué' } });
  t.match(await review(`/claims/${leak}-A-2`), { reviewRating: { ratingValue: 5 }, correction: undefined });
  t.match(await review(`/claims/${leak}-K-1`), {
    claimReviewed: 'Every account of the Institute was taken.',
    reviewRating: { ratingValue: 1, alternateName: 'False' },
  });
  t.match(await need(press, `/claims/${leak}-A-1`), /Not verified → [\s\S]*Altered/);
});

t.test('a claim’s page leads with the finding, in heading, title and description alike, and quotes what was claimed', async (t) => {
  const press = await openTestPress(leakArchive(), { now });
  const page = await need(press, `/claims/${leak}-K-1`);
  t.match(page, '<h1>K-1: False</h1>');
  t.match(page, `<title>${leak}, K-1: False ·`);
  t.match(page, '<meta name="description" content="False. What was claimed: “Every account of the Institute was taken.”">');
  t.match(page, '<dd>“Every account of the Institute was taken.”</dd>');
  t.ok(page.indexOf('claim-false') < page.indexOf('<dd>“Every'), 'the finding stands first');
  t.match(page, '<dt>Basis</dt>');
  const french = await need(press, `/fr/claims/${leak}-A-1`);
  t.match(french, '<h1>A-1\u00a0: Fabriqué</h1>');
  t.match(french, `<title>${leak}, A-1\u00a0: Fabriqué ·`);
  t.match(french, '<dt>Notre avis</dt>');
});

t.test('since when a finding stands counts verdict and confidence, on every page and in every file alike', async (t) => {
  const archive = createArchive();
  const fingerprints = [{ level: 'exact', pipeline: 'onrecord-fp-v1', value: 'e'.repeat(64) }] as const;
  const item = { ...altered, fingerprints: [...fingerprints] };
  const steps = [item, { ...item, confidence: 'high' as const }, { ...item, confidence: 'high' as const, context: ['partial' as const] }];
  for (const [place, one] of steps.entries())
    archive.publish('2026-0001', {
      at: `2026-09-0${place + 1}T09:00:00.000Z`,
      kind: place === 0 ? 'first' : 'update',
      findings: { artefacts: [one], collections: [] },
    });
  const press = await openTestPress(archive, { now });
  const { history } = JSON.parse(await need(press, '/register.json')).artefacts[0];
  t.same(
    history.map(({ version }: { version: number }) => version),
    [1, 2, 3],
  );
  const sinceOn = async (path: string): Promise<string | undefined> => /Since <a href="\/statements\/2026-0001\/v\/(\d)"/.exec(await need(press, path))?.[1];
  for (const path of ['/statements/2026-0001', '/register', '/claims/2026-0001-A-1']) t.equal(await sinceOn(path), '2', path);
  t.match(await need(press, '/register.txt'), `${'e'.repeat(64)} exact/onrecord-fp-v1 2026-0001/A-1 altered high 2 live`);
  t.match(await need(press, '/statements/2026-0001'), 'Was: Altered, confidence moderate (v1).', 'and what changed is named');
});

t.test('what lies on no scale has no page, the same bytes as any other missing one', async (t) => {
  const archive = createArchive();
  const verdicts = ['unverified', 'indeterminate', 'withdrawn'] as const;
  const artefacts = verdicts.map((verdict, place) => artefact({ id: `A-${place + 1}`, verdict, bases: [] }));
  archive.publish('2026-0001', { at: '2026-09-01T09:00:00.000Z', findings: { artefacts, collections: [] } });
  archive.publish('EX-2026-0001', { at: '2026-09-02T09:00:00.000Z', findings: { artefacts: [altered], collections: [] } });
  const site = await openPublicSite(t, archive, { now });
  const missing = (await site.ask('/nowhere')).body;
  for (const id of ['2026-0001-A-1', '2026-0001-A-2', '2026-0001-A-3', '2026-0001-A-4', '2026-0001-C-1', '2026-0009-A-1', 'EX-2026-0001-A-1']) {
    const { status, body } = await site.ask(`/claims/${id}`);
    t.match({ status, same: body.equals(missing) }, { status: 404, same: true }, id);
  }
  t.notMatch((await site.ask('/statements/2026-0001')).body.toString(), '/claims/');
  t.notMatch((await site.ask('/statements/EX-2026-0001')).body.toString(), '/claims/');
});

t.test('of a withdrawn statement a claim’s page stays and reviews nothing; the register keeps the verdict and says so', async (t) => {
  const press = await openTestPress(leakArchive(), { now });
  const page = await need(press, `/claims/${withdrawnLeak}-A-1`);
  t.same(dataIn(page), []);
  t.match(page, 'This statement is withdrawn');
  t.match(await need(press, '/register'), /2026-0002, A-1<[\s\S]*Statement withdrawn/);
  t.match(await need(press, '/register.txt'), `${withdrawnLeak}/A-1 altered moderate 1 withdrawn`);
});

t.test('a statement’s page is a NewsArticle with version, correction and expiry', async (t) => {
  const press = await openTestPress(leakArchive(), { now });
  const article = async (path: string): Promise<z.infer<typeof NewsArticle>> => NewsArticle.parse(dataIn(await need(press, path))[0]);
  t.match(await article(`/statements/${leak}`), {
    version: 4,
    datePublished: '2026-09-01T09:00:00.000Z',
    dateModified: '2026-09-06T09:00:00.000Z',
    creativeWorkStatus: 'Published',
    correction: undefined,
  });
  t.match(await article(`/statements/${leak}/v/2`), { version: 2, expires: '2026-09-20T09:00:00.000Z', creativeWorkStatus: 'Superseded' });
  const correction = await article(`/fr/statements/${leak}/v/3`);
  t.match(correction, { inLanguage: 'fr', correction: { url: `https://record.agency.example/fr/statements/${leak}/diff/2..3` } });
  t.match((await article(`/statements/${leak}/v/3`)).correction?.text, 'It is fabricated. <!-- </script> -->', 'a hostile text ends no element');
  t.match(correction.correction?.text, 'Ce qui était faux\u00a0: It said', 'with the spaces of its language');
  t.match(await article(`/statements/${withdrawnLeak}`), { creativeWorkStatus: 'Withdrawn' });
  const file = await need(press, `/statements/${leak}/v/3.json`);
  t.equal((await article(`/statements/${leak}/v/3`)).encoding.sha256, sha256Hex(Buffer.from(file)));
});

t.test('a statement shows what the new fields say, status and attribution with their own history', async (t) => {
  const press = await openTestPress(leakArchive(), { now });
  const [second, newest] = [await need(press, `/statements/${leak}/v/2`), await need(press, `/statements/${leak}`)];
  t.match(second, 'application/pdf, 48,211 bytes');
  t.match(second, 'content, metadata');
  t.match(second, 'shown out of context');
  t.match(second, 'identity, contact details');
  t.match(second, 'An account that calls itself a whistle-blower');
  t.match(
    second,
    /Confidence: moderate\.<\/p>[\s\S]*<p>Likelihood that this verdict is right: very likely\.<\/p>/,
    'likelihood and confidence in two sentences',
  );
  t.match(second, /May contain falsified items<\/span> <span class="tag">No specific item identified so far/);
  t.notMatch(newest, 'No specific item identified so far');
  t.match(newest, /By Court of Arvelle<\/a><p><small>Since <a[^>]*>v3<\/a>, [^<]*\. Was: Not assessed \(v1–v2\)\./);
  t.match(newest, /Confirmed<\/span><p><small>Since <a[^>]*>v2<\/a>, [^<]*\. Was: Under investigation \(v1\)\./);
  t.match(newest, /Was: Not verified \(v1\), Altered \(v2\)\./);
  t.match(newest, `href="/claims/${leak}-A-1"`);
  t.notMatch(newest, /fingerprint[^<]*a{64}/, 'no fingerprint in the page');
});

t.test('feeds tell each change of a finding as a category of the version that brought it', async (t) => {
  const press = await openTestPress(leakArchive(), { now });
  const termsOf = (entry: string): readonly string[] => [...entry.matchAll(/scheme="[^"]*\/verdict-change" term="([^"]*)"/g)].map((match) => match[1] ?? '');
  const entries = [...(await need(press, `/statements/${leak}/feed.atom`)).matchAll(/<entry>.*?<\/entry>/gs)].map(String);
  t.same(entries.map(termsOf), [
    [],
    ['C-1:may_contain_falsified:mixed', 'A-1:altered:fabricated', 'A-2:unverified:authentic', 'K-1:unverified:false'],
    ['C-1:none:may_contain_falsified', 'A-1:unverified:altered'],
    [],
  ]);
  t.match(entries[1], 'label="A-1: Fabricated (before: Altered)"');
  t.match(await need(press, '/fr/feeds/updates.rss'), '/vocab/verdict-change">A-1:altered:fabricated<');
  t.match(await need(press, '/feeds/updates.json'), '"verdict-change:A-1:altered:fabricated"');
});

t.test('an item that was kept before there were changes still reads, and its feeds say what they said', async (t) => {
  const prints = new Map<string, Buffer>();
  const archive = leakArchive();
  await openTestPress(archive, { now, prints: createMemoryPrints(prints) });
  const [name, bytes] = [...prints].find(([key]) => key === 'items/5.en.json') ?? [];
  const { changes, ...older } = JSON.parse(bytes?.toString() ?? '{}');
  t.equal(changes.length, 4);
  prints.set(name ?? '', Buffer.from(`${JSON.stringify({ ...older, schema: 1 })}\n`));
  t.equal(readItem(prints.get(name ?? '') ?? Buffer.alloc(0)).schema, 1);
  const press = await openTestPress(archive, { now, prints: createMemoryPrints(prints) });
  const entry = [...(await need(press, `/statements/${leak}/feed.atom`)).matchAll(/<entry>.*?<\/entry>/gs)].map(String)[1] ?? '';
  t.match(entry, 'term="fabricated"');
  t.notMatch(entry, 'verdict-change');
});

t.test('every code and every category of a feed leads to its meaning, in both languages and for machines', async (t) => {
  const press = await openTestPress(leakArchive(), { now });
  for (const prefix of ['', '/fr']) {
    t.notMatch(await need(press, `${prefix}/vocab`), /public\.\w+\.\w/, 'each label and definition has words');
    for (const { name, codes } of families) {
      t.notMatch(await need(press, `${prefix}/vocab/${name}`), /public\.\w+\.\w/, name);
      for (const code of codes)
        for (const path of [`/vocab/${name}/${code}`, `/vocab/${code}`]) t.match(await need(press, prefix + path), `<code>${code}</code>`, path);
    }
  }
  for (const { name, codes } of families) {
    const scheme = JSON.parse(await need(press, `/vocab/${name}.jsonld`));
    t.equal(scheme['@id'], `https://record.agency.example/vocab/${name}`);
    for (const concept of scheme['skos:hasTopConcept']) t.ok(await textAt(press, new URL(concept['@id']).pathname), concept['@id']);
    t.ok(scheme['skos:hasTopConcept'].length >= codes.length);
  }
  const told = [...(await need(press, '/feeds/updates.atom')).matchAll(/<category scheme="([^"]*)" term="([^"]*)"/g)];
  t.ok(told.length > 10);
  for (const [, scheme = '', term = ''] of told) {
    t.ok(await textAt(press, new URL(scheme).pathname), scheme);
    if (!scheme.endsWith('/verdict-change')) t.ok(await textAt(press, new URL(`${scheme}/${term}`).pathname), `${scheme}/${term}`);
  }
  t.match(await need(press, '/vocab/altered'), '<link rel="canonical" href="https://record.agency.example/vocab/verdict/altered">');
  t.match(await need(press, '/vocab/withdrawn'), 'more than one meaning');
  for (const path of ['/vocab/verdict/nothing', '/vocab/nothing', '/vocab/nothing.jsonld', '/vocab/kind/altered'])
    t.equal(await textAt(press, path), undefined, path);
  t.match(await need(press, '/vocab/log-entry/v1'), '"$schema"', 'the schema of a log entry stays where it was');
});

const Said = z.array(z.strictObject({ '@language': z.enum(['en', 'fr']), '@value': z.string().min(1) })).length(2);
const DefinedTerm = z.object({
  '@type': z.literal('DefinedTerm'),
  '@id': z.url(),
  url: z.url(),
  termCode: z.string(),
  name: Said,
  description: Said,
  inDefinedTermSet: z.url(),
});

t.test('a code is a defined term in both languages, at its own address and at its family’s; one of several meanings is a list', async (t) => {
  const press = await openTestPress(leakArchive(), { now });
  const read = async (path: string): Promise<unknown> => JSON.parse(await need(press, path));
  const term = DefinedTerm.parse(await read('/vocab/verdict/altered.jsonld'));
  t.match(term, { '@id': 'https://record.agency.example/vocab/verdict/altered', termCode: 'altered' });
  t.same(new Set(term.name.map((said) => said['@value'])), new Set(['Altered', 'Altéré']));
  t.same(await read('/vocab/altered.jsonld'), await read('/vocab/verdict/altered.jsonld'));
  t.same(dataIn(await need(press, '/fr/vocab/altered')), [await read('/vocab/altered.jsonld')], 'and the page says the same');
  for (const code of ['withdrawn', 'unverified', 'fabricated', 'indeterminate']) {
    const list = z.object({ '@graph': z.array(DefinedTerm).min(2) }).parse(await read(`/vocab/${code}.jsonld`))['@graph'];
    t.ok(list.every(({ termCode }) => termCode === code));
    t.equal(new Set(list.map((one) => one['@id'])).size, list.length);
  }
  for (const { name, codes } of families)
    for (const code of codes) t.ok(DefinedTerm.safeParse(await read(`/vocab/${name}/${code}.jsonld`)).success, `${name}/${code}`);
  for (const path of ['/vocab/nothing.jsonld', '/vocab/verdict/nothing.jsonld', '/vocab/altered/verdict.jsonld', '/fr/vocab/altered.jsonld'])
    t.equal(await textAt(press, path), undefined, path);
});

t.test('claims have no list of their own: their address leads to the register, in each language', async (t) => {
  const site = await openPublicSite(t, leakArchive(), { now });
  for (const [from, to] of [
    ['/claims', '/register'],
    ['/claims/', '/register'],
    ['/fr/claims', '/fr/register'],
  ] as const)
    t.match(await site.ask(from), { status: 308, headers: { location: to } }, from);
  for (const path of ['/en/claims', '/claims/x', '/claim']) t.equal((await site.ask(path)).status, 404, path);
});

t.test('a hash of the register is answered as the register’s, never as a version’s text', async (t) => {
  const press = await openTestPress(leakArchive(), { now });
  const ask = async (q: string): Promise<string> => (await press.ask('/verify', new URLSearchParams({ q })))?.bytes.toString() ?? '';
  const sha256 = sha256Hex(Buffer.from(await vector('1.json')));
  for (const q of [sha256, sha256.slice(0, 12), 'https://record.agency.example/register/1.json', '/register/1.json']) {
    const page = await ask(q);
    t.match(page, 'Register of leaked material, state 1', q);
    t.match(page, 'state 5 is the newest', q);
    t.notMatch(page, 'Prove this version', q);
  }
  t.match(await ask('/register.json'), 'Newest state');
  t.match(await ask('/register/9.json'), 'Not found in our log');
});

t.test('a redacted version takes its labels along, and leaves the register', async (t) => {
  await takesLabels(t, leakArchive());
});

async function takesLabels(t: Test, archive: ReturnType<typeof leakArchive>): Promise<void> {
  const press = await openTestPress(archive, { now });
  const before = await need(press, '/register.json');
  t.ok(await textAt(press, `/claims/${leak}-A-1`));
  await press.advance(archive.redact(leak, 4, 'personal_data', '2026-09-09T09:00:00.000Z'));
  t.equal(await need(press, '/register.json'), before);
  const page = await need(press, '/register');
  t.match(page, '2026-0001, A-1');
  t.notMatch(page, 'Table of accounts');
  t.match(page, 'The text that described this item was removed.');
  t.equal(await textAt(press, `/claims/${leak}-A-1`), undefined);
  t.equal(leakFindings.length, 3);
}
