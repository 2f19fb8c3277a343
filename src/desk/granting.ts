import { isDeepStrictEqual } from 'node:util';
import { refuse } from '../errors.ts';
import { type Actor, requireReason, requireRecent } from '../statement/guards.ts';
import type { Role } from '../statement/schema.ts';
import type { AccountRequest, Ask, Person } from '../store/people.ts';
import { checkTime, noFailures, rolesHeldNow, withAct } from './person.ts';

/**
 * Transition 25: who may do what on the desk. Every act is pure and runs under the lock of all accounts; roles of the person who acts are
 * those held there, not those of the request. What gives power to publish takes two administrators, taking it away takes one.
 */

/** Who acts, among whom, when. */
export type Scene = { actor: Actor; everybody: readonly Person[]; now: number };

export const requestLastsMs = 24 * 3_600_000;
/** Roles that one administrator gives, to somebody else. */
export const givenByOne = ['author', 'auditor'] as const;
/** Roles that take a second administrator; duty, the fourth, is asked for with its time. */
export const givenByTwo = ['reviewer', 'publisher', 'administrator'] as const;

/** Requests that a second administrator can still confirm. One ends with its day, and with its asker's own role. */
export function openRequests(person: Person, { everybody, now }: Pick<Scene, 'everybody' | 'now'>): readonly AccountRequest[] {
  const administrators = activeAdministrators(everybody, now);
  return person.requests.filter(({ at, by }) => now - Date.parse(at) < requestLastsMs && administrators.includes(by));
}

export function activeAdministrators(everybody: readonly Person[], now: number): readonly string[] {
  return everybody.filter((person) => rolesHeldNow(person, now).includes('administrator')).map(({ id }) => id);
}

/** @throws role_missing: the roles count that are held under the lock */
export function requireHeld({ actor, everybody, now }: Scene, ...anyOf: readonly Role[]): void {
  const self = everybody.find(({ id }) => id === actor.id);
  const held = self ? rolesHeldNow(self, now) : [];
  if (!anyOf.some((role) => held.includes(role))) refuse('role_missing', `${actor.id} holds none of ${anyOf.join(', ')}`);
}

/** The first administrator asks. @throws role_missing, account_state, bad_request, bad_time, step_up_needed */
export function askFor(person: Person, ask: Ask, id: string, scene: Scene): Person {
  requireHeld(scene, 'administrator');
  checkAsk(person, ask, scene.now);
  const requests = openRequests(person, scene);
  if (requests.some((request) => isDeepStrictEqual(request.ask, ask))) refuse('account_state', 'this is asked for already: a second administrator confirms it');
  requireRecent(scene.actor);
  const request = { id, at: instantOf(scene), by: scene.actor.id, ask };
  return withAct(person, { requests: [...requests, request] }, { at: request.at, by: request.by, act: 'asked', ask });
}

/**
 * The second administrator agrees. Nobody agrees to what they asked for, nor to what concerns themselves.
 * @throws role_missing, request_gone (dropped, confirmed, a day old, or its asker is no administrator any more), own_request, account_state, bad_time, step_up_needed
 */
export function confirmRequest(person: Person, id: string, scene: Scene): Person {
  requireHeld(scene, 'administrator');
  const request = requireRequest(person, id, scene);
  if (request.by === scene.actor.id || person.id === scene.actor.id) refuse('own_request', `${scene.actor.id} cannot be the second administrator here`);
  checkAsk(person, request.ask, scene.now);
  requireRecent(scene.actor);
  const rest = openRequests(person, scene).filter((other) => other !== request);
  const act = { at: instantOf(scene), by: scene.actor.id, act: 'confirmed', ask: request.ask, askedBy: request.by } as const;
  return withAct(person, { ...granted(person, request, scene.actor.id), requests: rest }, act);
}

/** Any administrator closes a request, their own as well. @throws role_missing, request_gone */
export function dropRequest(person: Person, id: string, scene: Scene): Person {
  requireHeld(scene, 'administrator');
  const request = requireRequest(person, id, scene);
  const requests = openRequests(person, scene).filter((other) => other !== request);
  return withAct(person, { requests }, { at: instantOf(scene), by: scene.actor.id, act: 'dropped', ask: request.ask, askedBy: request.by });
}

