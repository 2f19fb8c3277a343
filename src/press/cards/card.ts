import { versionHash } from '../../ledger/version-file.ts';
import type { PublicStatement, PublicVersion } from '../../statement/facts.ts';
import { publicState } from '../../statement/state.ts';
import { type Address, isExercise } from '../address.ts';
import { icoFile, iconSvg } from '../logo.ts';
import { type Pressroom, type Reading, spoken } from '../pages/page.ts';
import { redactedFile } from '../pages/redacted.ts';
import { shortCode } from '../pages/statement.ts';
import type { ResourceDraft } from '../resource.ts';
import { titleOf } from '../spoken.ts';
import { isOwed } from '../stance.ts';
import type { CardModel } from './drawing.ts';

/** Pictures of the public site. A version's card says what is true of that version now, so each change of its statement makes it anew. */

type CardAddress = Extract<Address, { page: 'card' }>;

const pictureCache = 'public, max-age=60';
export const iconPolicy = "default-src 'none'; frame-ancestors 'none'";
const iconPixels = 32;

/** The card of a version; none where there is no such version, and 451 where its text is gone. @throws OnrecordError `busy` where it cannot be drawn */
export async function versionCard(reading: Reading, statement: PublicStatement, { version }: CardAddress): Promise<ResourceDraft | undefined> {
  const { reference, versions } = statement;
  const shown = versions[version - 1];
  if (shown === undefined) return undefined;
  const headers = isExercise(reference) ? ['x-robots-tag', 'noindex'] : [];
  return redactedFile(reading.room.log, reference, shown) ?? { ...(await picture(reading, cardOf(reading, statement, shown))), headers };
}

/** The card of pages that have none of their own: who speaks, and what is kept here. @throws OnrecordError `busy` */
export function houseCard(reading: Reading): Promise<ResourceDraft> {
  const nothing = { stamps: [], kind: '', time: '', edition: '', code: '' };
  return picture(reading, { ...frameOf(reading), ...nothing, title: reading.speech.say('public.home.description') });
}

/** The icon of the site: the logo as SVG, or drawn at 32 pixels in an ICO file. @throws OnrecordError `busy` where it cannot be drawn */
export async function iconFile({ theme: { logo }, draw }: Pressroom, form: 'svg' | 'ico'): Promise<ResourceDraft> {
  const svg = iconSvg(logo);
  const cache = 'public, max-age=86400';
  if (form === 'svg') return { type: 'image/svg+xml', body: svg, cache, policy: iconPolicy };
  return { type: 'image/x-icon', body: icoFile(await draw({ svg, width: iconPixels }), iconPixels), cache };
}

async function picture({ room }: Reading, card: CardModel): Promise<ResourceDraft> {
  return { type: 'image/png', body: await room.draw({ card }), cache: pictureCache, crossOrigin: true };
}

function cardOf(reading: Reading, statement: PublicStatement, shown: PublicVersion): CardModel {
  const { room, speech } = reading;
  const { reference, versions } = statement;
  const frame = frameOf(reading);
  return {
    ...frame,
    band: isExercise(reference) ? speech.say('public.banner.exercise.title') : frame.band,
    stamps: stampsOf(reading, statement, shown),
    title: spoken(reading, titleOf(statement, shown.version, speech.language, room.agency.languages)).text,
    kind: [...new Set([speech.say(`public.kind.${shown.kind}`), speech.say(`public.phase.${shown.phase}`)])].join(' · '),
    time: speech.time(shown.at).text,
    edition: speech.say('card.edition', { reference, version: shown.version, latest: versions.length }),
    code: speech.say('card.code', { code: shortCode(versionHash(shown.files)) }),
  };
}

function frameOf({ room, speech }: Reading): Pick<CardModel, 'language' | 'logo' | 'agency' | 'record' | 'band'> {
  const { agency, theme } = room;
  return {
    language: speech.language,
    logo: theme.logo,
    agency: speech.typeset(agency.name[speech.language]),
    record: `${speech.say('public.record')} · ${new URL(agency.publicUrl).host}`,
    band: agency.demonstration ? speech.say('card.demonstration') : null,
  };
}

/** What nobody may overlook who sees the card alone. Nothing here waits for a clock: only a public act changes it. */
function stampsOf({ speech: { say } }: Reading, statement: PublicStatement, shown: PublicVersion): readonly string[] {
  const state = publicState(statement);
  const correction = statement.versions.find(({ version, kind }) => version > shown.version && kind === 'correction');
  const isLatest = shown === statement.versions.at(-1);
  const { debt } = shown;
  const checked = isLatest ? statement.versions : [shown];
  const waits = state !== 'withdrawn' && checked.some((version) => isOwed(version.debt));
  return [
    ...(state === 'withdrawn' ? [say('card.stamp.withdrawn')] : []),
    ...(correction === undefined ? [] : [say('card.stamp.corrected', { version: correction.version })]),
    ...(isLatest && state === 'under_recheck' ? [say('card.stamp.recheck')] : []),
    ...(debt?.disownedAt ? [say('card.stamp.disowned')] : []),
    ...(shown.kind === 'correction' ? [say('card.stamp.correction', { version: shown.correctsVersion ?? shown.version - 1 })] : []),
    ...(waits ? [say('card.stamp.owed')] : []),
  ];
}
