import type { Language } from '../../statement/schema.ts';
import { type FeedPlace, type Place, pathOf } from '../address.ts';
import { withEntries } from '../entries.ts';
import { ownBytes } from '../own-bytes.ts';
import { feedType, type Pressroom } from '../pages/page.ts';
import { categoriesIn, type FeedItem, madeOnce } from './item.ts';
import { element, escapeXml, type Xml, xmlDocument } from './xml.ts';

/** RSS 2.0 of versions, newest first, for readers that know no Atom. `guid` is the Atom id. Times have whole seconds there. */
export function rssDocument({ agency, speeches }: Pressroom, language: Language, items: readonly FeedItem[]): Buffer {
  const { say, typeset } = speeches[language];
  const first = agency.languages[0];
  const feed: FeedPlace = { page: 'feed', feed: 'updates.rss' };
  const url = (place: Place): string => agency.publicUrl + pathOf(place, language, first);
  const newest = items[0];
  const namespaces = { 'xmlns:atom': 'http://www.w3.org/2005/Atom', 'xmlns:content': 'http://purl.org/rss/1.0/modules/content/' };
  const frame = xmlDocument(
    element('rss', { version: '2.0', ...namespaces }, [
      element('channel', {}, [
        '\n',
        element('title', {}, [say('public.feed.updates.rss', { agency: typeset(agency.name[language]) })]),
        element('link', {}, [url({ page: 'home' })]),
        element('description', {}, [say('public.feed.updates.rss.subtitle')]),
        element('language', {}, [language]),
        newest ? element('lastBuildDate', {}, [rssTime(newest.at)]) : null,
        element('atom:link', { rel: 'self', type: feedType(feed), href: url(feed) }),
        '\n',
      ]),
    ]),
  );
  return withEntries(frame, '</channel>', items.map(rssItem));
}

/** A version's item; its bytes depend on the item alone. Its description is HTML by custom, so the plain summary is escaped twice. */
export const rssItem = madeOnce((item): Buffer => {
  const made = element('item', {}, [
    element('title', {}, [plainTitle(item.title)]),
    element('link', {}, [item.url]),
    element('guid', { isPermaLink: 'false' }, [item.id]),
    element('pubDate', {}, [rssTime(item.at)]),
    ...categoriesIn(item).map(({ scheme, code }) => element('category', { domain: `${item.vocab}/${scheme}` }, [code])),
    element('description', {}, [escapeXml(item.summary.trim() === '' ? item.title : item.summary)]),
    element('content:encoded', {}, [item.html]),
  ]);
  return ownBytes(`${made.xml}\n`);
});

/** Plain text, written as the RSS profile asks for it, so that readers take no sign for markup. */
function plainTitle(title: string): Xml {
  return { xml: escapeXml(title).replaceAll('&amp;', '&#x26;').replaceAll('&lt;', '&#x3C;').replaceAll('&gt;', '&#x3E;') };
}

/** RFC 822 with a year of four digits, as RSS 2.0 wants it. */
function rssTime(instant: string): string {
  return new Date(instant).toUTCString();
}
