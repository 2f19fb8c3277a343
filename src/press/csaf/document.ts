import { canonicalise } from '../../ledger/jcs.ts';
import { type NewFile, newFile } from '../../ledger/version-file.ts';
import type { PublicVersion } from '../../statement/facts.ts';
import type { Language, SignedContent } from '../../statement/schema.ts';
import type { Say } from '../../words.ts';
import { pathOf } from '../address.ts';
import { csafFileName, csafVersionName, csafWhite, csafYear, trackingId } from './names.ts';
import { csafNotes } from './notes.ts';

/** Who publishes, as a CSAF document says it (CSAF 2.0 §3.2.1.8). */
export type CsafHouse = {
  /** Where readers reach the public site: the namespace, and what all addresses begin with. */
  publicUrl: string;
  languages: readonly [Language, ...Language[]];
  name: Readonly<Record<Language, string>>;
  contact: string;
  category: PublisherCategory;
  words: Readonly<Record<Language, Say>>;
};
export const publisherCategories = ['coordinator', 'discoverer', 'other', 'translator', 'user', 'vendor'] as const;
export type PublisherCategory = (typeof publisherCategories)[number];

/** A statement as of its newest version: what every version was, and what the newest one says. */
export type CsafSubject = {
  reference: string;
  /** Oldest first, the newest included. */
  versions: readonly CsafVersion[];
  signed: SignedContent;
  /** Of the version's own file: without it anybody could confirm a guess of a text that had to go by the hash that the log keeps. */
  salt: string;
};
export type CsafVersion = Pick<PublicVersion, 'version' | 'kind' | 'languages' | 'at'>;

/** The signed files of a version, one document a language. */
export function csafFilesOf(house: CsafHouse, subject: CsafSubject): readonly NewFile[] {
  const [first] = house.languages;
  const name = (language: Language): string => csafVersionName(subject.reference, subject.versions.length, language, first);
  return csafLanguages(subject, house).map((language) => newFile(name(language), 'application/json', csafDocument(house, subject, language)));
}

/** The languages in which a version comes as a CSAF document: those it speaks; for a withdrawal, those the statement ever spoke. */
export function csafLanguages({ versions, signed }: CsafSubject, { languages }: Pick<CsafHouse, 'languages'>): readonly Language[] {
  const newest = versions.at(-1);
  return languages.filter((language) => signed.languages.includes(language) || (newest?.kind === 'withdrawal' && spoke(versions, language)));
}

/**
 * One statement in one language by the profile `csaf_security_incident_response` (CSAF 2.0 §4.2): JCS in UTF-8 with a newline, so that
 * keys stand in the order that the specification wants. It repeats no word of an earlier version: a redaction takes a version's own files,
 * and nothing of it may stand elsewhere. Pure; the same subject gives the same bytes.
 */
export function csafDocument(house: CsafHouse, subject: CsafSubject, language: Language): Buffer {
  return Buffer.from(`${canonicalise({ document: documentOf(house, subject, language) })}\n`);
}

function documentOf(house: CsafHouse, subject: CsafSubject, language: Language): object {
  const { publicUrl, languages, name, contact, category, words } = house;
  const [first] = languages;
  const say = words[language];
  return {
    category: 'csaf_security_incident_response',
    csaf_version: '2.0',
    distribution: { tlp: { label: 'WHITE', url: 'https://www.first.org/tlp/v1/' } },
    lang: language,
    ...(language !== first && { source_lang: first }),
    notes: csafNotes(house, subject, language),
    publisher: { category, contact_details: contact, name: name[language], namespace: publicUrl },
    references: references(house, subject, language),
    title: titleIn(subject, language, say),
    tracking: tracking(house, subject, language),
  };
}

function titleIn({ signed }: CsafSubject, language: Language, say: Say): string {
  const titles = [language, ...signed.languages].map((one) => signed.texts[one]?.title.trim());
  const title = titles.find((words) => words) ?? say('csaf.untitled');
  return signed.withdrawal === null ? title : say('csaf.withdrawn', { title });
}

function tracking({ languages, words }: CsafHouse, { reference, versions, signed, salt }: CsafSubject, language: Language): object {
  const newest = versions.at(-1);
  const say = words[language];
  const note = (signed.withdrawal?.reason ?? signed.changeNote)[language]?.trim();
  const summary = (version: CsafVersion): string => {
    const kind = say(`public.kind.${version.kind}`);
    return note && version === newest ? say('csaf.revision', { kind, note }) : kind;
  };
  return {
    aliases: [`salt:${salt}`],
    current_release_date: newest?.at,
    generator: { engine: { name: 'Onrecord' } },
    id: trackingId(reference, language, languages[0]),
    initial_release_date: versions[0]?.at,
    revision_history: versions.map((version) => ({ date: version.at, number: String(version.version), summary: summary(version) })),
    status: signed.withdrawal !== null || signed.phase === 'final' ? 'final' : 'interim',
    version: String(newest?.version),
  };
}

/** The original first in a translation, then the document itself (canonical, CSAF 2.0 §3.2.1.10), the pages, and who attributed. */
function references({ publicUrl, languages, words }: CsafHouse, { reference, versions, signed }: CsafSubject, language: Language): readonly object[] {
  const [first] = languages;
  const say = words[language];
  const documentUrl = (code: Language): string => `${publicUrl}${csafWhite}/${csafYear(reference)}/${csafFileName(trackingId(reference, code, first))}.json`;
  const page = (place: Parameters<typeof pathOf>[0]): string => publicUrl + pathOf(place, language, first);
  const version = versions.length;
  const { attribution } = signed;
  const of = (category: 'self' | 'external', key: string, url: string, values: Record<string, string> = {}): object => ({
    category,
    summary: say(`csaf.reference.${key}`, values),
    url,
  });
  return [
    ...(language === first ? [] : [of('external', 'original', documentUrl(first))]),
    of('self', 'self', documentUrl(language)),
    of('external', 'page', page({ page: 'statement', reference })),
    of('external', 'version', page({ page: 'version', reference, version }), { version: String(version) }),
    of('external', 'versions', page({ page: 'versions', reference })),
    ...(attribution.status === 'attributed' ? [of('external', 'attribution', attribution.url, { authority: attribution.authority })] : []),
  ];
}

function spoke(versions: readonly CsafVersion[], language: Language): boolean {
  return versions.some((version) => version.languages.includes(language));
}
