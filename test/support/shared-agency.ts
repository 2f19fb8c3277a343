import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Test } from 'tap';
import { type Config, readConfig } from '../../src/config.ts';
import { refuse } from '../../src/errors.ts';
import { initialiseHouse, openStore, readHouse, withPeople } from '../../src/keeping.ts';
import { loadSigners } from '../../src/keys.ts';
import type { Signer } from '../../src/ledger/note.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../src/server.ts';
import type { Person } from '../../src/store/people.ts';
import type { Store } from '../../src/store/store.ts';
import { hire } from './accounts.ts';
import { foundAgency, identity } from './agency.ts';
import { amina, claire, jonas } from './people.ts';
import { createDatabase, type PostgresServer } from './postgres.ts';

/** An agency that keeps everything in a database, and as many hosts as wanted that serve it. */
export type SharedAgency = {
  database: string;
  /** The environment of a host: a data directory and an anchor of its own. */
  environment(host: string, changes?: Readonly<Record<string, string>>): Record<string, string>;
  config(host: string): Promise<Config>;
  /** Of a server without a desk: another login, no key, no anchor. */
  publicConfig(host: string): Promise<Config>;
  start(host: string, options?: Partial<ServerOptions>): Promise<RunningServer>;
  person(id: string): Promise<Person>;
  /** The store beside the servers. */
  open(): Promise<{ store: Store; signer: Signer; close(): Promise<void> }>;
};

export async function foundSharedAgency(t: Test, server: PostgresServer): Promise<SharedAgency> {
  const agency = await foundAgency(t);
  const database = await createDatabase(server);
  const environment = (host: string, changes: Readonly<Record<string, string>> = {}): Record<string, string> => {
    const own = { ONRECORD_DATA_DIR: join(agency.parent, host), ONRECORD_ANCHOR_FILE: join(agency.parent, `${host}.anchor`) };
    const given = Object.entries(agency.environment({ ...own, ONRECORD_DATABASE_URL: server.url(database), ...changes }));
    return Object.fromEntries(given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  };
  await initialiseHouse({ origin: identity, demonstration: true, now: Date.now, random: randomBytes }, environment('first'));
  const config = async (host: string): Promise<Config> => readConfig(await readHouse(environment(host)), environment(host));
  const publicConfig = async (host: string): Promise<Config> => {
    const {
      ONRECORD_SIGNING_KEY_FILE: _key,
      ONRECORD_ANCHOR_FILE: _anchor,
      ...own
    } = environment(host, {
      ONRECORD_DATABASE_URL: server.url(database, 'reader'),
      ONRECORD_ROLE: 'public',
    });
    return readConfig(await readHouse(own), own);
  };
  const start = async (host: string, options: Partial<ServerOptions> = {}): Promise<RunningServer> => {
    const ports = { public: 0, desk: 0, operations: 0 };
    const running = await startServer(await config(host), { log: pino({ level: 'silent' }), ports, timer: false, ...options });
    t.teardown(() => running.close(0));
    if ((await running.office.people.list()).length === 0) for (const { id, roles } of [amina, claire, jonas]) await hire(running.office, id, ...roles);
    return running;
  };
  const person = (id: string): Promise<Person> =>
    config('first').then((own) => withPeople(own, async (people) => (await people.find(id)) ?? refuse('person_unknown', `there is no ${id}`)));
  const open: SharedAgency['open'] = async () => {
    const own = await config('aside');
    const { signer } = await loadSigners(own);
    return { ...(await openStore(own, { signer })), signer };
  };
  return { database, environment, config, publicConfig, start, person, open };
}
