import { versionHash } from '../../ledger/version-file.ts';
import type { PublicStatement } from '../../statement/facts.ts';
import { isExercise } from '../address.ts';
import type { ResourceDraft } from '../resource.ts';
import { pick, titleOf } from '../spoken.ts';
import { type ShownStance, stanceOf } from '../stance.ts';
import { hrefOf, htmlPage, type Layout, type LinkModel, layoutOf, type Reading, type Spoken, spoken, type TimeModel } from './page.ts';
import { shortCode } from './statement.ts';

export type EmbedModel = {
  layout: Layout;
  exercise: string | null;
  title: Spoken;
  href: string;
  edition: string;
  state: { code: ShownStance; text: string };
  at: TimeModel;
  /** What was wrong and what is right: the newest correction of a statement that stands. */
  correction: { text: string; note: Spoken; diff: LinkModel } | null;
  /** In place of the summary, where it must not be quoted any more. */
  gone: string | null;
  summary: Spoken;
  code: string;
};

/** What newspapers may set into their pages: always the newest version and how it stands. Only configured origins may frame it. */
export async function embedPage(reading: Reading, statement: PublicStatement): Promise<ResourceDraft | undefined> {
  const { room, speech } = reading;
  const { say } = speech;
  const { reference, versions } = statement;
  const latest = versions.at(-1);
  if (latest === undefined) return undefined;
  const { code, shown, correction } = stanceOf(statement);
  const agency = speech.typeset(room.agency.name[speech.language]);
  const place = { page: 'statement', reference } as const;
  const model: EmbedModel = {
    layout: layoutOf(reading, place, { title: say('embed.title', { agency, reference }), description: '' }),
    exercise: isExercise(reference) ? say('public.banner.exercise.title') : null,
    title: spoken(reading, titleOf(statement, versions.length, speech.language, room.agency.languages)),
    href: hrefOf(reading, place),
    edition: say('card.edition', { reference, version: latest.version, latest: versions.length }),
    state: { code: shown, text: say(`badge.state.${shown}`, { correction: correction?.version ?? 0 }) },
    at: speech.time(latest.at),
    correction: correction === undefined || code === 'withdrawn' || code === 'redacted' ? null : correctionLine(reading, statement, correction),
    gone: code === 'withdrawn' || code === 'redacted' ? say(`embed.${code}`) : null,
    summary: spoken(reading, pick(await summaries(reading, latest.entry), speech.language, room.agency.languages)),
    code: shortCode(versionHash(latest.files)),
  };
  const { embedOrigins } = room.agency;
  return {
    ...htmlPage(reading, 'public/embed', model, { headers: ['x-robots-tag', 'noindex'], policy: embedPolicy(embedOrigins) }),
    crossOrigin: embedOrigins.length > 0,
  };
}

export function embedPolicy(origins: readonly string[]): string {
  const ancestors = origins.length > 0 ? origins.join(' ') : "'none'";
  return `default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ${ancestors}`;
}

function correctionLine(reading: Reading, { reference, versions }: PublicStatement, correction: PublicStatement['versions'][number]): EmbedModel['correction'] {
  const { speech, room } = reading;
  const { version, at, changeNote, correctsVersion } = correction;
  const from = Math.max(1, correctsVersion !== null && correctsVersion < version ? correctsVersion : version - 1);
  const isGone = versions.some((one) => one.redacted !== null && (one.version === version || one.version === from));
  return {
    text: speech.say('embed.correction', { version, time: speech.time(at).text }),
    note: spoken(reading, pick(changeNote, speech.language, room.agency.languages)),
    diff: {
      href: hrefOf(reading, isGone ? { page: 'versions', reference } : { page: 'diff', reference, from, to: version }),
      text: isGone ? speech.say('public.versions.all', { count: versions.length }) : speech.say('public.diff.link', { from, to: version }),
    },
  };
}

async function summaries({ room }: Reading, entry: number): Promise<Parameters<typeof pick>[0]> {
  const { texts } = await room.texts.signed(entry);
  return Object.fromEntries(Object.entries(texts).map(([language, words]) => [language, words?.summary ?? '']));
}
