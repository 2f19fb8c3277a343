import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import t from 'tap';
import {
  activeAdministrators,
  askFor,
  confirmRequest,
  disable,
  dropRequest,
  giveRole,
  openRequests,
  quarantine,
  requestLastsMs,
  type Scene,
  signOut,
  takeRole,
} from '../../src/desk/granting.ts';
import { rolesHeldNow } from '../../src/desk/person.ts';
import { OnrecordError, type RefusalCode } from '../../src/errors.ts';
import { type Role, roles } from '../../src/statement/schema.ts';
import { type Ask, Person } from '../../src/store/people.ts';
import { refusalOf } from '../support/refusals.ts';

/** Transition 25: roles with power take two administrators, whatever anybody tries in whatever order. */

const hour = 3_600_000;
const begin = Date.parse('2026-11-22T09:00:00.000Z');
const at = (hours: number): string => new Date(begin + hours * hour).toISOString();

const account = (id: string, ...held: Role[]): Person =>
  Person.parse({
    id,
    name: id,
    roles: held,
    grants: [],
    createdAt: at(-1),
    disabledAt: null,
    password: { N: 2, r: 8, p: 1, salt: '', hash: '' },
    totp: { secret: 'A', lastStep: 0 },
    failures: { count: 0, notBefore: null },
  });
const house = (): readonly Person[] => [
  account('tomas', 'administrator'),
  account('oona', 'administrator'),
  account('ada', 'administrator', 'author'),
  account('claire', 'reviewer'),
  account('marek', 'author'),
];
const named = (everybody: readonly Person[], id: string): Person => everybody.find((person) => person.id === id) ?? account(id);
const sceneOf = (everybody: readonly Person[], id: string, now = begin, recent = true): Scene => ({ actor: { id, roles: [...roles], recent }, everybody, now });
const put = (everybody: readonly Person[], changed: Person): readonly Person[] => everybody.map((person) => (person.id === changed.id ? changed : person));

const reviewer: Ask = { ask: 'role', role: 'reviewer' };
const id = '0123456789abcdef';
/** Tomas asks that marek be reviewer. */
const asked = (everybody = house(), ask: Ask = reviewer, of = 'marek', now = begin): readonly Person[] =>
  put(everybody, askFor(named(everybody, of), ask, id, sceneOf(everybody, 'tomas', now)));

t.test('a second administrator confirms, and nobody else', async (t) => {
  const everybody = asked();
  const confirm = (who: string, hours = 1, recent = true): RefusalCode | 'done' =>
    refusalOf(() => confirmRequest(named(everybody, 'marek'), id, sceneOf(everybody, who, begin + hours * hour, recent)));
  t.equal(confirm('oona'), 'done');
  t.equal(confirm('tomas'), 'own_request', 'not who asked');
  for (const who of ['claire', 'marek', 'nobody']) t.equal(confirm(who), 'role_missing', `${who}, whatever the request claims to hold`);
  t.equal(confirm('oona', 1, false), 'step_up_needed');
  t.equal(confirm('oona', 23.9), 'done');
  t.equal(confirm('oona', 24), 'request_gone', 'a day later it has lapsed');
  t.equal(
    refusalOf(() => confirmRequest(named(everybody, 'marek'), 'f'.repeat(16), sceneOf(everybody, 'oona'))),
    'request_gone',
  );
  const given = confirmRequest(named(everybody, 'marek'), id, sceneOf(everybody, 'oona'));
  t.same(given.roles, ['author', 'reviewer']);
  t.match(given.acts.at(-1), { by: 'oona', askedBy: 'tomas', act: 'confirmed', ask: reviewer });
  t.same(given.requests, []);
});

t.test('a request ends with the role of whoever made it', async (t) => {
  const everybody = asked();
  const without = put(everybody, disable(named(everybody, 'tomas'), sceneOf(everybody, 'ada')));
  t.equal(
    refusalOf(() => confirmRequest(named(without, 'marek'), id, sceneOf(without, 'oona'))),
    'request_gone',
  );
  t.same(openRequests(named(without, 'marek'), { everybody: without, now: begin }), []);
});

