import { LRUCache } from 'lru-cache';
import { versionHash } from '../../ledger/version-file.ts';
import type { PublicStatement, PublicVersion } from '../../statement/facts.ts';
import type { Language } from '../../statement/schema.ts';
import type { Pressroom } from '../pages/page.ts';
import type { VersionRef } from '../record.ts';
import { newestIn } from '../spoken.ts';
import { feedIdOf, feedItem, feedTitleOf } from './entry.ts';
import { type FeedItem, printItem, readItem } from './item.ts';
import { tombstoneItem } from './tombstone.ts';

const mostKept = 600;
const mostTries = 3;
const inMemory = new WeakMap<Pressroom, LRUCache<string, Promise<FeedItem>>>();

/**
 * What is told of a version in a language, for ever: made when first asked for and kept in the prints. Of a redacted version it is the
 * tombstone, whatever was kept. @throws OnrecordError `store_corrupt`
 */
export function itemOf(room: Pressroom, { reference, version }: VersionRef, language: Language): Promise<FeedItem> {
  const statement = room.record.statement(reference);
  const facts = statement?.versions[version - 1];
  if (statement === undefined || facts === undefined) throw new RangeError(`no version ${version} of ${reference}`);
  const memory = memoryOf(room);
  const name = printName(facts.entry, language);
  const key = facts.redacted === null ? name : `${name} redacted`;
  if (facts.redacted !== null) memory.delete(name);
  const known = memory.get(key);
  if (known) return known;
  const loaded = load(room, name, statement, facts, language);
  memory.set(key, loaded);
  loaded.catch(() => memory.delete(key));
  return loaded;
}

/**
 * Redaction: removes every print and copy in memory that holds words of this version, those of later withdrawals under its title too.
 * `statement` is as it stands with the redaction. Safe to repeat: a tombstone stays. Rejects when the prints may still hold something.
 */
export async function forgetItems(room: Pressroom, statement: PublicStatement, version: number): Promise<void> {
  const gone = new Set<string>();
  for (const language of room.agency.languages) {
    for (const one of statement.versions.filter((one) => one.version === version || borrowsTitle(statement, one, version, language))) {
      const name = printName(one.entry, language);
      memoryOf(room).delete(name);
      const item = await room.prints
        .read(name)
        .then((bytes) => bytes && readItem(bytes))
        .catch(() => undefined);
      const isClean = item && (one.version === version ? item.redacted !== null : item.title === feedTitleOf(room, statement, one, language));
      if (!isClean) gone.add(name);
    }
  }
  if (gone.size > 0) await room.prints.remove((name) => gone.has(name));
}

/** A withdrawal that says nothing in a language stands there under the last title that was said in it. */
function borrowsTitle(statement: PublicStatement, later: PublicVersion, version: number, language: Language): boolean {
  if (later.kind !== 'withdrawal' || later.version <= version || later.languages.includes(language)) return false;
  return newestIn(statement, language, later.version)?.version === version;
}

function memoryOf(room: Pressroom): LRUCache<string, Promise<FeedItem>> {
  const memory = inMemory.get(room) ?? new LRUCache<string, Promise<FeedItem>>({ max: mostKept });
  inMemory.set(room, memory);
  return memory;
}

function printName(entry: number, language: Language): string {
  return `items/${entry}.${language}.json`;
}

async function load(room: Pressroom, name: string, statement: PublicStatement, facts: PublicVersion, language: Language): Promise<FeedItem> {
  for (let left = mostTries; left > 0; left -= 1) {
    const item = readItem((await room.prints.read(name)) ?? (await makeAndKeep(room, name, statement, facts, language)));
    if (isOf(item, room, facts, language)) return item;
    await room.prints.remove((one) => one === name);
  }
  // A process that may only read cannot put another's print right: it tells what is so.
  return readItem(await make(room, statement, facts, language));
}

/**
 * Not so: a print of history that a restore gave up, and the text of a redacted version, which a making that had begun before the
 * redaction may have kept after it. A tombstone is never given up for facts that are older.
 */
function isOf(item: FeedItem, room: Pressroom, facts: PublicVersion, language: Language): boolean {
  if (item.id !== feedIdOf(room, facts.feedId, language) || item.facts.sha256 !== versionHash(facts.files)) return false;
  return facts.redacted === null || item.redacted !== null;
}

async function make(room: Pressroom, statement: PublicStatement, facts: PublicVersion, language: Language): Promise<Buffer> {
  const { redacted } = facts;
  return printItem(redacted === null ? await feedItem(room, statement, facts, language) : tombstoneItem(room, statement, facts, redacted, language));
}

async function makeAndKeep(room: Pressroom, name: string, statement: PublicStatement, facts: PublicVersion, language: Language): Promise<Buffer> {
  const made = await make(room, statement, facts, language);
  // What is public is told, even when the disk takes no print; it is then made again by the next process.
  return room.prints.keep(name, made).catch(() => made);
}
