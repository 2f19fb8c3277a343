import type { PublicStatement, PublicVersion } from '../../statement/facts.ts';
import type { Place } from '../address.ts';
import type { Memento, ResourceDraft } from '../resource.ts';
import { hrefOf, type Reading, urlOf } from './page.ts';

/**
 * The ways from one version to the others: Memento (RFC 7089; each language's address of a statement is an original of its own,
 * and its own TimeGate), and the relations of RFC 5829.
 */

/** The page at a statement's own address: http sends a request for a past time on to the version that stood then. */
export function asTimeGate(reading: Reading, { reference, versions }: PublicStatement, page: ResourceDraft): ResourceDraft {
  const mementos = versions.map(({ version, at }): Memento => {
    return { at: Math.floor(Date.parse(at) / 1_000) * 1_000, path: hrefOf(reading, { page: 'version', reference, version }) };
  });
  const links = [
    ...gateLinks(reading, reference),
    ...mementoLinks(reading, { reference, versions }, { first: 1, last: versions.length }),
    link(reading, 'version-history', { page: 'versions', reference }),
  ];
  return { ...page, headers: [...(page.headers ?? []), 'link', links.join(', ')], mementos };
}

/** The page of a version. Where its text is gone, what is shown is not what was said then, and bears no time. */
export function asMemento(
  reading: Reading,
  { reference, versions }: PublicStatement,
  { version, at, redacted }: PublicVersion,
  page: ResourceDraft,
): ResourceDraft {
  const [prev, next] = [version > 1 ? version - 1 : null, version < versions.length ? version + 1 : null];
  const links = [
    ...gateLinks(reading, reference),
    ...mementoLinks(reading, { reference, versions }, { first: 1, prev, next, last: versions.length }),
    link(reading, 'latest-version', { page: 'statement', reference }),
    ...(prev === null ? [] : [link(reading, 'predecessor-version', { page: 'version', reference, version: prev })]),
    ...(next === null ? [] : [link(reading, 'successor-version', { page: 'version', reference, version: next })]),
    link(reading, 'version-history', { page: 'versions', reference }),
  ];
  const time = redacted === null ? ['memento-datetime', mementoDatetime(at)] : [];
  return { ...page, headers: [...(page.headers ?? []), ...time, 'link', links.join(', ')] };
}

/** Every version of a statement as application/link-format (RFC 7089 §5). */
export function timeMap(reading: Reading, { reference, versions }: PublicStatement): ResourceDraft {
  const [from, until] = [versions.at(0)?.at ?? '', versions.at(-1)?.at ?? ''].map(mementoDatetime);
  const lines = [
    link(reading, 'original timegate', { page: 'statement', reference }),
    `${link(reading, 'self', { page: 'timemap', reference })}; type="${linkFormat}"; from="${from}"; until="${until}"`,
    ...versions.map(({ version, at }) => {
      const ends = [...(version === 1 ? ['first'] : []), ...(version === versions.length ? ['last'] : []), 'memento'];
      return memento(reading, ends.join(' '), reference, version, at);
    }),
  ];
  return { type: linkFormat, body: `${lines.join(',\n')}\n`, cache: 'public, max-age=60', crossOrigin: true };
}

const linkFormat = 'application/link-format';

/** An instant of ours as the headers of RFC 7089 write it: IMF-fixdate. */
function mementoDatetime(at: string): string {
  return new Date(at).toUTCString();
}

function link(reading: Reading, rel: string, place: Place): string {
  return `<${urlOf(reading, place)}>; rel="${rel}"`;
}

function memento(reading: Reading, rel: string, reference: string, version: number, at: string): string {
  return `${link(reading, rel, { page: 'version', reference, version })}; datetime="${mementoDatetime(at)}"`;
}

function gateLinks(reading: Reading, reference: string): readonly string[] {
  return [
    link(reading, 'original timegate', { page: 'statement', reference }),
    `${link(reading, 'timemap', { page: 'timemap', reference })}; type="${linkFormat}"`,
  ];
}

/** One link a version, with all that it is to the reader: `first prev memento`. */
function mementoLinks(
  reading: Reading,
  { reference, versions }: Pick<PublicStatement, 'reference' | 'versions'>,
  places: Readonly<Record<string, number | null>>,
): readonly string[] {
  const named = Object.entries(places);
  return versions.flatMap(({ version, at }) => {
    const rels = named.filter(([, place]) => place === version).map(([rel]) => rel);
    return rels.length === 0 ? [] : [memento(reading, [...rels, 'memento'].join(' '), reference, version, at)];
  });
}
