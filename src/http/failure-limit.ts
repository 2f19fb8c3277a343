import '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';

export type FailureLimits = { perAddress: number; overall: number };
export type Failures = {
  areTooMany(request: FastifyRequest): Promise<boolean>;
  count(request: FastifyRequest): Promise<void>;
  /** Somebody has signed in from this address: strangers elsewhere do not shut it out for a day. */
  trust(request: FastifyRequest): void;
};

export const failureLimits: FailureLimits = { perAddress: 20, overall: 300 };

const timeWindow = 300_000;
const trustedFor = { max: 1_000, ttl: 24 * 3_600_000 };

/**
 * Failed sign-ins of the last five minutes, by address and in all. Only failures count: a busy office signs in freely. The limit in all
 * holds for strangers: whoever is signed in, or sits where somebody signed in today, is held by their own address alone.
 */
export function limitFailures(app: FastifyInstance, of: string, { perAddress, overall }: FailureLimits): Failures {
  const mine = { max: perAddress, timeWindow, groupId: `${of}, by address` };
  const ours = { max: overall, timeWindow, groupId: `${of}, in all`, keyGenerator: () => 'all' };
  const [own, everybody] = [app.createRateLimit(mine), app.createRateLimit(ours)];
  const trusted = new LRUCache<string, true>(trustedFor);
  return {
    async areTooMany(request) {
      const isKnown = request.person !== null || trusted.has(request.ip);
      const states = await Promise.all((isKnown ? [own] : [own, everybody]).map((limit) => limit(request, { increment: false })));
      return states.some((state) => !state.isAllowed && state.remaining === 0);
    },
    async count(request) {
      await Promise.all([own, everybody].map((limit) => limit(request)));
    },
    trust(request) {
      trusted.set(request.ip, true);
    },
  };
}
