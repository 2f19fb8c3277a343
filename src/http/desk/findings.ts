import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { saveText } from '../../desk/draft.ts';
import { instant, readStatement } from '../../desk/statement.ts';
import { OnrecordError, refuse } from '../../errors.ts';
import type { Office } from '../../office.ts';
import type { Draft, Statement } from '../../statement/facts.ts';
import { dropItem, emptyItem, itemsOf, nextId, putItem } from '../../statement/findings.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { noteRefusal, statusOf, toRefused } from '../errors.ts';
import { page, wantsJson } from '../render.ts';
import { canEdit } from './edit-model.ts';
import { findingBoxes, itemValues, readItem } from './finding-form.ts';
import { findingsModel, issuesOfItem, itemModel } from './findings-model.ts';
import { bodyOf, type Fields, idOf, overStanding, personOf, readerOf, revisionOf, writerOf } from './form.ts';
import { issueLines } from './issue-lines.ts';
import { readItems } from './items-form.ts';
import { largeBody } from './sign-in.ts';

const Item = z.object({ item: z.string().regex(/^[ACK]-[1-9][0-9]{0,3}$/) });

/** Leaked material: the items of a statement, one form an item, and what each verdict still lacks. */
export const findingRoutes: DeskRoutes = (app, { office }) => {
  app.get('/desk/statements/:id/findings', async (request, reply) => {
    readerOf(request);
    const statement = await readStatement(office, idOf(request));
    return page(request, reply, 'desk/findings', await findingsModel(office, statement, {}, []));
  });

  app.post('/desk/statements/:id/findings', { bodyLimit: largeBody }, async (request, reply) => {
    writerOf(request);
    const fields = bodyOf(request);
    try {
      const saved = await addItems(office, request, fields);
      return wantsJson(request) ? reply.send({ revision: saved.draft?.revision }) : reply.redirect(`/desk/statements/${saved.id}/findings`, 303);
    } catch (error) {
      if (!(error instanceof OnrecordError) || wantsJson(request) || (error.issues.length === 0 && error.code !== 'revision_stale')) throw error;
      await noteRefusal(office, request, toRefused(error), error);
      const issues = error.code === 'revision_stale' ? [{ field: 'revision', code: 'item_stale' }] : error.issues;
      const model = await findingsModel(office, await readStatement(office, idOf(request)), fields, issues);
      return page(request, reply, 'desk/findings', model, statusOf[error.code]);
    }
  });

  app.get('/desk/statements/:id/findings/:item', async (request, reply) => {
    writerOf(request);
    const statement = await readStatement(office, idOf(request));
    if (!canEdit(statement)) return reply.redirect(`/desk/statements/${statement.id}/findings`, 303);
    return showItem(office, request, reply, statement, null, []);
  });

  app.post('/desk/statements/:id/findings/:item', { bodyLimit: largeBody }, async (request, reply) => {
    writerOf(request);
    const fields = bodyOf(request);
    try {
      return await answerSaved(office, request, reply, await saveItem(office, request, fields));
    } catch (error) {
      if (!(error instanceof OnrecordError) || wantsJson(request)) throw error;
      return showAgain(office, request, reply, fields, error);
    }
  });

  app.post('/desk/statements/:id/findings/:item/removal', async (request, reply) => {
    writerOf(request);
    const statement = await readStatement(office, idOf(request));
    const { kind, content, base } = draftOf(statement);
    const findings = dropItem(content.findings, base?.content ?? null, itemOf(request));
    const saved = await saveText(office, personOf(request), statement.id, revisionOf(bodyOf(request)), kind, { ...content, findings });
    return wantsJson(request) ? reply.send({ revision: saved.draft?.revision }) : reply.redirect(`/desk/statements/${saved.id}/findings`, 303);
  });
};

function itemOf(request: FastifyRequest): string {
  const found = Item.safeParse(request.params);
  return found.success ? found.data.item : refuse('not_found', 'there is no such item');
}

function draftOf({ draft }: Statement): Draft {
  return draft ?? refuse('wrong_state', 'there is no open draft');
}

