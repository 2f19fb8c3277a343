/** Addresses of what the agency brought along (csaf.md, "Import"). The host of a publisher has a dot, so that no page of the list is taken for one. */

export type ImportedPlace =
  /** `part`: which hundred of its documents, from 1. */
  { page: 'imported'; part: number } | { page: 'importedDocument'; host: string; slug: string };
/** `k` counts the originals of a document from 1; null for the newest. */
export type ImportedAddress = { page: 'importedFile'; host: string; slug: string; k: number | null; form: 'json' | 'tlog-proof' };

const host = '([a-z0-9][a-z0-9-]{0,62}(?:\\.[a-z0-9][a-z0-9-]{0,62})+)';
const slug = '([a-z0-9][a-z0-9_-]{0,79})';
const documentPath = new RegExp(`^/imported/${host}/${slug}$`);
const filePath = new RegExp(`^/imported/${host}/${slug}(?:/([1-9][0-9]{0,5}))?\\.(json|tlog-proof)$`);
const listPath = /^\/imported(?:\/page\/([1-9][0-9]{0,5}))?$/;

/** Undefined for every path that is no spelling of `importedPathOf`. */
export function readImportedPath(path: string): ImportedPlace | undefined {
  const list = listPath.exec(path);
  if (list) return list[1] === '1' ? undefined : { page: 'imported', part: Number(list[1] ?? 1) };
  const [, at, name] = documentPath.exec(path) ?? [];
  return at && name ? { page: 'importedDocument', host: at, slug: name } : undefined;
}

export function readImportedFile(path: string): ImportedAddress | undefined {
  const [, at, name, k, form] = filePath.exec(path) ?? [];
  if (at === undefined || name === undefined || (form !== 'json' && form !== 'tlog-proof')) return undefined;
  return { page: 'importedFile', host: at, slug: name, k: k === undefined ? null : Number(k), form };
}

export function importedPathOf(place: ImportedPlace): string {
  if (place.page === 'importedDocument') return `/imported/${place.host}/${place.slug}`;
  return `/imported${place.part > 1 ? `/page/${place.part}` : ''}`;
}
