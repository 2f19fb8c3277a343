import type { PublicStatement, PublicVersion } from '../statement/facts.ts';
import { publicState } from '../statement/state.ts';

/** How a statement stands, in one word that may travel without its page: a correction is not forgotten when an update follows it. */
export type Stance = 'live' | 'corrected' | 'under_recheck' | 'withdrawn' | 'redacted';

export function stanceOf(statement: PublicStatement): { code: Stance; correction: PublicVersion | undefined } {
  const state = publicState(statement);
  const correction = statement.versions.findLast(({ kind }) => kind === 'correction');
  if (state === 'withdrawn' || state === 'under_recheck' || state === 'redacted') return { code: state, correction };
  return { code: correction === undefined ? 'live' : 'corrected', correction };
}
