import type { ImportedEntry } from '../ledger/entry.ts';
import type { SignedFile } from '../statement/facts.ts';
import { originalName, type Shelfmark } from './document.ts';
import { compareVersions } from './version-order.ts';

/** One original of a document; `entry` is the house's number of its log entry, `at` the ledger's own time. */
export type Original = { k: number; version: string; entry: number; at: string; issuedAt: string; changedAt: string; file: SignedFile };
/** A document that was brought along, with all its originals, oldest first. `id`: `tracking.id` as its publisher writes it. */
export type KnownDocument = Shelfmark & { id: string; originals: readonly Original[] };

/** The documents that the log tells of. */
export type KnownDocuments = {
  /** Takes in an entry with its number; false for one that is known already. */
  take(number: number, entry: ImportedEntry): boolean;
  at(mark: Shelfmark): KnownDocument | undefined;
  /** The one that is claimed to have changed last comes first. */
  all(): readonly KnownDocument[];
  /** The original with this SHA-256, or for 12 digits one that begins with them. */
  withHash(digits: string): { document: KnownDocument; original: Original } | undefined;
};

const shortDigits = 12;

export function knownDocuments(): KnownDocuments {
  const documents = new Map<string, KnownDocument>();
  /** By the first 12 digits of an original's hash: the key of its document. */
  const hashes = new Map<string, string>();
  let sorted: readonly KnownDocument[] | null = null;

  return {
    take(number, { at, imported, files: [file] }) {
      const { host, slug, id, ...claimed } = imported;
      const key = keyOf(imported);
      const { originals } = documents.get(key) ?? { originals: [] };
      if (file === undefined || originals.some((original) => original.file.name === file.name)) return false;
      documents.set(key, { host, slug, id, originals: [...originals, { k: originals.length + 1, entry: number, at, file, ...claimed }] });
      hashes.set(file.sha256.slice(0, shortDigits), key);
      sorted = null;
      return true;
    },
    at: (mark) => documents.get(keyOf(mark)),
    all: () => {
      sorted ??= [...documents.values()].sort(newestFirst);
      return sorted;
    },
    withHash(digits) {
      const document = documents.get(hashes.get(digits.slice(0, shortDigits)) ?? '');
      const original = document?.originals.find(({ file }) => file.sha256.startsWith(digits));
      return document && original && { document, original };
    },
  };
}

/** The newest original. */
export function newestOf({ originals }: KnownDocument): Original {
  const original = originals.at(-1);
  if (original === undefined) throw new RangeError('a document without an original');
  return original;
}

/** The order of lists: the one that is claimed to have changed last first. */
function newestFirst(a: KnownDocument, b: KnownDocument): number {
  return order(newestOf(b).changedAt, newestOf(a).changedAt) || order(keyOf(a), keyOf(b));
}

/** What is done with a document: added as its k-th original; here already; older than what is here; or refused, with the place and the reason. */
export type Decision =
  | { act: 'add'; k: number; name: string }
  | { act: 'known' }
  | { act: 'older'; newest: string }
  | { act: 'refuse'; path: string; reason: string };

/** @param known the document at its place, as far as it was brought along @param asked its id, version, and the SHA-256 (hex) of its bytes */
export function decide(known: KnownDocument | undefined, mark: Shelfmark, asked: { id: string; version: string; sha256: string }): Decision {
  if (known === undefined) return { act: 'add', k: 1, name: originalName(mark, 1) };
  if (known.originals.some(({ file }) => file.sha256 === asked.sha256)) return { act: 'known' };
  if (known.id !== asked.id) return { act: 'refuse', path: '/document/tracking/id', reason: `has the address that ${known.id} has already` };
  const { version } = newestOf(known);
  const order = compareVersions(asked.version, version);
  if (order < 0) return { act: 'older', newest: version };
  if (order === 0) return { act: 'refuse', path: '/document/tracking/version', reason: `is ${version}, of which other bytes were brought along` };
  const k = known.originals.length + 1;
  return { act: 'add', k, name: originalName(mark, k) };
}

/** In which documents are brought along, so that the same files give the same log whatever their names: by place, each one's older versions first. */
export function importOrder(a: Shelfmark & { version: string }, b: Shelfmark & { version: string }): number {
  return order(keyOf(a), keyOf(b)) || compareVersions(a.version, b.version);
}

/** One word for a place. */
export function keyOf({ host, slug }: Shelfmark): string {
  return `${host}/${slug}`;
}

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
