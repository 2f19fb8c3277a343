import { LRUCache } from 'lru-cache';
import type { Language } from '../../statement/schema.ts';
import type { FeedName } from '../address.ts';
import { feedType, type Pressroom } from '../pages/page.ts';
import type { VersionRef } from '../record.ts';
import type { ResourceDraft } from '../resource.ts';
import { atomDocument, versionEntry } from './atom.ts';
import { type FeedItem, feedItem } from './entry.ts';
import { jsonDocument } from './json.ts';
import { statementEntries } from './statements.ts';

/** Feeds of one house; what is told of a version is made once and kept, for it never changes. */
export type Feeds = { make(feed: FeedName, language: Language): Promise<ResourceDraft> };

export const blockSize = 50;
const keptItems = 600;
const latestShown = 50;

export function createFeeds(room: Pressroom): Feeds {
  const kept = new LRUCache<string, Promise<FeedItem>>({ max: keptItems });

  function itemOf({ reference, version, entry }: VersionRef, language: Language): Promise<FeedItem> {
    const key = `${entry} ${language}`;
    const known = kept.get(key);
    if (known) return known;
    const statement = room.record.statement(reference);
    const facts = statement?.versions[version - 1];
    if (statement === undefined || facts === undefined) throw new RangeError(`no version ${version} of ${reference}`);
    const made = feedItem(room, statement, facts, language);
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    return made;
  }

  /** Newest first. */
  const itemsOf = (refs: readonly VersionRef[], language: Language): Promise<FeedItem[]> => Promise.all(refs.toReversed().map((ref) => itemOf(ref, language)));

  async function versions(feed: FeedName, language: Language, refs: readonly VersionRef[]): Promise<string> {
    const items = await itemsOf(refs, language);
    if (feed === 'updates.json') return jsonDocument(room, language, items);
    return atomDocument(room, { feed, language, updated: items[0]?.at ?? null, entries: items.map((item) => versionEntry(room, item)) });
  }

  function bodyOf(feed: FeedName, language: Language): Promise<string> {
    const { record } = room;
    switch (feed) {
      case 'statements.atom':
        return statementEntries(room, language, (ref) => itemOf(ref, language));
      case 'corrections.atom':
        return versions(feed, language, record.correctionsIn(language).slice(-latestShown));
      case 'exercise.atom':
        return versions(feed, language, record.exercises(language).slice(-latestShown));
      default:
        return versions(feed, language, openAndLastClosed(record.updates(language)));
    }
  }

  return {
    make: async (feed, language) => ({
      type: `${feedType(feed)}; charset=utf-8`,
      body: await bodyOf(feed, language),
      cache: 'public, max-age=60',
      crossOrigin: true,
    }),
  };
}

/** The subscription document's lines: the open block and the last closed block of 50 (record.md §2, "Blocks of 50"). */
export function openAndLastClosed<Line>(lines: readonly Line[]): readonly Line[] {
  const closed = Math.floor(lines.length / blockSize);
  return lines.slice(Math.max(0, closed - 1) * blockSize);
}
