import type { PublicStatement, PublicVersion } from '../../statement/facts.ts';
import type { Clearance, Clearances } from '../../store/clearances.ts';
import type { PublicRecord } from '../record.ts';
import { type Candidate, hasDocument, type Owner, ownerOf } from './candidates.ts';
import type { CsafHouse } from './document.ts';
import { type ListedDocument, pathInTree } from './lists.ts';
import { csafFileName, csafYear, trackingId } from './names.ts';
import { createOwed, type Owed } from './owed.ts';

/** What the CSAF tree is made with. */
export type CsafParts = {
  house: CsafHouse;
  /** Validates a document, one that was brought along by the mandatory tests alone, and signs it where the house has an OpenPGP key; away from the main thread. @throws OnrecordError `not_ready`, `key_invalid`, `busy` */
  clear(document: Buffer, isBrought: boolean): Promise<Pick<Clearance, 'sha512' | 'signature'>>;
  clearances: Clearances;
  keys: CsafKeys;
  /** For security.txt (RFC 9116): whom to tell of weaknesses, and until when that holds; null: until the quarter after the next one begins. */
  security: { contact: string; expiresAt: string | null };
};
/** OpenPGP keys. `listed`: all that documents may be signed with; fingerprints in capital hex. `signing`: the one that signs; null: nothing is signed. */
export type CsafKeys = {
  listed: readonly { fingerprint: string; armored: string; expiresAt: string | null }[];
  signing: string | null;
  /** Why the configured key cannot sign; null where it can, or there is none. */
  trouble: string | null;
};

/** A document of the tree, and when it was cleared. */
export type TreeDocument = Candidate & Pick<ListedDocument, 'isSigned'> & { clearedAt: string };

/** What the tree shows: of each statement and language, and of each own document from before, the newest one that was cleared. It changes by `install` alone, so that all of it changes at once. */
export type CsafTree = Pick<Owed, 'goOn'> & {
  parts: CsafParts;
  /** Owes the newest documents of these, unless they are cleared. */
  owe(statements: readonly PublicStatement[]): void;
  /** The same, and clears them; resolves when that is done, has failed, or takes too long and goes on. Never rejects. */
  clear(statements: readonly PublicStatement[]): Promise<void>;
  /** Owes a document that was brought along; `install` shows it once it is cleared. */
  bring(owner: Owner): void;
  /** Takes in what became of these, and whatever was cleared since; false where nothing was. */
  install(statements: readonly PublicStatement[]): boolean;
  /** Newest first. */
  documents(): readonly TreeDocument[];
  document(year: string, file: string): TreeDocument | undefined;
  /** The version whose text a redaction took, where its document stood at this place. */
  removed(year: string, file: string): { reference: string; version: PublicVersion } | undefined;
  clearance(document: TreeDocument): Promise<Clearance | undefined>;
  /** When the tree last changed, a document that had to go included; never earlier than before. */
  changedAt(): string;
  standing(): CsafStanding;
};
/** How many documents are listed, how many wait to be, and why; when the key and security.txt end, null: never, or by themselves not. */
export type CsafStanding = { documents: number; owed: number; failure: string | null; keyExpiresAt: string | null; securityExpiresAt: string | null };

