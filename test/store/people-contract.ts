import type { Test } from 'tap';
import type { People, Person, Session } from '../../src/store/people.ts';
import type { createClock } from '../support/store-fixtures.ts';

/** What every implementation of `People` must do. `other` opens the same people beside, as another process would. */
export type OpenPeople = (t: Test) => Promise<{ people: People; other(): Promise<People>; reopen(): Promise<People>; clock: ReturnType<typeof createClock> }>;

export const person: Person = {
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
  await t.test('the freeze', (t) => freezing(t, open));
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

  await t.test('a change that depends on others sees them as they are under the lock', async (t) => {
    const beside = await other();
    const disableUnlessLast = (current: Person, everybody: readonly Person[]): Person => {
      if (everybody.filter(({ disabledAt }) => disabledAt === null).length === 1) return current;
      return { ...current, disabledAt: person.createdAt };
    };
    await Promise.all([people.editAmong('camille', disableUnlessLast), beside.editAmong('alex', disableUnlessLast)]);
    t.equal((await people.list()).filter(({ disabledAt }) => disabledAt === null).length, 1, 'two that run at once do not both find the other');
    await t.rejects(
      people.editAmong('nobody', (current) => current),
      { code: 'person_unknown' },
    );
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
    await people.saveSession('hash-a', session, true);
    await people.saveSession('hash-b', begun(), true);
    t.same(await people.session('hash-a'), session);
    const beside = await other();
    t.same(await beside.session('hash-a'), session);
    t.equal(await people.session('hash-c'), undefined);
    await beside.endSession('hash-a');
    t.equal(await people.session('hash-a'), undefined);
    t.ok(await people.session('hash-b'));
  });

  await t.test('every session of a person ends at once', async (t) => {
    await people.saveSession('hash-x', begun({ person: 'alex' }), true);
    await (await other()).endSessionsOf('camille');
    t.equal(await people.session('hash-b'), undefined);
    t.ok(await people.session('hash-x'));
  });

  await t.test('a session that ended is never put back by a request that was still running', async (t) => {
    for (let run = 0; run < 20; run += 1) {
      const session = begun({ person: `robin-${run}` });
      await people.saveSession(`hash-r${run}`, session, true);
      const seenAt = new Date(clock.now() + 61_000).toISOString();
      await Promise.all([people.endSessionsOf(session.person), people.saveSession(`hash-r${run}`, { ...session, seenAt }, false)]);
      t.equal(await people.session(`hash-r${run}`), undefined);
    }
  });

  await t.test('open sessions are listed, and all of a person but one end', async (t) => {
    const mine = begun();
    for (const hash of ['hash-1', 'hash-2', 'hash-3']) await people.saveSession(hash, mine, true);
    const hashes = async (): Promise<readonly string[]> => (await people.openSessions()).map(({ hash }) => hash).sort();
    t.strictSame(await hashes(), ['hash-1', 'hash-2', 'hash-3', 'hash-x']);
    await (await other()).endSessionsOf('camille', 'hash-2');
    t.strictSame(await hashes(), ['hash-2', 'hash-x']);
    t.same(await people.session('hash-2'), mine);
    clock.pass(900_001);
    t.strictSame(await hashes(), [], 'one that ran out is not open');
  });

  await t.test('being seen keeps a session alive for fifteen minutes, and none lives longer than eight hours', async (t) => {
    const session = begun();
    await people.saveSession('hash-d', session, true);
    for (let minutes = 10; minutes <= 470; minutes += 10) {
      clock.pass(600_000);
      const seen = await people.session('hash-d');
      t.ok(seen, `${minutes} minutes`);
      await people.saveSession('hash-d', { ...session, seenAt: new Date(clock.now()).toISOString() }, false);
    }
    clock.pass(600_000 + 1);
    t.equal(await people.session('hash-d'), undefined);
    await people.saveSession('hash-e', begun(), true);
    clock.pass(900_001);
    t.equal(await people.session('hash-e'), undefined);
  });

  await t.test('a small step of being seen counts without being written, and a new step-up is written', async (t) => {
    const session = begun();
    await people.saveSession('hash-f', session, true);
    clock.pass(30_000);
    const seenAt = new Date(clock.now()).toISOString();
    await people.saveSession('hash-f', { ...session, seenAt }, false);
    t.match(await people.session('hash-f'), { seenAt });
    await people.saveSession('hash-f', { ...session, seenAt, steppedUpAt: seenAt }, false);
    t.match(await (await reopen()).session('hash-f'), { seenAt, steppedUpAt: seenAt });
  });
}

async function freezing(t: Test, open: OpenPeople): Promise<void> {
  const { people, other, reopen } = await open(t);
  const at = '2026-11-14T12:31:00.000Z';
  const frozen = { open: { at, by: 'camille', reason: 'a doubt', lift: null }, acts: [{ at, by: 'camille', act: 'frozen' as const, note: 'a doubt' }] };

  await t.test('nothing is frozen at first; a freeze is seen by everybody at once, and after a restart', async (t) => {
    t.same(await people.freezing(), { open: null, acts: [] });
    const beside = await other();
    await people.edit('camille', () => person);
    t.same(await people.editFreezing((current, everybody) => (everybody.length === 1 && current.open === null ? frozen : current)), frozen);
    t.same(await beside.freezing(), frozen);
    t.same(await (await reopen()).freezing(), frozen);
  });

  await t.test('a refused change leaves it as it was', async (t) => {
    await t.rejects(
      people.editFreezing(() => {
        throw new Error('no');
      }),
    );
    t.same(await people.freezing(), frozen);
  });

  await t.test('changes run one after the other, whoever makes them', async (t) => {
    const beside = await other();
    const more = (current: typeof frozen | Awaited<ReturnType<typeof people.freezing>>) => ({ ...current, acts: [...current.acts, ...frozen.acts] });
    await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 ? people : beside).editFreezing(more)));
    t.equal((await people.freezing()).acts.length, 11);
  });
}
