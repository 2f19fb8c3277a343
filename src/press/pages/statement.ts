import { versionHash } from '../../ledger/version-file.ts';
import { ownFiles, type PublicStatement, type PublicVersion } from '../../statement/facts.ts';
import type { Language, SignedVersion } from '../../statement/schema.ts';
import { sections } from '../../statement/sections.ts';
import { publicState } from '../../statement/state.ts';
import { isExercise } from '../address.ts';
import type { ResourceDraft } from '../resource.ts';
import { pick, titleOf } from '../spoken.ts';
import { linkedData, newsArticle } from '../structured-data.ts';
import { type Banner, isUrgent, stateBanners, topBanners } from './banners.ts';
import { type CorrectionBox, correctionBoxes } from './correction-box.ts';
import { type FindingModel, findingsOf } from './findings.ts';
import { type IncidentLine, incidentLines } from './incident.ts';
import { hrefOf, htmlPage, type Layout, type LinkModel, layoutOf, type Reading, type Spoken, spoken, type TimeModel, urlOf } from './page.ts';
import { verifyCommands } from './proving.ts';
import { type ShareModel, shareOf } from './share.ts';
import { socialOfVersion } from './social.ts';
import { type TimelineModel, timelineOf } from './timeline.ts';
import { type VersionLine, versionLines } from './version-lines.ts';

export type StatementModel = {
  layout: Layout;
  reference: string;
  version: number;
  latest: number;
  title: Spoken;
  kind: string;
  phase: string;
  at: TimeModel;
  top: readonly Banner[];
  corrections: readonly CorrectionBox[];
  /** Above the corrections, and below them. */
  urgent: readonly Banner[];
  banners: readonly Banner[];
  incident: readonly IncidentLine[];
  collections: readonly FindingModel[];
  artefacts: readonly FindingModel[];
  claims: readonly FindingModel[];
  check: string;
  more: number;
  register: string;
  /** The language of the texts below, where it is not the page's. */
  lang: Language | undefined;
  summary: Spoken;
  citation: string;
  /** Of the version, whatever the page stands at. */
  canonical: string;
  shortCode: string;
  sections: readonly { code: string; title: string; html: string }[];
  currentAt: LinkModel;
  /** A draft asks nobody whether there is a newer version. */
  isDraft: boolean;
  nextUpdate: { text: string; overdue: boolean; reason: Spoken };
  contacts: { press: string; people: string };
  timeline: TimelineModel | null;
  versions: readonly VersionLine[];
  allVersions: LinkModel;
  verify: { commands: readonly string[]; entry: number; code: string; sha256: string; page: string };
  machine: readonly (LinkModel & { type: string })[];
  share: ShareModel | null;
};

const versionsShown = 20;
const versionsDrawn = 16;

/** The page of a version; `place` says whether it stands at the statement's own address or at the version's. */
export async function statementPage(reading: Reading, statement: PublicStatement, shown: PublicVersion, at: 'statement' | 'version'): Promise<ResourceDraft> {
  const { room, speech } = reading;
  const { reference } = statement;
  const signed = await room.texts.signed(shown.entry);
  const textLanguage = languageOf(signed, speech.language, room.agency.languages);
  const title = spoken(reading, titleOf(statement, shown.version, speech.language, room.agency.languages));
  const summary = speech.typeset(signed.texts[textLanguage]?.summary ?? '');
  const place = at === 'statement' ? ({ page: 'statement', reference } as const) : ({ page: 'version', reference, version: shown.version } as const);
  const model: StatementModel = {
    layout: {
      ...layoutOf(reading, place, { title: at === 'statement' ? title.text : `${title.text} (v${shown.version})`, description: summary }),
      social: socialOfVersion(reading, statement, shown, title.text),
      data: linkedData(newsArticle(reading, statement, shown, signed)),
    },
    reference,
    version: shown.version,
    latest: statement.versions.length,
    title,
    kind: speech.say(`public.kind.${shown.kind}`),
    phase: speech.say(`public.phase.${shown.phase}`),
    at: speech.time(shown.at),
    top: await topBanners(reading, statement, shown),
    corrections: await correctionBoxes(reading, statement, shown.version),
    urgent: stateBanners(reading, statement, shown).filter(isUrgent),
    banners: stateBanners(reading, statement, shown).filter((one) => !isUrgent(one)),
    incident: await incidentLines(reading, statement, shown.version, signed),
    ...(await findingsOf(reading, statement, shown.version)),
    check: hrefOf(reading, { page: 'check' }),
    register: hrefOf(reading, { page: 'register', part: 1 }),
    ...(await textsOf(reading, signed, shown, textLanguage)),
    ...citationOf(reading, statement, shown),
    share: shareOf(reading, statement),
    isDraft: reading.isDraft === true,
    currentAt: { href: hrefOf(reading, { page: 'statement', reference }), text: urlOf(reading, { page: 'statement', reference }) },
    nextUpdate: nextUpdateOf(reading, statement, shown, signed),
    contacts: { press: speech.typeset(signed.contacts.press), people: speech.typeset(signed.contacts.people) },
    timeline: await timelineOf(reading, statement, versionsDrawn),
    versions: versionLines(reading, statement, shown.version).slice(0, versionsShown),
    allVersions: { href: hrefOf(reading, { page: 'versions', reference }), text: speech.say('public.versions.all', { count: statement.versions.length }) },
  };
  const headers = [...(isExercise(reference) ? ['x-robots-tag', 'noindex'] : [])];
  return htmlPage(reading, 'public/statement', model, { cache: at === 'statement' ? 'public, max-age=30' : 'public, max-age=60', headers });
}

