import type { Office } from '../../../src/office.ts';
import { type FileAddress, feeds, type Place, pathOf, textPages, verifiers } from '../../../src/press/address.ts';
import { csafFiles } from '../../../src/press/csaf/address.ts';
import { csafFileName, csafWhite, csafYear, trackingId } from '../../../src/press/csaf/names.ts';
import type { Language } from '../../../src/statement/schema.ts';
import { publicPaths } from '../public-paths.ts';
import { createDice, type Question } from './asking.ts';

/** What anybody can ask the public site: its addresses, those that the next statement would have, and ways to ask. */

/** Where a version of this number of a statement would be found. The type makes a new kind of page a missing line here. */
function placesOf(reference: string, version: number): Readonly<Record<Place['page'], readonly Place[]>> {
  const of = <Page extends string>(page: Page): { page: Page; reference: string } => ({ page, reference });
  return {
    ...{ home: [{ page: 'home' }], corrections: [{ page: 'corrections' }], archive: [{ page: 'archive' }], search: [{ page: 'search' }] },
    ...{ verify: [{ page: 'verify' }], check: [{ page: 'check' }], houseCard: [{ page: 'houseCard' }] },
    ...{ statement: [of('statement')], versions: [of('versions')], timemap: [of('timemap')], badge: [of('badge')], embed: [of('embed')] },
    statementFeed: [of('statementFeed')],
    version: [{ ...of('version'), version }],
    card: [{ ...of('card'), version }],
    diff: [
      { ...of('diff'), from: 1, to: version },
      { ...of('diff'), from: version, to: version + 1 },
    ],
    month: [1, 2].map((part) => ({ page: 'month', month: '2026-11', part })),
    register: [1, 2].map((part) => ({ page: 'register', part })),
    claim: ['A-1', 'A-2', 'C-1', 'K-1'].map((item) => ({ page: 'claim', reference, item })),
    imported: [1, 2].map((part) => ({ page: 'imported', part })),
    importedDocument: [{ page: 'importedDocument', host: 'www.agency.example', slug: `old-${reference.toLowerCase()}` }],
    vocab: [{ page: 'vocab', family: null, code: null }],
    text: textPages.map((name) => ({ page: 'text', name })),
    feed: feeds.map((feed) => ({ page: 'feed', feed })),
    feedArchive: (['atom', 'json'] as const).flatMap((form) => [1, 2].map((block) => ({ page: 'feedArchive', block, form }) as const)),
  };
}

/** The same for what belongs to no language. `size`: of the log. */
function filesOf(reference: string, version: number, size: number): Readonly<Record<FileAddress['page'], readonly string[]>> {
  const statement = `/statements/${reference}`;
  return {
    file: ['json', 'txt', 'csaf.json', 'csaf.fr.json', 'tlog-proof', 'html', 'md'].map((form) => `${statement}/v/${version}.${form}`),
    tile: [size, size + 1, size + 2].flatMap((width) => [`/log/tile/entries/000.p/${width}`, `/log/tile/0/000.p/${width}`, `/log/1/tile/0/000.p/${width}`]),
    checkpoint: ['/log/checkpoint', '/log/1/checkpoint', '/log/2/checkpoint'],
    'time-stamp': ['tsr', 'checkpoint'].map((form) => `/log/timestamp/${size}.${form}`),
    proof: [size, size + 1].flatMap((to) => [`/log/inclusion/${to - 1}..${to}`, `/log/consistency/${to - 1}..${to}`]),
    api: [`/api/v1${statement}`, '/api/v1/statements', `/api/v1/statements/before/${size + 1}`, '/openapi.json', '/schema/version/v2'],
    registerFile: [1, 2, 3].flatMap((state) => ['json', 'html', 'tlog-proof'].map((form) => `/register/${state}.${form}`)),
    vocabFile: ['/vocab/verdict.jsonld'],
    importedFile: ['.json', '/1.json', '/1.tlog-proof'].map((end) => `/imported/www.agency.example/old-${reference.toLowerCase()}${end}`),
    trust: ['/log/trust.note'],
    program: [...verifiers.map((name) => `/verify/${name}`), '/check/onrecord-fingerprint.py'],
    icon: ['/favicon.svg', '/favicon.ico'],
    sitemap: ['/sitemap.xml', '/sitemap-pages.xml', '/sitemap-2026-11.xml', '/sitemap-2026-12.xml'],
    robots: ['/robots.txt'],
    contents: ['/contents.json'],
    csaf: [
      ...csafFiles,
      ...['json', 'json.sha256', 'json.sha512', 'json.asc'].map(
        (form) => `${csafWhite}/${csafYear(reference)}/${csafFileName(trackingId(reference, 'en', 'en'))}.${form}`,
      ),
    ],
  };
}

export type Guess = { reference: string; version: number };
export type Known = { guesses: readonly Guess[]; secrets: readonly string[]; words: readonly string[] };

