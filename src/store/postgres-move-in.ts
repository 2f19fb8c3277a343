import { OnrecordError } from '../errors.ts';
import type { EmptyPlace } from './carrying.ts';
import type { Moved } from './moved.ts';
import { openBeside } from './postgres-belongings.ts';
import type { Ask } from './postgres-database.ts';
import { insertEntries } from './postgres-record.ts';
import { changeTexts, publishFacts, writeStatement } from './postgres-shelf.ts';

const filled = [
  'installation',
  'entries',
  'statements',
  'people',
  'notices',
  'refusals',
  'preview_links',
  'prints',
  'time_stamps',
  'clearances',
  'staged_batches',
];
/** What people change without the ledger's lock. */
const changed = ['statements', 'texts', 'text_uses', 'people', 'freezing', 'notices', 'refusals', 'preview_links', 'staged_batches', 'staged_bodies'];

/** The tables of a transaction, which have to be empty. @throws store_exists */
export async function openEmptyTables(ask: Ask): Promise<EmptyPlace> {
  for (const table of filled)
    if ((await ask(`select from ${table} limit 1`)).length > 0) throw new OnrecordError('store_exists', `the database already holds rows of ${table}`);
  return {
    begin: async (installation, { size, checkpoint, closed }) => {
      await ask('insert into installation (marker) values ($1)', [JSON.stringify(installation)]);
      for (const [place, log] of closed.entries())
        await ask('insert into closed_logs (number, size, checkpoint) values ($1, $2, $3)', [place + 1, log.size, log.checkpoint]);
      await ask('update head set size = $1, checkpoint = $2', [closed.reduce((rest, log) => rest - log.size, size), checkpoint]);
    },
    entries: (logged) => insertEntries(ask, logged),
    statement: async ({ statement, texts }) => {
      await writeStatement(ask, undefined, statement);
      await publishFacts(ask, undefined, statement);
      await changeTexts(ask, statement, texts);
    },
    beside: await openBeside(ask),
    end: async () => {},
  };
}

/** Until the transaction ends nobody publishes, and nobody changes what people keep; whoever reads goes on. */
export async function lockTables(ask: Ask): Promise<void> {
  await ask('select from head for update');
  await ask(`lock table ${changed.join(', ')} in share mode`);
}

/** Null: it did not move after all. */
export async function markMoved(ask: Ask, moved: Moved | null): Promise<void> {
  await ask('update head set moved = $1', [moved && JSON.stringify(moved)]);
}