/** What stands of the item in the draft, or an empty one under the next number. @throws not_found */
function standingItem(office: Office, { content }: Draft, id: string): ReturnType<typeof emptyItem> {
  const known = itemsOf(content.findings).find((item) => item.id === id);
  if (known === undefined && id !== nextId(content.findings, id.charAt(0))) refuse('not_found', 'there is no such item');
  const listed = content.findings.artefacts.map((item) => item.id);
  return known ?? emptyItem(id, instant(office).slice(0, 10), listed);
}

/** Puts the posted item into the draft as it stands; everything else of the draft is taken over. */
async function saveItem(office: Office, request: FastifyRequest, posted: Fields): Promise<Statement> {
  const statement = await readStatement(office, idOf(request));
  const draft = draftOf(statement);
  const { languages } = office.agency;
  const standing = standingItem(office, draft, itemOf(request));
  const item = readItem(standing.id, overStanding(posted, itemValues(standing, languages), findingBoxes), languages);
  const content = { ...draft.content, findings: putItem(draft.content.findings, item) };
  return saveText(office, personOf(request), statement.id, revisionOf(posted), draft.kind, content);
}

/** Adds an item for each line; nothing else of the draft changes. */
async function addItems(office: Office, request: FastifyRequest, posted: Fields): Promise<Statement> {
  const statement = await readStatement(office, idOf(request));
  const { kind, content } = draftOf(statement);
  const items = readItems(posted, content.findings, office.agency.languages);
  const findings = { ...content.findings, artefacts: [...content.findings.artefacts, ...items] };
  return saveText(office, personOf(request), statement.id, revisionOf(posted), kind, { ...content, findings });
}

function answerSaved(office: Office, request: FastifyRequest, reply: FastifyReply, saved: Statement): FastifyReply {
  const [draft, id] = [draftOf(saved), itemOf(request)];
  if (!wantsJson(request)) return reply.redirect(`/desk/statements/${saved.id}/findings/${id}?done=saved#saved`, 303);
  const { issues, warnings } = issuesOfItem(office, saved, draft, id);
  const lines = { issues: issueLines(reply, issues), warnings: issueLines(reply, warnings) };
  return reply.send({ revision: draft.revision, hash: draft.hash, savedAt: instant(office), ...lines });
}

/** The form with everything that was typed, and what to mend; after a lost race it carries the revision that is now the newest. */
async function showAgain(office: Office, request: FastifyRequest, reply: FastifyReply, fields: Fields, error: OnrecordError): Promise<FastifyReply> {
  const isStale = error.code === 'revision_stale';
  if (!isStale && error.issues.length === 0) throw error;
  await noteRefusal(office, request, toRefused(error), error);
  const issues = isStale ? [{ field: 'revision', code: 'item_stale' }] : error.issues.map((issue) => ({ ...issue, field: `item.${issue.field}` }));
  return showItem(office, request, reply, await readStatement(office, idOf(request)), fields, issues, statusOf[error.code]);
}

function showItem(
  office: Office,
  request: FastifyRequest,
  reply: FastifyReply,
  statement: Statement,
  posted: Fields | null,
  issues: OnrecordError['issues'],
  status = 200,
): Promise<FastifyReply> {
  const standing = standingItem(office, draftOf(statement), itemOf(request));
  const values =
    posted === null ? itemValues(standing, office.agency.languages) : overStanding(posted, itemValues(standing, office.agency.languages), findingBoxes);
  const view = { A: 'desk/artefact', C: 'desk/collection', K: 'desk/claim' }[standing.id.charAt(0)] ?? 'desk/artefact';
  const isStale = issues.some(({ code }) => code === 'item_stale');
  const theirs = posted !== null && isStale ? differences(itemValues(standing, office.agency.languages), values) : [];
  return page(request, reply, view, { ...itemModel(office, statement, draftOf(statement), standing, values, issues), theirs }, status);
}

/** Where what stands differs from what was typed, field by field. */
function differences(standing: Fields, typed: Fields): readonly { field: string; now: string; yours: string }[] {
  const shown = (value: Fields[string] | undefined): string => [value ?? []].flat().join(', ');
  return Object.keys(standing)
    .map((name) => ({ field: `item.${name}`, now: shown(standing[name]), yours: shown(typed[name]) }))
    .filter(({ now, yours }) => now !== yours);
}
