import type { Language } from '../../statement/schema.ts';
import { type Address, type FeedName, type FeedPlace, isExercise } from '../address.ts';
import { feedTitle, feedType, type Pressroom } from '../pages/page.ts';
import type { VersionRef } from '../record.ts';
import type { ResourceDraft } from '../resource.ts';
import { appearsIn } from '../spoken.ts';
import { type AtomFrame, atomDocument, versionEntry } from './atom.ts';
import { blockBehind, closedBlock, openAndLastClosed } from './blocks.ts';
import type { FeedItem } from './item.ts';
import { jsonDocument } from './json.ts';
import { itemOf } from './kept-items.ts';
import { rssDocument } from './rss.ts';
import { statementsDocument } from './statements.ts';

/** Every feed of one house (record.md §2). Undefined: no such block is full, or no such statement is public. */
export type Feeds = { make(address: FeedAddress): Promise<ResourceDraft | undefined> };
export type FeedAddress = Extract<Address, FeedPlace>;

const latestShown = 50;
const mostOfStatement = 100;
const updates: FeedPlace = { page: 'feed', feed: 'updates.atom' };

export function createFeeds(room: Pressroom): Feeds {
  return {
    make: async (address) => {
      const body = await bodyOf(room, address);
      return body === undefined
        ? undefined
        : { type: `${feedType(address)}; charset=utf-8`, body, cache: cacheOf(address), headers: headersOf(address), crossOrigin: true };
    },
  };
}

// A closed block never changes, but for a redaction, and that has to reach every cache within the hour: so no year, and not `immutable`.
function cacheOf({ page }: FeedPlace): string {
  return page === 'feedArchive' ? 'public, max-age=3600' : 'public, max-age=60';
}

function headersOf(place: FeedPlace): readonly string[] {
  return place.page === 'statementFeed' && isExercise(place.reference) ? ['x-robots-tag', 'noindex'] : [];
}

async function bodyOf(room: Pressroom, address: FeedAddress): Promise<Buffer | undefined> {
  switch (address.page) {
    case 'feedArchive':
      return archiveOf(room, address);
    case 'statementFeed':
      return statementFeed(room, address);
    default:
      return subscriptionOf(room, address.feed, address.language);
  }
}

async function subscriptionOf(room: Pressroom, feed: FeedName, language: Language): Promise<Buffer> {
  const { record } = room;
  const lines = record.updates(language);
  const previous = blockBehind(lines);
  switch (feed) {
    case 'statements.atom':
      return statementsDocument(room, frameOf(room, feed, language));
    case 'corrections.atom':
      return versions(room, frameOf(room, feed, language), record.correctionsIn(language).slice(-latestShown));
    case 'exercise.atom':
      return versions(room, frameOf(room, feed, language), record.exercises(language).slice(-latestShown));
    case 'updates.rss':
      return rssDocument(room, language, await itemsOf(room, openAndLastClosed(lines), language));
    case 'updates.json':
      return jsonDocument(room, { language, archive: null, previous, items: await itemsOf(room, openAndLastClosed(lines), language) });
    default:
      return versions(room, { ...frameOf(room, feed, language), previous: atomBlock(previous) }, openAndLastClosed(lines));
  }
}

/** Closed block k: RFC 5005 §4, without `next-archive`, since its bytes are to stay when the next block closes. */
async function archiveOf(room: Pressroom, { block, form, language }: Extract<FeedAddress, { page: 'feedArchive' }>): Promise<Buffer | undefined> {
  const lines = closedBlock(room.record.updates(language), block);
  if (lines === undefined) return undefined;
  const previous = block > 1 ? block - 1 : null;
  if (form === 'json') return jsonDocument(room, { language, archive: block, previous, items: await itemsOf(room, lines, language) });
  return versions(room, { ...frameOf(room, 'updates.atom', language), feed: updates, archive: atomBlock(block), previous: atomBlock(previous) }, lines);
}

async function statementFeed(room: Pressroom, { reference, language }: Extract<FeedAddress, { page: 'statementFeed' }>): Promise<Buffer | undefined> {
  const statement = room.record.statement(reference);
  if (statement === undefined) return undefined;
  const heard = statement.versions.filter((version) => appearsIn(statement, version, language));
  const feed: FeedPlace = { page: 'statementFeed', reference };
  const frame: AtomFrame = {
    language,
    title: feedTitle(room, feed, language),
    subtitle: room.speeches[language].say('public.feed.statement.subtitle'),
    feed,
    archive: null,
    previous: null,
    page: { page: 'statement', reference },
  };
  return versions(
    room,
    frame,
    heard.slice(-mostOfStatement).map(({ version, entry }) => ({ reference, version, entry })),
  );
}

/** Everything of a document of one of the house's feeds but its entries. */
function frameOf(room: Pressroom, feed: FeedName, language: Language): AtomFrame {
  const place: FeedPlace = { page: 'feed', feed };
  const subtitle = room.speeches[language].say(`public.feed.${feed}.subtitle`);
  return { language, title: feedTitle(room, place, language), subtitle, feed: place, archive: null, previous: null, page: { page: 'home' } };
}

async function versions(room: Pressroom, frame: AtomFrame, lines: readonly VersionRef[]): Promise<Buffer> {
  const items = await itemsOf(room, lines, frame.language);
  return atomDocument(room, { ...frame, updated: items[0]?.at ?? null, entries: items.map(versionEntry) });
}

/** Newest first. */
function itemsOf(room: Pressroom, lines: readonly VersionRef[], language: Language): Promise<FeedItem[]> {
  return Promise.all(lines.toReversed().map((line) => itemOf(room, line, language)));
}

function atomBlock(block: number | null): FeedPlace | null {
  return block === null ? null : { page: 'feedArchive', block, form: 'atom' };
}
