import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Door, signIn } from '../../desk/sign-in.ts';
import { OnrecordError, refuse } from '../../errors.ts';
import type { Office } from '../../office.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { noteRefusal, statusOf, toRefused } from '../errors.ts';
import { page, wantsJson } from '../render.ts';
import { beginSession, sessionCookie } from '../session.ts';
import { parse } from '../zod.ts';
import { type Carried, carriedInputs, nextPath, offerContinue, readCarried } from './carried.ts';
import { personOf } from './form.ts';

export const largeBody = 1_048_576;

const Query = z.object({ next: z.string().max(500).optional() });
const Form = z.object({
  name: z.string().max(64),
  password: z.string().max(512),
  code: z.string().max(16),
  next: z.string().max(500).optional(),
  carriedTo: z.string().max(500).optional(),
  carried: z.string().optional(),
});

export function showSignIn(
  request: FastifyRequest,
  reply: FastifyReply,
  model: { next?: string; carried: Carried | null; failed?: string },
  status = 200,
): Promise<FastifyReply> {
  return page(request, reply, 'desk/sign-in', { next: nextPath(model.next), failed: model.failed ?? null, hidden: carriedInputs(model.carried) }, status);
}

/** What is proved or not at this door is logged with the address that it came from. */
export function doorOf({ people, now, log }: Office, request: FastifyRequest): Door {
  return { people, now, log: log.child({ address: request.ip }) };
}

/** Sign-in, sign-in again with a form that waited (its own larger limit), and sign-out. */
export const signInRoutes: DeskRoutes = (app, { office, passwordCost, failures, secure }) => {
  app.get('/desk/sign-in', { config: { open: true } }, async (request, reply) => {
    const { next } = parse(Query, request.query);
    if (request.person) return reply.redirect(nextPath(next), 303);
    return showSignIn(request, reply, { carried: null, ...(next && { next }) });
  });

  const enter = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const form = parse(Form, request.body);
    const carried = readCarried(form.carriedTo, form.carried);
    try {
      const credentials = { name: form.name.trim().toLowerCase(), password: form.password, code: form.code.replaceAll(/\s/g, '') };
      await beginSession(office, request, reply, await signIn(doorOf(office, request), credentials, passwordCost));
      failures.trust(request);
    } catch (error) {
      if (!(error instanceof OnrecordError) || wantsJson(request)) throw error;
      await noteRefusal(office, request, toRefused(error), error);
      if (error.code === 'sign_in_failed') await failures.count(request);
      return showSignIn(request, reply, { carried, failed: error.code, ...(form.next && { next: form.next }) }, statusOf[error.code]);
    }
    return carried ? offerContinue(request, reply, carried) : reply.redirect(nextPath(form.next), 303);
  };
  const limited = async (request: FastifyRequest): Promise<void> => {
    if (await failures.areTooMany(request)) refuse('rate_limited', 'too many failed sign-ins');
  };
  app.post('/desk/sign-in', { config: { open: true }, bodyLimit: 65_536, onRequest: limited }, enter);
  app.post('/desk/sign-in/again', { config: { open: true }, bodyLimit: largeBody, onRequest: limited }, enter);

  app.post('/desk/sign-out', async (request, reply) => {
    const { id } = personOf(request);
    await request.session.destroy();
    office.log.info({ person: id, address: request.ip }, 'signed out');
    // Pages that the browser holds behind its back button go too. Not "storage": that keeps whether a person wants keyboard shortcuts.
    reply.header('clear-site-data', '"cache"');
    return reply.clearCookie(sessionCookie(secure), { path: '/', secure }).redirect('/desk/sign-in', 303);
  });
};
