import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { comment, reopen, resolve } from '../../desk/comment.ts';
import { readStatement } from '../../desk/statement.ts';
import { OnrecordError } from '../../errors.ts';
import { longestComment, places, type Statement } from '../../statement/facts.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { noteRefusal, statusOf, toRefused } from '../errors.ts';
import { page, wantsJson } from '../render.ts';
import { parse, plainText } from '../zod.ts';
import { collaboration } from './collaboration.ts';
import { bodyOf, type Fields, idOf, personOf, readerOf, seenOf, text } from './form.ts';
import { reviewModel } from './review.ts';

const Remark = z.object({ place: z.string().refine((place) => places.includes(place), { params: { code: 'invalid' } }), comment: plainText(longestComment) });
const Params = z.object({ comment: z.coerce.number().int().positive().max(1_000_000) });

/** Comments on the places of a draft, and their end. */
export const commentRoutes: DeskRoutes = (app, { office, presence }) => {
  app.post('/desk/statements/:id/comments', async (request, reply) => {
    const fields = bodyOf(request);
    try {
      const { place, comment: words } = parse(Remark, { place: text(fields, 'place'), comment: text(fields, 'comment') });
      const statement = await comment(office, personOf(request), idOf(request), { ...seenOf(fields), place, words: words.trim() });
      return commented(request, reply, statement, statement.comments.at(-1)?.id ?? 0, 'commented');
    } catch (error) {
      if (!(error instanceof OnrecordError) || wantsJson(request) || text(fields, 'comment').trim() === '') throw error;
      await noteRefusal(office, request, toRefused(error), error);
      return showAgain(request, reply, fields, error);
    }
  });

  for (const [resource, act, done] of [
    ['resolution', resolve, 'comment-resolved'],
    ['reopening', reopen, 'comment-reopened'],
  ] as const) {
    app.post(`/desk/statements/:id/comments/:comment/${resource}`, async (request, reply) => {
      bodyOf(request);
      const { comment: id } = parse(Params, request.params);
      return commented(request, reply, await act(office, personOf(request), idOf(request), id), id, done);
    });
  }

  /** What was typed is never lost: in its own form where that can still be sent, else to copy from. */
  async function showAgain(request: FastifyRequest, reply: FastifyReply, fields: Fields, { code, issues }: OnrecordError): Promise<FastifyReply> {
    const [status, words] = [statusOf[code], text(fields, 'comment')];
    const isMendable = code === 'bad_text' || code === 'too_long';
    if (!isMendable) return page(request, reply, 'desk/refusal', { code, issues, status, unsaved: [{ name: 'comment', value: words }] }, status);
    const reader = readerOf(request);
    const statement = await readStatement(office, idOf(request));
    const model = await reviewModel(office, statement, reader);
    const typed = { place: text(fields, 'place'), words };
    const shown = { ...model, ...collaboration(presence, statement, reader), typed, issues, done: null };
    return page(request, reply, 'desk/review', shown, status);
  }
};

function commented(request: FastifyRequest, reply: FastifyReply, statement: Statement, comment: number, done: string): FastifyReply {
  if (wantsJson(request)) return reply.send({ id: statement.id, comment, open: statement.comments.find(({ id }) => id === comment)?.resolved === null });
  return reply.redirect(`/desk/statements/${statement.id}/review?done=${done}#comment-${comment}`, 303);
}
