import { readFile } from 'node:fs/promises';
import pg from 'pg';
import type { Test } from 'tap';
import { createSigner } from '../../src/ledger/signer.ts';
import { openDatabase } from '../../src/store/postgres-database.ts';
import { identity } from './agency.ts';
import { openPlace } from './place.ts';
import type { PostgresServer } from './postgres.ts';
import { inspected, type Served, serveAt } from './served-agency.ts';
import type { SharedAgency } from './shared-agency.ts';
import { openStoreAt } from './store-place.ts';

/** A copy of an agency's database, served by `onrecord serve` in a process of its own, that can be ended and started again. Nobody may use the original meanwhile. */
export async function serveDatabaseCopyOf(t: Test, agency: SharedAgency, server: PostgresServer): Promise<Served> {
  const name = `copy_${process.hrtime.bigint()}`;
  const owner = new pg.Client({ connectionString: server.url('postgres', 'owner') });
  await owner.connect();
  await owner.query(`create database ${name} template ${agency.database}`);
  await owner.end();
  const place = await openPlace(t);
  const url = server.url(name);
  const environment = agency.environment(name, { ...place.env, ONRECORD_DATABASE_URL: url });
  const signer = createSigner(await readFile(environment.ONRECORD_SIGNING_KEY_FILE ?? '', 'utf8'), identity);
  const database = openDatabase(url);
  t.teardown(() => database.close());
  const totpOf = async (id: string): Promise<{ secret: string; lastStep: number }> => {
    const sql = `select person -> 'totp' ->> 'secret' as secret, (person -> 'totp' ->> 'lastStep')::integer as "lastStep" from people where id = $1`;
    const [row] = await database.ask<{ secret: string; lastStep: number }>(sql, [id]);
    return row ?? { secret: '', lastStep: 0 };
  };
  return {
    ...serveAt(t, place, environment, totpOf),
    checkpointSize: async () => (await database.ask<{ size: number }>('select size from head'))[0]?.size ?? 0,
    inspect: async (look) => inspected(await openStoreAt(url, signer, environment.ONRECORD_ANCHOR_FILE ?? ''), signer, look),
  };
}
