import { OnrecordError } from '../errors.ts';
import type { Ask, Database } from './postgres-database.ts';
import { isOver, StagedBatch, type StagedImports } from './staged-imports.ts';

/** Batches and their documents as rows. @param tell takes lines about what cannot be read */
export function openPostgresStagedImports(database: Database, tell: (line: string) => void = () => {}): StagedImports {
  const { ask } = database;
  return {
    list: async () => {
      const rows = await ask<{ id: string; batch: unknown }>('select id, batch from staged_batches order by at, id');
      return rows.flatMap(({ id, batch }) => {
        const read = StagedBatch.safeParse(batch).data;
        if (read?.id !== id) tell(`the batch ${id} cannot be read`);
        return read?.id === id ? [read] : [];
      });
    },
    read: (id) => readBatch(ask, id),
    body: async (id, place) => {
      const [row] = await ask<{ body: Buffer }>('select body from staged_bodies where batch = $1 and place = $2', [id, place]);
      if (row === undefined) throw new OnrecordError('not_found', `the batch ${id} has no document ${place}`);
      return row.body;
    },
    stage: async (batch, bodies) => {
      let hasBegun = false;
      await database.change(async (inside) => {
        // The bodies come once.
        if (hasBegun) throw new OnrecordError('busy', 'others were in the way: lay the documents out again');
        hasBegun = true;
        await inside('insert into staged_batches (id, batch) values ($1, $2)', [batch.id, JSON.stringify(StagedBatch.parse(batch))]);
        let place = 0;
        for await (const body of bodies) await inside('insert into staged_bodies (batch, place, body) values ($1, $2, $3)', [batch.id, place++, body]);
      });
    },
    edit: (id, change) =>
      database.change(async (inside) => {
        const current = await readBatch(inside, id, true);
        if (current === undefined) return undefined;
        const changed = change(current);
        const next = isOver(changed) ? { ...changed, documents: [] } : changed;
        if (changed !== current) await inside('update staged_batches set batch = $2 where id = $1', [id, JSON.stringify(StagedBatch.parse(next))]);
        if (isOver(next)) await inside('delete from staged_bodies where batch = $1', [id]);
        return next;
      }),
  };
}

async function readBatch(ask: Ask, id: string, isLocked = false): Promise<StagedBatch | undefined> {
  const [row] = await ask<{ batch: unknown }>(`select batch from staged_batches where id = $1${isLocked ? ' for update' : ''}`, [id]);
  return row && StagedBatch.parse(row.batch);
}
