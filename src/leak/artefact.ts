import { type Artefact, type Claim, type Collection, confidences } from './findings.ts';

/** What happened to an item between two versions (leaks.md, "Model"). */

export const transitions = ['none', 'first', 'strengthened', 'weakened', 'reversed', 'withdrawn'] as const;
export type Transition = (typeof transitions)[number];

/**
 * What happened to an artefact's verdict between two versions. `first`: a verdict where none stood, also after a withdrawal. `reversed`:
 * another of authentic, altered, fabricated. `weakened`: no longer decided, or the same verdict with less behind it: lower confidence, a
 * basis, a kind of change or a fingerprint gone. `none`: other words at most.
 */
export function transitionOf(before: Artefact | null, after: Artefact): Transition {
  const [old, now] = [before?.verdict ?? 'unverified', after.verdict];
  if (now === 'withdrawn') return old === 'withdrawn' || old === 'unverified' ? 'none' : 'withdrawn';
  if (now === 'unverified') return old === 'unverified' ? 'none' : 'weakened';
  if (before === null || old === 'unverified' || old === 'withdrawn') return 'first';
  if (old === now) return compareGrounds(before, after);
  if (old === 'indeterminate') return 'strengthened';
  return now === 'indeterminate' ? 'weakened' : 'reversed';
}

/** How the grounds of one and the same verdict or finding moved. */
export function compareGrounds(before: Artefact | Collection | Claim, after: Artefact | Collection | Claim): Transition {
  const step = rankOf(after) - rankOf(before);
  const [old, now] = [groundsOf(before), groundsOf(after)];
  if (step < 0 || [...old].some((ground) => !now.has(ground))) return 'weakened';
  return step > 0 || now.size > old.size ? 'strengthened' : 'none';
}

function rankOf({ confidence }: Artefact | Collection | Claim): number {
  return confidence === null ? 0 : 1 + confidences.indexOf(confidence);
}

function groundsOf(item: Artefact | Collection | Claim): ReadonlySet<string> {
  const prints = 'form' in item ? (item.fingerprints ?? []).map(({ level, value }) => `${level} ${value}`) : [];
  const changes = 'form' in item ? (item.changes ?? []) : [];
  return new Set([...item.bases, ...changes, ...prints]);
}
