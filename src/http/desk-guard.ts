import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OnrecordError, refuse } from '../errors.ts';
import type { Office } from '../office.ts';
import { carry, isDeskPath, offerContinue } from './desk/carried.ts';
import { readerOf } from './desk/form.ts';
import { showSignIn } from './desk/sign-in.ts';
import { showStepUp } from './desk/step-up.ts';
import { noteRefusal, type Refused, sendJsonRefusal, toRefused } from './errors.ts';
import { page, wantsJson } from './render.ts';
import { identify, identifyAgain } from './session.ts';

const safeMethods = new Set(['GET', 'HEAD']);
const limits = { depth: 20, keys: 200 };

/** The order matters: where the request comes from, who sends it, then (with the body read) the token. */
export function guardEveryRequest(site: FastifyInstance, office: Office, secure: boolean): void {
  const scheme = secure ? 'https' : 'http';

  site.addHook('onRequest', async (request, reply) => {
    if (!safeMethods.has(request.method) && !isSameOrigin(request, scheme)) refuse('csrf', 'the request does not come from this site');
    await identify(office, request, reply);
    if (request.person || request.routeOptions.config.open) return undefined;
    if (wantsJson(request)) refuse('not_signed_in', 'nobody is signed in');
    if (!safeMethods.has(request.method)) return undefined;
    const next = isDeskPath(request.url) && request.url !== '/desk' ? `?next=${encodeURIComponent(request.url)}` : '';
    return reply.redirect(`/desk/sign-in${next}`, 303);
  });

  site.addHook('preValidation', async (request) => {
    if (measure(request.body, 1) > limits.keys) refuse('bad_request', 'too many fields');
  });

  site.addHook('preHandler', async (request, reply) => {
    if (request.person && !safeMethods.has(request.method)) await identifyAgain(office, request, reply);
  });

  site.addHook('preHandler', async (request, reply) => {
    if (safeMethods.has(request.method) || request.routeOptions.config.open || request.person) return undefined;
    return showSignIn(request, reply, { carried: carry(request), next: '/desk', failed: 'not_signed_in' }, 401);
  });

  site.addHook('preHandler', (request, reply, done) => {
    if (safeMethods.has(request.method) || request.routeOptions.config.open) done();
    else site.csrfProtection(request, reply, done);
  });

  // An administrator has no content rights: nothing of a statement is looked up for them, whatever the act or its fields.
  site.addHook('preHandler', async (request) => {
    if (request.person && request.routeOptions.url?.startsWith('/desk/statements/:id')) readerOf(request);
  });

  site.addHook('preHandler', async ({ body }) => {
    if (typeof body === 'object' && body !== null && '_csrf' in body) delete body._csrf;
  });
}

/** Browsers say where a request comes from, and it must be here. A program says nothing; it still needs the session's token. */
function isSameOrigin({ headers }: FastifyRequest, scheme: string): boolean {
  const site = headers['sec-fetch-site'];
  const { origin } = headers;
  return (site === undefined || site === 'same-origin') && (origin === undefined || origin === `${scheme}://${headers.host}`);
}

/** Keys in all; throws `bad_request` when the body is nested too deeply. */
function measure(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > limits.depth) refuse('bad_request', 'the body is nested too deeply');
  const items: unknown[] = Object.values(value);
  return items.reduce<number>((sum, item) => sum + measure(item, depth + 1), items.length);
}

/** A refusal as a page or as JSON; a form that only needs a sign-in, a step-up or a new token is kept and offered again. */
export async function answerRefusal(office: Office, request: FastifyRequest, reply: FastifyReply, error: Error): Promise<FastifyReply> {
  const refused = toRefused(error);
  await noteRefusal(office, request, refused, error);
  if (wantsJson(request)) return sendJsonRefusal(reply, refused);
  const carried = safeMethods.has(request.method) ? null : carry(request);
  if (refused.code === 'step_up_needed') return showStepUp(request, reply, { carried, next: request.url }, refused.status);
  if (carried && request.person && !(error instanceof OnrecordError) && refused.code === 'csrf') return offerContinue(request, reply, carried, refused.status);
  return showRefusal(request, reply, refused);
}

async function showRefusal(request: FastifyRequest, reply: FastifyReply, { status, code, issues }: Refused): Promise<FastifyReply> {
  if (status === 503 || status === 429) reply.header('retry-after', '5');
  return page(request, reply, 'desk/refusal', { code, issues, status }, status);
}
