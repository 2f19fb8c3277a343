import { refuse } from '../errors.ts';
import type { Office } from '../office.ts';
import type { Role } from '../statement/schema.ts';
import { type AccountAct, Person } from '../store/people.ts';
import { checkPassword, hashPassword, passwordCost, type ScryptCost } from './password.ts';
import { newSecondFactor } from './second-factor.ts';

/** What acts on people need; the command line has no more than this when no server runs. */
export type Personnel = Pick<Office, 'people' | 'agency' | 'now' | 'random'>;
export type NewPerson = { id: string; name: string; roles: readonly Role[]; password: string; cost?: ScryptCost };

const longestGrant = 7 * 86_400_000;
/** How far ahead a rota is planned. */
const farthestGrant = 90 * 86_400_000;
/** Who acts by the command line. */
export const operator = 'operator';
/** Of an account that nobody failed to sign in to since its last sign-in. */
export const noFailures = { count: 0, notBefore: null };

/** Roles as they stand at this instant: a grant counts only within its time, a disabled person holds none. */
export function rolesHeldNow(person: Person, now: number): Role[] {
  if (person.disabledAt !== null) return [];
  const granted = person.grants.filter((grant) => Date.parse(grant.from) <= now && now < Date.parse(grant.until)).map((grant) => grant.role);
  return [...new Set<Role>([...person.roles, ...granted])];
}

/** Makes the account with a fresh second factor, whose secret is in the result and shown once. */
export async function addPerson(personnel: Personnel, { id, name, roles, password, cost = passwordCost }: NewPerson): Promise<Person> {
  if (!Person.shape.id.safeParse(id).success) refuse('bad_request', 'a name is lower-case letters, digits, dots and hyphens, at most 40', [issue('name')]);
  if (!Person.shape.name.safeParse(name).success) refuse('bad_request', 'a full name has 1 to 80 characters', [issue('fullName')]);
  checkRoles(roles);
  checkPassword(password, [id, name, ...Object.values(personnel.agency.name)]);
  if (await personnel.people.find(id)) refuse('person_exists', `there is already a person ${id}`);
  const stored = await hashPassword(password, personnel.random, cost);
  const totp = newSecondFactor(personnel.random);
  return personnel.people.edit(id, (current) => {
    if (current) refuse('person_exists', `there is already a person ${id}`);
    const createdAt = new Date(personnel.now()).toISOString();
    const person = { id, name, roles: [], grants: [], createdAt, disabledAt: null, signedInAt: null, password: stored, totp, failures: noFailures };
    return withAct({ ...person, requests: [], acts: [] }, { roles: [...roles] }, { at: createdAt, by: operator, act: 'added', note: roles.join(', ') });
  });
}

export async function disablePerson(personnel: Personnel, id: string): Promise<Person> {
  const at = new Date(personnel.now()).toISOString();
  return changeAndSignOut(personnel, id, (person) =>
    withAct(person, { disabledAt: person.disabledAt ?? at, requests: [] }, { at, by: operator, act: 'disabled' }),
  );
}

export async function enablePerson(personnel: Personnel, id: string): Promise<Person> {
  const at = new Date(personnel.now()).toISOString();
  return changeAndSignOut(personnel, id, (person) => withAct(person, { disabledAt: null, failures: noFailures }, { at, by: operator, act: 'enabled' }));
}

/** A new password and a new second factor; every session ends. */
export async function resetPerson(personnel: Personnel, id: string, password: string, cost: ScryptCost = passwordCost): Promise<Person> {
  const known = (await personnel.people.find(id)) ?? refuse('person_unknown', `there is no person ${id}`);
  checkPassword(password, [id, known.name, ...Object.values(personnel.agency.name)]);
  const stored = await hashPassword(password, personnel.random, cost);
  const totp = newSecondFactor(personnel.random);
  const at = new Date(personnel.now()).toISOString();
  return changeAndSignOut(personnel, id, (person) => withAct(person, { password: stored, totp, failures: noFailures }, { at, by: operator, act: 'reset' }));
}

export async function setRoles(personnel: Personnel, id: string, roles: readonly Role[]): Promise<Person> {
  checkRoles(roles);
  const at = new Date(personnel.now()).toISOString();
  return changeAndSignOut(personnel, id, (person) => withAct(person, { roles: [...roles] }, { at, by: operator, act: 'roles-set', note: roles.join(', ') }));
}

/** Duty for a time, from now: at most seven days, never permanent. Grants long over are dropped. */
export async function grantDuty(personnel: Personnel, id: string, until: number, by: string): Promise<Person> {
  const now = personnel.now();
  const given = { from: new Date(now).toISOString(), until: new Date(Number.isFinite(until) ? until : now).toISOString() };
  checkTime(given, now);
  return changeAndSignOut(personnel, id, (person) => {
    const grants = person.grants.filter((grant) => Date.parse(grant.until) > now - longestGrant);
    const act = { at: given.from, by, act: 'duty-granted', ask: { ask: 'duty', ...given } } as const;
    return withAct(person, { grants: [...grants, { role: 'duty', ...given, by, confirmedBy: null }] }, act);
  });
}

/** A duty ends in the future, within seven days of its beginning, which is not far ahead. @throws bad_time with the field named */
export function checkTime({ from, until }: { from: string; until: string }, now: number): void {
  const [begin, end] = [Date.parse(from), Date.parse(until)];
  if (!(end > now && end > begin && end - begin <= longestGrant)) refuse('bad_time', 'a grant ends in the future and within seven days', [issue('until')]);
  if (begin - now > farthestGrant) refuse('bad_time', 'a grant begins within 90 days', [issue('from')]);
}

/** The account with these changes and one more line of what was done on it. */
export function withAct(person: Person, changes: Partial<Person>, act: Pick<AccountAct, 'at' | 'by' | 'act'> & Partial<AccountAct>): Person {
  return { ...person, ...changes, acts: [...person.acts, { ask: null, askedBy: null, note: '', ...act }] };
}

const issue = (field: string): { field: string; code: string } => ({ field, code: 'invalid' });

function checkRoles(roles: readonly Role[]): void {
  if (roles.includes('duty')) refuse('bad_request', 'duty is granted for a time, never given as a role', [issue('roles')]);
  if (roles.length === 0) refuse('bad_request', 'a person needs at least one role', [issue('roles')]);
}

/** Sessions end after the change is durable, so that none survives with the old rights. */
async function changeAndSignOut(personnel: Personnel, id: string, change: (person: Person) => Person): Promise<Person> {
  const changed = await personnel.people.edit(id, (current) => change(current ?? refuse('person_unknown', `there is no person ${id}`)));
  await personnel.people.endSessionsOf(id);
  return changed;
}
