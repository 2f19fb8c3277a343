import type { Language } from '../../statement/schema.ts';
import { type Place, pathOf } from '../address.ts';
import { withEntries } from '../entries.ts';
import { ownBytes } from '../own-bytes.ts';
import type { Pressroom } from '../pages/page.ts';
import { categoriesIn, type FeedItem, madeOnce } from './item.ts';

export type JsonDocument = {
  language: Language;
  /** The closed block that this document is, counted from 1; null for the subscription document. */
  archive: number | null;
  /** The closed block before the oldest item here. */
  previous: number | null;
  items: readonly FeedItem[];
};

/** JSON Feed 1.1 of versions, newest first; what has no place in it stands in `_onrecord`. `next_url` leads back through the closed blocks. */
export function jsonDocument({ agency, speeches }: Pressroom, { language, archive, previous, items }: JsonDocument): Buffer {
  const { say, typeset } = speeches[language];
  const name = typeset(agency.name[language]);
  const url = (place: Place): string => agency.publicUrl + pathOf(place, language, agency.languages[0]);
  const document = {
    version: 'https://jsonfeed.org/version/1.1',
    title: say('public.feed.updates.json', { agency: name }),
    description: say('public.feed.updates.json.subtitle'),
    home_page_url: url({ page: 'home' }),
    feed_url: url({ page: 'feed', feed: 'updates.json' }),
    ...(previous !== null && { next_url: url({ page: 'feedArchive', block: previous, form: 'json' }) }),
    language,
    authors: [{ name, url: url({ page: 'home' }) }],
    _onrecord: { about: `https://${agency.origin}/vocab/feed/v1`, archive },
  };
  return withEntries(`${JSON.stringify({ ...document, items: [] })}\n`, ']}', items.map(jsonItem), ',');
}

/** A version's item, JSON; its bytes depend on the item alone. */
export const jsonItem = madeOnce((item): Buffer => {
  const { facts, redacted } = item;
  const told = {
    id: item.id,
    url: item.url,
    title: item.title,
    summary: item.summary,
    content_html: item.html,
    date_published: item.at,
    date_modified: item.at,
    language: item.textLanguage,
    tags: categoriesIn(item).map(({ scheme, code }) => `${scheme}:${code}`),
    _onrecord: { statement: item.statementId, statement_url: item.statementUrl, signed_url: item.jsonUrl, ...facts, redacted },
  };
  return ownBytes(JSON.stringify(told));
});
