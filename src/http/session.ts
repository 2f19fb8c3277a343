import { createHash } from 'node:crypto';
import '@fastify/csrf-protection';
import type { FastifySessionOptions } from '@fastify/session';
import type { FastifyReply, FastifyRequest, Session as SessionObject } from 'fastify';
import { rolesHeldNow } from '../desk/person.ts';
import type { Office } from '../office.ts';
import type { Role } from '../statement/schema.ts';
import type { Person, Session } from '../store/people.ts';

/** Who asks, as of this request. `roles` are those held now; `recent`: proved presence within five minutes. */
export type SignedIn = { id: string; name: string; roles: readonly Role[]; steppedUpAt: number; recent: boolean };

declare module 'fastify' {
  interface Session {
    person?: string;
    createdAt?: string;
    seenAt?: string;
    steppedUpAt?: string;
    /** Begun in this request: the only kind that is saved without being there already. */
    isNew?: boolean;
    _csrf?: string;
  }
  interface FastifyRequest {
    person: SignedIn | null;
    /** The token every form carries in `_csrf`; null for nobody. */
    csrf: string | null;
  }
}

const minute = 60_000;
export const sessionLimits = { idle: 15 * minute, absolute: 8 * 60 * minute, recent: 5 * minute, touch: minute / 2 };

export const sessionCookie = (secure: boolean): string => (secure ? '__Host-onrecord' : 'onrecord');

const hashOf = (id: string): string => createHash('sha256').update(id).digest('hex');

/** By which the session of this request is known to the store. */
export const sessionHash = (request: FastifyRequest): string => hashOf(request.session.sessionId);

/** Sessions over the people store: found only by the hash of their id; one that ended is never written back by a request still running. */
export function sessionOptions(office: Office, secure: boolean): FastifySessionOptions {
  return {
    cookieName: sessionCookie(secure),
    cookie: { secure, httpOnly: true, sameSite: 'strict', path: '/' },
    // The id is 256 random bits and is looked up by its hash: a signature adds nothing.
    secret: { sign: (id) => id, unsign: (id) => ({ valid: /^[\w-]{43}$/.test(id), renew: false, value: id }) },
    idGenerator: () => office.random(32).toString('base64url'),
    saveUninitialized: false,
    rolling: false,
    store: {
      get: (id, callback) => answer(load(office, hashOf(id)), callback),
      set: (id, session, callback) => answer(save(office, hashOf(id), session), callback),
      destroy: (id, callback) => answer(office.people.endSession(hashOf(id)), callback),
    },
  };
}

function answer<T>(work: Promise<T>, callback: (error: unknown, value?: T) => void): void {
  work.then(
    (value) => callback(null, value),
    (error: unknown) => callback(error),
  );
}

async function load(office: Office, hash: string): Promise<SessionObject | null> {
  const session = await office.people.session(hash);
  if (!session) return null;
  if (isOver(session, office.now())) {
    await office.people.endSession(hash);
    return null;
  }
  const { data, ...facts } = session;
  return { ...facts, ...data, cookie: { originalMaxAge: null } };
}

function isOver({ createdAt, seenAt }: Session, now: number): boolean {
  return now - Date.parse(seenAt) > sessionLimits.idle || now - Date.parse(createdAt) > sessionLimits.absolute;
}

async function save(office: Office, hash: string, { person, createdAt, seenAt, steppedUpAt, isNew, _csrf }: SessionObject): Promise<void> {
  if (!person || !createdAt || !seenAt || !steppedUpAt) return;
  await office.people.saveSession(hash, { person, createdAt, seenAt, steppedUpAt, data: _csrf ? { _csrf } : {} }, isNew === true);
}

/** A new id at sign-in and at each step-up; the session's first instant is kept at a step-up, so that eight hours stay eight hours. */
export async function beginSession(office: Office, request: FastifyRequest, reply: FastifyReply, person: Person): Promise<void> {
  const now = new Date(office.now()).toISOString();
  const since = request.session.person === person.id ? request.session.createdAt : undefined;
  await request.session.regenerate();
  Object.assign(request.session, { person: person.id, createdAt: since ?? now, seenAt: now, steppedUpAt: now, isNew: true });
  request.person = signedIn(person, office.now(), now);
  request.csrf = reply.generateCsrf();
}

/** Puts the person and the token on the request. A request that a timer sent (`x-onrecord-passive`), or that leads nowhere, does not keep the session alive. */
export async function identify(office: Office, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { person: id, steppedUpAt, seenAt } = request.session;
  if (!id || !steppedUpAt || !seenAt) return;
  const person = await office.people.find(id);
  if (!person || person.disabledAt !== null) return;
  const now = office.now();
  request.person = signedIn(person, now, steppedUpAt);
  request.csrf = reply.generateCsrf();
  const isPassive = request.is404 || request.headers['x-onrecord-passive'] !== undefined;
  if (!isPassive && now - Date.parse(seenAt) > sessionLimits.touch) request.session.seenAt = new Date(now).toISOString();
}

/** Who asks, once more, now that the body is here: whoever was disabled, or lost the session or a role, while it was on its way has lost it here too. */
export async function identifyAgain(office: Office, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  request.person = null;
  if (await office.people.session(hashOf(request.session.sessionId))) await identify(office, request, reply);
}

function signedIn(person: Person, now: number, steppedUpAt: string): SignedIn {
  const since = Date.parse(steppedUpAt);
  // A clock set back makes no proof fresh again.
  const recent = now >= since && now - since <= sessionLimits.recent;
  return { id: person.id, name: person.name, roles: rolesHeldNow(person, now), steppedUpAt: since, recent };
}
