import { readFile } from 'node:fs/promises';
import pg from 'pg';
import type { Test } from 'tap';
import { nextCode } from '../../src/desk/second-factor.ts';
import { createSigner } from '../../src/ledger/signer.ts';
import { openDatabase } from '../../src/store/postgres-database.ts';
import { passwordOf } from './accounts.ts';
import { identity } from './agency.ts';
import { openPlace, type Running, until } from './place.ts';
import type { PostgresServer } from './postgres.ts';
import type { Served } from './served-agency.ts';
import type { SharedAgency } from './shared-agency.ts';
import { auditStore } from './store-audit.ts';
import { openStoreAt } from './store-place.ts';
import { compiled } from './store-processes.ts';
import { field, openBrowser } from './test-server.ts';

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
  const running = new Set<Running>();
  t.teardown(async () => {
    for (const { child } of running) child.kill('SIGKILL');
    await database.close();
  });
  return {
    deskUrl: place.deskUrl,
    publicUrl: place.publicUrl,
    start: async () => {
      const serving = place.start(['serve'], { ...environment, ...compiled });
      running.add(serving);
      const ended = serving.ended.then(() => {
        running.delete(serving);
        throw new Error(`it does not serve: ${serving.said()}`);
      });
      await Promise.race([until(place.isReady), ended]);
      ended.catch(() => {});
      return serving;
    },
    signIn: async (id) => {
      const browser = openBrowser(place);
      const [row] = await database.ask<{ secret: string; last: number }>(
        "select person -> 'totp' ->> 'secret' as secret, (person -> 'totp' ->> 'lastStep')::integer as last from people where id = $1",
        [id],
      );
      const code = nextCode({ secret: row?.secret ?? '', lastStep: row?.last ?? 0 }, Date.now()) ?? 'none';
      const { status } = await browser.post('/desk/sign-in', { name: id, password: passwordOf(id), code });
      if (status !== 303) throw new Error(`${id} could not sign in: ${status}`);
      return { id, browser, token: field(await browser.get('/desk'), '_csrf') };
    },
    checkpointSize: async () => (await database.ask<{ size: number }>('select size from head'))[0]?.size ?? 0,
    inspect: async (look) => {
      const store = await openStoreAt(url, signer, environment.ONRECORD_ANCHOR_FILE ?? '');
      try {
        return { seen: await look(store), wrong: [...(await auditStore(store, signer)), ...(store.trouble() === null ? [] : [`${store.trouble()}`])] };
      } finally {
        await store.close();
      }
    },
  };
}
