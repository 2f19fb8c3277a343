import { OnrecordError } from './errors.ts';

/** Lets `atOnce` pieces of work run, `waiting` more wait their turn, and refuses the rest with `busy`. */
export type Turnstile = <Value>(work: () => Promise<Value>) => Promise<Value>;

export function createTurnstile(atOnce: number, waiting: number): Turnstile {
  let running = 0;
  const queue: (() => void)[] = [];

  return async (work) => {
    if (running >= atOnce) {
      if (queue.length >= waiting) throw new OnrecordError('busy', 'too much of this is being done at once');
      await new Promise<void>((resolve) => queue.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      // The place goes straight to the next in line, so that nobody slips in between.
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
