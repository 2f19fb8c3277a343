import { join } from 'node:path';
import cookie from '@fastify/cookie';
import csrfProtection from '@fastify/csrf-protection';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import session from '@fastify/session';
import view from '@fastify/view';
import { Eta } from 'eta';
import { type FastifyBaseLogger, type FastifyInstance, fastify } from 'fastify';
import type { ScryptCost } from '../desk/password.ts';
import { openPresence, type Presence } from '../desk/presence.ts';
import { OnrecordError } from '../errors.ts';
import type { Office } from '../office.ts';
import type { Words } from '../words.ts';
import type { Assets } from './assets.ts';
import { frozenNow } from './desk/frozen.ts';
import { deskRoutes } from './desk/routes.ts';
import { serveDeskFiles } from './desk-assets.ts';
import { answerRefusal, guardEveryRequest } from './desk-guard.ts';
import { deskHeaders } from './desk-headers.ts';
import { type FailureLimits, type Failures, failureLimits, limitFailures } from './failure-limit.ts';
import { createListener, onlyCanonical, siteOptions, takeQueued } from './listener.ts';
import { shedWhatCanWait } from './pressure.ts';
import { previewLinkSite } from './preview-link-site.ts';
import { localsOf } from './render.ts';
import { sessionOptions } from './session.ts';
import { sharedLimits } from './shared-limits.ts';

export type DeskOptions = {
  words: Words;
  assets: Assets;
  /** Host header values that are ours; filled in when the port is known. */
  hosts: ReadonlySet<string>;
  trustProxy: readonly string[] | false;
  passwordCost?: ScryptCost;
  limits?: FailureLimits;
  /** Whether drafts may be shown by links to people without an account. */
  previewLinks: boolean;
};

/** What every route file of the desk is given. */
export type Desk = { office: Office; secure: boolean; failures: Failures; passwordCost: ScryptCost | undefined; presence: Presence; previewLinks: boolean };
export type DeskRoutes = (app: FastifyInstance, desk: Desk) => void;

/** The private site: sessions, forms and refusals are the same for every route and stand here; routes are those of desk/routes.ts. */
export function deskSite(office: Office, options: DeskOptions): FastifyInstance {
  const secure = office.agency.deskUrl.startsWith('https:');
  const behindProxy = options.trustProxy !== false;
  const log: FastifyBaseLogger = office.log;
  const app: FastifyInstance = fastify({
    ...siteOptions,
    loggerInstance: log,
    trustProxy: options.trustProxy === false ? false : [...options.trustProxy],
    serverFactory: (handler) => createListener(onlyCanonical(handler, options.hosts), { behindProxy }),
  });
  app.removeContentTypeParser('text/plain');
  app.decorateRequest('person', null);
  app.decorateRequest('csrf', null);
  app.register(view, { engine: { eta: new Eta() }, root: join(import.meta.dirname, '../../views'), production: true });
  app.register(cookie);
  app.register(formbody);
  app.register(rateLimit, { global: false, ...(office.tallies && { store: sharedLimits(office.tallies) }) });
  app.register(helmet, deskHeaders(secure));
  app.addHook('onRequest', async (request, reply) => {
    // Before anything is asked of the store: where it does not answer, that is said in words.
    const locals = localsOf(request, office.agency, options.words, options.assets);
    reply.locals = { ...locals, frozen: null };
    if (request.routeOptions.config.isFile !== true) reply.locals = { ...locals, frozen: await frozenNow(office) };
    reply.header('cache-control', 'private, no-store').header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
  });
  shedWhatCanWait(app);
  app.addHook('preClose', () => takeQueued(app.server));
  // Beside the sessions: none is looked up, begun or ended for whoever opens a link.
  if (options.previewLinks) app.register(async (site) => previewLinkSite(site, office, limitFailures(site, 'preview links', options.limits ?? failureLimits)));
  // Beside them too: the page that says that the database does not answer has to look like one of ours.
  app.register(async (site) => serveDeskFiles(site, new Map([...options.assets.files, ...options.assets.deskFiles])));
  app.register(async (site) => {
    await site.register(session, sessionOptions(office, secure));
    await site.register(csrfProtection, { sessionPlugin: '@fastify/session' });
    const failures = limitFailures(site, 'sign-in', options.limits ?? failureLimits);
    guardEveryRequest(site, office, secure);
    const { passwordCost, previewLinks } = options;
    const presence = openPresence(office.now);
    for (const routes of deskRoutes) routes(site, { office, secure, failures, passwordCost, presence, previewLinks });
    site.setNotFoundHandler((request, reply) => answerRefusal(office, request, reply, new OnrecordError('not_found', 'no such page')));
    site.get('/', { config: { open: true } }, async (_request, reply) => reply.redirect('/desk', 303));
  });
  app.setErrorHandler<Error>((error, request, reply) =>
    answerRefusal(office, request, reply, error).catch((failure: unknown) => {
      office.log.error({ err: failure, request: request.id }, 'a refusal could not be shown');
      return reply.code(500).type('text/plain; charset=utf-8').send('Internal Server Error\n');
    }),
  );
  return app;
}
