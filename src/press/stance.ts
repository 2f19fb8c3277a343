import type { PublicStatement, PublicVersion } from '../statement/facts.ts';
import { publicState } from '../statement/state.ts';
import { isExercise } from './address.ts';

/** How a statement stands, in one word that may travel without its page: a correction is not forgotten when an update follows it. */
export type Stance = 'live' | 'corrected' | 'owed' | 'disowned' | 'under_recheck' | 'withdrawn' | 'redacted';
/** What is shown of it: an exercise is that before all else. */
export type ShownStance = Stance | 'exercise';

/** `code` without regard to exercises, `shown` with it; `correction`: the newest one there was, if any. */
export function stanceOf(statement: PublicStatement): { code: Stance; shown: ShownStance; correction: PublicVersion | undefined } {
  const { code, correction } = stance(statement);
  return { code, shown: isExercise(statement.reference) ? 'exercise' : code, correction };
}

function stance(statement: PublicStatement): { code: Stance; correction: PublicVersion | undefined } {
  const state = publicState(statement);
  const correction = statement.versions.findLast(({ kind }) => kind === 'correction');
  if (state === 'withdrawn' || state === 'under_recheck' || state === 'redacted') return { code: state, correction };
  if (statement.versions.at(-1)?.debt?.disownedAt) return { code: 'disowned', correction };
  if (statement.versions.some(({ debt }) => isOwed(debt))) return { code: 'owed', correction };
  return { code: correction === undefined ? 'live' : 'corrected', correction };
}

/** Whether a second person still has to stand behind what one person published. It survives the versions that follow. */
export function isOwed(debt: PublicVersion['debt']): boolean {
  return debt !== null && debt.endorsedAt === null && debt.mootAt === null && debt.disownedAt === null;
}
