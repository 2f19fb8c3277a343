import { type Clearance, type ClearanceHead, ClearanceLine, type Clearances, headOf } from './clearances.ts';
import type { Database } from './postgres-database.ts';

/**
 * Clearances in a database. Of two processes that clear the same bytes with the same key the first counts, for both: the signature that
 * readers see is the same everywhere.
 */
export async function openPostgresClearances({ ask }: Pick<Database, 'ask'>): Promise<Clearances> {
  const heads = new Map<string, ClearanceHead>();
  for (const { clearance } of await ask<{ clearance: unknown }>('select clearance from clearances')) {
    const read = ClearanceLine.safeParse(clearance).data;
    if (read) heads.set(read.name, headOf(read));
  }
  const read = async (name: string): Promise<Clearance | undefined> => {
    const [row] = await ask<{ clearance: unknown }>('select clearance from clearances where name = $1', [name]);
    const kept = ClearanceLine.safeParse(row?.clearance).data;
    // Another process may have kept it.
    if (kept) heads.set(name, headOf(kept));
    return kept;
  };
  return {
    head: (name) => heads.get(name),
    read,
    names: () => [...heads.keys()],
    keep: async (clearances) => {
      await ask(
        `insert into clearances (name, clearance) select * from unnest($1::text[], $2::json[]) on conflict (name) do update set clearance = excluded.clearance
         where clearances.clearance ->> 'sha256' <> excluded.clearance ->> 'sha256'
            or clearances.clearance -> 'signature' ->> 'key' is distinct from excluded.clearance -> 'signature' ->> 'key'`,
        [clearances.map(({ name }) => name), clearances.map((one) => JSON.stringify(one))],
      );
      for (const { name } of clearances) await read(name);
    },
    close: async () => {},
  };
}