function languageOf(signed: SignedVersion, language: Language, languages: readonly Language[]): Language {
  return [language, ...languages].find((code) => signed.languages.includes(code)) ?? language;
}

async function textsOf(
  reading: Reading,
  signed: SignedVersion,
  shown: PublicVersion,
  language: Language,
): Promise<Pick<StatementModel, 'lang' | 'summary' | 'sections'>> {
  const { room, speech } = reading;
  const html = await room.texts.html(shown.entry, language);
  return {
    lang: language === speech.language ? undefined : language,
    summary: spoken(reading, { text: signed.texts[language]?.summary ?? '', language }),
    sections: sections.map((code) => ({ code, title: speech.say(`public.section.${code}`), html: html[code] })),
  };
}

function nextUpdateOf(reading: Reading, statement: PublicStatement, shown: PublicVersion, signed: SignedVersion): StatementModel['nextUpdate'] {
  const { speech, room, instant } = reading;
  const { nextUpdate } = signed;
  const reason = spoken(reading, pick(nextUpdate?.reason ?? {}, speech.language, room.agency.languages));
  if (nextUpdate === null) return { text: speech.say('public.next.unstated'), overdue: false, reason };
  if (nextUpdate.type !== 'by' || nextUpdate.at === null) return { text: speech.say(`public.next.${nextUpdate.type}`), overdue: false, reason };
  const overdue = shown === statement.versions.at(-1) && instant.isPast(Date.parse(nextUpdate.at));
  return { text: speech.say('public.next.by', { time: speech.time(nextUpdate.at).text }), overdue, reason };
}

function citationOf(
  reading: Reading,
  statement: PublicStatement,
  shown: PublicVersion,
): Pick<StatementModel, 'citation' | 'canonical' | 'shortCode' | 'verify' | 'machine'> {
  const { speech, room } = reading;
  const { agency } = room;
  const { reference } = statement;
  const sha256 = versionHash(shown.files);
  const code = shortCode(sha256);
  const url = urlOf(reading, { page: 'version', reference, version: shown.version });
  const time = `${shown.at.slice(0, 10)} ${shown.at.slice(11, 16)} UTC`;
  const site = reading.mark ? agency.publicUrl : '';
  const values = { agency: agency.name[speech.language], reference, version: shown.version, time, url, code };
  return {
    citation: speech.say(publicState(statement) === 'withdrawn' ? 'public.citation.withdrawn' : 'public.citation', values),
    canonical: url,
    shortCode: code,
    verify: {
      commands: verifyCommands(reading, statement, shown),
      entry: room.log.indexOf(shown.entry),
      code,
      sha256,
      page: hrefOf(reading, { page: 'verify' }),
    },
    machine: [
      ...ownFiles(shown.files).map(({ name, type }) => ({ href: site + name, text: name.slice(name.lastIndexOf('.')), type })),
      { href: `${site}/statements/${reference}/v/${shown.version}.tlog-proof`, text: '.tlog-proof', type: 'text/plain' },
      ...shown.files.filter(({ name }) => name.startsWith('/register/')).map(({ name, type }) => ({ href: site + name, text: name.slice(1), type })),
      { href: hrefOf(reading, { page: 'feed', feed: 'updates.atom' }), text: speech.say('public.machine.feed'), type: 'application/atom+xml' },
    ],
  };
}

/** The first 12 digits of the `.json` file's SHA-256, grouped for reading aloud (record.md, "Short code"). */
export function shortCode(sha256: string): string {
  return [sha256.slice(0, 4), sha256.slice(4, 8), sha256.slice(8, 12)].join('-');
}
