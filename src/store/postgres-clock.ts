import type { Database } from './postgres-database.ts';

/** The database's clock, as this process tells it: asked for now and then, and carried on in between. */
export type DatabaseClock = { now(): number; stop(): void };

const everyMs = 10_000;

/** @throws store_unreachable */
export async function openDatabaseClock({ ask }: Pick<Database, 'ask'>): Promise<DatabaseClock> {
  let ahead = await measure(ask);
  // A process whose database does not answer goes by what it knew.
  const timer = setInterval(() => {
    measure(ask).then(
      (next) => {
        ahead = next;
      },
      () => {},
    );
  }, everyMs).unref();
  return { now: () => Math.floor(performance.now() + ahead), stop: () => clearInterval(timer) };
}

/** How far the database's clock is ahead of this process's own counter, in milliseconds; half of the way there and back is the way back. */
async function measure(ask: Database['ask']): Promise<number> {
  const sent = performance.now();
  const [row] = await ask<{ now: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as now');
  return (row?.now ?? Number.NaN) - (sent + performance.now()) / 2;
}