t.test('nobody confirms what concerns themselves, and nobody gives themselves anything', async (t) => {
  const everybody = asked(house(), { ask: 'role', role: 'publisher' }, 'oona');
  t.equal(
    refusalOf(() => confirmRequest(named(everybody, 'oona'), id, sceneOf(everybody, 'oona'))),
    'own_request',
  );
  t.equal(
    refusalOf(() => giveRole(named(everybody, 'oona'), 'auditor', sceneOf(everybody, 'oona'))),
    'own_request',
    'an administrator who could read would have rights over texts',
  );
  t.equal(
    refusalOf(() => giveRole(named(everybody, 'oona'), 'auditor', sceneOf(everybody, 'tomas'))),
    'done',
  );
});

t.test('the last administrator stays; taking away and disabling take one', async (t) => {
  const all = house();
  const two = put(all, takeRole(named(all, 'ada'), 'administrator', sceneOf(all, 'tomas')));
  const one = put(two, disable(named(two, 'oona'), sceneOf(two, 'tomas')));
  for (const act of [
    () => disable(named(one, 'tomas'), sceneOf(one, 'tomas')),
    () => takeRole(named(one, 'tomas'), 'administrator', sceneOf(one, 'tomas')),
    () => quarantine(named(one, 'tomas'), 'a doubt', sceneOf(one, 'tomas')),
  ])
    t.equal(refusalOf(act), 'last_administrator');
  t.equal(
    refusalOf(() => disable(named(one, 'claire'), sceneOf(one, 'oona'))),
    'role_missing',
    'somebody disabled does nothing, with a session still open',
  );
});

t.test('a disabled account comes back by two, with no request left over from before', async (t) => {
  const everybody = asked();
  const off = put(everybody, disable(named(everybody, 'marek'), sceneOf(everybody, 'oona')));
  t.same(named(off, 'marek').requests, []);
  t.equal(
    refusalOf(() => askFor(named(off, 'marek'), reviewer, id, sceneOf(off, 'tomas'))),
    'account_state',
  );
  const back = asked(off, { ask: 'enable' });
  t.equal(
    refusalOf(() => confirmRequest(named(back, 'marek'), id, sceneOf(back, 'tomas'))),
    'own_request',
  );
  t.equal(confirmRequest(named(back, 'marek'), id, sceneOf(back, 'oona')).disabledAt, null);
});

t.test('a duty has its time: at most seven days, at most ninety ahead, and it is asked for, not given', async (t) => {
  const duty = (from: number, until: number): RefusalCode | 'done' => refusalOf(() => asked(house(), { ask: 'duty', from: at(from), until: at(until) }));
  t.equal(duty(0, 7 * 24), 'done');
  t.equal(duty(24 * 89, 24 * 95), 'done');
  for (const [from, until] of [
    [0, 7 * 24 + 1],
    [5, 5],
    [-10, -1],
    [24 * 91, 24 * 92],
  ] as const)
    t.equal(duty(from, until), 'bad_time', `${from} to ${until}`);
  t.equal(
    refusalOf(() => asked(house(), { ask: 'role', role: 'duty' })),
    'bad_request',
  );
  const everybody = asked(house(), { ask: 'duty', from: at(10), until: at(20) });
  const marek = confirmRequest(named(everybody, 'marek'), id, sceneOf(everybody, 'oona'));
  t.same(
    [9, 10, 19.9, 20].map((hours) => rolesHeldNow(marek, begin + hours * hour).includes('duty')),
    [false, true, true, false],
  );
  const ended = takeRole(marek, 'duty', sceneOf(put(everybody, marek), 'ada', begin + 12 * hour));
  t.notOk(rolesHeldNow(ended, begin + 12 * hour).includes('duty'));
});

type Step = { who: string; on: string; act: string; role: Role; n: number };
const ids = house().map((person) => person.id);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    who: fc.constantFrom('tomas', 'tomas', 'oona', 'oona', 'ada', 'claire', 'marek'),
    on: fc.constantFrom(...ids),
    act: fc.constantFrom(
      'ask',
      'ask',
      'ask',
      'duty',
      'enable',
      'confirm',
      'confirm',
      'confirm',
      'drop',
      'give',
      'take',
      'disable',
      'quarantine',
      'sign-out',
      'wait',
    ),
    role: fc.constantFrom(...roles),
    n: fc.nat(9),
  }),
  { minLength: 15, maxLength: 60 },
);

