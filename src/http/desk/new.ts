import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { openFirstDraft } from '../../desk/draft.ts';
import { instant } from '../../desk/statement.ts';
import { type FirstFacts, firstContent, requireFirst } from '../../desk/template.ts';
import { type Issue, OnrecordError } from '../../errors.ts';
import type { Office } from '../../office.ts';
import type { Opening } from '../../openings.ts';
import { Content, type Language, noNotes, situations } from '../../statement/schema.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { noteRefusal, statusOf, toRefused } from '../errors.ts';
import { page, wantsJson } from '../render.ts';
import { parse, plainText } from '../zod.ts';
import { readTime, timeValue } from './draft-form.ts';
import { bodyOf, done, type Fields, personOf, text, writerOf } from './form.ts';

const first = 'holding';
const Query = z.object({ template: z.string().max(40).optional() });
const yes = z.literal('yes').optional();

/** A new statement: a template, and its slots on one screen. What stays open is named by the readiness list of the draft. */
export const newRoutes: DeskRoutes = (app, { office }) => {
  app.get('/desk/statements/new', async (request, reply) => {
    writerOf(request);
    const { template = first } = parse(Query, request.query);
    const now = timeValue(instant(office), office.agency.zone);
    return showNew(office, request, reply, { template, ...ownSlots(office, template), 'awareAt.at': now.at, 'awareAt.zone': now.zone }, [], 200);
  });

  app.post('/desk/statements', async (request, reply) => {
    writerOf(request);
    const fields = bodyOf(request);
    try {
      const { template, facts } = readFirst(office, fields);
      const content = parse(Content, firstContent(office, template, facts));
      const statement = await openFirstDraft(office, personOf(request), office.random(10).toString('hex'), template, content);
      return wantsJson(request) ? done(request, reply, statement, 'opened') : reply.redirect(`/desk/statements/${statement.id}/draft`, 303);
    } catch (error) {
      const isMendable = error instanceof OnrecordError && error.issues.length > 0 && !wantsJson(request) && isTemplate(office, text(fields, 'template'));
      if (!isMendable) throw error;
      await noteRefusal(office, request, toRefused(error), error);
      return showNew(office, request, reply, fields, error.issues, statusOf[error.code]);
    }
  });
};

function isTemplate(office: Office, name: string): boolean {
  return choices(office).some((opening) => opening.name === name);
}

function choices(office: Office): readonly Opening[] {
  return [...office.openings.values()].filter((opening) => opening.kinds.includes('first') && opening.name !== 'flash');
}

/** Slots by their place, since what they ask for is a sentence: `slots.fr.1`. */
const slotName = (language: Language, index: number): string => `slots.${language}.${index + 1}`;

function slotsIn(office: Office, opening: Opening): readonly { language: Language; name: string; asks: string }[] {
  return office.agency.languages.flatMap((language) => opening.slots[language].map((asks, index) => ({ language, name: slotName(language, index), asks })));
}

/** Where somebody speaks in the agency's name, it is the organisation concerned, and knows. */
function ownSlots(office: Office, template: string): Fields {
  const opening = requireFirst(office, template);
  if (opening.situation !== 'impersonation') return {};
  const own = slotsIn(office, opening).filter(({ asks }) => asks === 'agence' || asks === 'agency');
  return { 'house.consulted': 'yes', ...Object.fromEntries(own.map(({ name, language }) => [name, office.agency.name[language]])) };
}

function readFirst(office: Office, fields: Fields): { template: string; facts: FirstFacts } {
  const template = text(fields, 'template');
  const slots = slotsIn(office, requireFirst(office, template));
  const shape = {
    template: z.string(),
    situation: z.enum(situations).optional(),
    exercise: yes,
    'house.consulted': yes,
    'house.waiver': plainText(600).optional(),
    'awareAt.at': z.string().optional(),
    'awareAt.zone': z.enum(['local', 'utc']).optional(),
  };
  const read = parse(z.strictObject({ ...shape, ...Object.fromEntries(slots.map(({ name }) => [name, plainText(300).optional()])) }), fields);
  const words = z.record(z.string(), z.string().optional()).parse(read);
  const inLanguage = (code: Language): Record<string, string> =>
    Object.fromEntries(slots.filter(({ language }) => language === code).map(({ name, asks }) => [asks, words[name] ?? '']));
  const entity = { consulted: read['house.consulted'] === 'yes', waiver: read['house.waiver']?.trim() ?? '' };
  return {
    template,
    facts: {
      ...(read.situation && { situation: read.situation }),
      exercise: read.exercise === 'yes',
      awareAt: readTime(fields, 'awareAt', office.agency.zone),
      slots: Object.fromEntries(office.agency.languages.map((language) => [language, inLanguage(language)])),
      ...((entity.consulted || entity.waiver !== '') && { notes: { ...noNotes, entity } }),
    },
  };
}

function showNew(
  office: Office,
  request: FastifyRequest,
  reply: FastifyReply,
  fields: Fields,
  issues: readonly Issue[],
  status: number,
): Promise<FastifyReply> {
  const opening = requireFirst(office, text(fields, 'template'));
  const value = (name: string): string => text(fields, name);
  const slots = slotsIn(office, opening).map((slot) => ({ ...slot, asks: slot.asks.charAt(0).toUpperCase() + slot.asks.slice(1) }));
  return page(request, reply, 'desk/new', { openings: choices(office), opening, slots, value, issues }, status);
}
