import type { Test } from 'tap';

/** The commit run is part of `npm test`; the full one is `npm run test:full`. */
export const isFull = process.env.ONRECORD_FULL === '1';

/** How often a harness tries: some in the commit run, many in the full one. */
export function trials(counts: { commit: number; full: number }): number {
  return isFull ? counts.full : counts.commit;
}

/** One line of the table of promises (docs/security.md). `control`: what the negative control was, and what the same checker found in it. */
export type PromiseRow = { promise: string; what: string; trials: number; violations: number; control: string };

/** Asserts that nothing was violated and leaves the line for the table that ends a run (test/support/reporter.ts). */
export function keepsPromise(t: Test, { promise, what, trials: count, violations, control }: PromiseRow): void {
  t.ok(count > 0, `${promise} was tried`);
  t.equal(violations, 0, `${promise} is kept: ${what}`);
  t.comment(`promise ${[promise, what, count, violations, control].join(' | ')}`);
}
