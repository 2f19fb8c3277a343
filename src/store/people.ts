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
  session(hash: string): Promise<Session | undefined>;
  saveSession(hash: string, session: Session): Promise<void>;
  endSession(hash: string): Promise<void>;
  /** Ends every session of a person: on disabling, a change of roles, a new password or second factor. */
  endSessionsOf(person: string): Promise<void>;
  close(): Promise<void>;
}

export const Person = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9.-]{0,39}$/),
  name: z.string().min(1).max(80),
  roles: z.array(z.enum(roles)),
  /** Time-boxed grants from a rota: only `duty` is given this way. */
  grants: z.array(z.strictObject({ role: z.literal('duty'), from: Instant, until: Instant, by: z.string() })),
  createdAt: Instant,
  disabledAt: Instant.nullable(),
  password: z.strictObject({ N: z.int(), r: z.int(), p: z.int(), salt: z.string(), hash: z.string() }),
  /** `lastStep`: the newest 30-second step whose code was taken; older and equal ones are refused. */
  totp: z.strictObject({ secret: z.string(), lastStep: z.int() }),
  failures: z.strictObject({ count: z.int(), notBefore: Instant.nullable() }),
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
