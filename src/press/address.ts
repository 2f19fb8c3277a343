import { readTilePath, type TileAddress } from '../ledger/tile.ts';
import type { Language } from '../statement/schema.ts';

/** Every public address and its one spelling: what `readAddress` takes, `pathOf` writes (record.md §3). */

export const textPages = ['methods', 'corrections-policy', 'legal', 'privacy', 'accessibility', 'press'] as const;
export const feeds = ['updates.atom', 'statements.atom', 'updates.json', 'corrections.atom', 'exercise.atom'] as const;
export type TextPage = (typeof textPages)[number];
export type FeedName = (typeof feeds)[number];

export type Place =
  | { page: 'home' | 'corrections' | 'archive' | 'search' | 'verify' }
  | { page: 'month'; month: string; part: number }
  | { page: 'text'; name: TextPage }
  | { page: 'feed'; feed: FeedName }
  | { page: 'statement' | 'versions'; reference: string }
  | { page: 'version'; reference: string; version: number }
  | { page: 'diff'; reference: string; from: number; to: number };
export type Address = Place & { language: Language };
/** Addresses that belong to no language. */
export type FileAddress =
  | { page: 'file'; reference: string; version: number; form: 'json' | 'txt' | 'tlog-proof' }
  | { page: 'tile'; tile: TileAddress }
  | { page: 'checkpoint' }
  | { page: 'robots' };

const plain = ['corrections', 'archive', 'search', 'verify'] as const;
const number = '([1-9][0-9]{0,5})';
const reference = '((?:EX-)?[0-9]{4}-[0-9]{4,9})';
const statementPath = new RegExp(`^/statements/${reference}$`);
const versionsPath = new RegExp(`^/statements/${reference}/versions$`);
const versionPath = new RegExp(`^/statements/${reference}/v/${number}$`);
const filePath = new RegExp(`^/statements/${reference}/v/${number}\\.(json|txt|tlog-proof)$`);
const diffPath = new RegExp(`^/statements/${reference}/diff/${number}\\.\\.${number}$`);
const monthPath = /^\/archive\/([0-9]{4})\/(0[1-9]|1[0-2])(?:\/([1-9][0-9]{0,3}))?$/;

/** Where a path (no query) leads, whether or not anything is there; undefined for a path of no known shape. */
export function readAddress(path: string, languages: readonly [Language, ...Language[]]): Address | FileAddress | undefined {
  if (path === '/robots.txt') return { page: 'robots' };
  const [, fileReference, fileVersion, form] = filePath.exec(path) ?? [];
  if (path === '/log/checkpoint') return { page: 'checkpoint' };
  const tile = path.startsWith('/log/') ? readTilePath(path.slice(5)) : undefined;
  if (tile) return { page: 'tile', tile };
  if (fileReference && (form === 'json' || form === 'txt' || form === 'tlog-proof'))
    return { page: 'file', reference: fileReference, version: Number(fileVersion), form };
  const [first, ...others] = languages;
  const language = others.find((code) => path.startsWith(`/${code}/`)) ?? first;
  const place = readPlace(language === first ? path : path.slice(language.length + 1));
  return place && { ...place, language };
}

function readPlace(path: string): Place | undefined {
  if (path === '/') return { page: 'home' };
  const name = path.slice(1);
  const page = plain.find((known) => known === name);
  if (page) return { page };
  const text = textPages.find((known) => known === name);
  if (text) return { page: 'text', name: text };
  const feed = feeds.find((known) => `feeds/${known}` === name);
  if (feed) return { page: 'feed', feed };
  return readStatementPlace(path) ?? readMonth(path);
}

function readStatementPlace(path: string): Place | undefined {
  const [, statement] = statementPath.exec(path) ?? [];
  if (statement) return { page: 'statement', reference: statement };
  const [, listed] = versionsPath.exec(path) ?? [];
  if (listed) return { page: 'versions', reference: listed };
  const [, versioned, version] = versionPath.exec(path) ?? [];
  if (versioned) return { page: 'version', reference: versioned, version: Number(version) };
  const [, compared, from, to] = diffPath.exec(path) ?? [];
  if (compared) return { page: 'diff', reference: compared, from: Number(from), to: Number(to) };
  return undefined;
}

function readMonth(path: string): Place | undefined {
  const [, year, month, part] = monthPath.exec(path) ?? [];
  if (!year || part === '1') return undefined;
  return { page: 'month', month: `${year}-${month}`, part: Number(part ?? 1) };
}

/** The path of a place in a language: the first language has no prefix. */
export function pathOf(place: Place, language: Language, first: Language): string {
  return `${language === first ? '' : `/${language}`}${barePath(place)}`;
}

function barePath(place: Place): string {
  switch (place.page) {
    case 'home':
      return '/';
    case 'text':
      return `/${place.name}`;
    case 'feed':
      return `/feeds/${place.feed}`;
    case 'month':
      return `/archive/${place.month.replace('-', '/')}${place.part > 1 ? `/${place.part}` : ''}`;
    case 'statement':
      return `/statements/${place.reference}`;
    case 'versions':
      return `/statements/${place.reference}/versions`;
    case 'version':
      return `/statements/${place.reference}/v/${place.version}`;
    case 'diff':
      return `/statements/${place.reference}/diff/${place.from}..${place.to}`;
    default:
      return `/${place.page}`;
  }
}

export function isExercise(statementReference: string): boolean {
  return statementReference.startsWith('EX-');
}
