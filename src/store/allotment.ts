import type { Allotment } from './store.ts';

/** What one change was given: read after it ran, to hold it to that. */
export type Allotted = { allot: Allotment; entries: { index: number; at: string }[]; reference: string | null };

/**
 * Gives a change its entries' indexes and instants, and the next reference. Instants never stand still or go back, whatever the
 * clock does; `taken` are the references given so far.
 */
export function createAllotment(now: number, log: { begin: number; size: number; lastAt: string | null }, taken: Iterable<string>): Allotted {
  const instant = (position: number): number => Math.max(now, log.lastAt === null ? 0 : Date.parse(log.lastAt) + 1) + position;
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
      prev: (entry) => (entry === null || entry < log.begin ? null : entry - log.begin),
      reference: (exercise) => {
        const prefix = `${exercise ? 'EX-' : ''}${new Date(instant(0)).getUTCFullYear()}-`;
        const numbers = [...taken].filter((reference) => reference.startsWith(prefix)).map((reference) => Number(reference.slice(prefix.length)));
        const next = numbers.reduce((most, number) => Math.max(most, number), 0) + 1;
        allotted.reference = `${prefix}${String(next).padStart(4, '0')}`;
        return allotted.reference;
      },
    },
  };
  return allotted;
}
