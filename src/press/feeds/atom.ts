import type { Language } from '../../statement/schema.ts';
import { type FeedPlace, type Place, pathOf } from '../address.ts';
import { withEntries } from '../entries.ts';
import { ownBytes } from '../own-bytes.ts';
import { feedType, type Pressroom } from '../pages/page.ts';
import { categoriesIn, type FeedItem, madeOnce } from './item.ts';
import { element, type Xml, xmlDocument } from './xml.ts';

/** Atom documents (RFC 4287) with threading (RFC 4685), closed blocks (RFC 5005) and deleted entries (RFC 6721). */

// RFC 4287 wants a time of a feed without entries too: one that every reader holds for possible.
const nothingYet = '2000-01-01T00:00:00.000Z';
const deletedStart = '<at:';
const namespaces = {
  'xmlns:thr': 'http://purl.org/syndication/thread/1.0',
  'xmlns:fh': 'http://purl.org/syndication/history/1.0',
  'xmlns:at': 'http://purl.org/atompub/tombstones/1.0',
};

export type AtomDocument = {
  language: Language;
  title: string;
  subtitle: string;
  /** The feed that readers subscribe to; its address under the frozen origin is the id of all its documents. */
  feed: FeedPlace;
  /** The closed block that this document is; null for the subscription document. */
  archive: FeedPlace | null;
  /** The closed block before the oldest entry here (RFC 5005 §4). */
  previous: FeedPlace | null;
  /** The page that says the same to people. */
  page: Place;
  updated: string | null;
  /** Newest first; deleted entries among them. */
  entries: readonly Buffer[];
};
export type AtomFrame = Omit<AtomDocument, 'updated' | 'entries'>;

/** The whole document. Other languages are linked from a subscription document only: their blocks close elsewhere. */
export function atomDocument({ agency, speeches }: Pressroom, document: AtomDocument): Buffer {
  const { language, feed, archive, previous, page } = document;
  const first = agency.languages[0];
  const url = (place: Place, code = language): string => agency.publicUrl + pathOf(place, code, first);
  const link = (rel: string, place: FeedPlace): Xml => element('link', { rel, type: feedType(place), href: url(place) });
  const hasDeleted = document.entries.some((entry) => entry.toString('latin1', 0, deletedStart.length) === deletedStart);
  const spaces = { ...namespaces, 'xmlns:fh': archive ? namespaces['xmlns:fh'] : undefined, 'xmlns:at': hasDeleted ? namespaces['xmlns:at'] : undefined };
  const frame = xmlDocument(
    element('feed', { xmlns: 'http://www.w3.org/2005/Atom', ...spaces, 'xml:lang': language }, [
      '\n',
      element('id', {}, [`https://${agency.origin}${pathOf(feed, language, first)}`]),
      element('title', {}, [document.title]),
      element('subtitle', {}, [document.subtitle]),
      element('updated', {}, [document.updated ?? nothingYet]),
      element('author', {}, [element('name', {}, [speeches[language].typeset(agency.name[language])])]),
      archive && element('fh:archive', {}),
      link('self', archive ?? feed),
      archive && link('current', feed),
      previous && link('prev-archive', previous),
      element('link', { rel: 'alternate', type: 'text/html', href: url(page) }),
      ...(archive ? [] : agency.languages)
        .filter((code) => code !== language)
        .map((code) => element('link', { rel: 'alternate', type: feedType(feed), hreflang: code, href: url(feed, code) })),
      '\n',
    ]),
  );
  return withEntries(frame, '</feed>', document.entries);
}

/** A version's entry: `published` and `updated` are the version's time, for ever. Its bytes depend on the item alone. */
export const versionEntry = madeOnce((item): Buffer => {
  const entry = element('entry', {}, [
    element('id', {}, [item.id]),
    element('title', {}, [item.title]),
    element('published', {}, [item.at]),
    element('updated', {}, [item.at]),
    element('link', { rel: 'alternate', type: 'text/html', href: item.url }),
    element('link', { rel: 'related', type: 'text/html', href: item.statementUrl }),
    element('link', { rel: 'related', type: 'application/json', href: item.jsonUrl }),
    element('thr:in-reply-to', { ref: item.statementId, type: 'text/html', href: item.statementUrl }),
    ...categoryElements(item),
    item.summary.trim() === '' ? null : element('summary', {}, [item.summary]),
    element('content', { type: 'html' }, [item.html]),
  ]);
  return ownBytes(`${entry.xml}\n`);
});

export function categoryElements(item: FeedItem): readonly Xml[] {
  return categoriesIn(item).map(({ scheme, code, label }) => element('category', { scheme: `${item.vocab}/${scheme}`, term: code, label }));
}

/** RFC 6721: an entry that is no more, for readers that still hold it. */
export function deletedEntry(id: string, when: string, comment: string): Buffer {
  return ownBytes(`${element('at:deleted-entry', { ref: id, when }, [element('at:comment', {}, [comment])]).xml}\n`);
}
