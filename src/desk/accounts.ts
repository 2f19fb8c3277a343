import type { Office } from '../office.ts';
import type { Actor } from '../statement/guards.ts';
import type { Role } from '../statement/schema.ts';
import type { Ask, Person } from '../store/people.ts';
import { askFor, confirmRequest, disable, dropRequest, type givenByOne, giveRole, type Scene, signOut, takeRole } from './granting.ts';

/** Acts of administrators on accounts. Sessions end after the change is durable, so that none survives with other rights. */

type Change = (person: Person, scene: Scene) => Person;

async function change(office: Office, actor: Actor, id: string, act: Change): Promise<Person> {
  const changed = await office.people.editAmong(id, (person, everybody) => act(person, { actor, everybody, now: office.now() }));
  const done = changed.acts.at(-1)?.act ?? 'none';
  office.count('onrecord_acts_total', { act: done });
  office.log.warn({ by: actor.id, act: done, person: id }, 'account act');
  return changed;
}

export async function changeAndSignOut(office: Office, actor: Actor, id: string, act: Change): Promise<Person> {
  const changed = await change(office, actor, id, act);
  await office.people.endSessionsOf(id);
  return changed;
}

export function ask(office: Office, actor: Actor, id: string, wanted: Ask): Promise<Person> {
  const request = office.random(8).toString('hex');
  return change(office, actor, id, (person, scene) => askFor(person, wanted, request, scene));
}

export function confirm(office: Office, actor: Actor, id: string, request: string): Promise<Person> {
  return changeAndSignOut(office, actor, id, (person, scene) => confirmRequest(person, request, scene));
}

export function drop(office: Office, actor: Actor, id: string, request: string): Promise<Person> {
  return change(office, actor, id, (person, scene) => dropRequest(person, request, scene));
}

export function give(office: Office, actor: Actor, id: string, role: (typeof givenByOne)[number]): Promise<Person> {
  return changeAndSignOut(office, actor, id, (person, scene) => giveRole(person, role, scene));
}

export function take(office: Office, actor: Actor, id: string, role: Role): Promise<Person> {
  return changeAndSignOut(office, actor, id, (person, scene) => takeRole(person, role, scene));
}

export function disableAccount(office: Office, actor: Actor, id: string): Promise<Person> {
  return changeAndSignOut(office, actor, id, disable);
}

export function endSessions(office: Office, actor: Actor, id: string): Promise<Person> {
  return changeAndSignOut(office, actor, id, signOut);
}

/** One's own sessions but the one that asks, known by its hash. */
export async function endOtherSessions(office: Office, actor: Actor, except: string): Promise<void> {
  await office.people.endSessionsOf(actor.id, except);
  office.log.info({ by: actor.id }, 'other sessions ended');
}
