import type { PublicStatement, PublicVersion } from '../../statement/facts.ts';
import type { SignedVersion } from '../../statement/schema.ts';
import { publicState } from '../../statement/state.ts';
import type { VersionRef } from '../record.ts';
import type { ResourceDraft } from '../resource.ts';
import { pick, titleOf } from '../spoken.ts';
import { isOverdue, stateBanners } from './banners.ts';
import { type CorrectionBox, correctionBox } from './correction-box.ts';
import { type Tag, verdictTags } from './findings.ts';
import { hrefOf, htmlPage, type Layout, type LinkModel, layoutOf, type Reading, type Spoken, spoken, type TimeModel } from './page.ts';

export type HomeModel = {
  layout: Layout;
  open: readonly Card[];
  /** Open statements beyond those shown. */
  more: number;
  latestChange: TimeModel | null;
  corrections: readonly CorrectionLine[];
  closed: readonly StatementLine[];
  archive: LinkModel;
  register: LinkModel;
  verify: string;
};
export type Card = StatementLine & {
  summary: Spoken;
  incident: Tag;
  verdicts: readonly Tag[];
  next: { text: string; overdue: boolean; reason: Spoken } | null;
  /** Banner codes that must not be overlooked in a list: recheck, debts, translation pending. */
  warnings: readonly Tag[];
};
export type StatementLine = {
  reference: string;
  href: string;
  title: Spoken;
  version: number;
  kind: string;
  code: string;
  at: TimeModel;
  situation: string;
  state: Tag;
};
export type CorrectionLine = CorrectionBox & { href: string; reference: string; title: Spoken; kind: string; code: string };

const openShown = 30;
const closedShown = 8;
const correctionsShown = 3;

export async function homePage(reading: Reading): Promise<ResourceDraft> {
  const { record } = reading.room;
  const { say } = reading.speech;
  const { open, closed } = newestStatements(reading);
  const latest = record.newest().next().value;
  const model: HomeModel = {
    layout: layoutOf(reading, { page: 'home' }, { title: say('public.home.title'), description: say('public.home.description') }),
    open: await Promise.all(open.map((statement) => card(reading, statement))),
    more: record.openCount() - open.length,
    latestChange: latest === undefined ? null : reading.speech.time(changedAt(record.statement(latest))),
    corrections: await correctionLines(reading, record.corrections().slice(-correctionsShown)),
    closed: closed.map((statement) => statementLine(reading, statement)),
    archive: { href: hrefOf(reading, { page: 'archive' }), text: say('public.home.archive') },
    register: { href: hrefOf(reading, { page: 'corrections' }), text: say('public.home.register') },
    verify: hrefOf(reading, { page: 'verify' }),
  };
  return htmlPage(reading, 'public/home', model, { cache: 'public, max-age=30' });
}

/** The latest public change of any kind, ISO. */
export function changedAt(statement: PublicStatement | undefined): string {
  return [statement?.versions.at(-1)?.at ?? '', statement?.notices.at(-1)?.at ?? ''].sort().at(-1) ?? '';
}

export function statementLine(reading: Reading, statement: PublicStatement): StatementLine {
  const { speech, room } = reading;
  const { reference, versions } = statement;
  const latest = versions.at(-1);
  const state = publicState(statement) === 'live' && latest?.phase === 'final' ? 'closed' : publicState(statement);
  return {
    reference,
    href: hrefOf(reading, { page: 'statement', reference }),
    title: spoken(reading, titleOf(statement, versions.length, speech.language, room.agency.languages)),
    version: versions.length,
    kind: speech.say(`public.kind.${latest?.kind ?? 'first'}`),
    code: latest?.kind ?? 'first',
    at: speech.time(latest?.at ?? ''),
    situation: speech.say(`public.situation.${latest?.situation ?? 'leak'}`),
    state: { code: state, text: speech.say(`public.state.${state}`) },
  };
}

/** Corrections and withdrawals, newest first. */
export function correctionLines(reading: Reading, refs: readonly VersionRef[]): Promise<CorrectionLine[]> {
  const { speech, room } = reading;
  const lines = refs.flatMap(({ reference, version }) => {
    const statement = room.record.statement(reference);
    const facts = statement?.versions[version - 1];
    return statement && facts ? [{ statement, facts }] : [];
  });
  return Promise.all(
    lines.reverse().map(async ({ statement, facts }) => ({
      ...(await correctionBox(reading, statement, facts.version)),
      href: hrefOf(reading, { page: 'version', reference: statement.reference, version: facts.version }),
      reference: statement.reference,
      title: spoken(reading, titleOf(statement, facts.version, speech.language, room.agency.languages)),
      kind: speech.say(`public.kind.${facts.kind}`),
      code: facts.kind,
    })),
  );
}

function newestStatements({ room: { record } }: Reading): { open: PublicStatement[]; closed: PublicStatement[] } {
  const [open, closed]: [PublicStatement[], PublicStatement[]] = [[], []];
  const wanted = Math.min(openShown, record.openCount());
  for (const reference of record.newest()) {
    if (open.length >= wanted && closed.length >= closedShown) break;
    const statement = record.statement(reference);
    if (statement === undefined) continue;
    if (!record.isOpen(reference)) closed.push(statement);
    else if (open.length < wanted) open.push(statement);
  }
  return { open, closed: closed.slice(0, closedShown) };
}

async function card(reading: Reading, statement: PublicStatement): Promise<Card> {
  const { speech, room } = reading;
  const line = statementLine(reading, statement);
  const latest = statement.versions.at(-1);
  if (latest === undefined) throw new RangeError(`statement ${statement.reference} has no version`);
  const signed = await room.texts.signed(latest.entry);
  const language = [speech.language, ...room.agency.languages].find((code) => signed.languages.includes(code)) ?? speech.language;
  const warnings = stateBanners(reading, statement, latest).filter(({ code }) => code !== 'overdue');
  return {
    ...line,
    summary: spoken(reading, { text: signed.texts[language]?.summary ?? '', language }),
    incident: { code: latest.incidentStatus, text: speech.say(`public.incident.${latest.incidentStatus}`) },
    verdicts: verdictTags(reading, signed),
    next: nextOf(reading, latest, signed),
    warnings: warnings.map(({ code, title }) => ({ code, text: title })),
  };
}

/** The promised next update; where there is no date, why not and when the agency will speak. */
function nextOf(reading: Reading, latest: PublicVersion, { nextUpdate }: SignedVersion): Card['next'] {
  const { speech, room } = reading;
  if (nextUpdate === null || latest.kind === 'withdrawal') return null;
  const reason = spoken(reading, pick(nextUpdate.reason, speech.language, room.agency.languages));
  if (nextUpdate.type === 'by' && nextUpdate.at !== null)
    return { text: speech.say('public.home.next', { time: speech.time(nextUpdate.at).text }), overdue: isOverdue(reading, latest), reason };
  return { text: `${speech.say('public.home.nextIs')} ${speech.say(`public.home.next.${nextUpdate.type}`)}`, overdue: false, reason };
}
