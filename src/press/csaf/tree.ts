import type { PublicStatement, PublicVersion } from '../../statement/facts.ts';
import type { Clearance, Clearances } from '../../store/clearances.ts';
import type { PublicRecord } from '../record.ts';
import { type Candidate, candidates, hasDocument } from './candidates.ts';
import type { CsafHouse } from './document.ts';
import type { ListedDocument } from './lists.ts';
import { csafFileName, csafYear, trackingId } from './names.ts';
import { createOwed, type Owed } from './owed.ts';

/** What the CSAF tree is made with. */
export type CsafParts = {
  house: CsafHouse;
  /** Validates a document and signs it where the house has an OpenPGP key; away from the main thread. @throws OnrecordError `not_ready`, `key_invalid`, `busy` */
  clear(document: Buffer): Promise<Pick<Clearance, 'sha512' | 'signature'>>;
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

/** What the tree shows: of each statement and language the newest document that was cleared. It changes by `install` alone, so that all of it changes at once. */
export type CsafTree = Pick<Owed, 'owe' | 'clear' | 'goOn'> & {
  parts: CsafParts;
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
  const changed = new Set<string>();
  const cleared = (references: readonly string[]): void => {
    for (const reference of references) changed.add(reference);
  };
  const owed = createOwed(parts, { readSigned, now, cleared });
  let sorted: readonly TreeDocument[] | null = null;
  let changedAt = '1970-01-01T00:00:00.000Z';

  const listed = (candidate: Candidate): TreeDocument | undefined => {
    const head = clearances.head(candidate.name);
    return head?.sha256 === candidate.sha256 ? { ...candidate, clearedAt: head.at, isSigned: head.key !== null } : undefined;
  };

  function show(statement: PublicStatement): void {
    const documents = house.languages.flatMap((language) => firstOf(candidates(house, statement, language), listed));
    shown.set(statement.reference, documents);
    const gone = statement.versions.filter(
      (version) => version.redacted && house.languages.some((code) => hasDocument(house, statement.reference, version, code)),
    );
    const moments = [...documents.flatMap((document) => [document.updatedAt, document.clearedAt]), ...gone.map(({ redacted }) => redacted?.at ?? '')];
    for (const at of moments) if (at > changedAt) changedAt = at;
  }

  const statementOf = (year: string, file: string): PublicStatement | undefined => {
    const reference = /^onr-([0-9]{4}-[0-9]{4,9})/.exec(file)?.[1];
    return reference === undefined || csafYear(reference) !== year ? undefined : record.statement(reference);
  };

  return {
    parts,
    owe: owed.owe,
    clear: owed.clear,
    goOn: owed.goOn,
    install(statements) {
      for (const { reference } of statements) changed.add(reference);
      const taken = [...changed].flatMap((reference) => record.statement(reference) ?? []);
      changed.clear();
      for (const statement of taken) show(statement);
      sorted = null;
      return taken.length > 0;
    },
    documents: () => {
      sorted ??= [...shown.values()].flat().sort((a, b) => b.entry - a.entry || (a.id < b.id ? -1 : 1));
      return sorted;
    },
    document: (year, file) => {
      const reference = statementOf(year, file)?.reference;
      return reference === undefined ? undefined : shown.get(reference)?.find(({ id }) => csafFileName(id) === file);
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

/** The first that can be read, alone; none where none can. */
function firstOf<In, Out>(all: Iterable<In>, read: (one: In) => Out | undefined): readonly Out[] {
  for (const one of all) {
    const found = read(one);
    if (found !== undefined) return [found];
  }
  return [];
}
