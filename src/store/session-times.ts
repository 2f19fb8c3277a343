import { isDeepStrictEqual } from 'node:util';
import type { Session } from './people.ts';

const minute = 60_000;
export const sessionIdleMs = 15 * minute;
export const sessionAbsoluteMs = 8 * 60 * minute;
/** How far what is kept may be behind on when a session was last seen. */
export const seenWriteMs = minute;

/** @param now milliseconds UTC */
export function isSessionOver({ seenAt, createdAt }: Pick<Session, 'seenAt' | 'createdAt'>, now: number): boolean {
  return now - Date.parse(seenAt) > sessionIdleMs || now - Date.parse(createdAt) > sessionAbsoluteMs;
}

/** Whether all that is new is that the session was seen, and that so lately that memory alone keeps it. */
export function isSmallStep(before: Session | undefined, session: Session): boolean {
  const isOnlySeen = before !== undefined && isDeepStrictEqual({ ...before, seenAt: '' }, { ...session, seenAt: '' });
  return isOnlySeen && Date.parse(session.seenAt) - Date.parse(before.seenAt) < seenWriteMs;
}

/** When sessions were last seen by this process, beyond what is kept. */
export type Seen = {
  saw(hash: string, at: string): void;
  /** The session with the newer of both instants. */
  newest(hash: string, session: Session): Session;
  /** Lets go of what is not `kept`. */
  forget(isKept: (hash: string, at: string) => boolean): void;
};

export function createSeen(): Seen {
  const seen = new Map<string, string>();
  return {
    saw: (hash, at) => seen.set(hash, at),
    newest: (hash, session) => {
      const at = seen.get(hash);
      return at !== undefined && at > session.seenAt ? { ...session, seenAt: at } : session;
    },
    forget: (isKept) => {
      for (const [hash, at] of seen) if (!isKept(hash, at)) seen.delete(hash);
    },
  };
}
