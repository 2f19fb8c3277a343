import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { stepUp } from '../../desk/sign-in.ts';
import { OnrecordError, refuse } from '../../errors.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { noteRefusal, statusOf, toRefused } from '../errors.ts';
import { page, wantsJson } from '../render.ts';
import { beginSession } from '../session.ts';
import { parse } from '../zod.ts';
import { type Carried, carriedInputs, nextPath, offerContinue, readCarried } from './carried.ts';
import { doorOf, largeBody } from './sign-in.ts';

const Query = z.object({ next: z.string().max(500).optional() });
const Form = z.object({
  _csrf: z.string().optional(),
  password: z.string().max(512),
  code: z.string().max(16),
  next: z.string().max(500).optional(),
  carriedTo: z.string().max(500).optional(),
  carried: z.string().optional(),
});

export function showStepUp(
  request: FastifyRequest,
  reply: FastifyReply,
  model: { next?: string; carried: Carried | null; failed?: string },
  status = 200,
): Promise<FastifyReply> {
  return page(request, reply, 'desk/step-up', { next: nextPath(model.next), failed: model.failed ?? null, hidden: carriedInputs(model.carried) }, status);
}

/** Proving presence again before an act that others cannot undo; the form that asked for it waits in the page. */
export const stepUpRoutes: DeskRoutes = (app, { office, failures }) => {
  app.get('/desk/step-up', async (request, reply) => {
    const { next } = parse(Query, request.query);
    return showStepUp(request, reply, { carried: null, ...(next && { next }) });
  });

  const limited = async (request: FastifyRequest): Promise<void> => {
    if (await failures.areTooMany(request)) refuse('rate_limited', 'too many failed sign-ins');
  };
  app.post('/desk/step-up', { bodyLimit: largeBody, onRequest: limited }, async (request, reply) => {
    const form = parse(Form, request.body);
    const person = request.person ?? refuse('not_signed_in', 'nobody is signed in');
    const carried = readCarried(form.carriedTo, form.carried);
    try {
      const proved = await stepUp(doorOf(office, request), person.id, { password: form.password, code: form.code.replaceAll(/\s/g, '') });
      await beginSession(office, request, reply, proved);
    } catch (error) {
      if (!(error instanceof OnrecordError) || wantsJson(request)) throw error;
      await noteRefusal(office, request, toRefused(error), error);
      if (error.code === 'sign_in_failed') await failures.count(request);
      return showStepUp(request, reply, { carried, failed: error.code, ...(form.next && { next: form.next }) }, statusOf[error.code]);
    }
    return carried ? offerContinue(request, reply, carried) : reply.redirect(nextPath(form.next), 303);
  });
};
