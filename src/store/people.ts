import { z } from 'zod';
import { Instant, roles } from '../statement/schema.ts';

/**
 * Accounts, second factors, grants and sessions. Duties: an `edit` that resolved survives a power cut; edits of one person run
 * one after the other; a session is found only by the SHA-256 of its id, so that a stolen file opens none.
 */
export interface People {
  list(): Promise<readonly Person[]>;
  find(id: string): Promise<Person | undefined>;
  edit(id: string, change: (current: Person | undefined) => Person): Promise<Person>;
  /** For a change that depends on others: `everybody` is as it stands under the lock, the person included. @throws person_unknown */
  editAmong(id: string, change: (current: Person, everybody: readonly Person[]) => Person): Promise<Person>;
  /** Whether publishing is frozen; survives a restart. */
  freezing(): Promise<Freezing>;
  editFreezing(change: (current: Freezing, everybody: readonly Person[]) => Freezing): Promise<Freezing>;
  session(hash: string): Promise<Session | undefined>;
  /** A session that began is put there; one that goes on is written only where it still is, so that one that ended never comes back. */
  saveSession(hash: string, session: Session, begins: boolean): Promise<void>;
  endSession(hash: string): Promise<void>;
  /** Every session that is open now. */
  openSessions(): Promise<readonly (Session & { hash: string })[]>;
  /** Ends every session of a person: on disabling, a change of roles, a new password or second factor. `except`: the hash of one that stays. */
  endSessionsOf(person: string, except?: string): Promise<void>;
  close(): Promise<void>;
}

/** What takes two: a role, duty for a time, or an account that was disabled. Author and auditor, which one administrator gives, are written the same way. */
export const Ask = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('role'), role: z.enum(roles) }),
  z.strictObject({ ask: z.literal('duty'), from: Instant, until: Instant }),
  z.strictObject({ ask: z.literal('enable') }),
]);

const Fact = z.strictObject({ at: Instant, by: z.string() });

/** One administrator asks; it waits a day for a second one. */
const AccountRequest = Fact.extend({ id: z.string().regex(/^[0-9a-f]{16}$/), ask: Ask });

export const accountActs = [
  'added',
  'reset',
  'roles-set',
  'duty-granted',
  'asked',
  'confirmed',
  'dropped',
  'given',
  'taken',
  'disabled',
  'enabled',
  'quarantined',
  'signed-out',
] as const;

/** One line of what was done on an account: by a person or by the operator. `askedBy`: who asked for what is confirmed or dropped. */
const AccountAct = Fact.extend({ act: z.enum(accountActs), ask: Ask.nullable(), askedBy: z.string().nullable(), note: z.string() });

export const Person = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9.-]{0,39}$/),
  name: z.string().min(1).max(80),
  roles: z.array(z.enum(roles)),
  /** Time-boxed grants from a rota: only `duty` is given this way. */
  grants: z.array(z.strictObject({ role: z.literal('duty'), from: Instant, until: Instant, by: z.string(), confirmedBy: z.string().nullable().default(null) })),
  createdAt: Instant,
  disabledAt: Instant.nullable(),
  password: z.strictObject({ N: z.int(), r: z.int(), p: z.int(), salt: z.string(), hash: z.string() }),
  /** `lastStep`: the newest 30-second step whose code was taken; older and equal ones are refused. */
  totp: z.strictObject({ secret: z.string(), lastStep: z.int() }),
  /** `byStranger`: the wait came from a wrong password at the door, which anybody can bring about who knows the name. */
  failures: z.strictObject({ count: z.int(), notBefore: Instant.nullable(), byStranger: z.literal(true).optional() }),
  signedInAt: Instant.nullable().default(null),
  requests: z.array(AccountRequest).default([]),
  acts: z.array(AccountAct).default([]),
});

export const freezeActs = ['frozen', 'unfreeze-asked', 'unfreeze-dropped', 'unfrozen'] as const;

/** The freeze of all publishing, if one is in force, and every one there was. `lift`: an administrator asks that it end. */
export const Freezing = z.strictObject({
  open: Fact.extend({ reason: z.string(), lift: Fact.extend({ reason: z.string() }).nullable() }).nullable(),
  acts: z.array(Fact.extend({ act: z.enum(freezeActs), note: z.string() })),
});

export const Session = z.strictObject({
  person: z.string(),
  createdAt: Instant,
  seenAt: Instant,
  steppedUpAt: Instant,
  /** What the session plugin keeps with it (the CSRF secret). */
  data: z.record(z.string(), z.string()),
});

export type Person = z.infer<typeof Person>;
export type Session = z.infer<typeof Session>;
export type Ask = z.infer<typeof Ask>;
export type AccountRequest = z.infer<typeof AccountRequest>;
export type AccountAct = z.infer<typeof AccountAct>;
export type Freezing = z.infer<typeof Freezing>;
