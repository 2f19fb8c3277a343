import type { PublicStatement, PublicVersion } from '../../statement/facts.ts';
import type { Kind, Language, SignedVersion } from '../../statement/schema.ts';
import { isExercise, pathOf } from '../address.ts';
import { pageInstant } from '../instant.ts';
import { findingsOf } from '../pages/findings.ts';
import type { Pressroom, Reading } from '../pages/page.ts';
import { shortCode } from '../pages/statement.ts';
import { kindFor, pick, titleOf } from '../spoken.ts';

/** One version as every feed tells it in one language; made from the version alone, so that its bytes never change. */
export type FeedItem = {
  id: string;
  statementId: string;
  url: string;
  statementUrl: string;
  jsonUrl: string;
  title: string;
  summary: string;
  html: string;
  textLanguage: Language;
  at: string;
  categories: readonly Category[];
  facts: { reference: string; version: number; kind: Kind; phase: string; situation: string; entry: number; sha256: string };
};
export type Category = { scheme: 'kind' | 'situation' | 'verdict'; code: string; label: string };

export async function feedItem(room: Pressroom, statement: PublicStatement, version: PublicVersion, language: Language): Promise<FeedItem> {
  const speech = room.speeches[language];
  const { agency } = room;
  const first = agency.languages[0];
  const { reference } = statement;
  const signed = await room.texts.signed(version.entry);
  const textLanguage = [language, ...agency.languages].find((code) => signed.languages.includes(code)) ?? language;
  const title = titleOf(statement, version.version, language, agency.languages);
  const url = (place: Parameters<typeof pathOf>[0], code: Language): string => agency.publicUrl + pathOf(place, code, first);
  const note = pick(version.changeNote, language, agency.languages)?.text ?? '';
  const sha256 = version.files.find(({ name }) => name.endsWith('.json'))?.sha256 ?? '';
  return {
    id: feedIdOf(room, version.feedId, language),
    statementId: feedIdOf(room, statement.feedId, language),
    url: url({ page: 'version', reference, version: version.version }, language),
    statementUrl: url({ page: 'statement', reference }, language),
    jsonUrl: `${url({ page: 'version', reference, version: version.version }, first)}.json`,
    title: prefixed(room, statement, version, language, title.text),
    summary: speech.typeset(version.version === 1 ? (signed.texts[textLanguage]?.summary ?? '') : note),
    html: await contentHtml(room, statement, version, signed, language, textLanguage),
    textLanguage,
    at: version.at,
    categories: categoriesOf(room, version, signed, language),
    facts: {
      reference,
      version: version.version,
      kind: version.kind,
      phase: version.phase,
      situation: version.situation,
      entry: version.entry,
      sha256,
    },
  };
}

/** Ids are stored; the second language's carry its code (record.md §2). */
export function feedIdOf({ agency }: Pressroom, feedId: string, language: Language): string {
  return language === agency.languages[0] ? feedId : `${feedId}/${language}`;
}

function prefixed(room: Pressroom, statement: PublicStatement, version: PublicVersion, language: Language, title: string): string {
  const { say, typeset } = room.speeches[language];
  const said = say(`public.feed.title.${kindFor(statement, version, language)}`, { title: typeset(title), version: version.version });
  return isExercise(statement.reference) ? say('public.feed.title.exercise', { title: said }) : said;
}

function categoriesOf(room: Pressroom, version: PublicVersion, { findings }: SignedVersion, language: Language): readonly Category[] {
  const { say } = room.speeches[language];
  const verdicts = [...new Set(findings.artefacts.map((item) => item.verdict))];
  const collections = [...new Set(findings.collections.map((item) => item.finding))];
  return [
    { scheme: 'kind', code: version.kind, label: say(`public.kind.${version.kind}`) },
    { scheme: 'situation', code: version.situation, label: say(`public.situation.${version.situation}`) },
    ...verdicts.map((code) => ({ scheme: 'verdict' as const, code, label: say(`public.verdict.${code}`) })),
    ...collections
      .filter((code) => !verdicts.some((verdict) => verdict === code))
      .map((code) => ({ scheme: 'verdict' as const, code, label: say(`public.finding.${code}`) })),
  ];
}

async function contentHtml(
  room: Pressroom,
  statement: PublicStatement,
  version: PublicVersion,
  signed: SignedVersion,
  language: Language,
  textLanguage: Language,
): Promise<string> {
  const speech = room.speeches[language];
  const { agency } = room;
  const html = await room.texts.html(version.entry, textLanguage);
  // No line of an entry depends on the clock: it is read at the instant it was published.
  const reading: Reading = { room, speech, instant: pageInstant(Date.parse(version.at)) };
  const { collections, artefacts } = await findingsOf(reading, statement, version.version);
  const words = (texts: Parameters<typeof pick>[0]): string => {
    const found = pick(texts, language, agency.languages);
    return found ? room.speeches[found.language].typeset(found.text) : '';
  };
  const sha256 = version.files.find(({ name }) => name.endsWith('.json'))?.sha256 ?? '';
  return room.render('public/entry', {
    say: speech.say,
    lang: textLanguage === language ? undefined : textLanguage,
    exercise: isExercise(statement.reference),
    kind: version.kind,
    heading: speech.say('public.entry.heading', { reference: statement.reference, version: version.version, time: speech.time(version.at).text }),
    withdrawal: signed.withdrawal && { because: speech.say(`public.withdrawal.${signed.withdrawal.code}`), reason: words(signed.withdrawal.reason) },
    correction: signed.correction && { version: signed.correction.version, wrong: words(signed.correction.wasWrong), right: words(signed.correction.isRight) },
    note: version.version > 1 && signed.withdrawal === null ? words(version.changeNote) : '',
    summary: room.speeches[textLanguage].typeset(signed.texts[textLanguage]?.summary ?? ''),
    incident: speech.say(`public.incident.${signed.incident.status}`),
    findings: [...collections, ...artefacts],
    sections: Object.entries(html).map(([code, body]) => ({ title: speech.say(`public.section.${code}`), html: body })),
    next: nextText(reading, signed, words),
    contacts: { press: speech.typeset(signed.contacts.press), people: speech.typeset(signed.contacts.people) },
    code: shortCode(sha256),
  });
}

function nextText({ speech }: Reading, { nextUpdate }: SignedVersion, words: (texts: Parameters<typeof pick>[0]) => string): string {
  if (nextUpdate === null) return '';
  if (nextUpdate.type === 'by') return nextUpdate.at === null ? '' : speech.say('public.next.by', { time: speech.time(nextUpdate.at).text });
  return `${speech.say(`public.next.${nextUpdate.type}`)} ${words(nextUpdate.reason)}`.trim();
}
