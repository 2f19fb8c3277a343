import type { Language } from '../statement/schema.ts';
import { type CsafAddress, readCsafPath } from './csaf/address.ts';
import { type ImportedAddress, type ImportedPlace, importedPathOf, readImportedFile, readImportedPath } from './imported-address.ts';
import { type LogAddress, readLogPath } from './log-address.ts';
import { readSignedForm, type SignedForm } from './signed-form.ts';
import { readSitemapPath, type SitemapAddress } from './sitemap-address.ts';

/** Every public address and its one spelling: what `readAddress` takes, `pathOf` writes (record.md §3). */

export const textPages = ['methods', 'corrections-policy', 'legal', 'privacy', 'accessibility', 'press'] as const;
export const feeds = ['updates.atom', 'statements.atom', 'updates.json', 'updates.rss', 'corrections.atom', 'exercise.atom'] as const;
/** Programs that readers download to check a version: at `/verify/{name}`. */
export const verifiers = ['onrecord-verify.sh', 'onrecord-verify.py'] as const;
export type VerifierName = (typeof verifiers)[number];
/** The program that fingerprints files, at `/check/{name}`. */
export const fingerprinter = 'onrecord-fingerprint.py';
export type ProgramName = VerifierName | typeof fingerprinter;
export type TextPage = (typeof textPages)[number];
export type FeedName = (typeof feeds)[number];

export type Place =
  | { page: 'home' | 'corrections' | 'archive' | 'search' | 'verify' | 'check' }
  | { page: 'month'; month: string; part: number }
  /** `part`: which hundred of its items, from 1. */
  | { page: 'register'; part: number }
  /** The finding on one artefact, `A-1`, or on one claim, `K-1`. */
  | { page: 'claim'; reference: string; item: string }
  /** Without a family: all of them, or wherever the code stands. */
  | { page: 'vocab'; family: string | null; code: string | null }
  | ImportedPlace
  | { page: 'text'; name: TextPage }
  | { page: 'feed'; feed: FeedName }
  /** A closed block of the feed of updates, counted from 1. */
  | { page: 'feedArchive'; block: number; form: 'atom' | 'json' }
  | { page: 'statementFeed'; reference: string }
  | { page: 'statement' | 'versions' | 'timemap' | 'badge' | 'embed'; reference: string }
  | { page: 'version'; reference: string; version: number }
  | { page: 'card'; reference: string; version: number }
  /** The card of every page that has none of its own. */
  | { page: 'houseCard' }
  | { page: 'diff'; reference: string; from: number; to: number };
export type Address = Place & { language: Language };
export type FeedPlace = Extract<Place, { page: 'feed' | 'feedArchive' | 'statementFeed' }>;
/** Addresses that belong to no language. */
export type FileAddress =
  | { page: 'file'; reference: string; version: number; form: SignedForm | 'tlog-proof' }
  | LogAddress
  | ApiAddress
  /** `state` counts from 1; null for the newest. */
  | { page: 'registerFile'; state: number | null; form: 'json' | 'txt' | 'html' | 'tlog-proof' }
  /** A family, one of its codes, or without a family wherever the code stands. */
  | { page: 'vocabFile'; family: string; code: string | null }
  /** What the site holds. */
  | { page: 'contents' }
  | { page: 'program'; name: ProgramName }
  | { page: 'icon'; form: 'svg' | 'ico' }
  | SitemapAddress
  | CsafAddress
  | ImportedAddress
  | { page: 'robots' };
/** The read API and what describes it. `before`: statements whose last change came before that entry; null for the newest. */
export type ApiAddress =
  | { page: 'api'; what: 'list'; before: number | null }
  | { page: 'api'; what: 'statement'; reference: string }
  | { page: 'api'; what: 'version-schema'; edition: 1 | 2 }
  | { page: 'api'; what: 'entry-schema'; edition: 1 | 2 }
  | { page: 'api'; what: 'openapi' | 'register-schema' };

export const contentsPath = '/contents.json';

