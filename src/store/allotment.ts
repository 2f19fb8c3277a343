import type { Register } from '../leak/register.ts';
import type { Allotment } from './store.ts';

/** What one change was given: read after it ran, to hold it to that. */
export type Allotted = { allot: Allotment; entries: { index: number; at: string }[]; reference: string | null };

/**
 * Gives a change its entries' indexes and instants, and the next reference. Instants never stand still or go back, whatever the
 * clock does; `taken` are the references given so far, `register` is the newest state of the register, `frozen` whether publishing is.
 */
export function createAllotment(
  now: number,
  log: { number: number; begin: number; size: number; lastAt: string | null },
  taken: Iterable<string>,
  register: Register | null,
  frozen = false,
): Allotted {
  const first = firstInstant(now, log.lastAt);
  const instant = (position: number): number => first + position;
  const allotted: Allotted = {
    entries: [],
    reference: null,
    allot: {
      entry: () => {
        const position = allotted.entries.length;
        const entry = { index: log.begin + log.size + position, at: new Date(instant(position)).toISOString() };
        allotted.entries.push(entry);
        return { ...entry };
      },
      log: log.number,
      prev: (entry) => (entry === null || entry < log.begin ? null : entry - log.begin),
      reference: (exercise) => {
        allotted.reference = nextReference(taken, { exercise, year: new Date(instant(0)).getUTCFullYear() });
        return allotted.reference;
      },
      register: () => register,
      frozen: () => frozen,
    },
  };
  return allotted;
}

/** The instant of the next entry, milliseconds UTC: the clock's, but behind that of the last one. */
export function firstInstant(now: number, lastAt: string | null): number {
  return Math.max(now, lastAt === null ? 0 : Date.parse(lastAt) + 1);
}

/** How references of this series begin. */
export function seriesOf(exercise: boolean, year: number): string {
  return `${exercise ? 'EX-' : ''}${year}-`;
}

/** The next number of a year's series, gapless after those taken; the `count`-th next one where more than one is asked for. */
export function nextReference(taken: Iterable<string>, { exercise, year }: { exercise: boolean; year: number }, count = 1): string {
  const prefix = seriesOf(exercise, year);
  let most = 0;
  for (const reference of taken) if (reference.startsWith(prefix)) most = Math.max(most, Number(reference.slice(prefix.length)));
  return `${prefix}${String(most + count).padStart(4, '0')}`;
}
