import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { accountLog } from '../../desk/account-log.ts';
import { givenByOne } from '../../desk/granting.ts';
import { type Issue, refuse } from '../../errors.ts';
import type { Office } from '../../office.ts';
import { requireRole } from '../../statement/guards.ts';
import { roles } from '../../statement/schema.ts';
import { type Ask, Person } from '../../store/people.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { page } from '../render.ts';
import type { SignedIn } from '../session.ts';
import { parse } from '../zod.ts';
import { sendCsv } from './csv.ts';
import { timeValue } from './draft-form.ts';
import { type Fields, personOf, text } from './form.ts';
import { doersOf, namesOf } from './names.ts';
import { lastLines, readAccount, readPeople } from './people-model.ts';

export const accountDones = ['asked', 'confirmed', 'dropped', 'given', 'taken', 'disabled', 'signed-out'] as const;
const Query = z.object({ done: z.enum(accountDones).optional().catch(undefined) });

/** @throws role_missing: accounts are seen by administrators and the auditor; everybody else sees their own at /desk/account */
function peopleReaderOf(request: FastifyRequest): SignedIn {
  const person = personOf(request);
  requireRole(person, 'administrator', 'auditor');
  return person;
}

export function accountOf(request: FastifyRequest): string {
  const found = z.object({ person: Person.shape.id }).safeParse(request.params);
  return found.success ? found.data.person : refuse('person_unknown', 'there is no such person');
}

/** Accounts, who holds what, and the log of acts on accounts. */
export const peopleRoutes: DeskRoutes = (app, { office }) => {
  app.get('/desk/people', async (request, reply) => {
    const model = await readPeople(office, peopleReaderOf(request));
    const doers = { names: await namesOf(office), who: await doersOf(office, reply.locals.say) };
    return page(request, reply, 'desk/people', { ...model, ...doers, lines: await lastLines(office, 50), done: doneOf(request) });
  });

  app.get('/desk/people/:person', async (request, reply) => showAccount(office, request, reply, { issues: [], fields: firstDuty(office) }));

  app.get('/desk/account-acts.json', async (request, reply) => {
    peopleReaderOf(request);
    return reply.send({ lines: await accountLog(office) });
  });

  app.get('/desk/account-acts.csv', async (request, reply) => {
    peopleReaderOf(request);
    const rows = (await accountLog(office)).map((line) => [line.at, line.by, line.act, line.person ?? '', told(line.ask), line.askedBy ?? '', line.note]);
    return sendCsv(reply, 'account-acts', ['at', 'by', 'act', 'person', 'what', 'asked_by', 'note'], rows);
  });
};

const doneOf = (request: FastifyRequest): (typeof accountDones)[number] | null => parse(Query, request.query).done ?? null;

/** The screen of one account; what was typed comes back with what is wrong with it. */
export async function showAccount(
  office: Office,
  request: FastifyRequest,
  reply: FastifyReply,
  { issues, fields }: { issues: readonly Issue[]; fields: Fields },
  status = 200,
): Promise<FastifyReply> {
  const model = await readAccount(office, peopleReaderOf(request), accountOf(request));
  const value = (name: string): string => text(fields, name);
  const doers = { names: await namesOf(office), who: await doersOf(office, reply.locals.say) };
  const more = { issues, value, done: doneOf(request), givenByOne, roles: roles.filter((role) => role !== 'duty') };
  return page(request, reply, 'desk/person', { ...model, ...doers, ...more }, status);
}

/** A duty of a day from now on, as the form begins. */
function firstDuty({ agency, now }: Office): Fields {
  const [from, until] = [timeValue(new Date(now()).toISOString(), agency.zone), timeValue(new Date(now() + 24 * 3_600_000).toISOString(), agency.zone)];
  return { 'from.at': from.at, 'from.zone': from.zone, 'until.at': until.at, 'until.zone': until.zone };
}

/** What two were asked for, for machines. */
function told(asked: Ask | null): string {
  if (asked === null) return '';
  return asked.ask === 'duty' ? `duty ${asked.from}/${asked.until}` : asked.ask === 'role' ? asked.role : asked.ask;
}
