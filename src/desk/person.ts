import { refuse } from '../errors.ts';
import type { Office } from '../office.ts';
import type { Role } from '../statement/schema.ts';
import { Person } from '../store/people.ts';
import { checkPassword, hashPassword, passwordCost, type ScryptCost } from './password.ts';
import { newSecondFactor } from './second-factor.ts';

/** What acts on people need; the command line has no more than this when no server runs. */
export type Personnel = Pick<Office, 'people' | 'agency' | 'now' | 'random'>;
export type NewPerson = { id: string; name: string; roles: readonly Role[]; password: string; cost?: ScryptCost };

const longestGrant = 7 * 86_400_000;

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
    return { id, name, roles: [...roles], grants: [], createdAt, disabledAt: null, password: stored, totp, failures: { count: 0, notBefore: null } };
  });
}

export async function disablePerson(personnel: Personnel, id: string): Promise<Person> {
  const at = new Date(personnel.now()).toISOString();
  return changeAndSignOut(personnel, id, (person) => ({ ...person, disabledAt: person.disabledAt ?? at }));
}

export async function enablePerson(personnel: Personnel, id: string): Promise<Person> {
  return changeAndSignOut(personnel, id, (person) => ({ ...person, disabledAt: null, failures: { count: 0, notBefore: null } }));
}

/** A new password and a new second factor; every session ends. */
export async function resetPerson(personnel: Personnel, id: string, password: string, cost: ScryptCost = passwordCost): Promise<Person> {
  const known = (await personnel.people.find(id)) ?? refuse('person_unknown', `there is no person ${id}`);
  checkPassword(password, [id, known.name, ...Object.values(personnel.agency.name)]);
  const stored = await hashPassword(password, personnel.random, cost);
  const totp = newSecondFactor(personnel.random);
  return changeAndSignOut(personnel, id, (person) => ({ ...person, password: stored, totp, failures: { count: 0, notBefore: null } }));
}

export async function setRoles(personnel: Personnel, id: string, roles: readonly Role[]): Promise<Person> {
  checkRoles(roles);
  return changeAndSignOut(personnel, id, (person) => ({ ...person, roles: [...roles] }));
}

/** Duty for a time, from now: at most seven days, never permanent. Grants long over are dropped. */
export async function grantDuty(personnel: Personnel, id: string, until: number, by: string): Promise<Person> {
  const now = personnel.now();
  if (!(until > now && until - now <= longestGrant)) refuse('bad_time', 'a grant ends in the future and within seven days', [issue('until')]);
  return changeAndSignOut(personnel, id, (person) => ({
    ...person,
    grants: [
      ...person.grants.filter((grant) => Date.parse(grant.until) > now - longestGrant),
      { role: 'duty', from: new Date(now).toISOString(), until: new Date(until).toISOString(), by },
    ],
  }));
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