const descriptions = new Map<string, FileAddress>([
  [contentsPath, { page: 'contents' }],
  ['/robots.txt', { page: 'robots' }],
  ['/favicon.svg', { page: 'icon', form: 'svg' }],
  ['/favicon.ico', { page: 'icon', form: 'ico' }],
  ['/register.json', { page: 'registerFile', state: null, form: 'json' }],
  ['/register.txt', { page: 'registerFile', state: null, form: 'txt' }],
  ['/schema/register/v1', { page: 'api', what: 'register-schema' }],
  ['/openapi.json', { page: 'api', what: 'openapi' }],
  ['/schema/version/v1', { page: 'api', what: 'version-schema', edition: 1 }],
  ['/schema/version/v2', { page: 'api', what: 'version-schema', edition: 2 }],
  ['/vocab/log-entry/v1', { page: 'api', what: 'entry-schema', edition: 1 }],
  ['/vocab/log-entry/v2', { page: 'api', what: 'entry-schema', edition: 2 }],
]);
const plain = ['corrections', 'archive', 'search', 'verify', 'check'] as const;
const number = '([1-9][0-9]{0,5})';
const reference = '((?:EX-)?[0-9]{4}-[0-9]{4,9})';
const statementPath = new RegExp(`^/statements/${reference}$`);
const listPath = new RegExp(`^/statements/${reference}/(versions|timemap)$`);
const versionPath = new RegExp(`^/statements/${reference}/v/${number}(/card\\.png)?$`);
const filePath = new RegExp(`^/statements/${reference}/v/${number}\\.(json|txt|tlog-proof|csaf(?:\\.[a-z]{2})?\\.json)$`);
const diffPath = new RegExp(`^/statements/${reference}/diff/${number}\\.\\.${number}$`);
const statementFeedPath = new RegExp(`^/statements/${reference}/feed\\.atom$`);
const feedArchivePath = /^\/feeds\/updates\/archive\/([1-9][0-9]{0,5})\.(atom|json)$/;
const elsewherePath = new RegExp(`^/(?:statements/${reference}/badge\\.svg|embed/${reference})$`);
const registerFilePath = /^\/register\/([1-9][0-9]{0,8})\.(json|html|tlog-proof)$/;
const registerPath = /^\/register(?:\/page\/([1-9][0-9]{0,3}))?$/;
const claimPath = /^\/claims\/([0-9]{4}-[0-9]{4,9})-([AK]-[1-9][0-9]{0,3})$/;
const vocabFilePath = /^\/vocab\/([a-z][a-z_-]{0,39})(?:\/([a-z][a-z_-]{0,39}))?\.jsonld$/;
const vocabPath = /^\/vocab(?:\/([a-z][a-z_-]{0,39}))?(?:\/([a-z][a-z_-]{0,39}))?$/;
const monthPath = /^\/archive\/([0-9]{4})\/(0[1-9]|1[0-2])(?:\/([1-9][0-9]{0,3}))?$/;

/** Where a path (no query) leads, whether or not anything is there; undefined for a path of no known shape. */
export function readAddress(path: string, languages: readonly [Language, ...Language[]]): Address | FileAddress | undefined {
  const [, fileReference, fileVersion, form] = filePath.exec(path) ?? [];
  const verifier = verifiers.find((name) => path === `/verify/${name}`);
  if (verifier) return { page: 'program', name: verifier };
  if (path === `/check/${fingerprinter}`) return { page: 'program', name: fingerprinter };
  if (path.startsWith('/.well-known/')) return readCsafPath(path);
  if (path.startsWith('/log/')) return readLogPath(path.slice(5));
  const described = descriptions.get(path);
  if (described) return described;
  if (path.startsWith('/api/v1/')) return readApiPath(path.slice(7));
  if (path.startsWith('/sitemap')) return readSitemapPath(path);
  const original = readImportedFile(path);
  if (original) return original;
  const [, state, stateForm] = registerFilePath.exec(path) ?? [];
  if (stateForm === 'json' || stateForm === 'html' || stateForm === 'tlog-proof') return { page: 'registerFile', state: Number(state), form: stateForm };
  const [, family, code] = vocabFilePath.exec(path) ?? [];
  if (family) return { page: 'vocabFile', family, code: code ?? null };
  const signedForm = form === 'tlog-proof' ? form : readSignedForm(form, languages);
  if (fileReference && signedForm) return { page: 'file', reference: fileReference, version: Number(fileVersion), form: signedForm };
  const [first, ...others] = languages;
  const language = others.find((code) => path.startsWith(`/${code}/`)) ?? first;
  const place = readPlace(language === first ? path : path.slice(language.length + 1));
  return place && { ...place, language };
}

