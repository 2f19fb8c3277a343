import type { Test } from 'tap';
import type { People, Person, Session } from '../../src/store/people.ts';
import type { createClock } from '../support/store-fixtures.ts';

/** What every implementation of `People` must do. `other` opens the same people beside, as another process would. */
export type OpenPeople = (t: Test) => Promise<{ people: People; other(): Promise<People>; reopen(): Promise<People>; clock: ReturnType<typeof createClock> }>;

const person: Person = {
  id: 'camille',
  name: 'Camille Roux',
  roles: ['author'],
  grants: [],
  createdAt: '2026-11-14T12:00:00.000Z',
  disabledAt: null,
  password: { N: 131072, r: 8, p: 1, salt: 'c2Vs', hash: 'aGFjaGU=' },
  totp: { secret: 'JBSWY3DPEHPK3PXP', lastStep: 0 },
  failures: { count: 0, notBefore: null },
  signedInAt: null,
  requests: [],
  acts: [],
};

export async function peopleContract(t: Test, open: OpenPeople): Promise<void> {
  await t.test('accounts', (t) => accounts(t, open));
  await t.test('sessions', (t) => sessions(t, open));
}

async function accounts(t: Test, open: OpenPeople): Promise<void> {
  const { people, other, reopen } = await open(t);

  await t.test('a person is made, found and listed', async (t) => {
    t.equal(await people.find('camille'), undefined);
    t.same(await people.edit('camille', () => person), person);
    t.same(await people.find('camille'), person);
    await people.edit('alex', () => ({ ...person, id: 'alex' }));
    t.same((await people.list()).map((item) => item.id).sort(), ['alex', 'camille']);
  });

  await t.test('a name that is no name is nobody', async (t) => {
    for (const id of ['_sessions', '../onrecord', '', 'Camille']) t.equal(await people.find(id), undefined);
  });

  await t.test('edits of one person run one after the other, whoever makes them', async (t) => {
    const beside = await other();
    const step = (current: Person | undefined): Person => {
      const { totp, ...rest } = current ?? person;
      return { ...rest, totp: { ...totp, lastStep: totp.lastStep + 1 } };
    };
    await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? people : beside).edit('camille', step)));
    t.match(await people.find('camille'), { totp: { lastStep: 20 } });
    t.match(await beside.find('camille'), { totp: { lastStep: 20 } });
  });

  await t.test('a refused change, or one to another person, changes nothing', async (t) => {
    const before = await people.find('camille');
    await t.rejects(
      people.edit('camille', () => {
        throw new Error('no');
      }),
    );
    await t.rejects(people.edit('camille', () => ({ ...person, id: 'alex' })));
    t.same(await people.find('camille'), before);
  });

  await t.test('accounts are there again after they are opened again', async (t) => {
    const before = await people.list();
    t.same(await (await reopen()).list(), before);
  });
}

async function sessions(t: Test, open: OpenPeople): Promise<void> {
  const { people, other, reopen, clock } = await open(t);
  const begun = (changes: Partial<Session> = {}): Session => {
    const at = new Date(clock.now()).toISOString();
    return { person: 'camille', createdAt: at, seenAt: at, steppedUpAt: at, data: {}, ...changes };
  };

  await t.test('a session is found by its hash alone, in another process as well, until it is ended', async (t) => {
    const session = begun({ data: { _csrf: 'secret' } });
    await people.saveSession('hash-a', session);
    await people.saveSession('hash-b', begun());
    t.same(await people.session('hash-a'), session);
    const beside = await other();
    t.same(await beside.session('hash-a'), session);
    t.equal(await people.session('hash-c'), undefined);
    await beside.endSession('hash-a');
    t.equal(await people.session('hash-a'), undefined);
    t.ok(await people.session('hash-b'));
  });

  await t.test('every session of a person ends at once', async (t) => {
    await people.saveSession('hash-x', begun({ person: 'alex' }));
    await (await other()).endSessionsOf('camille');
    t.equal(await people.session('hash-b'), undefined);
    t.ok(await people.session('hash-x'));
  });

  await t.test('being seen keeps a session alive for fifteen minutes, and none lives longer than eight hours', async (t) => {
    const session = begun();
    await people.saveSession('hash-d', session);
    for (let minutes = 10; minutes <= 470; minutes += 10) {
      clock.pass(600_000);
      const seen = await people.session('hash-d');
      t.ok(seen, `${minutes} minutes`);
      await people.saveSession('hash-d', { ...session, seenAt: new Date(clock.now()).toISOString() });
    }
    clock.pass(600_000 + 1);
    t.equal(await people.session('hash-d'), undefined);
    await people.saveSession('hash-e', begun());
    clock.pass(900_001);
    t.equal(await people.session('hash-e'), undefined);
  });

  await t.test('a small step of being seen counts without being written, and a new step-up is written', async (t) => {
    const session = begun();
    await people.saveSession('hash-f', session);
    clock.pass(30_000);
    const seenAt = new Date(clock.now()).toISOString();
    await people.saveSession('hash-f', { ...session, seenAt });
    t.match(await people.session('hash-f'), { seenAt });
    await people.saveSession('hash-f', { ...session, seenAt, steppedUpAt: seenAt });
    t.match(await (await reopen()).session('hash-f'), { seenAt, steppedUpAt: seenAt });
  });
}
