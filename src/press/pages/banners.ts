import type { PublicStatement, PublicVersion } from '../../statement/facts.ts';
import type { SignedVersion } from '../../statement/schema.ts';
import { publicState, recheckSince } from '../../statement/state.ts';
import { isExercise } from '../address.ts';
import { newestIn, pick } from '../spoken.ts';
import { hrefOf, type LinkModel, type Reading, type Spoken, spoken } from './page.ts';

/** What a reader must know before the text: each with its words, its weight and where to go. */
export type Banner = { code: string; tone: 'danger' | 'warning' | 'notice'; title: string; text: string; quote: Spoken | null; link: LinkModel | null };

/** How long a recheck may take before the page says that it is late. */
export const recheckPatienceMs = 24 * 60 * 60 * 1_000;

/** Above the title: this is not the current version, no longer stands, or is an exercise. */
export async function topBanners(reading: Reading, statement: PublicStatement, shown: PublicVersion): Promise<readonly Banner[]> {
  const latest = statement.versions.at(-1) ?? shown;
  const banners: Banner[] = [];
  if (isExercise(statement.reference)) banners.push(banner(reading, 'exercise', 'danger'));
  if (publicState(statement) === 'withdrawn') banners.push(await withdrawnBanner(reading, statement, latest));
  else if (shown.version < latest.version) banners.push(supersededBanner(reading, statement, shown, latest));
  if (publicState(statement) === 'withdrawn' && shown.version < latest.version - 1) banners.push(supersededBanner(reading, statement, shown, latest));
  return banners;
}

/** Between the correction box and the findings; the urgent ones above the box. */
export function stateBanners(reading: Reading, statement: PublicStatement, shown: PublicVersion): readonly Banner[] {
  const isLatest = shown === statement.versions.at(-1);
  return [
    ...(isLatest ? recheckBanner(reading, statement) : []),
    ...debtBanners(reading, statement, shown, isLatest),
    ...(isLatest ? overdueBanner(reading, shown) : []),
    ...pendingBanner(reading, statement, shown),
  ];
}

/** What casts doubt on the very text that follows stands above its corrections. */
export function isUrgent({ code }: Banner): boolean {
  return code.startsWith('recheck') || code === 'disowned';
}

/** Whether the promised next update of the newest version has passed. */
export function isOverdue({ instant }: Reading, { nextUpdate, kind }: PublicVersion): boolean {
  return kind !== 'withdrawal' && nextUpdate?.type === 'by' && instant.isPast(Date.parse(nextUpdate.at));
}

type Values = Record<string, string | number>;

function banner({ speech }: Reading, code: string, tone: Banner['tone'], values: Values = {}, more: Partial<Pick<Banner, 'quote' | 'link'>> = {}): Banner {
  const [title, text] = [speech.say(`public.banner.${code}.title`, values), speech.say(`public.banner.${code}.text`, values)];
  return { code, tone, title, text, quote: null, link: null, ...more };
}

async function withdrawnBanner(reading: Reading, { reference }: PublicStatement, latest: PublicVersion): Promise<Banner> {
  const { speech, room } = reading;
  const { withdrawal }: SignedVersion = await room.texts.signed(latest.entry);
  const quote = spoken(reading, pick(withdrawal?.reason ?? {}, speech.language, room.agency.languages));
  const values = { time: speech.time(latest.at).text, because: speech.say(`public.withdrawal.${withdrawal?.code ?? 'other'}`) };
  const link = { href: hrefOf(reading, { page: 'versions', reference }), text: speech.say('public.banner.withdrawn.link') };
  return banner(reading, 'withdrawn', 'danger', values, { quote, link });
}

function supersededBanner(reading: Reading, { reference, versions }: PublicStatement, shown: PublicVersion, latest: PublicVersion): Banner {
  const { speech } = reading;
  const corrected = versions.find((version) => version.version > shown.version && version.kind === 'correction');
  const values = { version: shown.version, latest: latest.version, time: speech.time(latest.at).text, corrected: corrected?.version ?? 0 };
  const link = { href: hrefOf(reading, { page: 'statement', reference }), text: speech.say('public.banner.superseded.link', values) };
  return banner(reading, corrected ? 'corrected' : 'superseded', corrected ? 'danger' : 'warning', values, { link });
}

function recheckBanner(reading: Reading, statement: PublicStatement): readonly Banner[] {
  const since = publicState(statement) === 'under_recheck' ? recheckSince(statement) : null;
  if (since === null) return [];
  const overdue = reading.instant.isPast(Date.parse(since) + recheckPatienceMs);
  return [banner(reading, overdue ? 'recheckOverdue' : 'recheck', 'danger', { time: reading.speech.time(since).text })];
}

/** A debt hangs on its version and survives it: the newest version shows what is still owed on earlier ones. */
function debtBanners(reading: Reading, { versions }: PublicStatement, shown: PublicVersion, isLatest: boolean): readonly Banner[] {
  return versions.flatMap((version) => {
    const { debt } = version;
    if (debt === null || version.version > shown.version || (version !== shown && !isLatest)) return [];
    const values = { version: version.version, time: reading.speech.time(debt.dueAt).text };
    if (debt.disownedAt) return [banner(reading, 'disowned', 'danger', { ...values, time: reading.speech.time(debt.disownedAt).text })];
    if (debt.endorsedAt || debt.mootAt) return [];
    const overdue = reading.instant.isPast(Date.parse(debt.dueAt)) ? 'Overdue' : '';
    const because = debt.because === 'flash' ? 'debt' : 'withdrawalDebt';
    return [banner(reading, version === shown ? `${because}${overdue}` : `earlierDebt${overdue}`, 'warning', values)];
  });
}

function overdueBanner(reading: Reading, version: PublicVersion): readonly Banner[] {
  const { nextUpdate } = version;
  if (nextUpdate?.type !== 'by' || !isOverdue(reading, version)) return [];
  return [banner(reading, 'overdue', 'warning', { time: reading.speech.time(nextUpdate.at).text })];
}

function pendingBanner(reading: Reading, statement: PublicStatement, shown: PublicVersion): readonly Banner[] {
  const { language, say } = reading.speech;
  if (shown.languages.includes(language)) return [];
  const available = say(`public.language.${shown.languages[0] ?? 'fr'}`);
  const newest = newestIn(statement, language, shown.version);
  if (newest === undefined) return [banner(reading, 'translationPending', 'notice', { available })];
  const href = hrefOf(reading, { page: 'version', reference: statement.reference, version: newest.version });
  const link = { href, text: say('public.banner.translationPending.link', { version: newest.version }) };
  return [banner(reading, 'translationPending', 'notice', { available }, { link })];
}