function apply(everybody: readonly Person[], step: Step, now: number, request: string): Person {
  const [person, scene] = [named(everybody, step.on), sceneOf(everybody, step.who, now)];
  const wanted: Record<string, Ask> = {
    ask: { ask: 'role', role: step.role },
    duty: { ask: 'duty', from: new Date(now).toISOString(), until: new Date(now + (step.n + 1) * hour).toISOString() },
    enable: { ask: 'enable' },
  };
  const ask = wanted[step.act];
  if (ask) return askFor(person, ask, request, scene);
  const open = person.requests[step.n % Math.max(1, person.requests.length)]?.id ?? '';
  const acts: Record<string, () => Person> = {
    confirm: () => confirmRequest(person, open, scene),
    drop: () => dropRequest(person, open, scene),
    give: () => giveRole(person, step.n % 2 ? 'author' : 'auditor', scene),
    take: () => takeRole(person, step.role, scene),
    disable: () => disable(person, scene),
    quarantine: () => quarantine(person, 'a doubt', scene),
    'sign-out': () => signOut(person, scene),
  };
  return acts[step.act]?.() ?? person;
}

/** What must not have happened between two states of the house. */
function violations(before: readonly Person[], after: readonly Person[], now: number): string[] {
  const found: string[] = [];
  const administrators = activeAdministrators(before, now);
  if (activeAdministrators(after, now).length === 0) found.push('no administrator is left');
  for (const person of after) {
    const was = named(before, person.id);
    const powers = ({ roles: held, grants }: Person): string[] => [
      ...held.filter((role) => role !== 'author' && role !== 'auditor'),
      ...grants.map(({ from }) => `duty ${from}`),
    ];
    const gained = [
      ...powers(person).filter((power) => !powers(was).includes(power)),
      ...(was.disabledAt !== null && person.disabledAt === null ? ['enabled'] : []),
    ];
    if (gained.length === 0) continue;
    const act = person.acts.at(-1);
    const [first, second] = [act?.askedBy ?? '', act?.by ?? ''];
    const isByTwo = first !== second && second !== person.id && administrators.includes(first) && administrators.includes(second);
    if (act?.act !== 'confirmed' || !isByTwo) found.push(`${person.id} gained ${gained.join(', ')} by ${first || 'nobody'} and ${second}`);
    // Of this very request: another one of the same person may have lapsed beside it.
    const askedAt = was.requests.find(({ by, ask }) => by === first && isDeepStrictEqual(ask, act?.ask))?.at ?? '';
    if (!(now - Date.parse(askedAt) < requestLastsMs)) found.push(`${person.id} gained ${gained.join(', ')} by a request that had lapsed`);
  }
  return found;
}

t.test('power is never gained without two distinct administrators, and one is always left', async (t) => {
  const counts: Record<string, number> = {};
  fc.assert(
    fc.property(steps, (sequence) => {
      let [everybody, now] = [house(), begin];
      for (const [index, step] of sequence.entries()) {
        now += step.act === 'wait' ? step.n * 4 * hour : 60_000;
        try {
          const changed = apply(everybody, step, now, index.toString(16).padStart(16, '0'));
          if (changed === named(everybody, step.on)) continue;
          const next = put(everybody, changed);
          counts[step.act] = (counts[step.act] ?? 0) + 1;
          const found = violations(everybody, next, now);
          if (found.length > 0) throw new Error(found.join('; '));
          if (changed.acts.length !== named(everybody, step.on).acts.length + 1) throw new Error('an act left no line');
          Person.parse(changed);
          everybody = next;
        } catch (error) {
          if (!(error instanceof OnrecordError)) throw error;
          counts[error.code] = (counts[error.code] ?? 0) + 1;
        }
      }
    }),
    { numRuns: 2_000 },
  );
  const enough = (counts.confirm ?? 0) > 200 && (counts.disable ?? 0) > 50 && (counts.last_administrator ?? 0) > 20 && (counts.own_request ?? 0) > 50;
  t.ok(enough, `the runs granted and refused often enough to mean something: ${JSON.stringify(counts)}`);
});

t.test('negative control: the checker sees a role that one administrator gave alone, and a house without one', async (t) => {
  const everybody = house();
  const marek = named(everybody, 'marek');
  const line = { at: at(0), by: 'tomas', act: 'confirmed' as const, ask: reviewer, askedBy: 'tomas', note: '' };
  t.match(violations(everybody, put(everybody, { ...marek, roles: ['author', 'publisher'], acts: [line] }), begin), [/marek gained publisher/, /lapsed/]);
  const none = everybody.map((person) => ({ ...person, roles: person.roles.filter((role) => role !== 'administrator') }));
  t.strictSame(violations(everybody, none, begin), ['no administrator is left']);
});
