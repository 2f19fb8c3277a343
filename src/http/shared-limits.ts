import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit';
import type { Tallies, Tally } from '../store/tallies.ts';

/** The limits of @fastify/rate-limit counted by all servers together; `groupId` keeps those of one kind apart from those of another. */
export function sharedLimits(tallies: Tallies): FastifyRateLimitStoreCtor {
  return class SharedLimits implements FastifyRateLimitStore {
    readonly of: string;
    constructor(options: object) {
      this.of = 'groupId' in options && typeof options.groupId === 'string' ? options.groupId : '';
    }
    incr(key: string, done: (error: Error | null, tally?: Tally) => void, windowMs = 0): void {
      tell(tallies.add(`${this.of}: ${key}`, windowMs), done);
    }
    read(key: string, done: (error: Error | null, tally?: Tally) => void, windowMs = 0): void {
      tell(tallies.read(`${this.of}: ${key}`, windowMs), done);
    }
    child(options: object): SharedLimits {
      return new SharedLimits(options);
    }
  };
}

function tell(tally: Promise<Tally>, done: (error: Error | null, tally?: Tally) => void): void {
  tally.then(
    (found) => done(null, found),
    (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
  );
}
