import t, { type Test } from 'tap';
import { disablePerson, enablePerson, grantDuty, resetPerson, rolesHeldNow, setRoles } from '../../src/desk/person.ts';
import { stepOfCode } from '../../src/desk/second-factor.ts';
import { signIn, stepUp } from '../../src/desk/sign-in.ts';
import { refuse } from '../../src/errors.ts';
import type { Person } from '../../src/store/people.ts';
import { codeOf, hire, openPersonnel, passwordOf, quickCost, standingClock } from '../support/accounts.ts';

const failed = { code: 'sign_in_failed' };
const minute = 60_000;
/** Waits for writes of this person that nobody awaited. */
const unchanged = (person: Person | undefined): Person => person ?? refuse('person_unknown', 'nobody');

async function open(t: Test) {
  const clock = standingClock();
  const personnel = await openPersonnel(t, clock);
  await hire(personnel, 'ada', 'author', 'reviewer');
  const enter = (password: string, code: string, name = 'ada') => signIn(personnel, { name, password, code }, quickCost);
  const code = () => codeOf(personnel, 'ada');
  return { clock, personnel, enter, code, right: passwordOf('ada') };
}

t.test('name, password and a new code open; every other combination has the one answer', async (t) => {
  const { clock, enter, code, right } = await open(t);
  await t.rejects(enter('not the password at all', await code()), failed);
  clock.forward(2_000);
  await t.rejects(enter(right, '000000'), failed);
  clock.forward(5_000);
  await t.rejects(enter(right, await code(), 'nobody'), failed);
  await t.rejects(enter(right, await code(), '../ada'), failed);
  t.match(await enter(right, await code()), { id: 'ada', failures: { count: 0 } });
});

t.test('a code opens once: neither it nor an older one works again', async (t) => {
  const { clock, personnel, enter, code, right } = await open(t);
  const first = await code();
  await enter(right, first);
  await t.rejects(enter(right, first), failed);
  clock.forward(minute);
  const used = await code();
  t.match(await stepUp(personnel, 'ada', { password: right, code: used }), { id: 'ada' });
  clock.forward(2_000);
  await t.rejects(stepUp(personnel, 'ada', { password: right, code: used }), failed);
});

t.test('two requests with the same code at the same time: one opens', async (t) => {
  const { enter, code, right } = await open(t);
  const same = await code();
  const outcomes = await Promise.allSettled([enter(right, same), enter(right, same), enter(right, same)]);
  t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
});

t.test('a code is good one step before and after its own, and no further', async (t) => {
  const { clock, personnel, code } = await open(t);
  const totp = (await personnel.people.find('ada'))?.totp ?? { secret: '', lastStep: 0 };
  const now = clock.now();
  const typed = await code();
  for (const [offset, isGood] of [
    [-60_000, false],
    [-30_000, true],
    [0, true],
    [30_000, true],
    [60_000, false],
  ] as const) {
    t.equal(stepOfCode(totp, typed, now + offset) !== null, isGood, `${offset}`);
  }
  for (const wrong of ['', '12345', '1234567', '12345a', '１２３４５６']) t.equal(stepOfCode(totp, wrong, now), null);
});

t.test('after failures the right credentials wait too: seconds for guessed passwords, up to 15 minutes for guessed codes', async (t) => {
  const { clock, personnel, enter, code, right } = await open(t);
  for (let round = 0; round < 8; round += 1) {
    await t.rejects(enter('not the password at all', '000000'), failed);
    await personnel.people.edit('ada', unchanged);
    clock.forward(33_000);
  }
  await enter(right, await code());
  for (let round = 0; round < 12; round += 1) {
    await t.rejects(enter(right, '000000'), failed);
    clock.forward(15 * minute + 1);
  }
  await t.rejects(enter(right, '000000'), failed);
  clock.forward(10 * minute);
  await t.rejects(enter(right, await code()), failed, 'it is still too early');
  clock.forward(6 * minute);
  t.match(await enter(right, await code()), { id: 'ada' });
});

t.test('an attempt that comes too early does not prolong the wait', async (t) => {
  const { clock, personnel, enter, code, right } = await open(t);
  await t.rejects(enter('not the password at all', '000000'), failed);
  for (let attempt = 0; attempt < 5; attempt += 1) await t.rejects(enter('not the password at all', '000000'), failed);
  await personnel.people.edit('ada', unchanged);
  clock.forward(1_100);
  t.match(await enter(right, await code()), { id: 'ada' });
});

t.test('a disabled person holds no role and cannot sign in; enabling ends a wait', async (t) => {
  const { personnel, enter, code, right, clock } = await open(t);
  const disabled = await disablePerson(personnel, 'ada');
  t.same(rolesHeldNow(disabled, clock.now()), []);
  await t.rejects(enter(right, await code()), failed);
  await enablePerson(personnel, 'ada');
  t.match(await enter(right, await code()), { id: 'ada' });
});

t.test('duty is held from the grant to its end, and is never a lasting role', async (t) => {
  const { clock, personnel } = await open(t);
  const until = clock.now() + 8 * 60 * minute;
  const granted = await grantDuty(personnel, 'ada', until, 'operator');
  t.ok(rolesHeldNow(granted, until - 1).includes('duty'));
  t.notOk(rolesHeldNow(granted, until).includes('duty'));
  t.notOk(rolesHeldNow(granted, clock.now() - 1).includes('duty'));
  await t.rejects(grantDuty(personnel, 'ada', clock.now() + 8 * 24 * 60 * minute, 'operator'), { code: 'bad_time' });
  await t.rejects(grantDuty(personnel, 'ada', clock.now(), 'operator'), { code: 'bad_time' });
  await t.rejects(setRoles(personnel, 'ada', ['duty']), { code: 'bad_request' });
});

t.test('disabling, new roles, a grant and a reset end every session of that person and no other', async (t) => {
  const { clock, personnel } = await open(t);
  await hire(personnel, 'ben', 'publisher');
  const at = new Date(clock.now()).toISOString();
  const begin = (hash: string, person: string) => personnel.people.saveSession(hash, { person, createdAt: at, seenAt: at, steppedUpAt: at, data: {} }, true);
  const changes = {
    disable: () => disablePerson(personnel, 'ada'),
    roles: () => setRoles(personnel, 'ada', ['author']),
    grant: () => grantDuty(personnel, 'ada', clock.now() + minute, 'operator'),
    reset: () => resetPerson(personnel, 'ada', 'another heron and lantern', quickCost),
  };
  await begin('ben-session', 'ben');
  for (const [name, change] of Object.entries(changes)) {
    await begin(`ada-${name}`, 'ada');
    await change();
    t.equal(await personnel.people.session(`ada-${name}`), undefined, name);
  }
  t.match(await personnel.people.session('ben-session'), { person: 'ben' });
});

t.test('after a reset neither the old password nor the old secret opens', async (t) => {
  const { personnel, enter, code, right } = await open(t);
  const oldCode = await code();
  await resetPerson(personnel, 'ada', 'another heron and lantern', quickCost);
  await t.rejects(enter(right, await code()), failed);
  await t.rejects(enter('another heron and lantern', oldCode), failed);
});

t.test('a name is taken once, and weak passwords make no account', async (t) => {
  const { personnel } = await open(t);
  await t.rejects(hire(personnel, 'ada', 'author'), { code: 'person_exists' });
  await t.rejects(hire(personnel, 'Ada', 'author'), { code: 'bad_request' });
  await t.rejects(hire(personnel, 'eve'), { code: 'bad_request' });
  const people = await personnel.people.list();
  t.same(
    people.map(({ id }) => id),
    ['ada'],
  );
});
