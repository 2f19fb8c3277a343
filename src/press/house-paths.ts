import { logPrefix } from '../ledger/log-name.ts';
import { tilePath, tileWidth } from '../ledger/tile.ts';
import { feeds, fingerprinter, type Place, pathOf, textPages, verifiers } from './address.ts';
import { apiListStarts } from './api/statements.ts';
import { closedBlockCount } from './feeds/blocks.ts';
import { importedPages } from './pages/imported.ts';
import { monthPages } from './pages/lists.ts';
import type { Pressroom } from './pages/page.ts';
import { registerPages } from './pages/register.ts';
import { sitemapPaths } from './pages/sitemap.ts';
import { families, familiesUnder } from './vocabulary.ts';

/** Paths that belong to no statement, by what they are made from. */

type Paths = readonly string[];
const fixed = [
  ...verifiers.map((name) => `/verify/${name}`),
  `/check/${fingerprinter}`,
  '/robots.txt',
  '/favicon.svg',
  '/favicon.ico',
  '/openapi.json',
  ...['/schema/version/v1', '/schema/version/v2', '/schema/register/v1', '/vocab/log-entry/v1', '/vocab/log-entry/v2'],
];

/** What no publication changes once it is there. */
export async function lastingPaths(room: Pressroom): Promise<Paths> {
  const words = vocabulary();
  const places: readonly Place[] = [
    ...(['search', 'houseCard'] as const).map((page) => ({ page })),
    ...textPages.map((name) => ({ page: 'text', name }) as const),
    ...[{ family: null, code: null }, ...words].map((word) => ({ page: 'vocab', ...word }) as const),
  ];
  return [
    ...inAll(room, places),
    ...fixed,
    ...words.map(({ family, code }) => `/vocab/${[family, ...(code === null ? [] : [code])].join('/')}.jsonld`),
    ...room.assets.files.keys(),
    ...(room.trust === null ? [] : ['/log/trust.note']),
    ...room.record.registers().flatMap(({ files }) => files.map(({ name }) => name)),
    ...(await logPaths(room)),
  ];
}

/** What tells of all statements, and may be another one after each change of any. */
export function sharedPaths(room: Pressroom): Paths {
  const { record } = room;
  const months = record.months().flatMap(([month, references]) => monthPages(references.length).map((part) => ({ page: 'month', month, part }) as const));
  const places: readonly Place[] = [
    ...(['home', 'corrections', 'archive', 'verify', 'check'] as const).map((page) => ({ page })),
    ...registerPages(room).map((part) => ({ page: 'register', part }) as const),
    ...importedPages(room).map((part) => ({ page: 'imported', part }) as const),
    ...feeds.map((feed) => ({ page: 'feed', feed }) as const),
    ...months,
  ];
  const api = ['/api/v1/statements', ...apiListStarts(record).map((entry) => `/api/v1/statements/before/${entry}`)];
  const register = ['/register.txt', ...(room.registerHead() === null ? [] : ['/register.json'])];
  return [...inAll(room, places), ...api, ...register, ...sitemapPaths(room), '/contents.json'];
}

/** Documents that were brought along: each with its newest original, and each original for good. */
export function importedPaths(room: Pressroom): Paths {
  const { imported } = room;
  return imported.all().flatMap(({ host, slug, originals }) => {
    const place = { page: 'importedDocument', host, slug } as const;
    return [...inAll(room, [place]), `/imported/${host}/${slug}.json`, ...originals.map(({ file }) => file.name)];
  });
}

/** Closed blocks of the feeds: they stay, but for a redaction. */
export function blockPaths({ record, agency }: Pressroom): Paths {
  return agency.languages.flatMap((language) =>
    Array.from({ length: closedBlockCount(record.updates(language)) }, (_, index) => index + 1).flatMap((block) =>
      (['atom', 'json'] as const).map((form) => pathOf({ page: 'feedArchive', block, form }, language, agency.languages[0])),
    ),
  );
}

/** What carries the newest checkpoint and belongs to no statement. */
export function checkpointPaths({ log, record, imported }: Pressroom): Paths {
  if (log.current().checkpoint === null) return [];
  const states = record.registers().map(({ state }) => `/register/${state}.tlog-proof`);
  const documents = imported.all().flatMap(({ originals }) => originals.map(({ file }) => file.name.replace(/\.json$/, '.tlog-proof')));
  return ['/log/checkpoint', `/log/${log.closed().length + 1}/checkpoint`, ...states, ...documents];
}

/** Of every log: full tiles, each width of those that are not full yet, and time-stamps; of the closed ones the last checkpoint as well. */
async function logPaths({ log, timeStamps }: Pressroom): Promise<Paths> {
  const logs = [...log.closed(), log.current()].map(({ size }, index) => ({ size, number: index + 1 }));
  const stamps = logs.map(async ({ number }) =>
    (await timeStamps.sizes(number)).flatMap((size) => ['tsr', 'checkpoint'].map((form) => `${logPrefix(number)}timestamp/${size}.${form}`)),
  );
  const closed = logs.slice(0, -1).map(({ number }) => `/log/${number}/checkpoint`);
  return [...logs.flatMap(({ size, number }) => tilePaths(size).map((path) => logPrefix(number) + path)), ...closed, ...(await Promise.all(stamps)).flat()];
}

function tilePaths(size: number): Paths {
  const tilesOf = (level: number | 'entries', count: number): Paths => {
    const full = Math.floor(count / tileWidth);
    const open = Array.from({ length: count % tileWidth }, (_, index) => tilePath({ level, index: full, width: index + 1 }));
    return [...Array.from({ length: full }, (_, index) => tilePath({ level, index, width: tileWidth })), ...open];
  };
  const hashes: string[] = [];
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / tileWidth)) hashes.push(...tilesOf(level, count));
  return [...tilesOf('entries', size), ...hashes];
}

/** Each family, each of its codes and of those told under its name, and each code by itself. */
function vocabulary(): readonly { family: string; code: string | null }[] {
  const names = new Set(families.map(({ name }) => name));
  const codes = new Set(families.flatMap((family) => family.codes).filter((code) => !names.has(code)));
  const under = [...names].flatMap((name) => [...new Set(familiesUnder(name).flatMap((family) => family.codes))].map((code) => ({ family: name, code })));
  return [...[...names, ...codes].map((family) => ({ family, code: null })), ...under];
}

function inAll({ agency: { languages } }: Pressroom, places: readonly Place[]): Paths {
  return languages.flatMap((language) => places.map((place) => pathOf(place, language, languages[0])));
}
