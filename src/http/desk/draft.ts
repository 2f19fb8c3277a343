import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { resolve } from '../../desk/comment.ts';
import { openNextDraft, saveText, submit } from '../../desk/draft.ts';
import { instant, readStatement } from '../../desk/statement.ts';
import { OnrecordError, type RefusalCode, refuse } from '../../errors.ts';
import type { Office } from '../../office.ts';
import type { Statement } from '../../statement/facts.ts';
import { readiness, workOf } from '../../statement/readiness.ts';
import { kinds } from '../../statement/schema.ts';
import type { Desk, DeskRoutes } from '../desk-site.ts';
import { noteRefusal, statusOf, toRefused } from '../errors.ts';
import { page, wantsJson } from '../render.ts';
import { parse } from '../zod.ts';
import { collaboration } from './collaboration.ts';
import { conflictModel } from './conflict-model.ts';
import { readContent } from './draft-form.ts';
import { canEdit, editModel, paceModel } from './edit-model.ts';
import { bodyOf, done, type Fields, idOf, personOf, revisionOf, text, writerOf } from './form.ts';
import { issueLines } from './issue-lines.ts';
import { largeBody } from './sign-in.ts';

const Next = z.object({ kind: z.enum(kinds), template: z.string().max(40).nullable() });
const Query = z.object({ done: z.string().max(20).optional() });
/** Refusals of a save that the person mends in the form, with everything typed still in it. */
const mendable: readonly RefusalCode[] = [
  'bad_request',
  'bad_text',
  'too_long',
  'bad_time',
  'time_ambiguous',
  'not_ready',
  'not_editorial',
  'translation_changes_original',
  'kind_not_allowed',
];

export const draftRoutes: DeskRoutes = (app, desk) => {
  const { office, presence } = desk;

  app.post('/desk/statements/:id/drafts', async (request, reply) => {
    const fields = bodyOf(request);
    const { kind, template } = parse(Next, { kind: text(fields, 'kind'), template: text(fields, 'template') || null });
    const statement = await openNextDraft(office, personOf(request), idOf(request), kind, template);
    return wantsJson(request) ? done(request, reply, statement, 'opened') : reply.redirect(`/desk/statements/${statement.id}/draft`, 303);
  });

  app.get('/desk/statements/:id/draft', async (request, reply) => {
    const writer = writerOf(request);
    const statement = await readStatement(office, idOf(request));
    if (!canEdit(statement)) return reply.redirect(`/desk/statements/${statement.id}`, 303);
    presence.see(statement.id, writer, 'editing');
    const isSaved = parse(Query, request.query).done === 'saved';
    const model = await editModel(office, reply.locals.say, statement, null, []);
    return page(request, reply, 'desk/edit', { ...model, ...collaboration(presence, statement, writer), isSaved });
  });

  app.post('/desk/statements/:id/draft', { bodyLimit: largeBody }, async (request, reply) => {
    writerOf(request);
    const fields = bodyOf(request);
    try {
      const saved = await save(office, request, fields);
      presence.see(saved.id, personOf(request), 'editing');
      const answer = await afterSave(office, request, reply, saved, text(fields, 'after'));
      if (text(fields, 'after') === 'submission') presence.leave(saved.id, personOf(request).id);
      return answer;
    } catch (error) {
      if (!(error instanceof OnrecordError) || wantsJson(request)) throw error;
      return showAgain(desk, request, reply, fields, error);
    }
  });
};

async function save(office: Office, request: FastifyRequest, fields: Fields): Promise<Statement> {
  const before = await readStatement(office, idOf(request));
  if (before.draft === null) refuse('wrong_state', 'there is no open draft');
  const { kind, content } = readContent(fields, before.draft, office.agency);
  return saveText(office, personOf(request), before.id, revisionOf(fields), kind, content);
}

async function afterSave(office: Office, request: FastifyRequest, reply: FastifyReply, saved: Statement, after: string): Promise<FastifyReply> {
  const { draft, id } = saved;
  if (draft === null) refuse('wrong_state', 'there is no open draft');
  if (after === 'submission') {
    const submitted = await submit(office, personOf(request), id, { revision: draft.revision, hash: draft.hash });
    return done(request, reply, submitted, 'submitted');
  }
  const resolved = /^resolve-(\d{1,6})$/.exec(after)?.[1];
  if (resolved !== undefined) await resolve(office, personOf(request), id, Number(resolved));
  const places = new Map([
    ['preview', `/desk/statements/${id}/preview`],
    ['findings', `/desk/statements/${id}/findings`],
  ]);
  if (!wantsJson(request)) return reply.redirect(places.get(after) ?? `/desk/statements/${id}/draft?done=saved#saved`, 303);
  const ready = readiness(workOf(saved, draft), office.house, instant(office));
  const lines = { issues: issueLines(reply, ready.issues), warnings: issueLines(reply, ready.warnings) };
  return reply.send({ revision: draft.revision, hash: draft.hash, savedAt: instant(office), ...lines, ...paceModel(office, reply.locals.say, draft) });
}

/** The draft cannot take the text any more; the person gets it back to copy from. */
function showStranded(request: FastifyRequest, reply: FastifyReply, fields: Fields, { code, issues }: OnrecordError): Promise<FastifyReply> {
  const unsaved = Object.keys(fields)
    .filter((name) => /^texts\.\w\w\.\w+$/.test(name) && text(fields, name).trim() !== '')
    .map((name) => ({ name, value: text(fields, name) }));
  return page(request, reply, 'desk/refusal', { code, issues, status: statusOf[code], unsaved }, statusOf[code]);
}

/** The form again with everything that was typed: the conflict screen for a lost race, else the edit screen with what to mend. */
async function showAgain(
  { office, presence }: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  fields: Fields,
  error: OnrecordError,
): Promise<FastifyReply> {
  const statement = await readStatement(office, idOf(request));
  const isConflict = error.code === 'revision_stale' && statement.draft !== null;
  const isStranded = error.code === 'wrong_state' || error.code === 'role_missing';
  if (!isConflict && !isStranded && !mendable.includes(error.code)) throw error;
  await noteRefusal(office, request, toRefused(error), error);
  if (isStranded) return showStranded(request, reply, fields, error);
  if (isConflict) return page(request, reply, 'desk/conflict', await conflictModel(office, statement, fields), 409);
  const issues = error.issues.length > 0 ? error.issues : [{ field: 'kind', code: error.code }];
  const wasSaved =
    error.code === 'not_ready' || error.code === 'not_editorial' || error.code === 'translation_changes_original' || error.code === 'kind_not_allowed';
  const model = await editModel(office, reply.locals.say, statement, wasSaved ? null : { ...fields }, issues);
  return page(request, reply, 'desk/edit', { ...model, ...collaboration(presence, statement, personOf(request)) }, statusOf[error.code]);
}
