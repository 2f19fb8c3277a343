import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { refuse } from '../errors.ts';

/** Later than this, on average over a second, and the process has more to do than it can. */
const latest = { sampleInterval: 1_000, maxEventLoopDelay: 500 };

/** Refuses what can wait while the event loop is late (`busy`); whatever leads to a publication or a withdrawal is never refused for it. */
export function shedWhatCanWait(app: FastifyInstance): void {
  app.register(underPressure, {
    ...latest,
    pressureHandler: (request) => {
      if (request.routeOptions.config.canWait) refuse('busy', 'the event loop is late');
    },
  });
}

/** Only tells: `app.isUnderPressure()`. */
export function watchPressure(app: FastifyInstance): void {
  app.register(underPressure, { ...latest, pressureHandler: () => undefined });
}
