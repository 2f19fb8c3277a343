import type { Database } from './postgres-database.ts';
import type { Tallies, Tally } from './tallies.ts';

const left = "greatest(0, extract(epoch from began + $2 * interval '1 millisecond' - clock_timestamp()) * 1000)::float8 as ttl";
const isOver = "tallies.began + $2 * interval '1 millisecond' <= clock_timestamp()";

/** By the database's clock. What is a day old goes as others begin. */
export function openPostgresTallies({ ask }: Pick<Database, 'ask'>): Tallies {
  return {
    add: async (key, windowMs) => {
      const [row] = await ask<Tally>(
        `insert into tallies (key, count, began) values ($1, 1, clock_timestamp()) on conflict (key) do update set
           count = case when ${isOver} then 1 else tallies.count + 1 end,
           began = case when ${isOver} then clock_timestamp() else tallies.began end
         returning count as current, ${left}`,
        [key, windowMs],
      );
      if (row?.current === 1) await ask("delete from tallies where began < clock_timestamp() - interval '1 day'");
      return row ?? { current: 1, ttl: windowMs };
    },
    read: async (key, windowMs) => {
      const [row] = await ask<Tally>(`select count as current, ${left} from tallies where key = $1 and not (${isOver})`, [key, windowMs]);
      return row ?? { current: 0, ttl: 0 };
    },
  };
}
