import type { Language } from '../../statement/schema.ts';
import { pathOf } from '../address.ts';
import type { Pressroom } from '../pages/page.ts';
import type { FeedItem } from './entry.ts';

/** JSON Feed 1.1 of versions, newest first; what has no place in it stands in `_onrecord`. */
export function jsonDocument(room: Pressroom, language: Language, items: readonly FeedItem[]): string {
  const { agency, speeches } = room;
  const { say, typeset } = speeches[language];
  const first = agency.languages[0];
  const name = typeset(agency.name[language]);
  const url = (place: Parameters<typeof pathOf>[0]): string => agency.publicUrl + pathOf(place, language, first);
  const document = {
    version: 'https://jsonfeed.org/version/1.1',
    title: say('public.feed.updates.json', { agency: name }),
    description: say('public.feed.updates.json.subtitle'),
    home_page_url: url({ page: 'home' }),
    feed_url: url({ page: 'feed', feed: 'updates.json' }),
    language,
    authors: [{ name, url: url({ page: 'home' }) }],
    _onrecord: { about: `https://${agency.origin}/vocab/feed/v1` },
    items: items.map((item) => ({
      id: item.id,
      url: item.url,
      title: item.title,
      summary: item.summary,
      content_html: item.html,
      date_published: item.at,
      date_modified: item.at,
      language: item.textLanguage,
      tags: item.categories.map(({ scheme, code }) => `${scheme}:${code}`),
      _onrecord: { statement: item.statementId, statement_url: item.statementUrl, signed_url: item.jsonUrl, ...item.facts },
    })),
  };
  return `${JSON.stringify(document)}\n`;
}
