import t, { type Test } from 'tap';
import { openPostgresStore } from '../../src/store/postgres.ts';
import { openDatabase } from '../../src/store/postgres-database.ts';
import { initialiseDatabase } from '../../src/store/postgres-installation.ts';
import { openPostgresOutbox } from '../../src/store/postgres-outbox.ts';
import { openPostgresPeople } from '../../src/store/postgres-people.ts';
import { until } from '../support/place.ts';
import { createDatabase, openPostgres } from '../support/postgres.ts';
import { createClock, origin, random, testSigner } from '../support/store-fixtures.ts';
import { type OpenStore, openedAgain, storeContract } from './contract.ts';
import { type OpenOutbox, outboxContract } from './outbox-contract.ts';
import { type OpenPeople, peopleContract } from './people-contract.ts';

const server = await openPostgres(t);

async function installed(t: Test) {
  const clock = createClock('2026-11-14T12:30:00.000Z');
  const name = await createDatabase(server);
  const open = () => {
    const database = openDatabase(server.url(name));
    t.teardown(() => database.close());
    return database;
  };
  await initialiseDatabase(open(), { origin, demonstration: false, now: clock.now, random });
  return { name, clock, open };
}

const openStore: OpenStore = async (t) => {
  const { clock, open } = await installed(t);
  const start = () => openPostgresStore({ database: open(), signer: testSigner, anchorFile: null, now: clock.now });
  return { ...(await openedAgain(t, start)), clock, signer: testSigner };
};

const openPeople: OpenPeople = async (t) => {
  const { clock, open } = await installed(t);
  const start = async () => openPostgresPeople({ database: open(), now: clock.now });
  return { people: await start(), other: start, reopen: start, clock };
};

const openOutbox: OpenOutbox = async (t) => {
  const { open } = await installed(t);
  const start = async () => openPostgresOutbox(open());
  return { outbox: await start(), reopen: start };
};

await t.test('statements and ledger in PostgreSQL', (t) => storeContract(t, openStore));
await t.test('people in PostgreSQL', (t) => peopleContract(t, openPeople));
await t.test('outbox in PostgreSQL', (t) => outboxContract(t, openOutbox));

await t.test('whoever listens stops at once, also while the connection is being made', async (t) => {
  const { open } = await installed(t);
  let heard = 0;
  const database = open();
  const listen = (): (() => Promise<void>) =>
    database.listen('a_channel', () => {
      heard += 1;
    });
  await listen()();
  const stop = listen();
  await until(async () => heard > 0);
  await database.ask('select pg_notify($1, $2)', ['a_channel', '']);
  await until(async () => heard > 1);
  await stop();
  t.ok(heard > 1);
});
