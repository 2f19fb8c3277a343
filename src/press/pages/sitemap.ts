import { newestOf } from '../../imports/known.ts';
import type { PublicStatement } from '../../statement/facts.ts';
import type { Language } from '../../statement/schema.ts';
import { type Place, pathOf, textPages } from '../address.ts';
import { element, type Xml, xmlDocument } from '../feeds/xml.ts';
import type { ResourceDraft } from '../resource.ts';
import { type SitemapAddress, sitemapPathOf } from '../sitemap-address.ts';
import { families } from '../vocabulary.ts';
import { changedAt } from './home.ts';
import { importedPages } from './imported.ts';
import { monthPages } from './lists.ts';
import type { Pressroom } from './page.ts';
import { registerPages } from './register.ts';

/**
 * Every public page once for each language, for search engines (sitemaps.org 0.9, with the alternates of hreflang): a file a month of
 * first publication, in parts of at most 5,000 addresses. Exercises are in none, nor what is made for one question, compared or embedded.
 */

const mostUrls = 5_000;
/** A version lists no more claims than this; how many it lists is only known by reading it. */
const mostClaims = 20;

type Entry = { place: Place; changedAt: string | null };

/** One of the site's maps as XML; undefined where a month has no such part. */
export async function sitemapFile(room: Pressroom, { of }: SitemapAddress): Promise<ResourceDraft | undefined> {
  if (of === 'index') return xmlFile(sitemapIndex(room));
  if (of === 'pages') return xmlFile(urlSet(room, standingPlaces(room)));
  if ('imported' in of) {
    const entries = partsOfImported(room)[of.imported - 1];
    return entries && xmlFile(urlSet(room, entries));
  }
  const statements = partsOfMonth(room, of.month)[of.part - 1];
  if (statements === undefined) return undefined;
  const entries = await Promise.all(statements.map((statement) => placesOf(room, statement)));
  return xmlFile(urlSet(room, entries.flat()));
}

/** `/robots.txt` (RFC 9309): everything may be read but what is made for one question, and where the maps are. */
export function robotsFile({ agency }: Pressroom): ResourceDraft {
  const closed = ['/search', '/verify', '/*/search', '/*/verify'].map((path) => `Disallow: ${path}\n`).join('');
  const body = `User-agent: *\n${closed}\nSitemap: ${agency.publicUrl}${sitemapPathOf({ of: 'index' })}\n`;
  return { type: 'text/plain; charset=utf-8', body, cache: 'public, max-age=60' };
}

/** Every map there is. */
export function sitemapPaths(room: Pressroom): readonly string[] {
  const months = room.record.months().flatMap(([month]) => partsOfMonth(room, month).map((_, index) => ({ month, part: index + 1 })));
  const imported = partsOfImported(room).map((_, index) => ({ imported: index + 1 }));
  return (['index', 'pages', ...months, ...imported] as const).map((of) => sitemapPathOf({ of }));
}

function sitemapIndex(room: Pressroom): Xml {
  const months = room.record
    .months()
    .flatMap(([month]) =>
      partsOfMonth(room, month).map((statements, index) => ({ of: { month, part: index + 1 }, changedAt: newest(statements.map(changedAt)) })),
    );
  const imported = partsOfImported(room).map((entries, index) => ({
    of: { imported: index + 1 },
    changedAt: newest(entries.map((entry) => entry.changedAt ?? '')),
  }));
  const files = [{ of: 'pages' as const, changedAt: newest(months.map((file) => file.changedAt ?? '')) }, ...months, ...imported];
  const lines = files.map(({ of, changedAt: at }) =>
    element('sitemap', {}, [element('loc', {}, [room.agency.publicUrl + sitemapPathOf({ of })]), lastmod(at)]),
  );
  return element('sitemapindex', { xmlns: sitemaps }, lines);
}

/** The statements first published in a month, oldest first, in parts that never have too many addresses. */
function partsOfMonth({ record, agency, registerHead }: Pressroom, month: string): readonly (readonly PublicStatement[])[] {
  const references = record.months().find(([name]) => name === month)?.[1] ?? [];
  const artefacts = Map.groupBy(registerHead()?.register.artefacts ?? [], ({ statement }) => statement);
  const parts: PublicStatement[][] = [];
  let room = 0;
  for (const reference of references) {
    const statement = record.statement(reference);
    if (statement === undefined) continue;
    const urls = (2 + statement.versions.length + mostClaims + (artefacts.get(reference)?.length ?? 0)) * agency.languages.length;
    if (urls > room) {
      parts.push([]);
      room = mostUrls;
    }
    parts.at(-1)?.push(statement);
    room -= urls;
  }
  return parts;
}

