import { csafFileName, csafRoot, csafWhite } from './names.ts';

/** The lists of the CSAF tree (CSAF 2.0 §7.1.11 to 7.1.17): each a pure function of the documents that are listed, newest first. */

export type ListedDocument = {
  /** `tracking.id`. */
  id: string;
  year: string;
  title: string;
  /** What the newest revision is, in one sentence. */
  summary: string;
  /** Initial and current release date, as the document has them. */
  publishedAt: string;
  updatedAt: string;
  /** Whether an OpenPGP signature is served beside it. */
  isSigned: boolean;
};

/** `2026/onr-2026-0007.json`, below the folder of its TLP label. */
export function pathInTree({ id, year }: Pick<ListedDocument, 'id' | 'year'>): string {
  return `${year}/${csafFileName(id)}.json`;
}

/** Requirement 12: relative paths, one a line. */
export function indexText(documents: readonly ListedDocument[]): string {
  return documents.map((document) => `${pathInTree(document)}\n`).join('');
}

/** Requirement 13: path and current release date, newest first. */
export function changesCsv(documents: readonly ListedDocument[]): string {
  return documents.map((document) => `"${pathInTree(document)}","${document.updatedAt}"\n`).join('');
}

const informationType = { scheme: 'urn:ietf:params:rolie:category:information-type', term: 'csaf' };
export const rolieName = 'csaf-feed-tlp-white.json';
export const categoryName = 'category-white.json';

/**
 * Requirement 15: the ROLIE feed (RFC 8322, in JSON as CSAF 2.0 has it) of everything that is TLP:WHITE, in pieces that make one text: an
 * archive of ten thousand statements is not put together in one go. `updatedAt`: of the newest, or since when there is none.
 */
export function* rolieFeed(publicUrl: string, title: string, documents: readonly ListedDocument[], updatedAt: string): Generator<string> {
  const white = `${publicUrl}${csafWhite}`;
  const feed = {
    id: rolieName.replace(/\.json$/, ''),
    title,
    link: [
      { rel: 'self', href: `${white}/${rolieName}` },
      { rel: 'service', href: `${publicUrl}${csafRoot}/service.json` },
    ],
    category: [informationType],
    updated: updatedAt,
  };
  yield `{"feed":${JSON.stringify(feed).slice(0, -1)},"entry":[`;
  for (const [place, document] of documents.entries()) yield `${place === 0 ? '' : ','}${JSON.stringify(rolieEntry(white, document))}`;
  yield ']}}\n';
}

function rolieEntry(white: string, document: ListedDocument): object {
  const url = `${white}/${pathInTree(document)}`;
  return {
    id: document.id,
    title: document.title,
    link: [
      { rel: 'self', href: url },
      { rel: 'hash', href: `${url}.sha256` },
      { rel: 'hash', href: `${url}.sha512` },
      ...(document.isSigned ? [{ rel: 'signature', href: `${url}.asc` }] : []),
    ],
    published: document.publishedAt,
    updated: document.updatedAt,
    summary: { content: document.summary },
    content: { type: 'application/json', src: url },
    format: { schema: 'https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json', version: '2.0' },
  };
}

/** Requirement 16. */
export function rolieService(publicUrl: string, title: string): object {
  const href = `${publicUrl}${csafWhite}/${rolieName}`;
  return { service: { workspace: [{ title, collection: [{ title, href, categories: { category: [informationType] } }] }] } };
}

/** Requirement 17: the terms by which documents can be told apart. */
export function rolieCategories(terms: readonly string[]): object {
  return { categories: { category: terms.map((term) => ({ term })) } };
}