function readApiPath(path: string): ApiAddress | undefined {
  if (path === '/statements') return { page: 'api', what: 'list', before: null };
  const [, before] = /^\/statements\/before\/([1-9][0-9]{0,14})$/.exec(path) ?? [];
  if (before) return { page: 'api', what: 'list', before: Number(before) };
  const [, statement] = statementPath.exec(path) ?? [];
  return statement ? { page: 'api', what: 'statement', reference: statement } : undefined;
}

function readPlace(path: string): Place | undefined {
  if (path === '/') return { page: 'home' };
  if (path === '/card.png') return { page: 'houseCard' };
  const name = path.slice(1);
  const page = plain.find((known) => known === name);
  if (page) return { page };
  const text = textPages.find((known) => known === name);
  if (text) return { page: 'text', name: text };
  const feed = feeds.find((known) => `feeds/${known}` === name);
  if (feed) return { page: 'feed', feed };
  const [, block, form] = feedArchivePath.exec(path) ?? [];
  if (form === 'atom' || form === 'json') return { page: 'feedArchive', block: Number(block), form };
  return readStatementPlace(path) ?? readMonth(path) ?? readImportedPath(path) ?? readRegisterPlace(path);
}

function readStatementPlace(path: string): Place | undefined {
  const [, statement] = statementPath.exec(path) ?? [];
  if (statement) return { page: 'statement', reference: statement };
  const [, listed, list] = listPath.exec(path) ?? [];
  if (listed && (list === 'versions' || list === 'timemap')) return { page: list, reference: listed };
  const [, followed] = statementFeedPath.exec(path) ?? [];
  if (followed) return { page: 'statementFeed', reference: followed };
  const [, versioned, version, card] = versionPath.exec(path) ?? [];
  if (versioned) return { page: card === undefined ? 'version' : 'card', reference: versioned, version: Number(version) };
  const [, badged, embedded] = elsewherePath.exec(path) ?? [];
  if (badged) return { page: 'badge', reference: badged };
  if (embedded) return { page: 'embed', reference: embedded };
  const [, compared, from, to] = diffPath.exec(path) ?? [];
  if (compared) return { page: 'diff', reference: compared, from: Number(from), to: Number(to) };
  return undefined;
}

function readMonth(path: string): Place | undefined {
  const [, year, month, part] = monthPath.exec(path) ?? [];
  if (!year || part === '1') return undefined;
  return { page: 'month', month: `${year}-${month}`, part: Number(part ?? 1) };
}

function readRegisterPlace(path: string): Place | undefined {
  const register = registerPath.exec(path);
  if (register) return register[1] === '1' ? undefined : { page: 'register', part: Number(register[1] ?? 1) };
  const [, claimed, item] = claimPath.exec(path) ?? [];
  if (claimed && item) return { page: 'claim', reference: claimed, item };
  const [, first, second] = vocabPath.exec(path) ?? [];
  if (first === undefined && path !== '/vocab') return undefined;
  return { page: 'vocab', family: first ?? null, code: second ?? null };
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
    case 'feedArchive':
      return `/feeds/updates/archive/${place.block}.${place.form}`;
    case 'statementFeed':
      return `/statements/${place.reference}/feed.atom`;
    case 'month':
      return `/archive/${place.month.replace('-', '/')}${place.part > 1 ? `/${place.part}` : ''}`;
    case 'register':
      return `/register${place.part > 1 ? `/page/${place.part}` : ''}`;
    case 'claim':
      return `/claims/${place.reference}-${place.item}`;
    case 'vocab':
      return ['/vocab', place.family, place.code].filter((part) => part !== null).join('/');
    case 'imported':
    case 'importedDocument':
      return importedPathOf(place);
    case 'statement':
      return `/statements/${place.reference}`;
    case 'versions':
    case 'timemap':
      return `/statements/${place.reference}/${place.page}`;
    case 'version':
      return `/statements/${place.reference}/v/${place.version}`;
    case 'card':
      return `/statements/${place.reference}/v/${place.version}/card.png`;
    case 'houseCard':
      return '/card.png';
    case 'badge':
      return `/statements/${place.reference}/badge.svg`;
    case 'embed':
      return `/embed/${place.reference}`;
    case 'diff':
      return `/statements/${place.reference}/diff/${place.from}..${place.to}`;
    default:
      return `/${place.page}`;
  }
}

export function isExercise(statementReference: string): boolean {
  return statementReference.startsWith('EX-');
}
