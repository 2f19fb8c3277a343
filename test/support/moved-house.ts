import { join } from 'node:path';
import { pino } from 'pino';
import type { Test } from 'tap';
import { readConfig } from '../../src/config.ts';
import { readHouse } from '../../src/keeping.ts';
import { type RunningServer, startServer } from '../../src/server.ts';
import { openDatabase } from '../../src/store/postgres-database.ts';
import { quickCost } from './accounts.ts';
import type { Agency } from './agency.ts';

/** An agency's house wherever it lies after a move. */

/** Serves what lies at a place: by the changes of the environment that name it. */
export async function serveAt(t: Test, agency: Agency, changes: Record<string, string>): Promise<RunningServer> {
  const from = agency.environment(changes);
  const ports = { public: 0, desk: 0, operations: 0 };
  const config = readConfig(await readHouse(from), from);
  const running = await startServer(config, { now: agency.clock.now, log: pino({ level: 'silent' }), ports, timer: false, passwordCost: quickCost });
  t.teardown(() => running.close(0));
  return running;
}

export const inDatabase = (agency: Agency, url: string) => ({ ONRECORD_DATABASE_URL: url, ONRECORD_DATA_DIR: join(agency.parent, 'host') });

/** How many rows of what counts a database holds. */
export async function rowsAt(url: string): Promise<number> {
  const database = openDatabase(url);
  const tables = ['installation', 'entries', 'files', 'statements', 'texts', 'people', 'notices', 'prints', 'staged_batches'];
  const rows = await Promise.all(tables.map((table) => database.ask<{ n: number }>(`select count(*)::int as n from ${table}`)));
  await database.close();
  return rows.flat().reduce((sum, { n }) => sum + n, 0);
}