/** Author or auditor, by one administrator; never for oneself, since both read what is not public. @throws role_missing, own_request, account_state, step_up_needed */
export function giveRole(person: Person, role: (typeof givenByOne)[number], scene: Scene): Person {
  requireHeld(scene, 'administrator');
  if (person.id === scene.actor.id) refuse('own_request', 'an administrator gives themselves nothing');
  checkAsk(person, { ask: 'role', role }, scene.now);
  requireRecent(scene.actor);
  return withAct(person, { roles: [...person.roles, role] }, { at: instantOf(scene), by: scene.actor.id, act: 'given', ask: { ask: 'role', role } });
}

/** Any role or what is left of a duty, by one administrator. @throws role_missing, account_state (not held), last_administrator, step_up_needed */
export function takeRole(person: Person, role: Role, scene: Scene): Person {
  requireHeld(scene, 'administrator');
  const at = instantOf(scene);
  const grants = role === 'duty' ? person.grants.filter(({ until }) => until <= at) : person.grants;
  const roles = person.roles.filter((held) => held !== role);
  if (roles.length === person.roles.length && grants.length === person.grants.length) refuse('account_state', `${person.id} does not hold ${role}`);
  if (role === 'administrator') requireAnother(person, scene);
  requireRecent(scene.actor);
  return withAct(person, { roles, grants }, { at, by: scene.actor.id, act: 'taken', ask: { ask: 'role', role } });
}

/** At once, by one administrator. @throws role_missing, account_state, last_administrator, step_up_needed */
export function disable(person: Person, scene: Scene): Person {
  requireHeld(scene, 'administrator');
  if (person.disabledAt !== null) refuse('account_state', `${person.id} is disabled already`);
  requireAnother(person, scene);
  requireRecent(scene.actor);
  const at = instantOf(scene);
  return withAct(person, { disabledAt: at, requests: [] }, { at, by: scene.actor.id, act: 'disabled' });
}

/** Disables an account whose acts are in doubt; may be repeated. @throws role_missing, reason_missing, last_administrator, step_up_needed */
export function quarantine(person: Person, reason: string, scene: Scene): Person {
  requireHeld(scene, 'administrator');
  requireReason(reason);
  requireAnother(person, scene);
  requireRecent(scene.actor);
  const at = instantOf(scene);
  return withAct(person, { disabledAt: person.disabledAt ?? at, requests: [] }, { at, by: scene.actor.id, act: 'quarantined', note: reason });
}

/** Ends every session of somebody. @throws role_missing */
export function signOut(person: Person, scene: Scene): Person {
  requireHeld(scene, 'administrator');
  return withAct(person, {}, { at: instantOf(scene), by: scene.actor.id, act: 'signed-out' });
}

function granted(person: Person, { ask, by }: AccountRequest, confirmedBy: string): Partial<Person> {
  if (ask.ask === 'enable') return { disabledAt: null, failures: noFailures };
  if (ask.ask === 'role') return { roles: [...person.roles, ask.role] };
  return { grants: [...person.grants, { role: 'duty', from: ask.from, until: ask.until, by, confirmedBy }] };
}

function checkAsk(person: Person, ask: Ask, now: number): void {
  if ((ask.ask === 'enable') !== (person.disabledAt !== null)) refuse('account_state', `${person.id} is ${person.disabledAt === null ? 'active' : 'disabled'}`);
  if (ask.ask === 'duty') checkTime(ask, now);
  if (ask.ask !== 'role') return;
  if (ask.role === 'duty') refuse('bad_request', 'duty is granted for a time', [{ field: 'role', code: 'invalid' }]);
  if (person.roles.includes(ask.role)) refuse('account_state', `${person.id} already holds ${ask.role}`);
}

function requireRequest(person: Person, id: string, scene: Scene): AccountRequest {
  return openRequests(person, scene).find((request) => request.id === id) ?? refuse('request_gone', 'this request is not open any more');
}

function requireAnother({ id }: Person, { everybody, now }: Scene): void {
  const administrators = activeAdministrators(everybody, now);
  if (administrators.includes(id) && administrators.length === 1) refuse('last_administrator', `${id} is the only active administrator`);
}

function instantOf({ now }: Scene): string {
  return new Date(now).toISOString();
}
