import { refuse } from '../errors.ts';
import { rootOfEntries } from '../ledger/tree.ts';

/** One log of the house with its whole content. Of several the last one is the current; `checkpoint` is null before its first entry. */
export type HouseLog = { origin: string; checkpoint: string | null; entries: readonly Buffer[] };

/** A log that has at least one entry, and so a checkpoint. */
export type SignedLog = HouseLog & { checkpoint: string };

/** The log that is written now. */
export function currentLog<Log extends HouseLog>(logs: readonly Log[]): Log {
  return logs.at(-1) ?? refuse('store_corrupt', 'there is no log');
}

export function countEntries(logs: readonly HouseLog[]): number {
  return logs.reduce((sum, { entries }) => sum + entries.length, 0);
}

/** The root of the log's first `size` entries, 32 bytes. */
export function rootOfLog({ entries }: HouseLog, size: number = entries.length): Buffer {
  return rootOfEntries(entries.slice(0, size));
}

/** Whether the second history goes on from the first: the same closed logs, and in the first one's current log the same beginning. */
export function goesOn(from: readonly HouseLog[], to: readonly HouseLog[]): boolean {
  return from.every((log, place) => {
    const other = to[place];
    const isLast = place === from.length - 1;
    if (other === undefined || other.origin !== log.origin || other.entries.length < log.entries.length) return false;
    if (!isLast && other.entries.length !== log.entries.length) return false;
    return log.entries.every((entry, index) => other.entries[index]?.equals(entry));
  });
}
