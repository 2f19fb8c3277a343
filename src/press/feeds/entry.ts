import { noFindings } from '../../leak/findings.ts';
import { findingChanges } from '../../leak/verdict.ts';
import { versionHash } from '../../ledger/version-file.ts';
import type { PublicStatement, PublicVersion } from '../../statement/facts.ts';
import type { Language, SignedVersion } from '../../statement/schema.ts';
import { isExercise, type Place, pathOf } from '../address.ts';
import { pageInstant } from '../instant.ts';
import { findingsOf } from '../pages/findings.ts';
import type { Pressroom, Reading } from '../pages/page.ts';
import { shortCode } from '../pages/statement.ts';
import { kindFor, pick, titleOf } from '../spoken.ts';
import type { Category, NewItem } from './item.ts';

/** What is told of a version in a language, made from the version alone. Reads its text and keeps nothing: that is for kept-items.ts. */
export async function feedItem(room: Pressroom, statement: PublicStatement, version: PublicVersion, language: Language): Promise<NewItem> {
  const speech = room.speeches[language];
  const { agency } = room;
  const signed = await room.texts.signed(version.entry);
  const textLanguage = [language, ...agency.languages].find((code) => signed.languages.includes(code)) ?? language;
  const note = pick(version.changeNote, language, agency.languages)?.text ?? '';
  return {
    ...itemFrame(room, statement, version, language),
    title: feedTitleOf(room, statement, version, language),
    summary: speech.typeset(version.version === 1 ? (signed.texts[textLanguage]?.summary ?? '') : note),
    html: await contentHtml(room, statement, version, signed, language, textLanguage),
    textLanguage,
    categories: categoriesOf(room, version, signed, language),
    changes: await changesOf(room, statement, version, signed, language),
  };
}

type Told = 'title' | 'summary' | 'html' | 'textLanguage' | 'categories' | 'changes';

/** The part of an item that holds no text: ids, addresses, time and facts. */
export function itemFrame(room: Pressroom, statement: PublicStatement, version: PublicVersion, language: Language): Omit<NewItem, Told> {
  const { agency } = room;
  const first = agency.languages[0];
  const { reference } = statement;
  const place = { page: 'version', reference, version: version.version } as const;
  const url = (to: Place, code: Language): string => agency.publicUrl + pathOf(to, code, first);
  return {
    schema: 2,
    id: feedIdOf(room, version.feedId, language),
    statementId: feedIdOf(room, statement.feedId, language),
    url: url(place, language),
    statementUrl: url({ page: 'statement', reference }, language),
    jsonUrl: `${url(place, first)}.json`,
    at: version.at,
    vocab: `https://${agency.origin}/vocab`,
    facts: {
      reference,
      version: version.version,
      kind: version.kind,
      phase: version.phase,
      situation: version.situation,
      entry: room.log.indexOf(version.entry),
      sha256: versionHash(version.files),
    },
    redacted: null,
  };
}

/** Ids are stored; the second language's carry its code (record.md §2). */
export function feedIdOf({ agency }: Pressroom, feedId: string, language: Language): string {
  return language === agency.languages[0] ? feedId : `${feedId}/${language}`;
}

/** The title with what the version is to readers of the language: `Correction:`, `Update 2:`. */
export function feedTitleOf({ agency, speeches }: Pressroom, statement: PublicStatement, version: PublicVersion, language: Language): string {
  const { say, typeset } = speeches[language];
  const title = titleOf(statement, version.version, language, agency.languages).text;
  const said = say(`public.feed.title.${kindFor(statement, version, language)}`, { title: typeset(title), version: version.version });
  return isExercise(statement.reference) ? say('public.feed.title.exercise', { title: said }) : said;
}

/** Kind, situation and every verdict that is stated; `signed` is null where the text is gone and its verdicts with it. */
export function categoriesOf(room: Pressroom, version: PublicVersion, signed: SignedVersion | null, language: Language): Category[] {
  const { say } = room.speeches[language];
  const verdicts = [...new Set(signed?.findings.artefacts.map((item) => item.verdict))];
  const collections = [...new Set(signed?.findings.collections.map((item) => item.finding))];
  return [
    { scheme: 'kind', code: version.kind, label: say(`public.kind.${version.kind}`) },
    { scheme: 'situation', code: version.situation, label: say(`public.situation.${version.situation}`) },
    ...verdicts.map((code) => ({ scheme: 'verdict' as const, code, label: say(`public.verdict.${code}`) })),
    ...collections
      .filter((code) => !verdicts.some((verdict) => verdict === code))
      .map((code) => ({ scheme: 'verdict' as const, code, label: say(`public.finding.${code}`) })),
  ];
}

/** What this version changed in findings, against the last one before it that still has its text. */
async function changesOf(
  room: Pressroom,
  { versions }: PublicStatement,
  { version }: PublicVersion,
  { findings }: SignedVersion,
  language: Language,
): Promise<NewItem['changes']> {
  const { say } = room.speeches[language];
  const last = versions.slice(0, version - 1).findLast(({ redacted }) => redacted === null);
  const before = last === undefined ? noFindings : (await room.texts.signed(last.entry)).findings;
  return findingChanges(before, findings).map(({ id, from, to }) => {
    const family = id.startsWith('A') ? 'verdict' : id.startsWith('C') ? 'finding' : 'claim';
    const label = say('public.feed.change', {
      id,
      after: say(`public.${family}.${to}`),
      before: say(from === null ? 'public.history.unlisted' : `public.${family}.${from}`),
    });
    return { code: `${id}:${from ?? 'none'}:${to}`, label };
  });
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
  const { collections, artefacts, claims } = await findingsOf(reading, statement, version.version);
  const words = (texts: Parameters<typeof pick>[0]): string => {
    const found = pick(texts, language, agency.languages);
    return found ? room.speeches[found.language].typeset(found.text) : '';
  };
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
    findings: [...collections, ...artefacts, ...claims],
    sections: Object.entries(html).map(([code, body]) => ({ title: speech.say(`public.section.${code}`), html: body })),
    next: nextText(reading, signed, words),
    contacts: { press: speech.typeset(signed.contacts.press), people: speech.typeset(signed.contacts.people) },
    code: shortCode(versionHash(version.files)),
  });
}

function nextText({ speech }: Reading, { nextUpdate }: SignedVersion, words: (texts: Parameters<typeof pick>[0]) => string): string {
  if (nextUpdate === null) return '';
  if (nextUpdate.type === 'by') return nextUpdate.at === null ? '' : speech.say('public.next.by', { time: speech.time(nextUpdate.at).text });
  return `${speech.say(`public.next.${nextUpdate.type}`)} ${words(nextUpdate.reason)}`.trim();
}
