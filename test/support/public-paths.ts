import { tilePath } from '../../src/ledger/tile.ts';
import type { Office } from '../../src/office.ts';
import { feeds, textPages } from '../../src/press/address.ts';
import { families } from '../../src/press/vocabulary.ts';

/** Every public address that the record leads to, in both languages, the log's own included. */
export async function publicPaths({ store, agency }: Pick<Office, 'store' | 'agency'>): Promise<readonly string[]> {
  const vocabulary = ['/vocab', ...families.map(({ name }) => `/vocab/${name}`)];
  const places: string[] = [
    '/',
    '/corrections',
    '/archive',
    '/check',
    '/register',
    '/card.png',
    ...vocabulary,
    ...textPages.map((name) => `/${name}`),
    ...feeds.map((feed) => `/feeds/${feed}`),
  ];
  const files: string[] = [
    '/contents.json',
    '/log/checkpoint',
    '/log/trust.note',
    '/check/onrecord-fingerprint.py',
    '/openapi.json',
    '/schema/version/v1',
    '/schema/version/v2',
    '/schema/register/v1',
    ...families.map(({ name }) => `/vocab/${name}.jsonld`),
    '/register.txt',
    '/vocab/log-entry/v1',
    '/vocab/log-entry/v2',
    '/api/v1/statements',
    '/robots.txt',
    '/favicon.svg',
    '/favicon.ico',
    '/sitemap.xml',
    '/sitemap-pages.xml',
  ];
  const [months, maps] = [new Set<string>(), new Set<string>()];
  let versions = 0;
  for (const { id } of await store.list({ public: true })) {
    const statement = await store.read(id);
    if (statement === undefined) continue;
    const base = `/statements/${statement.reference}`;
    places.push(base, `${base}/versions`, `${base}/timemap`, `${base}/feed.atom`, `${base}/badge.svg`, `/embed/${statement.reference}`);
    files.push(`/api/v1/statements/${statement.reference}`);
    const [first] = statement.versions;
    if (first && !statement.reference?.startsWith('EX-')) maps.add(`/sitemap-${first.at.slice(0, 7)}.xml`);
    for (const { version, at, correctsVersion, files: signed } of statement.versions) {
      const states = signed.map(({ name }) => name).filter((name) => name.startsWith('/register/'));
      files.push(...states, ...states.map((name) => name.replace(/\.json$/, '.tlog-proof')));
      versions += 1;
      months.add(`/archive/${at.slice(0, 4)}/${at.slice(5, 7)}`);
      places.push(`${base}/v/${version}`, `${base}/v/${version}/card.png`);
      if (version > 1) places.push(`${base}/diff/${version - 1}..${version}`);
      if (correctsVersion !== null && correctsVersion < version - 1) places.push(`${base}/diff/${correctsVersion}..${version}`);
      files.push(...['json', 'txt', 'tlog-proof'].map((form) => `${base}/v/${version}.${form}`));
    }
  }
  for (let block = 1; block * 50 <= versions; block += 1) places.push(`/feeds/updates/archive/${block}.atom`);
  const { size } = await store.ledger(-1, 0);
  for (let width = 1; width <= Math.min(size, 256); width += 1)
    for (const level of ['entries', 0] as const) files.push(`/log/${tilePath({ level, index: 0, width })}`);
  for (let from = 1; from < size; from += 1) files.push(`/log/inclusion/${from}..${size}`, `/log/consistency/${from}..${size}`);
  const [, ...others] = agency.languages;
  const spoken = [...places, ...months];
  return [...spoken, ...others.flatMap((language) => spoken.map((path) => `/${language}${path}`)), ...files, ...maps];
}