/** Documents that were brought along, by when the newest original of each came, in parts that never have too many addresses. */
function partsOfImported({ imported, agency }: Pressroom): readonly (readonly Entry[])[] {
  const entries = imported.all().map((known) => ({
    place: { page: 'importedDocument', host: known.host, slug: known.slug } as const,
    changedAt: newestOf(known).at,
  }));
  const length = Math.floor(mostUrls / agency.languages.length);
  return Array.from({ length: Math.ceil(entries.length / length) }, (_, index) => entries.slice(index * length, (index + 1) * length));
}

/** All pages of a statement change with it, for each says which version is the newest one. */
async function placesOf({ claims }: Pressroom, statement: PublicStatement): Promise<readonly Entry[]> {
  const { reference, versions } = statement;
  const places: Place[] = [
    { page: 'statement', reference },
    { page: 'versions', reference },
    ...versions.filter(({ redacted }) => redacted === null).map(({ version }) => ({ page: 'version', reference, version }) as const),
    ...(await claims(statement)).map((item) => ({ page: 'claim', reference, item }) as const),
  ];
  const at = changedAt(statement);
  return places.map((place) => ({ place, changedAt: at }));
}

/** The pages that belong to no statement; those that tell of all of them change with each. */
function standingPlaces(room: Pressroom): readonly Entry[] {
  const { record } = room;
  const latest = record.newest().next().value;
  const at = latest === undefined ? null : changedAt(record.statement(latest));
  const terms = families.flatMap(({ name, codes }) => [
    { page: 'vocab' as const, family: name, code: null },
    ...codes.map((code) => ({ page: 'vocab' as const, family: name, code })),
  ]);
  const fixed: Place[] = [
    { page: 'check' },
    ...textPages.map((name) => ({ page: 'text', name }) as const),
    { page: 'vocab', family: null, code: null },
    ...terms,
  ];
  return [
    ...(['home', 'corrections', 'archive'] as const).map((page) => ({ place: { page }, changedAt: at })),
    ...importedPages(room).map((part) => ({ place: { page: 'imported', part } as const, changedAt: null })),
    ...registerPages(room).map((part) => ({ place: { page: 'register', part } as const, changedAt: room.registerHead()?.register.at ?? null })),
    ...record.months().flatMap(([month, references]) => {
      const changed = newest(references.map((reference) => changedAt(record.statement(reference))));
      return monthPages(references.length).map((part) => ({ place: { page: 'month', month, part } as const, changedAt: changed }));
    }),
    ...fixed.map((place) => ({ place, changedAt: null })),
  ];
}

const sitemaps = 'http://www.sitemaps.org/schemas/sitemap/0.9';
const xhtml = 'http://www.w3.org/1999/xhtml';

function urlSet({ agency }: Pressroom, entries: readonly Entry[]): Xml {
  const { languages, publicUrl } = agency;
  const urls = entries.flatMap(({ place, changedAt: at }) => {
    const address = (language: Language): string => publicUrl + pathOf(place, language, languages[0]);
    const alternates = languages.map((language) => element('xhtml:link', { rel: 'alternate', hreflang: language, href: address(language) }));
    return languages.map((language) => element('url', {}, [element('loc', {}, [address(language)]), lastmod(at), ...(languages.length > 1 ? alternates : [])]));
  });
  return element('urlset', { xmlns: sitemaps, 'xmlns:xhtml': xhtml }, urls);
}

function lastmod(at: string | null): Xml | null {
  return at ? element('lastmod', {}, [at]) : null;
}

function newest(instants: readonly string[]): string | null {
  return instants.reduce<string | null>((latest, at) => (latest === null || at > latest ? at : latest), null);
}

function xmlFile(root: Xml): ResourceDraft {
  return { type: 'application/xml; charset=utf-8', body: xmlDocument(root), cache: 'public, max-age=300' };
}
