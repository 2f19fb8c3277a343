import { OnrecordError } from './errors.ts';

/** Lets `atOnce` pieces of work run, `waiting` more wait their turn, and refuses the rest with `busy`. Those that go `ahead` wait in a line of their own, as long, and are let in first. */
export type Turnstile = <Value>(work: () => Promise<Value>, line?: 'ahead') => Promise<Value>;

export function createTurnstile(atOnce: number, waiting: number): Turnstile {
  let running = 0;
  const [ahead, others]: [(() => void)[], (() => void)[]] = [[], []];

  return async (work, line) => {
    const queue = line === 'ahead' ? ahead : others;
    if (running >= atOnce) {
      if (queue.length >= waiting) throw new OnrecordError('busy', 'too much of this is being done at once');
      await new Promise<void>((resolve) => queue.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      // The place goes straight to the next in line, so that nobody slips in between.
      const next = ahead.shift() ?? others.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
