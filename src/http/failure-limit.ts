import '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';

export type FailureLimits = { perAddress: number; overall: number };
export type Failures = { areTooMany(request: FastifyRequest): Promise<boolean>; count(request: FastifyRequest): Promise<void> };

export const failureLimits: FailureLimits = { perAddress: 20, overall: 300 };

/** Failed sign-ins of the last five minutes, by address and in all. Only failures count: a busy office signs in freely. */
export function limitFailures(app: FastifyInstance, { perAddress, overall }: FailureLimits): Failures {
  const timeWindow = 300_000;
  const limits = [app.createRateLimit({ max: perAddress, timeWindow }), app.createRateLimit({ max: overall, timeWindow, keyGenerator: () => 'all' })];
  return {
    async areTooMany(request) {
      const states = await Promise.all(limits.map((limit) => limit(request, { increment: false })));
      return states.some((state) => !state.isAllowed && state.remaining === 0);
    },
    async count(request) {
      await Promise.all(limits.map((limit) => limit(request)));
    },
  };
}
