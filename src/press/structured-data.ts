import type { Artefact, Claim } from '../leak/findings.ts';
import { reviewScale, scaleOf } from '../leak/review-scale.ts';
import { versionHash } from '../ledger/version-file.ts';
import type { PublicStatement, PublicVersion } from '../statement/facts.ts';
import type { Language, SignedVersion } from '../statement/schema.ts';
import { pathOf } from './address.ts';
import { dataBlock } from './data-block.ts';
import type { Pressroom, Reading } from './pages/page.ts';
import { titleOf } from './spoken.ts';

/** What pages say to machines in the words of schema.org, as JSON-LD (leaks.md, "Machine form"). */

export type JsonLd = Readonly<Record<string, unknown>>;

/** JSON-LD in the words of schema.org as it stands in a page. */
export function linkedData(data: JsonLd): string {
  return dataBlock(JSON.stringify({ '@context': 'https://schema.org', ...data }));
}

/**
 * One version of a statement. `dateModified` is the last version up to it that says something new, as in the feeds; `expires` is the
 * promised next update. A correction says what was wrong and what is right.
 */
export function newsArticle(reading: Reading, statement: PublicStatement, shown: PublicVersion, signed: SignedVersion): JsonLd {
  const { room, speech } = reading;
  const { reference, versions } = statement;
  const { agency } = room;
  const [first] = agency.languages;
  const language = [speech.language, ...agency.languages].find((code) => signed.languages.includes(code)) ?? speech.language;
  const url = (version: number): string => urlIn(room, reference, version, speech.language);
  const file = `${urlIn(room, reference, shown.version, first)}.json`;
  const isLatest = shown.version === versions.length;
  return {
    '@type': 'NewsArticle',
    '@id': url(shown.version),
    url: url(shown.version),
    mainEntityOfPage: agency.publicUrl + pathOf({ page: 'statement', reference }, speech.language, first),
    headline: titleOf(statement, shown.version, speech.language, agency.languages).text,
    description: signed.texts[language]?.summary ?? '',
    inLanguage: language,
    identifier: reference,
    version: shown.version,
    creativeWorkStatus: shown.kind === 'withdrawal' ? 'Withdrawn' : isLatest ? 'Published' : 'Superseded',
    datePublished: versions[0]?.at,
    dateModified: newsUpTo(statement, shown.version, speech.language === first)?.at,
    ...(signed.nextUpdate?.at && { expires: signed.nextUpdate.at }),
    ...(signed.correction && { correction: correctionComment(reading, statement, shown, signed.correction) }),
    isAccessibleForFree: true,
    author: publisherOf(room, speech.language),
    publisher: publisherOf(room, speech.language),
    isBasedOn: file,
    encoding: { '@type': 'MediaObject', contentUrl: file, encodingFormat: 'application/json', sha256: versionHash(shown.files) },
  };
}

/** An item under review: its finding since `since`, what is claimed of it in one sentence, and how that finding came to be. */
export type Reviewed = {
  item: Artefact | Claim;
  claimed: string;
  /** The words of the finding and of the reason. */
  word: string;
  because: string;
  first: PublicVersion;
  since: PublicVersion;
  corrections: readonly { at: string; text: string }[];
};

/**
 * One ClaimReview; undefined where the finding lies on no scale. Never where the item can be found: no `appearance`, no address of it,
 * nobody who spread it.
 */
export function claimReview({ room, speech }: Reading, { reference }: PublicStatement, reviewed: Reviewed): JsonLd | undefined {
  const { item, claimed, word, because, first, since, corrections } = reviewed;
  const value = scaleOf(item);
  if (value === null) return undefined;
  const page = room.agency.publicUrl + pathOf({ page: 'claim', reference, item: item.id }, speech.language, room.agency.languages[0]);
  return {
    '@type': 'ClaimReview',
    '@id': page,
    url: urlIn(room, reference, since.version, speech.language),
    mainEntityOfPage: page,
    inLanguage: speech.language,
    datePublished: first.at,
    dateModified: since.at,
    author: publisherOf(room, speech.language),
    claimReviewed: claimed,
    itemReviewed: { '@type': 'Claim', name: claimed },
    reviewRating: { '@type': 'Rating', ratingValue: value, bestRating: reviewScale.best, worstRating: reviewScale.worst, alternateName: word },
    ...(because !== '' && { reviewBody: because }),
    ...(corrections.length > 0 && { correction: corrections.map(({ at, text }) => ({ '@type': 'CorrectionComment', datePublished: at, text })) }),
  };
}

function correctionComment(
  { room, speech }: Reading,
  { reference }: PublicStatement,
  { at, version }: PublicVersion,
  { version: corrected, wasWrong, isRight }: NonNullable<SignedVersion['correction']>,
): JsonLd {
  const words = (texts: Partial<Record<Language, string>>): string =>
    [speech.language, ...room.agency.languages].map((code) => texts[code]).find(Boolean) ?? '';
  const from = corrected < version ? corrected : version - 1;
  return {
    '@type': 'CorrectionComment',
    text: speech.say('public.correction.told', { wrong: words(wasWrong), right: words(isRight) }),
    datePublished: at,
    url: room.agency.publicUrl + pathOf({ page: 'diff', reference, from: Math.max(1, from), to: version }, speech.language, room.agency.languages[0]),
  };
}

/** The last version that says something new: never an editorial one, nor in the first language a translation (record.md §2). */
export function newsUpTo({ versions }: PublicStatement, upTo: number, isFirst: boolean): PublicVersion | undefined {
  const quiet: readonly string[] = isFirst ? ['editorial', 'translation'] : ['editorial'];
  const told = versions.slice(0, upTo);
  return told.findLast(({ kind }) => !quiet.includes(kind)) ?? told[0];
}

function publisherOf({ agency }: Pressroom, language: Language): JsonLd {
  return { '@type': 'Organization', name: agency.name[language], url: agency.publicUrl };
}

function urlIn({ agency }: Pressroom, reference: string, version: number, language: Language): string {
  return agency.publicUrl + pathOf({ page: 'version', reference, version }, language, agency.languages[0]);
}
