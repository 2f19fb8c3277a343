import type { PublicStatement } from '../../statement/facts.ts';
import { pick } from '../spoken.ts';
import { hrefOf, type LinkModel, type Reading, type Spoken, spoken, type TimeModel } from './page.ts';

/** What was wrong and what is right, as prominent as the error. */
export type CorrectionBox = {
  version: number;
  at: TimeModel;
  corrects: number | null;
  wrong: Spoken;
  right: Spoken;
  note: Spoken;
  diff: LinkModel;
};

/** How long a correction stays on the versions that follow it. */
export const boxStaysMs = 7 * 24 * 60 * 60 * 1_000;

/** Boxes of a version's page, newest first: its own for ever, an earlier correction's for seven days after it. */
export async function correctionBoxes(reading: Reading, statement: PublicStatement, shown: number): Promise<readonly CorrectionBox[]> {
  const carried = statement.versions.filter(
    ({ kind, version, at, redacted }) =>
      kind === 'correction' && redacted === null && version <= shown && (version === shown || !reading.instant.isPast(Date.parse(at) + boxStaysMs)),
  );
  return Promise.all(carried.reverse().map(({ version }) => correctionBox(reading, statement, version)));
}

export async function correctionBox(reading: Reading, { reference, versions }: PublicStatement, version: number): Promise<CorrectionBox> {
  const { speech, room } = reading;
  const facts = versions[version - 1];
  const signed = facts && (await room.texts.signed(facts.entry));
  const words = (texts: Parameters<typeof pick>[0]): Spoken => spoken(reading, pick(texts, speech.language, room.agency.languages));
  const corrects = facts?.correctsVersion ?? signed?.correction?.version ?? null;
  const from = corrects !== null && corrects < version ? corrects : version - 1;
  return {
    version,
    at: speech.time(facts?.at ?? ''),
    corrects,
    wrong: words(signed?.correction?.wasWrong ?? {}),
    right: words(signed?.correction?.isRight ?? {}),
    note: words(facts?.changeNote ?? {}),
    diff: {
      href: hrefOf(reading, { page: 'diff', reference, from: Math.max(1, from), to: version }),
      text: speech.say('public.diff.link', { from: Math.max(1, from), to: version }),
    },
  };
}
