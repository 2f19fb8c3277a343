import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { OnrecordError } from '../errors.ts';
import type { Press } from '../press/press.ts';
import type { Resource } from '../press/resource.ts';
import { type AnswerPublic, pathOf, refuse, sendResource, targetOf } from './answer-public.ts';
import { readAsked } from './asked.ts';
import { siteOptions, takeQueued } from './listener.ts';
import { watchPressure } from './pressure.ts';

export type PublicSiteOptions = {
  press: Pick<Press, 'cold' | 'ask' | 'missing'>;
  answer: AnswerPublic;
  /** Makes the server of this site around a handler (http/listener.ts). */
  listen(handler: RequestListener): Server;
  count(status: number): void;
  log: Pick<Logger, 'error'>;
};

/** The public site: ready bytes before routing; one route for all the rest, which calls the same answer and then makes what is cold. */
export function publicSite({ press, answer, listen, count, log }: PublicSiteOptions): FastifyInstance {
  const app = Fastify({
    ...siteOptions,
    serverFactory: (handler) =>
      listen((request, response) => {
        if (!answer(request, response)) handler(request, response);
      }),
  });
  watchPressure(app);
  app.addHook('preClose', () => takeQueued(app.server));
  // Bodies are never read: a request that brings one is refused by its method.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  app.all('/*', async (request, reply) => {
    reply.hijack();
    await answerCold(request.raw, reply.raw);
  });
  app.setNotFoundHandler((request, reply) => {
    reply.hijack();
    sendResource(reply.raw, readAsked(request.raw.rawHeaders), press.missing('/'), count);
  });

  async function answerCold(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (answer(request, response)) return;
      // What is ready is answered all the same; nothing more is made meanwhile.
      if (app.isUnderPressure()) throw new OnrecordError('busy', 'the event loop is late');
      const asked = readAsked(request.rawHeaders);
      const resource = await find(targetOf(asked.host, request.url ?? '/'));
      if (response.destroyed || response.headersSent) return;
      sendResource(response, asked, resource, count);
    } catch (error) {
      if (response.headersSent) return;
      const isBusy = error instanceof OnrecordError && (error.code === 'busy' || error.code === 'store_unreachable');
      if (!isBusy) log.error({ err: error }, 'a public page could not be made');
      if (isBusy) refuse(response, 503, 'Service Unavailable\n', ['Retry-After', '2'], count);
      else refuse(response, 500, 'Internal Server Error\n', [], count);
    }
  }

  async function find(url: string): Promise<Resource> {
    const path = pathOf(url);
    const query = new URLSearchParams(url.slice(path.length, path.length + 4_096));
    return (await press.ask(path, query)) ?? (await press.cold(path)) ?? press.missing(path);
  }

  return app;
}
