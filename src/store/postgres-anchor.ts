import type { Entry } from '../ledger/entry.ts';
import { realDisk } from './disk.ts';
import { anchorObjection, writeAnchor } from './embedded-anchor.ts';
import { keysOf, type Log, type Signers } from './log.ts';
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

/** @param file null: no guard against a database that was put back */
export async function openAnchor(file: string | null, signers: Signers, log: Log, entries: readonly Entry[], tell: (line: string) => void): Promise<Anchor> {
  let trouble: string | null = null;
  if (file === null) return { lost: [], objection: null, advance: async () => {}, trouble: () => null };
  const lost = lostRedactions(await readRedactions(realDisk, file), entries);
  const behind = await anchorObjection(realDisk, file, log, keysOf(signers));
  return {
    lost,
    objection: behind ?? (lost.length > 0 ? 'rollback: a text was redacted that this store still has' : null),
    advance: async (checkpoint, fresh) => {
      try {
        if (checkpoint !== null) await writeAnchor(realDisk, file, checkpoint);
        const redactions = redactionsOf(fresh);
        if (redactions.length > 0) await keepRedactions(realDisk, file, redactions);
        trouble = null;
      } catch (error) {
        trouble = `the anchor could not be written: ${error instanceof Error ? error.message : error}`;
        tell(trouble);
      }
    },
    trouble: () => trouble,
  };
}
