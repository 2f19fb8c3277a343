import type { Agency } from '../config.ts';
import type { PublicStatement } from '../statement/facts.ts';
import { contentsPath, feeds, isExercise, type Place, pathOf, textPages } from './address.ts';
import { csafLists, securityPath } from './csaf/address.ts';
import type { PublicRecord } from './record.ts';

/** Which pages are always ready, and which a publication makes again. */

/** Statements whose pages stay in the hot set: those that changed last. */
export const hotStatements = 40;

const aggregates: readonly Place[] = [
  ...feeds.filter((feed) => feed !== 'exercise.atom').map((feed) => ({ page: 'feed', feed }) as const),
  { page: 'home' },
  { page: 'corrections' },
  { page: 'archive' },
  { page: 'check' },
  { page: 'register', part: 1 },
];
/** Statements whose cards are drawn when the house opens; older ones are drawn for whoever asks. */
const drawnAtOpening = 5;
/** The register in the forms that machines read. */
const register = ['/register.json', '/register.txt'] as const;
const standing: readonly Place[] = [{ page: 'feed', feed: 'exercise.atom' }, ...textPages.map((name) => ({ page: 'text', name }) as const)];

/** Everything hot when the house opens. */
export function pathsAtOpening(record: PublicRecord, languages: Agency['languages'], hasCsaf: boolean): readonly string[] {
  const current = newestReferences(record).map((reference) => ({ page: 'statement', reference }) as const);
  return [
    '/robots.txt',
    '/favicon.svg',
    '/log/checkpoint',
    '/log/trust.note',
    '/api/v1/statements',
    ...register,
    ...(hasCsaf ? [securityPath, ...csafLists] : []),
    ...inAll([...aggregates, ...standing, ...current], languages),
  ];
}

/**
 * What shows a publication or a notice about this statement, but for the CSAF tree; the feeds of a language first, for packing them takes longest.
 * An exercise shows on its own pages and in its own feed only.
 */
export function pathsTouchedBy(statement: PublicStatement, languages: Agency['languages']): readonly string[] {
  const { reference, versions } = statement;
  const latest = versions.length;
  const corrected = versions.at(-1)?.correctsVersion ?? null;
  const shared = isExercise(reference) ? [{ page: 'feed', feed: 'exercise.atom' } as const] : aggregates;
  const own: Place[] = [
    { page: 'statement', reference },
    { page: 'versions', reference },
    { page: 'timemap', reference },
    { page: 'statementFeed', reference },
    { page: 'badge', reference },
    { page: 'embed', reference },
    { page: 'version', reference, version: latest },
  ];
  if (latest > 1) own.push({ page: 'version', reference, version: latest - 1 }, { page: 'diff', reference, from: latest - 1, to: latest });
  if (corrected !== null && corrected < latest - 1) own.push({ page: 'diff', reference, from: corrected, to: latest });
  const files = ['json', 'txt'].map((form) => `/statements/${reference}/v/${latest}.${form}`);
  const lists = isExercise(reference) ? [] : ['/api/v1/statements', ...register];
  return ['/log/checkpoint', ...inAll(shared, languages), ...lists, ...inAll(own, languages), ...files, `/api/v1/statements/${reference}`];
}

/** What shows that documents were brought along. */
export function pathsTouchedByImport(languages: Agency['languages']): readonly string[] {
  return ['/log/checkpoint', ...inAll([{ page: 'archive' }], languages)];
}

/** Whether what is kept at a path may be another one once documents were brought along. */
export function isStaleByImport(path: string): boolean {
  return path.includes('/imported') || path.endsWith('.tlog-proof') || path.startsWith('/sitemap') || path === contentsPath;
}

/** The pictures that go with what a publication shows. */
export function cardsTouchedBy({ reference, versions }: PublicStatement, languages: Agency['languages']): readonly string[] {
  const latest = versions.at(-1);
  if (latest === undefined || latest.redacted !== null) return [];
  return inAll([{ page: 'card', reference, version: latest.version }], languages);
}

/** Cards that are drawn when the house opens: those of the newest statements. */
export function cardsAtOpening(record: PublicRecord, languages: Agency['languages']): readonly string[] {
  const newest = newestReferences(record).slice(0, drawnAtOpening);
  return newest.flatMap((reference) => record.statement(reference) ?? []).flatMap((statement) => cardsTouchedBy(statement, languages));
}

/** References of the statements in the hot set, the one that changed last first. */
export function newestReferences(record: PublicRecord): readonly string[] {
  const references: string[] = [];
  for (const reference of record.newest()) {
    if (references.length >= hotStatements) break;
    references.push(reference);
  }
  return references;
}

/** Number of the newest entry that the feeds of updates tell; −1 for none. */
export function newestVersion(record: PublicRecord, languages: Agency['languages']): number {
  return Math.max(-1, ...languages.map((language) => record.updates(language).at(-1)?.entry ?? -1));
}

/** Whether these facts bring a version that comes after the entry `known` and take no text away: closed blocks of the feeds then stay as they are. */
export function onlyAdds({ versions }: PublicStatement, known: number): boolean {
  return (versions.at(-1)?.entry ?? -1) > known && versions.every(({ redacted }) => redacted === null);
}

/**
 * Whether what is kept at a path may be another one after a change of these statements: their own pages, every proof (for it carries the
 * newest checkpoint), the pages of the archive, of the register and of the API's list, the site's maps, what the site holds, and closed blocks of the feeds unless they stay.
 */
export function isStale(path: string, touched: ReadonlySet<string>, closedBlocksStay: boolean): boolean {
  const reference = referenceIn(path);
  if (reference !== null && touched.has(reference)) return true;
  if (path.endsWith('.tlog-proof') || path.startsWith('/api/v1/statements/before/')) return true;
  if (path.includes('/register/page/') || path.startsWith('/sitemap') || path === contentsPath) return true;
  return path.includes('/archive/') && !(closedBlocksStay && path.includes('/feeds/'));
}

/** The statement that a path is about, null for all other pages. */
export function referenceIn(path: string): string | null {
  return /\/(?:statements|claims|embed)\/((?:EX-)?[0-9]{4}-[0-9]{4,9})(?:[/-]|$)/.exec(path)?.[1] ?? null;
}

function inAll(places: readonly Place[], languages: Agency['languages']): readonly string[] {
  return languages.flatMap((language) => places.map((place) => pathOf(place, language, languages[0])));
}
