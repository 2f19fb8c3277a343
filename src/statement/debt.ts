import type { Debt, Version } from './facts.ts';
import { debtState } from './state.ts';

/** How soon it is due. A change here has to keep what it was: what is on record is held to it. */
export const debtLastsMs = { flash: 60 * 60_000, withdrawal: 24 * 60 * 60_000 } as const satisfies Record<Debt['because'], number>;

/** A second check that a version owes from now on. */
export function newDebt(because: Debt['because'], dueAt: string): Debt {
  return { because, dueAt, endorsed: null, disowned: null, moot: null };
}

/** The version with its debt settled in this way; as it is where it owes none. */
export function settleDebt(version: Version, how: Partial<Pick<Debt, 'endorsed' | 'disowned' | 'moot'>>): Version {
  const { debt } = version;
  return debt !== null && debtState(debt) === 'owed' ? { ...version, debt: { ...debt, ...how } } : version;
}
