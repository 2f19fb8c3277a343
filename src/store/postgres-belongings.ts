import { OnrecordError, refuse } from '../errors.ts';
import type { Belongings, Beside } from './carrying.ts';
import type { Signers } from './log.ts';
import { openPostgresStore } from './postgres.ts';
import { openPostgresClearances } from './postgres-clearances.ts';
import { type Ask, within } from './postgres-database.ts';
import { readMarker } from './postgres-installation.ts';
import { openPostgresOutbox } from './postgres-outbox.ts';
import { openPostgresPeople } from './postgres-people.ts';
import { openPostgresPrints } from './postgres-prints.ts';
import { openPostgresStagedImports } from './postgres-staged-imports.ts';
import { openPostgresTimeStamps } from './postgres-time-stamps.ts';

/** What lies in a database, as one transaction sees it. @throws store_corrupt, rollback_detected, as at a start */
export async function openTransaction(ask: Ask, signers: Signers, anchorFile: string | null): Promise<Belongings> {
  const store = await openPostgresStore({ database: within(ask), ...signers, anchorFile });
  const trouble = store.trouble();
  if (trouble !== null) throw new OnrecordError('rollback_detected', trouble);
  return { installation: await readMarker(ask), store, ...(await openBeside(ask)), close: () => store.close() };
}

/** All but statements and ledger, in one transaction. */
export async function openBeside(ask: Ask): Promise<Beside> {
  const database = within(ask);
  return {
    people: openPostgresPeople({ database, now: Date.now }),
    outbox: openPostgresOutbox(database),
    prints: openPostgresPrints(database),
    timeStamps: openPostgresTimeStamps(database),
    clearances: await openPostgresClearances(database),
    staged: openPostgresStagedImports(database, (line) => refuse('store_corrupt', line)),
  };
}
