import type { Statement } from './facts.ts';

/** Time to statement (workflow.md, "Details first implementations miss"): how long it took this house to speak, and to check what one person said. */
export type SpeakingTimes = {
  firstDraftAt: string;
  firstPublishedAt: string | null;
  /** Minutes from the first draft to the first publication, to a tenth; null before it. */
  minutesToFirst: number | null;
  /** Each flash: when it came out, and when a second person stood behind it or disowned it. */
  flashes: readonly { version: number; at: string; checkedAt: string | null; minutesToCheck: number | null }[];
};

/** Instants UTC, lengths in minutes to a tenth. */
export function speakingTimes({ opened, versions }: Pick<Statement, 'opened' | 'versions'>): SpeakingTimes {
  const firstPublishedAt = versions[0]?.at ?? null;
  return {
    firstDraftAt: opened.at,
    firstPublishedAt,
    minutesToFirst: firstPublishedAt === null ? null : minutesBetween(opened.at, firstPublishedAt),
    flashes: versions.flatMap(({ version, at, debt }) => {
      if (debt?.because !== 'flash') return [];
      const checkedAt = debt.endorsed?.at ?? debt.disowned?.at ?? null;
      return [{ version, at, checkedAt, minutesToCheck: checkedAt === null ? null : minutesBetween(at, checkedAt) }];
    }),
  };
}

/** To a tenth of a minute; never negative, since the commit's clock may stand before a draft's. */
export function minutesBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 6_000) / 10);
}
