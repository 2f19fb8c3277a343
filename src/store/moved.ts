import { z } from 'zod';
import { refuse } from '../errors.ts';
import { Instant } from '../statement/schema.ts';

/** Left where a house has moved away from, so that no second history begins there. Whoever is sure takes it away by hand. */
export const Moved = z.strictObject({
  /** A directory, or a database without who signs in there. */
  to: z.string(),
  at: Instant,
  /** Entries of all logs that went along. */
  size: z.int().nonnegative(),
});
export type Moved = z.infer<typeof Moved>;

/** Its name in a data directory. */
export const movedName = 'moved.json';

/** @param mark what has to be taken away where the move is not to count */
export function refuseMoved({ to, at, size }: Moved, mark: string): never {
  return refuse('store_moved', `this house moved to ${to} at ${at}, with ${size} entries, and goes on there; if it never arrived, take ${mark} away`);
}
