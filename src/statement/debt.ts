import type { Debt, Version } from './facts.ts';
import { debtState } from './state.ts';

/** A second check that a version owes from now on. */
export function newDebt(because: Debt['because'], dueAt: string): Debt {
  return { because, dueAt, endorsed: null, disowned: null, moot: null };
}

/** The version with its debt settled in this way; as it is where it owes none. */
export function settleDebt(version: Version, how: Partial<Pick<Debt, 'endorsed' | 'disowned' | 'moot'>>): Version {
  const { debt } = version;
  return debt !== null && debtState(debt) === 'owed' ? { ...version, debt: { ...debt, ...how } } : version;
}
