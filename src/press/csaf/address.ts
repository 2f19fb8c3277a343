import { categoryName, rolieName } from './lists.ts';
import { csafRoot, csafWhite } from './names.ts';

/** Addresses below `/.well-known`, each with its one spelling (CSAF 2.0 §7.1; RFC 9116). */
export type CsafAddress =
  | { page: 'csaf'; what: CsafFile }
  /** The listing of one year, `2026`. */
  | { page: 'csaf'; what: 'year'; year: string }
  /** A document by its file name without `.json`, or what is served beside it. */
  | { page: 'csaf'; what: 'document'; year: string; file: string; form: DocumentForm }
  /** An OpenPGP key by its fingerprint. */
  | { page: 'csaf'; what: 'key'; fingerprint: string };
export type CsafFile = (typeof files)[number]['what'];
export type DocumentForm = 'json' | 'sha256' | 'sha512' | 'asc';

export const metadataPath = `${csafRoot}/provider-metadata.json`;
export const securityPath = '/.well-known/security.txt';

const files = [
  { what: 'security', path: securityPath },
  { what: 'metadata', path: metadataPath },
  { what: 'service', path: `${csafRoot}/service.json` },
  { what: 'folder', path: `${csafWhite}/` },
  { what: 'index', path: `${csafWhite}/index.txt` },
  { what: 'changes', path: `${csafWhite}/changes.csv` },
  { what: 'feed', path: `${csafWhite}/${rolieName}` },
  { what: 'categories', path: `${csafWhite}/${categoryName}` },
] as const;
const known = new Map<string, CsafAddress>(files.map(({ what, path }) => [path, { page: 'csaf', what }]));
const inTree = new RegExp(`^${csafWhite}/([0-9]{4})/(?:([a-z0-9][-+_a-z0-9]{0,120})\\.json(?:\\.(sha256|sha512|asc))?)?$`);
const keyPath = new RegExp(`^${csafRoot}/openpgp/([0-9A-F]{40})\\.asc$`);

/** Where a path leads, whether or not anything is there; undefined for a path of no known shape. */
export function readCsafPath(path: string): CsafAddress | undefined {
  const [, fingerprint] = keyPath.exec(path) ?? [];
  if (fingerprint) return { page: 'csaf', what: 'key', fingerprint };
  const [, year, file, form] = inTree.exec(path) ?? [];
  if (year && file === undefined) return { page: 'csaf', what: 'year', year };
  if (year && file) return { page: 'csaf', what: 'document', year, file, form: readForm(form) };
  return known.get(path);
}

/** What tells of all documents, and changes together. */
export const csafLists: readonly string[] = [
  metadataPath,
  ...['index', 'changes', 'feed'].flatMap((what) => files.filter((file) => file.what === what).map(({ path }) => path)),
];

/** Whether what is kept at a path may be another one once a document is new. */
export function tellsOfDocuments(path: string): boolean {
  return path === metadataPath || path.startsWith(csafWhite);
}

/** The files of the tree that belong to no document and no key. */
export const csafFiles: readonly string[] = files.map(({ path }) => path);

function readForm(form: string | undefined): DocumentForm {
  return form === 'sha256' || form === 'sha512' || form === 'asc' ? form : 'json';
}
