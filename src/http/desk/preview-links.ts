import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { linksOf, makeLink, revokeLink } from '../../desk/preview-links.ts';
import { readStatement } from '../../desk/statement.ts';
import { OnrecordError, type RefusalCode } from '../../errors.ts';
import { mayMakePreview, mayRevokePreview, previewHours } from '../../statement/previewing.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { noteRefusal, statusOf, toRefused } from '../errors.ts';
import { page, wantsJson } from '../render.ts';
import { parse, plainText } from '../zod.ts';
import { bodyOf, type Fields, idOf, personOf, readerOf, reasonField, seenOf, text } from './form.ts';
import { namesOf } from './names.ts';

const line = plainText(120).refine((words) => !/[\n\t]/.test(words), { params: { code: 'invalid' } });
const trim = (words: string): string => words.trim();
const Request = z.object({
  recipient: line.transform(trim),
  reason: reasonField.transform(trim),
  hours: z.coerce.number().int(),
  key: z.string().regex(/^[0-9a-f]{24}$/),
});
const Params = z.object({ link: z.string().regex(/^[0-9a-f]{24}$/) });
const Query = z.object({ done: z.literal('preview-link-revoked').optional().catch(undefined) });
const mendable: readonly RefusalCode[] = ['bad_request', 'bad_text', 'too_long', 'reason_missing', 'revision_stale', 'link_limit'];

/** Showing one revision of a draft to one person outside. The routes are there only where the configuration says so. */
export const previewLinkRoutes: DeskRoutes = (app, { office, previewLinks }) => {
  if (!previewLinks) return;

  app.get('/desk/statements/:id/preview-links', async (request, reply) => {
    const done = parse(Query, request.query).done ?? null;
    return show(request, reply, { done });
  });

  app.post('/desk/statements/:id/preview-links', async (request, reply) => {
    const fields = bodyOf(request);
    try {
      const { key, ...asked } = parse(Request, valuesOf(fields));
      const secret = await makeLink(office, personOf(request), idOf(request), key, seenOf(fields), asked);
      const address = `${office.agency.deskUrl}/desk/preview-links/${secret}`;
      // The address is in this answer and nowhere else: no redirect could carry it.
      return wantsJson(request) ? reply.code(201).send({ id: key, address }) : show(request, reply, { address, recipient: asked.recipient }, 201);
    } catch (error) {
      if (!(error instanceof OnrecordError) || wantsJson(request) || !mendable.includes(error.code)) throw error;
      await noteRefusal(office, request, toRefused(error), error);
      const issues = error.issues.length > 0 ? error.issues : [{ field: 'revision', code: error.code }];
      return show(request, reply, { issues, typed: valuesOf(fields) }, statusOf[error.code]);
    }
  });

  app.post('/desk/statements/:id/preview-links/:link/revocation', async (request, reply) => {
    bodyOf(request);
    const { link } = parse(Params, request.params);
    await revokeLink(office, personOf(request), idOf(request), link);
    if (wantsJson(request)) return reply.send({ id: link });
    return reply.redirect(`/desk/statements/${idOf(request)}/preview-links?done=preview-link-revoked`, 303);
  });

  async function show(request: FastifyRequest, reply: FastifyReply, more: object, status = 200): Promise<FastifyReply> {
    const reader = readerOf(request);
    const statement = await readStatement(office, idOf(request));
    const model = {
      ...{ statement, draft: statement.draft, links: await linksOf(office, statement), hours: previewHours },
      mayMake: mayMakePreview(statement, reader),
      mayRevoke: mayRevokePreview(reader),
      ...{ address: null, done: null, issues: [], typed: { recipient: '', reason: '', hours: String(previewHours.usual) } },
      key: office.random(12).toString('hex'),
      names: await namesOf(office),
    };
    return page(request, reply, 'desk/preview-links', { ...model, ...more }, status);
  }
};

function valuesOf(fields: Fields): Record<'recipient' | 'reason' | 'hours' | 'key', string> {
  return { recipient: text(fields, 'recipient'), reason: text(fields, 'reason'), hours: text(fields, 'hours'), key: text(fields, 'key') };
}
