import type { Entry } from '../ledger/entry.ts';
import { readIfThere, realDisk } from './disk.ts';
import { objectionOf, writeAnchor } from './embedded-anchor.ts';
import { keysOf, type Log, type Signers } from './log.ts';
import { createQueue } from './queue.ts';
import { type KnownRedaction, keepRedactions, lostRedactions, readRedactions, redactionsOf } from './redaction-list.ts';

/** This host's own memory of the log and of redactions, beside a database that may be put back in time (record.md, "Rollback"). */
export type Anchor = {
  /** Redactions that this host knows of and the log does not tell. */
  lost: readonly KnownRedaction[];
  /** Why the log does not go on from what this host knows; null where it does. */
  objection: string | null;
  /** Brings it up to a committed checkpoint; a failure is told and tried again with the next one. */
  advance(checkpoint: string | null, entries: readonly Entry[]): Promise<void>;
  /** Why it is behind. */
  trouble(): string | null;
};

/** What this host knows, read before the database is: other processes of the host may go on meanwhile. */
export type Remembered = { file: string; note: string | null; redactions: readonly KnownRedaction[] } | null;

/** @param file null: no guard against a database that was put back */
export async function remember(file: string | null): Promise<Remembered> {
  if (file === null) return null;
  return { file, note: (await readIfThere(realDisk, file))?.toString() ?? null, redactions: await readRedactions(realDisk, file) };
}

export function openAnchor(remembered: Remembered, signers: Signers, log: Log, entries: readonly Entry[], tell: (line: string) => void): Anchor {
  let trouble: string | null = null;
  let written = 0;
  // One after the other, and never back: two commits may be told in another order than they were made.
  const queue = createQueue();
  if (remembered === null) return { lost: [], objection: null, advance: async () => {}, trouble: () => null };
  const { file } = remembered;
  const lost = lostRedactions(remembered.redactions, entries);
  const behind = objectionOf(remembered.note, log, keysOf(signers));
  return {
    lost,
    objection: behind ?? (lost.length > 0 ? 'rollback: a text was redacted that this store still has' : null),
    advance: (checkpoint, fresh) =>
      queue.run(async () => {
        try {
          const size = sizeOf(checkpoint);
          if (checkpoint !== null && size > written && !(await isBeyond(file, checkpoint))) await writeAnchor(realDisk, file, checkpoint);
          written = Math.max(written, size);
          const redactions = redactionsOf(fresh);
          if (redactions.length > 0) await keepRedactions(realDisk, file, redactions);
          trouble = null;
        } catch (error) {
          trouble = `the anchor could not be written: ${error instanceof Error ? error.message : error}`;
          tell(trouble);
        }
      }),
    trouble: () => trouble,
  };
}

/** Whether another process of this host has written a larger one of the same log. */
async function isBeyond(file: string, checkpoint: string): Promise<boolean> {
  const there = (await readIfThere(realDisk, file))?.toString() ?? null;
  return there?.split('\n')[0] === checkpoint.split('\n')[0] && sizeOf(there) > sizeOf(checkpoint);
}

function sizeOf(checkpoint: string | null): number {
  return Number(checkpoint?.split('\n')[1] ?? 0);
}
