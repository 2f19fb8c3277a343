import type { Database } from './postgres-database.ts';
import type { TimeStamps } from './time-stamps.ts';

/** Time-stamps in a database; the first one of a checkpoint stays. */
export function openPostgresTimeStamps({ ask }: Pick<Database, 'ask'>): TimeStamps {
  return {
    read: async (log, size, form) => {
      const [row] = await ask<{ bytes: Buffer }>(`select ${form === 'tsr' ? 'tsr' : 'checkpoint'} as bytes from time_stamps where log = $1 and size = $2`, [
        log,
        size,
      ]);
      return row?.bytes;
    },
    sizes: async (log) => (await ask<{ size: number }>('select size from time_stamps where log = $1 order by size', [log])).map(({ size }) => size),
    keep: async (log, size, { checkpoint, tsr }) => {
      await ask('insert into time_stamps (log, size, checkpoint, tsr) values ($1, $2, $3, $4) on conflict do nothing', [log, size, checkpoint, tsr]);
    },
  };
}