export function createCsafTree(
  { record, readSigned, now }: { record: PublicRecord; readSigned(entry: number, name: string): Promise<Buffer>; now(): number },
  parts: CsafParts,
): CsafTree {
  const { house, clearances, keys } = parts;
  const [first] = house.languages;
  const shown = new Map<string, readonly TreeDocument[]>();
  const brought = new Map<string, Owner>();
  /** Who has a place in the tree, of those that were brought along. */
  const places = new Map<string, string>();
  const changed = new Set<string>();
  const cleared = (owners: readonly string[]): void => {
    for (const key of owners) changed.add(key);
  };
  const owed = createOwed(parts, { readSigned, now, cleared });
  let sorted: readonly TreeDocument[] | null = null;
  let changedAt = '1970-01-01T00:00:00.000Z';

  const listed = (candidate: Candidate): TreeDocument | undefined => {
    const head = clearances.head(candidate.name);
    return head?.sha256 === candidate.sha256 ? { ...candidate, clearedAt: head.at, isSigned: head.key !== null } : undefined;
  };

  function show({ key, lists }: Owner): void {
    const documents = lists.flatMap((list) => firstOf(list(), listed));
    shown.set(key, documents);
    const gone = (record.statement(key)?.versions ?? []).filter(
      (version) => version.redacted && house.languages.some((code) => hasDocument(house, key, version, code)),
    );
    // What a document from before claims says nothing about this tree.
    const moments = [
      ...documents.flatMap(({ isBrought, updatedAt, clearedAt }) => (isBrought ? [clearedAt] : [updatedAt, clearedAt])),
      ...gone.map(({ redacted }) => redacted?.at ?? ''),
    ];
    for (const at of moments) if (at > changedAt) changedAt = at;
  }

  const statementOf = (year: string, file: string): PublicStatement | undefined => {
    const reference = /^onr-([0-9]{4}-[0-9]{4,9})/.exec(file)?.[1];
    return reference === undefined || csafYear(reference) !== year ? undefined : record.statement(reference);
  };

  const ownerAt = (key: string): Owner | undefined => {
    const statement = record.statement(key);
    return statement ? ownerOf(house, statement) : brought.get(key);
  };

  return {
    parts,
    owe: (statements) => owed.owe(statements.map((statement) => ownerOf(house, statement))),
    clear: (statements) => owed.clear(statements.map((statement) => ownerOf(house, statement))),
    goOn: owed.goOn,
    bring(owner) {
      const paths = owner.lists.flatMap((list) => [...list()].map(pathInTree));
      // Two identifiers may have one name in the tree: the first one keeps it.
      if (paths.some((path) => (places.get(path) ?? owner.key) !== owner.key)) return;
      for (const path of paths) places.set(path, owner.key);
      brought.set(owner.key, owner);
      changed.add(owner.key);
      owed.owe([owner]);
    },
    install(statements) {
      for (const { reference } of statements) changed.add(reference);
      const taken = [...changed].flatMap((key) => ownerAt(key) ?? []);
      changed.clear();
      for (const owner of taken) show(owner);
      sorted = null;
      return taken.length > 0;
    },
    documents: () => {
      // Statements are dated as they are logged; what was published before this record is older than all of them.
      sorted ??= [...shown.values()].flat().sort((a, b) => order(b.updatedAt, a.updatedAt) || order(a.id, b.id));
      return sorted;
    },
    document: (year, file) => {
      const key = statementOf(year, file)?.reference ?? places.get(`${year}/${file}.json`);
      return key === undefined ? undefined : shown.get(key)?.find((document) => document.year === year && csafFileName(document.id) === file);
    },
    removed(year, file) {
      const statement = statementOf(year, file);
      if (statement === undefined) return undefined;
      const language = house.languages.find((code) => csafFileName(trackingId(statement.reference, code, first)) === file);
      const version = language && statement.versions.findLast((one) => hasDocument(house, statement.reference, one, language));
      return version?.redacted ? { reference: statement.reference, version } : undefined;
    },
    clearance: ({ name }) => clearances.read(name),
    changedAt: () => changedAt,
    standing: () => ({
      documents: [...shown.values()].reduce((sum, { length }) => sum + length, 0),
      owed: owed.count(),
      failure: keys.trouble ?? owed.failure(),
      keyExpiresAt: keys.listed.find(({ fingerprint }) => fingerprint === keys.signing)?.expiresAt ?? null,
      securityExpiresAt: parts.security.expiresAt,
    }),
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** The first that can be read, alone; none where none can. */
function firstOf<In, Out>(all: Iterable<In>, read: (one: In) => Out | undefined): readonly Out[] {
  for (const one of all) {
    const found = read(one);
    if (found !== undefined) return [found];
  }
  return [];
}
