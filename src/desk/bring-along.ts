import { refuse } from '../errors.ts';
import type { Shelfmark } from '../imports/document.ts';
import { type Decision, decide, type KnownDocuments, knownDocuments } from '../imports/known.ts';
import { type Entry, entryType, isImportedEntry } from '../ledger/entry.ts';
import { sha256Hex } from '../ledger/hash.ts';
import { type NewFile, newFile } from '../ledger/version-file.ts';
import type { Store } from '../store/store.ts';

/** Puts documents of an agency's archive on record, as they were found and without a word of ours (csaf.md, "Import"). */

/** A document that is read and valid: where it lies, what it claims, and the SHA-256 (hex) of its bytes. */
export type Candidate = Shelfmark & { path: string; id: string; version: string; issuedAt: string; changedAt: string; sha256: string };
export type Outcome = { candidate: Candidate; decision: Decision };

export type Bringing = {
  store: Pick<Store, 'declare'>;
  /** The identity of the house. */
  origin: string;
  /** Grows with what is committed. */
  known: KnownDocuments;
  /** The bytes of a candidate; they are held against its hash. */
  read(candidate: Candidate): Promise<Buffer>;
  /** How many become public at once: none of them, or all. */
  atOnce: number;
};

const mark = Buffer.from('"event":"imported"');
const readAtOnce = 1_000;

/** The documents that the log tells of. */
export async function readKnown(store: Pick<Store, 'ledger'>): Promise<KnownDocuments> {
  const known = knownDocuments();
  for (let after = -1; ; ) {
    const { entries } = await store.ledger(after, readAtOnce, 'entries');
    for (const line of entries) {
      if (!line.bytes.includes(mark)) continue;
      const { entry } = line;
      if (isImportedEntry(entry)) known.take(line.index, entry);
    }
    if (entries.length === 0) return known;
    after += entries.length;
  }
}

/** Commits candidates in their order and tells what became of each as soon as that is certain. One that changed since it was read is `hash_mismatch`. */
export async function* bringAlong(candidates: readonly Candidate[], bringing: Bringing): AsyncGenerator<readonly Outcome[]> {
  for (let left = candidates; left.length > 0; ) {
    const group = groupOf(left, bringing.atOnce);
    yield await bringGroup(group, bringing);
    left = left.slice(group.length);
  }
}

/** The next ones, none of which is of the same document as another: its second original follows on the first. */
function groupOf(candidates: readonly Candidate[], atOnce: number): readonly Candidate[] {
  const group: Candidate[] = [];
  for (const candidate of candidates.slice(0, atOnce)) {
    if (group.some(({ host, slug }) => host === candidate.host && slug === candidate.slug)) break;
    group.push(candidate);
  }
  return group;
}

async function bringGroup(group: readonly Candidate[], { store, origin, known, read }: Bringing): Promise<readonly Outcome[]> {
  const outcomes = group.map((candidate) => ({ candidate, decision: decide(known.at(candidate), candidate, candidate) }));
  const added = await Promise.all(
    outcomes.flatMap(({ candidate, decision }) =>
      decision.act === 'add' ? [fileOf(candidate, decision.name, read).then((file) => ({ candidate, file }))] : [],
    ),
  );
  const logged = await store.declare((allot) => {
    const entries = added.map(({ candidate, file }) => entryOf(origin, candidate, file, allot.entry().at));
    return { entries, files: added.map(({ file }) => file) };
  });
  for (const { index, entry } of logged) if (isImportedEntry(entry)) known.take(index, entry);
  return outcomes;
}

async function fileOf(candidate: Candidate, name: string, read: Bringing['read']): Promise<NewFile> {
  const body = await read(candidate);
  if (sha256Hex(body) !== candidate.sha256) refuse('hash_mismatch', `${candidate.path} is not the file any more that was checked`);
  return newFile(name, 'application/json', body);
}

function entryOf(origin: string, { host, slug, id, version, issuedAt, changedAt }: Candidate, { body: _body, ...file }: NewFile, at: string): Entry {
  return { type: entryType(origin, 2), event: 'imported', at, imported: { host, slug, id, version, issuedAt, changedAt }, files: [file] };
}
