import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { openEmbeddedStore } from '../../src/store/embedded.ts';
import { openEmbeddedOutbox } from '../../src/store/embedded-outbox.ts';
import { openEmbeddedPeople } from '../../src/store/embedded-people.ts';
import { initialise } from '../../src/store/installation.ts';
import { createClock, origin, random, temporaryDirectory, testSigner } from '../support/store-fixtures.ts';
import { type OpenStore, openedAgain, storeContract } from './contract.ts';
import { type OpenOutbox, outboxContract } from './outbox-contract.ts';
import { type OpenPeople, peopleContract, person } from './people-contract.ts';

async function installed(t: Test): Promise<{ directory: string; clock: ReturnType<typeof createClock> }> {
  const directory = join(await temporaryDirectory(t), 'data');
  const clock = createClock('2026-11-14T12:30:00.000Z');
  await initialise(directory, { origin, demonstration: false, now: clock.now, random });
  return { directory, clock };
}

const openStore: OpenStore = async (t) => {
  const { directory, clock } = await installed(t);
  const start = () => openEmbeddedStore({ directory, signer: testSigner, anchorFile: null, now: clock.now });
  return { ...(await openedAgain(t, start)), clock, signer: testSigner };
};

const openPeople: OpenPeople = async (t) => {
  const { directory, clock } = await installed(t);
  const start = () => openEmbeddedPeople({ directory, now: clock.now });
  return { people: await start(), other: start, reopen: start, clock };
};

const openOutbox: OpenOutbox = async (t) => {
  const { directory } = await installed(t);
  const start = () => openEmbeddedOutbox({ directory });
  return { outbox: await start(), reopen: start };
};

await t.test('statements and ledger', (t) => storeContract(t, openStore));
await t.test('people', (t) => peopleContract(t, openPeople));
await t.test('outbox', (t) => outboxContract(t, openOutbox));

await t.test('the log of refusals stays bounded', async (t) => {
  const { outbox } = await openOutbox(t);
  const at = '2026-11-14T12:00:00.000Z';
  const act = 'x'.repeat(200_000);
  for (let n = 0; n < 30; n += 1) await outbox.refused({ at, by: 'camille', act: `${n} ${act}`, statement: null, code: 'role_missing' });
  const kept = await outbox.refusals(null, 100);
  t.ok(kept.length >= 10 && kept.length <= 20, `${kept.length} kept`);
  t.ok(kept[0]?.act.startsWith('29 '));
});

await t.test('an installation from before freezes gets its document; once somebody signed in, a lost one is corruption and no thaw', async (t) => {
  const { directory, clock } = await installed(t);
  const path = join(directory, 'people/_freezing.json');
  const people = await openEmbeddedPeople({ directory, now: clock.now });
  t.same(await people.freezing(), { open: null, acts: [] });
  await people.close();
  await rm(path);
  const again = await openEmbeddedPeople({ directory, now: clock.now });
  await again.edit('camille', () => ({ ...person, signedInAt: '2026-11-14T12:30:00.000Z' }));
  await again.close();
  await rm(path);
  await t.rejects(openEmbeddedPeople({ directory, now: clock.now }), { code: 'store_corrupt' });
});
