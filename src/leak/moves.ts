import type { Transition } from './artefact.ts';
import type { Artefact, Claim, Collection } from './findings.ts';
import type { FindingLine, VerdictLine } from './register.ts';

/**
 * What happened between two findings, by their codes, and between two lines of the register (leaks.md, "Model"). Of other files only
 * types are taken: browsers run this one.
 */

type Verdict = Artefact['verdict'];

/** Of an artefact's verdict or a claim's finding; `same` where only the grounds can tell. Nothing listed before is `unverified`. */
export function moveOfVerdict(old: Verdict | Claim['finding'], now: Verdict | Claim['finding']): Transition | 'same' {
  if (now === 'withdrawn') return old === 'withdrawn' || old === 'unverified' ? 'none' : 'withdrawn';
  if (now === 'unverified') return old === 'unverified' ? 'none' : 'weakened';
  if (old === 'unverified' || old === 'withdrawn') return 'first';
  if (old === now) return 'same';
  if (old === 'indeterminate') return 'strengthened';
  return now === 'indeterminate' ? 'weakened' : 'reversed';
}

/** Of a collection's finding: back to `unverified` is the withdrawal, "may contain" grows into "mixed" or "fabricated", any other move reverses. */
export function moveOfCollection(old: Collection['finding'], now: Collection['finding']): Transition | 'same' {
  if (now === 'unverified') return old === 'unverified' ? 'none' : 'withdrawn';
  if (old === 'unverified') return 'first';
  if (old === now) return 'same';
  if (old === 'may_contain_falsified') return now === 'authentic_sample' ? 'reversed' : 'strengthened';
  return now === 'may_contain_falsified' && old !== 'authentic_sample' ? 'weakened' : 'reversed';
}

const ranks = { low: 1, moderate: 2, high: 3 } as const satisfies Record<NonNullable<Artefact['confidence']>, number>;

/** 0 for none, 3 for high. */
export function rankOf({ confidence }: Pick<Artefact, 'confidence'>): number {
  return confidence === null ? 0 : ranks[confidence];
}

/** A verdict that loses ground is taken back as loudly as it was given. */
export function owesCorrection(transition: Transition): boolean {
  return transition === 'weakened' || transition === 'reversed' || transition === 'withdrawn';
}

/** What happened to an artefact between two lines: as between two versions, by what the register holds of its grounds. */
export function moveOfLine(before: VerdictLine, after: VerdictLine): Transition {
  const move = moveOfVerdict(before.verdict, after.verdict);
  if (move !== 'same') return move;
  const kept = before.changes.every((change) => after.changes.includes(change));
  return byGrounds(rankOf(after) - rankOf(before), kept, after.changes.length > before.changes.length);
}

/** What happened to a collection between two lines. */
export function moveOfFindingLine(before: FindingLine, after: FindingLine): Transition {
  const move = moveOfCollection(before.finding, after.finding);
  return move === 'same' ? byGrounds(rankOf(after) - rankOf(before), true, false) : move;
}

/** The same finding on other grounds: `step` of its confidence, whether each ground is kept, and whether some came. */
export function byGrounds(step: number, isKept: boolean, isMore: boolean): Transition {
  if (step < 0 || !isKept) return 'weakened';
  return step > 0 || isMore ? 'strengthened' : 'none';
}

/** The lines of a history at which a finding lost ground, oldest first. */
export function lossesIn<Line>(history: readonly Line[], moved: (before: Line, after: Line) => Transition): readonly Line[] {
  return history.filter((line, place) => {
    const before = history[place - 1];
    return before !== undefined && owesCorrection(moved(before, line));
  });
}

/** The lines at which finding or confidence became another one, oldest first: the last of them says since when the finding stands. */
export function turnsOf<Line extends VerdictLine | FindingLine>(history: readonly Line[]): readonly Line[] {
  const said = (line: Line): string => `${'verdict' in line ? line.verdict : line.finding} ${line.confidence}`;
  return history.filter((line, place) => {
    const before = history[place - 1];
    return before === undefined || said(before) !== said(line);
  });
}