/** Every path: of the record, of what comes next, and of ids, hashes and words that only the desk knows. */
export async function pathsToAsk(office: Pick<Office, 'store' | 'agency'>, { guesses, secrets, words }: Known): Promise<readonly string[]> {
  const { languages } = office.agency;
  const { size } = await office.store.ledger(-1, 0);
  const spoken = (place: Place): string[] => languages.map((language: Language) => pathOf(place, language, languages[0]));
  const next = guesses.flatMap(({ reference, version }) => [
    ...Object.values(placesOf(reference, version)).flat().flatMap(spoken),
    ...Object.values(filesOf(reference, version, size)).flat(),
  ]);
  const inside = secrets.flatMap((secret) => [
    ...['', '/draft', '/preview', '/review', '/v/1', '/v/1.json', '/feed.atom'].map((end) => `/statements/${secret}${end}`),
    ...[`/desk/statements/${secret}`, `/desk/preview-links/${secret}`, `/drafts/${secret}`, `/texts/${secret}`, `/texts/${secret.slice(0, 2)}/${secret}.json`],
    ...[`/embed/${secret}`, `/api/v1/statements/${secret}`, `/claims/${secret}-A-1`, `/data/statements/${secret}.json`, `/search?page=2&q=${secret}`],
    ...[`/verify?q=${secret}`, `/fr/verify?q=${secret.slice(0, 12)}`, `/search?q=${secret}`, `/register/${secret}.json`],
  ]);
  const asked = words.flatMap((word) => ['/search', '/fr/search', '/verify', '/fr/verify'].map((page) => `${page}?q=${encodeURIComponent(word)}`));
  const desk = ['', '/sign-in', '/session', '/register', '/people', '/statements/new', '/account-acts.json', '/quarantine'].map((end) => `/desk${end}`);
  const known = ['/admin', '/metrics', '/readyz', '/livez', '/.git/config', '/data', '/onrecord.json', '/ledger/entries.jsonl', '/people/_sessions.json'];
  const misspelt = [
    '/STATEMENTS/2026-0001',
    '/statements/2026-0001/',
    '/statements//2026-0001',
    '/fr',
    '/en/',
    '/claims',
    '/%',
    '/a%00b',
    '/statements/%2e%2e/x',
  ];
  return [...new Set([...(await publicPaths(office)), ...next, ...inside, ...asked, ...desk, ...known, ...misspelt])];
}

export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND', 'SEARCH', 'REPORT', 'LOCK'] as const;

/** Ways to ask: what caches, proxies, archives, programs and signed-in people send. */
export function headerVariants(cookie: string, hash: string): readonly Readonly<Record<string, string>>[] {
  const proxied = ['desk.internal', '127.0.0.1', 'localhost:8081'];
  return [
    {},
    ...['br', 'gzip', 'br;q=0.1, gzip', 'deflate', 'identity;q=0', '*'].map((value) => ({ 'accept-encoding': value })),
    ...['fr', 'en;q=0.1,fr', 'xx'].map((value) => ({ 'accept-language': value })),
    ...['*', `"${hash}"`, `W/"${hash}-br", "x"`].map((value) => ({ 'if-none-match': value })),
    ...['Sun, 22 Nov 2026 12:30:00 GMT', 'Fri, 01 Jan 2100 00:00:00 GMT', 'tomorrow'].map((value) => ({ 'accept-datetime': value })),
    { 'if-modified-since': 'Sun, 22 Nov 2026 12:30:00 GMT' },
    { 'if-range': `"${hash}"`, range: 'bytes=0-99' },
    ...['bytes=0-99', 'bytes=-50', 'bytes=0-0,5-9'].map((value) => ({ range: value })),
    { cookie },
    { cookie: `${cookie}; desk-language=en`, authorization: 'Bearer desk' },
    ...proxied.flatMap((value) => [
      { 'x-forwarded-host': value },
      { 'x-forwarded-for': value, 'x-real-ip': value },
      { forwarded: `host=${value};for=${value}` },
    ]),
    { 'x-forwarded-proto': 'https', 'x-forwarded-prefix': '/desk' },
    { 'x-original-url': '/desk', 'x-rewrite-url': '/desk/statements', 'x-http-method-override': 'DELETE' },
    ...['application/json', 'application/atom+xml', 'text/event-stream', 'image/*'].map((accept) => ({ accept })),
    { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:8081', referer: 'http://localhost:8081/desk' },
    { 'cache-control': 'no-cache', pragma: 'no-cache' },
    { 'user-agent': 'Twitterbot/1.0', 'x-purpose': 'preview' },
    { expect: '200-ok', te: 'trailers' },
    { connection: 'close' },
  ];
}

/** So many questions: every path once as a reader asks, then paths, methods and headers as the dice fall. */
export function* questions(paths: readonly string[], variants: readonly Readonly<Record<string, string>>[], count: number, seed: number): Generator<Question> {
  const dice = createDice(seed);
  for (const path of paths.slice(0, count)) yield { method: 'GET', path };
  for (let made = Math.min(paths.length, count); made < count; made += 1) {
    const method = dice(3) === 0 ? (methods[dice(methods.length)] ?? 'GET') : 'GET';
    const path = paths[dice(paths.length)] ?? '/';
    const headers = variants[dice(variants.length)] ?? {};
    const withBody = method !== 'GET' && method !== 'HEAD' && method !== 'TRACE' && dice(2) === 0;
    yield { method, path, headers, ...(withBody && { body: 'draft=1&q=x' }) };
  }
}
