/** Addresses of the site's maps. They lie at the root, for a map speaks only of what is below it (sitemaps.org, "Sitemap file location"). */

/** `index`: the list of the others; `pages`: what belongs to no statement; else statements by the month of their first version, or documents that were brought along, `part` from 1. */
export type SitemapAddress = { page: 'sitemap'; of: 'index' | 'pages' | { month: string; part: number } | { imported: number } };

const monthPath = /^\/sitemap-([0-9]{4}-(?:0[1-9]|1[0-2]))(?:-([1-9][0-9]{0,3}))?\.xml$/;
const importedPath = /^\/sitemap-imported-([1-9][0-9]{0,3})\.xml$/;

/** Undefined for every path that is no spelling of `sitemapPathOf`. */
export function readSitemapPath(path: string): SitemapAddress | undefined {
  if (path === '/sitemap.xml') return { page: 'sitemap', of: 'index' };
  if (path === '/sitemap-pages.xml') return { page: 'sitemap', of: 'pages' };
  const [, imported] = importedPath.exec(path) ?? [];
  if (imported !== undefined) return { page: 'sitemap', of: { imported: Number(imported) } };
  const [, month, part] = monthPath.exec(path) ?? [];
  return month === undefined || part === '1' ? undefined : { page: 'sitemap', of: { month, part: Number(part ?? 1) } };
}

/** The one path of a map. */
export function sitemapPathOf({ of }: Pick<SitemapAddress, 'of'>): string {
  if (of === 'index') return '/sitemap.xml';
  if (typeof of === 'object' && 'imported' in of) return `/sitemap-imported-${of.imported}.xml`;
  return of === 'pages' ? '/sitemap-pages.xml' : `/sitemap-${of.month}${of.part > 1 ? `-${of.part}` : ''}.xml`;
}
