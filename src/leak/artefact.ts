import type { Artefact, Claim, Collection } from './findings.ts';
import { byGrounds, moveOfVerdict, rankOf } from './moves.ts';

/** What happened to an item between two versions (leaks.md, "Model"). */

export const transitions = ['none', 'first', 'strengthened', 'weakened', 'reversed', 'withdrawn'] as const;
export type Transition = (typeof transitions)[number];

/**
 * What happened to an artefact's verdict between two versions. `first`: a verdict where none stood, also after a withdrawal. `reversed`:
 * another of authentic, altered, fabricated. `weakened`: no longer decided, or the same verdict with less behind it: lower confidence, a
 * basis, a kind of change or a fingerprint gone. `none`: other words at most.
 */
export function transitionOf(before: Artefact | null, after: Artefact): Transition {
  const move = moveOfVerdict(before?.verdict ?? 'unverified', after.verdict);
  return move === 'same' ? compareGrounds(before ?? after, after) : move;
}

/** How the grounds of one and the same verdict or finding moved. */
export function compareGrounds(before: Artefact | Collection | Claim, after: Artefact | Collection | Claim): Transition {
  const [old, now] = [groundsOf(before), groundsOf(after)];
  return byGrounds(
    rankOf(after) - rankOf(before),
    [...old].every((ground) => now.has(ground)),
    now.size > old.size,
  );
}

function groundsOf(item: Artefact | Collection | Claim): ReadonlySet<string> {
  const prints = 'form' in item ? (item.fingerprints ?? []).map(({ level, value }) => `${level} ${value}`) : [];
  const changes = 'form' in item ? (item.changes ?? []) : [];
  return new Set([...item.bases, ...changes, ...prints]);
}
