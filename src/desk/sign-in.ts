import { OnrecordError } from '../errors.ts';
import type { Office } from '../office.ts';
import { Person } from '../store/people.ts';
import { type Asker, decoyPassword, isPassword, passwordCost, type ScryptCost } from './password.ts';
import { noFailures } from './person.ts';
import { stepOfCode } from './second-factor.ts';

/** What signing in needs. */
export type Door = Pick<Office, 'people' | 'now' | 'log'>;
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
  if (!known) return fail(door, null);
  if (!isRight) {
    // Not awaited: a write before the answer would tell known names from unknown ones.
    door.people
      .edit(known.id, (current) => delayed(current ?? known, 'password', door.now()))
      .catch((error: unknown) => door.log.error({ err: error }, 'failure not stored'));
    return fail(door, known.id);
  }
  return takeCode(door, known, code);
}

/** The signed-in person proves presence again: password and a code newer than the last one. */
export async function stepUp(door: Door, id: string, credentials: Omit<Credentials, 'name'>): Promise<Person> {
  return prove(door, { ...credentials, name: id }, passwordCost, 'person');
}

async function takeCode(door: Door, known: Person, code: string): Promise<Person> {
  let isTaken = false;
  const person = await door.people.edit(known.id, (current = known) => {
    const now = door.now();
    const waits = current.failures.notBefore !== null && now < Date.parse(current.failures.notBefore);
    if (waits || current.disabledAt !== null || current.password.hash !== known.password.hash) return current;
    const step = stepOfCode(current.totp, code, now);
    if (step === null) return delayed(current, 'code', now);
    isTaken = true;
    return { ...current, totp: { ...current.totp, lastStep: step }, failures: noFailures, signedInAt: new Date(now).toISOString() };
  });
  return isTaken ? person : fail(door, known.id);
}

/** Doubles with each failure. An attempt that comes too early changes nothing, so that it cannot prolong the wait. */
function delayed(person: Person, wrong: keyof typeof longestWait, now: number): Person {
  const { count, notBefore } = person.failures;
  if (notBefore !== null && now < Date.parse(notBefore)) return person;
  const seconds = Math.min(2 ** Math.min(count, 20), longestWait[wrong]);
  return { ...person, failures: { count: count + 1, notBefore: new Date(now + seconds * 1000).toISOString() } };
}

function fail(door: Door, person: string | null): never {
  door.log.warn({ person }, 'sign-in failed');
  throw new OnrecordError('sign_in_failed', 'name, password or code is not right, or it is too early to try again');
}
