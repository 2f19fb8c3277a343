import { OnrecordError } from '../errors.ts';
import type { Office } from '../office.ts';
import { Person } from '../store/people.ts';
import { type Asker, decoyPassword, isPassword, passwordCost, type ScryptCost } from './password.ts';
import { noFailures } from './person.ts';
import { stepOfCode } from './second-factor.ts';

/** What signing in needs. */
export type Door = Pick<Office, 'people' | 'now' | 'log'>;
/** What was wrong, for the log alone. */
type Wrong = 'name' | 'password' | 'code' | 'too early' | 'disabled';
export type Credentials = { name: string; password: string; code: string };

/** Longest wait after a failure, seconds. Strangers who only guess passwords cannot keep the duty officer out for long. */
const longestWait = { password: 32, code: 900 };

/**
 * Checks name, password and a code that was not used before. Every cause of refusal has the one answer `sign_in_failed` and, as
 * far as the password decides, the same work.
 */
export async function signIn(door: Door, credentials: Credentials, cost: ScryptCost = passwordCost): Promise<Person> {
  return prove(door, credentials, cost, 'stranger');
}

async function prove(door: Door, { name, password, code }: Credentials, cost: ScryptCost, asker: Asker): Promise<Person> {
  const known = Person.shape.id.safeParse(name).success ? await door.people.find(name) : undefined;
  const isRight = await isPassword(password, known?.password ?? decoyPassword(cost), asker);
  if (!known) return fail(door, null, 'name');
  if (!isRight) {
    // Not awaited: a write before the answer would tell known names from unknown ones.
    door.people
      .edit(known.id, (current) => delayed(current ?? known, 'password', asker, door.now()))
      .catch((error: unknown) => door.log.error({ err: error }, 'failure not stored'));
    return fail(door, known.id, 'password');
  }
  const person = await takeCode(door, known, code, asker);
  door.log.info({ person: person.id }, asker === 'person' ? 'presence proved' : 'signed in');
  return person;
}

/** The signed-in person proves presence again: password and a code newer than the last one. */
export async function stepUp(door: Door, id: string, credentials: Omit<Credentials, 'name'>): Promise<Person> {
  return prove(door, { ...credentials, name: id }, passwordCost, 'person');
}

async function takeCode(door: Door, known: Person, code: string, asker: Asker): Promise<Person> {
  let wrong: Wrong | null = null;
  const person = await door.people.edit(known.id, (current = known) => {
    const now = door.now();
    wrong = barred(current, known, asker, now);
    if (wrong !== null) return current;
    const step = stepOfCode(current.totp, code, now);
    if (step === null) {
      wrong = 'code';
      return delayed(current, 'code', asker, now);
    }
    return { ...current, totp: { ...current.totp, lastStep: step }, failures: noFailures, signedInAt: new Date(now).toISOString() };
  });
  return wrong === null ? person : fail(door, known.id, wrong);
}

/** Why no code would open now. What strangers do at the door is no reason for whoever is signed in. */
function barred({ failures, disabledAt, password }: Person, known: Person, asker: Asker, now: number): Wrong | null {
  if (isWaiting(failures, now) && !(asker === 'person' && failures.byStranger)) return 'too early';
  if (disabledAt !== null) return 'disabled';
  return password.hash === known.password.hash ? null : 'password';
}

function isWaiting({ notBefore }: Person['failures'], now: number): boolean {
  return notBefore !== null && now < Date.parse(notBefore);
}

/** Doubles with each failure. An attempt that comes too early changes nothing, so that it cannot prolong the wait. */
function delayed(person: Person, wrong: keyof typeof longestWait, asker: Asker, now: number): Person {
  const { count, byStranger } = person.failures;
  const isStranger = asker === 'stranger' && wrong === 'password';
  if (isWaiting(person.failures, now) && (isStranger || !byStranger)) return person;
  const seconds = Math.min(2 ** Math.min(count, 20), longestWait[wrong]);
  return { ...person, failures: { count: count + 1, notBefore: new Date(now + seconds * 1000).toISOString(), ...(isStranger && { byStranger: true }) } };
}

function fail(door: Door, person: string | null, wrong: Wrong): never {
  door.log.warn({ person, wrong }, 'sign-in failed');
  throw new OnrecordError('sign_in_failed', 'name, password or code is not right, or it is too early to try again');
}
