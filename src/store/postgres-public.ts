import { OnrecordError } from '../errors.ts';
import type { VerifierKey } from '../ledger/note.ts';
import type { PublicStatement } from '../statement/facts.ts';
import { checkAgainstLog } from './fact-check.ts';
import type { Database } from './postgres-database.ts';
import { catchUp, type KnownLog, loadKnownLog } from './postgres-log.ts';
import { readPublicFacts } from './postgres-shelf.ts';
import { readSliceOf } from './postgres-slice.ts';
import type { Store } from './store.ts';

/** What is public in a database, for a process that can read nothing else: it holds no key, and what it shows is what the trust note's keys signed. */
export type PublicReading = Pick<Store, 'ledger'> & {
  /** Every public statement at the opening. */
  statements: readonly PublicStatement[];
  catchUp(): Promise<{ statements: readonly PublicStatement[]; hasOwn: boolean }>;
  trouble(): string | null;
};

/** @param keys that sign the log, of which the first one names it @throws store_corrupt, store_unreachable */
export async function openPublicReading(database: Database, keys: readonly VerifierKey[]): Promise<PublicReading> {
  const opened = await database.snapshot(async (ask) => ({ ...(await loadKnownLog(ask, keys)), statements: await readPublicFacts(ask, 0) }));
  checkAgainstLog(opened.statements, opened.entries);
  let known: KnownLog = opened.known;
  let told = known.log.begin + known.log.size;
  let hasOwn = false;
  let refused: string | null = null;
  const takeIn = async (): Promise<void> => {
    const before = known;
    const caught = await catchUp(database.ask, keys, before).catch((error: unknown) => {
      // It shows what it knows, and says so to whoever watches it.
      if (error instanceof OnrecordError && error.code !== 'store_unreachable') refused = error.message;
      throw error;
    });
    refused = null;
    if (known !== before || caught.known === before) return;
    known = caught.known;
    hasOwn ||= caught.entries.some(({ statement }) => statement === undefined);
  };
  return {
    statements: opened.statements,
    ledger: (after, limit, what = 'files') => readSliceOf(database.ask, { known: () => known, takeIn }, { after, limit, what }),
    catchUp: async () => {
      await takeIn();
      const size = known.log.begin + known.log.size;
      if (size === told) return { statements: [], hasOwn: false };
      const statements = await readPublicFacts(database.ask, told);
      const others = { statements, hasOwn };
      [told, hasOwn] = [size, false];
      return others;
    },
    trouble: () => refused ?? database.trouble(),
  };
}
