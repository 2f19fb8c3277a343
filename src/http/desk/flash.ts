import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { openFirstDraft } from '../../desk/draft.ts';
import { flash } from '../../desk/flash.ts';
import type { ActKey } from '../../desk/put-on-record.ts';
import { instant, readStatement } from '../../desk/statement.ts';
import { flashContent } from '../../desk/template.ts';
import { newText } from '../../desk/text.ts';
import { type Issue, OnrecordError, refuse } from '../../errors.ts';
import { sha256Hex } from '../../ledger/hash.ts';
import type { Office } from '../../office.ts';
import { requireRole } from '../../statement/guards.ts';
import { readiness } from '../../statement/readiness.ts';
import { Content, type Language, situations } from '../../statement/schema.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { noteRefusal, statusOf, toRefused } from '../errors.ts';
import { page, wantsJson } from '../render.ts';
import { parse, plainText } from '../zod.ts';
import { readTime, timeValue } from './draft-form.ts';
import { bodyOf, done, type Fields, idOf, keyOf, personOf, reasonOf, seenOf, text } from './form.ts';

/** One screen from which the duty officer publishes alone, with a debt that the page shows. */
export const flashRoutes: DeskRoutes = (app, { office }) => {
  app.get('/desk/flash', async (request, reply) => {
    requireRole(personOf(request), 'duty');
    return showFlash(office, request, reply, firstValues(office), [], 200);
  });

  app.post('/desk/flash', async (request, reply) => {
    const fields = bodyOf(request);
    try {
      return await flashNow(office, request, reply, fields);
    } catch (error) {
      if (!(error instanceof OnrecordError) || error.issues.length === 0 || wantsJson(request)) throw error;
      await noteRefusal(office, request, toRefused(error), error);
      return showFlash(office, request, reply, fields, error.issues, statusOf[error.code]);
    }
  });

  app.get('/desk/statements/:id/flash', async (request, reply) => {
    requireRole(personOf(request), 'duty');
    const statement = await readStatement(office, idOf(request));
    return page(request, reply, 'desk/flash-again', { statement, draft: statement.draft, key: office.random(16).toString('hex') });
  });

  app.post('/desk/statements/:id/flash', async (request, reply) => {
    const fields = bodyOf(request);
    const statement = await flash(office, personOf(request), idOf(request), seenOf(fields), reasonOf(fields), keyOf(request, fields));
    return done(request, reply, statement, 'flashed');
  });
};

/** Draft and publication in one request: the statement's id comes from the key, so that asking twice publishes once. */
async function flashNow(office: Office, request: FastifyRequest, reply: FastifyReply, fields: Fields): Promise<FastifyReply> {
  const person = personOf(request);
  requireRole(person, 'duty');
  const reason = reasonOf(fields);
  // Each slot fits, and so must the fields that they fill together.
  const content = parse(Content, readFlash(office, fields, reason));
  const ready = readiness({ kind: 'first', template: 'flash', content, base: null, versions: 0 }, office.house, instant(office));
  const issues = [...ready.issues, ...(reason === '' ? [{ field: 'reason', code: 'reason_missing' }] : [])];
  if (issues.length > 0) throw new OnrecordError('not_ready', 'slots are missing', { issues });
  if (!person.recent) refuse('step_up_needed', 'a flash needs a fresh sign-in');
  const key = keyOf(request, fields);
  const id = key ? await idOfKey(office, key, content) : office.random(10).toString('hex');
  const opened = await openFirstDraft(office, person, id, 'flash', content);
  const draft = opened.draft ?? { revision: 1, hash: opened.versions[0]?.hash ?? '' };
  const statement = await flash(office, person, id, { revision: draft.revision, hash: draft.hash }, reason, key);
  return done(request, reply, statement, 'flashed');
}

/** A text changed after an attempt that did not get through is another statement; the one already published stays the answer to its key. */
async function idOfKey(office: Office, { key, request }: ActKey, content: Content): Promise<string> {
  const id = sha256Hex(key).slice(0, 20);
  const before = await office.store.read(id);
  const isOther = before?.draft != null && before.draft.hash !== newText(office, 'first', content).hash;
  return isOther ? sha256Hex(`${key} ${request}`).slice(0, 20) : id;
}

function readFlash(office: Office, fields: Fields, reason: string): Content {
  const { zone, languages } = office.agency;
  const { situation } = parse(z.object({ situation: z.enum(situations) }), { situation: text(fields, 'situation') || 'leak' });
  const slots = Object.fromEntries(languages.map((language): [Language, Record<string, string>] => [language, readSlots(office, fields, language)]));
  return flashContent(office, {
    situation,
    exercise: text(fields, 'exercise') === 'yes',
    awareAt: readTime(fields, 'awareAt', zone),
    nextUpdateAt: readTime(fields, 'nextUpdate', zone),
    reason,
    slots,
  });
}

const slotText = plainText(300).superRefine((words, context) => {
  if (/[\n\t<>[\]`]|:\/\/|www\.|^\s*#/i.test(words)) context.addIssue({ code: 'custom', params: { code: 'plain_line' } });
});

/** A slot is one line of words: a link, a heading or a second paragraph would be more than the template says. */
function readSlots(office: Office, fields: Fields, language: Language): Record<string, string> {
  const names = office.openings.get('flash')?.slots[language] ?? [];
  const schema = z.object(Object.fromEntries(names.map((name) => [`slots.${language}.${name}`, slotText])));
  const read = parse(schema, Object.fromEntries(names.map((name) => [`slots.${language}.${name}`, text(fields, `slots.${language}.${name}`)])));
  return Object.fromEntries(names.map((name) => [name, read[`slots.${language}.${name}`] ?? '']));
}

/** A flash promises its next update in an hour unless the officer says otherwise. */
function firstValues(office: Office): Fields {
  const { zone } = office.agency;
  const now = timeValue(instant(office), zone);
  const next = timeValue(new Date(office.now() + 3_600_000).toISOString(), zone);
  return {
    'awareAt.at': now.at,
    'awareAt.zone': now.zone,
    'nextUpdate.at': next.at,
    'nextUpdate.zone': next.zone,
    situation: 'leak',
    key: office.random(16).toString('hex'),
  };
}

function showFlash(
  office: Office,
  request: FastifyRequest,
  reply: FastifyReply,
  fields: Fields,
  issues: readonly Issue[],
  status: number,
): Promise<FastifyReply> {
  const opening = office.openings.get('flash');
  const model = {
    opening,
    slots: opening?.slots[office.agency.languages[0]] ?? [],
    situations,
    issues,
    value: (name: string): string => text(fields, name),
    key: text(fields, 'key') || office.random(16).toString('hex'),
  };
  return page(request, reply, 'desk/flash', model, status);
}
