import type { Artefact, Claim } from './findings.ts';

/** What of a finding can be said as a number (leaks.md, "Machine form"): schema.org asks for one in a ClaimReview. */

export const reviewScale = { best: 5, worst: 1 } as const;

const ofVerdicts: Partial<Record<Artefact['verdict'], number>> = { authentic: 5, altered: 2, fabricated: 1 };
const ofClaims: Partial<Record<Claim['finding'], number>> = { true: 5, partly_true: 3, false: 1 };

/**
 * From 5, authentic or true, to 1, fabricated or false. Null where nothing was found out, where the evidence cannot decide, and where
 * the finding was withdrawn: none of these lies between the ends of a scale.
 */
export function scaleOf(item: Pick<Artefact, 'verdict'> | Pick<Claim, 'finding'>): number | null {
  return ('verdict' in item ? ofVerdicts[item.verdict] : ofClaims[item.finding]) ?? null;
}
