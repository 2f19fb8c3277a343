import type { Log } from './log.ts';
import type { Ask } from './postgres-database.ts';
import { type KnownLog, readEntries } from './postgres-log.ts';
import type { ClosedLog, LedgerSlice, WantedFiles } from './store.ts';

/** The log as a process knows it, and how it takes in what was committed since. */
export type Following = { known(): KnownLog; takeIn(): Promise<void> };

/** The verb `ledger` of a store in a database. */
export async function readSliceOf(
  ask: Ask,
  { known: now, takeIn }: Following,
  { after, limit, what }: { after: number; limit: number; what: WantedFiles },
): Promise<LedgerSlice> {
  await takeIn();
  const known = now();
  const size = known.log.begin + known.log.size;
  const entries = await readEntries(ask, known, { after, limit, what }).catch(async (error: unknown) => {
    // A redaction may have come between the two readings.
    await takeIn();
    if (now() === known) throw error;
    return readEntries(ask, now(), { after, limit: Math.min(limit, size - after - 1), what });
  });
  return { size, checkpoint: known.log.checkpoint, closed: known.closed.map(closedLog), entries };
}

function closedLog({ checkpoint, size }: Log): ClosedLog {
  return { origin: checkpoint?.split('\n')[0] ?? '', size, checkpoint: checkpoint ?? '' };
}
