import { z } from 'zod';
import { quarantineAccount, tracesOf } from '../../desk/quarantine.ts';
import { type Issue, OnrecordError } from '../../errors.ts';
import type { Office } from '../../office.ts';
import { holds, readers, requireRole } from '../../statement/guards.ts';
import { Instant } from '../../statement/schema.ts';
import { Person } from '../../store/people.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { page, wantsJson } from '../render.ts';
import type { SignedIn } from '../session.ts';
import { parse } from '../zod.ts';
import { readTime, timeValue } from './draft-form.ts';
import { bodyOf, type Fields, personOf, reasonOf, text } from './form.ts';
import { namesOf } from './names.ts';
import { accountOf } from './people.ts';

const day = 86_400_000;
const Query = z.object({
  person: Person.shape.id.optional().catch(undefined),
  'since.at': z.string().max(40).optional().catch(undefined),
  'since.zone': z.enum(['local', 'utc']).optional().catch(undefined),
  done: z.literal('quarantined').optional().catch(undefined),
});
const Since = z.object({ since: Instant });

/** Everything one account touched since a time, and the act that puts the account in quarantine. */
export const quarantineRoutes: DeskRoutes = (app, { office }) => {
  app.get('/desk/quarantine', async (request, reply) => {
    const reader = personOf(request);
    requireRole(reader, 'administrator', 'publisher', 'auditor');
    const query = parse(Query, request.query);
    const model = await tracesModel(office, reader, query);
    return page(request, reply, 'desk/quarantine', { ...model, done: query.done ?? null, names: await namesOf(office) }, model.issues.length > 0 ? 400 : 200);
  });

  app.post('/desk/people/:person/quarantine', async (request, reply) => {
    const fields = bodyOf(request);
    const { since } = parse(Since, { since: text(fields, 'since') });
    const { person, held } = await quarantineAccount(office, personOf(request), accountOf(request), reasonOf(fields));
    if (wantsJson(request)) return reply.send({ id: person.id, disabledAt: person.disabledAt, held });
    const at = encodeURIComponent(since.slice(0, 16));
    return reply.redirect(`/desk/quarantine?person=${person.id}&since.at=${at}&since.zone=utc&done=quarantined`, 303);
  });
};

async function tracesModel(office: Office, reader: SignedIn, query: z.infer<typeof Query>): Promise<{ issues: readonly Issue[] } & Record<string, unknown>> {
  const weekAgo = timeValue(new Date(office.now() - 7 * day).toISOString(), office.agency.zone);
  const fields: Fields = { 'since.at': query['since.at'] ?? weekAgo.at, 'since.zone': query['since.zone'] ?? weekAgo.zone };
  const { since, issues } = readSince(office, fields);
  const account = query.person === undefined ? undefined : await office.people.find(query.person);
  return {
    people: (await office.people.list()).map(({ id, name }) => ({ id, name })),
    value: (name: string): string => text(fields, name),
    issues,
    account: account && { id: account.id, name: account.name, disabledAt: account.disabledAt },
    since,
    traces: account && since !== null ? await tracesOf(office, reader, account.id, since) : null,
    isReader: holds(reader, ...readers),
    stops: holds(reader, 'reviewer', 'publisher', 'duty'),
    mayQuarantine: holds(reader, 'administrator'),
  };
}

function readSince({ agency }: Office, fields: Fields): { since: string | null; issues: readonly Issue[] } {
  try {
    return { since: readTime(fields, 'since', agency.zone), issues: [] };
  } catch (error) {
    if (!(error instanceof OnrecordError)) throw error;
    return { since: null, issues: error.issues };
  }
}
