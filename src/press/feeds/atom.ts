import type { Language } from '../../statement/schema.ts';
import { type FeedName, pathOf } from '../address.ts';
import type { Pressroom } from '../pages/page.ts';
import type { FeedItem } from './entry.ts';
import { element, type Xml, xmlDocument } from './xml.ts';

/** Atom documents (RFC 4287) with threading (RFC 4685). */

const nothingYet = '1970-01-01T00:00:00.000Z';

export type AtomFeed = { feed: FeedName; language: Language; updated: string | null; entries: readonly Xml[] };

/** The whole document. Its id is made of the frozen origin, so that it outlives a change of address. */
export function atomDocument(room: Pressroom, { feed, language, updated, entries }: AtomFeed): string {
  const { agency, speeches } = room;
  const first = agency.languages[0];
  const { say, typeset } = speeches[language];
  const path = pathOf({ page: 'feed', feed }, language, first);
  const name = typeset(agency.name[language]);
  return xmlDocument(
    element('feed', { xmlns: 'http://www.w3.org/2005/Atom', 'xmlns:thr': 'http://purl.org/syndication/thread/1.0', 'xml:lang': language }, [
      '\n',
      element('id', {}, [`https://${agency.origin}${path}`]),
      element('title', {}, [say(`public.feed.${feed}`, { agency: name })]),
      element('subtitle', {}, [say(`public.feed.${feed}.subtitle`)]),
      element('updated', {}, [updated ?? nothingYet]),
      element('author', {}, [element('name', {}, [name])]),
      element('link', { rel: 'self', type: 'application/atom+xml', href: agency.publicUrl + path }),
      element('link', { rel: 'alternate', type: 'text/html', href: agency.publicUrl + pathOf({ page: 'home' }, language, first) }),
      '\n',
      ...entries,
    ]),
  );
}

const written = new WeakMap<FeedItem, Xml>();

/** A version's entry: `published` and `updated` are the version's time, for ever. Written once an item, for it never changes. */
export function versionEntry({ agency }: Pressroom, item: FeedItem): Xml {
  const known = written.get(item);
  if (known) return known;
  const entry = element('entry', {}, [
    element('id', {}, [item.id]),
    element('title', {}, [item.title]),
    element('published', {}, [item.at]),
    element('updated', {}, [item.at]),
    element('link', { rel: 'alternate', type: 'text/html', href: item.url }),
    element('link', { rel: 'related', type: 'text/html', href: item.statementUrl }),
    element('link', { rel: 'related', type: 'application/json', href: item.jsonUrl }),
    element('thr:in-reply-to', { ref: item.statementId, type: 'text/html', href: item.statementUrl }),
    ...item.categories.map(({ scheme, code, label }) => element('category', { scheme: `https://${agency.origin}/vocab/${scheme}`, term: code, label })),
    element('summary', {}, [item.summary]),
    element('content', { type: 'html' }, [item.html]),
  ]);
  const made = { xml: `${entry.xml}\n` };
  written.set(item, made);
  return made;
}
