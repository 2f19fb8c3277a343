import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ask, confirm, disableAccount, drop, endSessions, give, take } from '../../desk/accounts.ts';
import { givenByOne, givenByTwo } from '../../desk/granting.ts';
import { rolesHeldNow } from '../../desk/person.ts';
import { instant } from '../../desk/statement.ts';
import { OnrecordError, refuse } from '../../errors.ts';
import type { Office } from '../../office.ts';
import { roles } from '../../statement/schema.ts';
import type { Ask, Person } from '../../store/people.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { noteRefusal, toRefused } from '../errors.ts';
import { wantsJson } from '../render.ts';
import { parse } from '../zod.ts';
import { readTime } from './draft-form.ts';
import { bodyOf, type Fields, personOf, text } from './form.ts';
import { type accountDones, accountOf, showAccount } from './people.ts';

const Asked = z.object({ ask: z.enum(['role', 'duty', 'enable']) });
const ByTwo = z.object({ role: z.enum(givenByTwo) });
const ByOne = z.object({ role: z.enum(givenByOne) });
const Any = z.object({ role: z.enum(roles) });
const Request = z.object({ request: z.string().regex(/^[0-9a-f]{16}$/) });

/** Acts of administrators on accounts; what gives power to publish waits for a second one. */
export const peopleActRoutes: DeskRoutes = (app, { office }) => {
  app.post('/desk/people/:person/requests', async (request, reply) => {
    const fields = bodyOf(request);
    try {
      return done(office, request, reply, await ask(office, personOf(request), accountOf(request), readAsk(office, fields)), 'asked');
    } catch (error) {
      if (!(error instanceof OnrecordError) || error.issues.length === 0 || wantsJson(request)) throw error;
      await noteRefusal(office, request, toRefused(error), error);
      return showAccount(office, request, reply, { issues: error.issues, fields }, toRefused(error).status);
    }
  });

  app.post('/desk/people/:person/confirmation', async (request, reply) =>
    done(office, request, reply, await confirm(office, personOf(request), accountOf(request), parse(Request, pick(request, 'request')).request), 'confirmed'),
  );

  app.post('/desk/people/:person/refusal', async (request, reply) =>
    done(office, request, reply, await drop(office, personOf(request), accountOf(request), parse(Request, pick(request, 'request')).request), 'dropped'),
  );

  app.post('/desk/people/:person/roles', async (request, reply) =>
    done(office, request, reply, await give(office, personOf(request), accountOf(request), parse(ByOne, pick(request, 'role')).role), 'given'),
  );

  app.post('/desk/people/:person/role-removal', async (request, reply) =>
    done(office, request, reply, await take(office, personOf(request), accountOf(request), parse(Any, pick(request, 'role')).role), 'taken'),
  );

  app.post('/desk/people/:person/disabling', async (request, reply) =>
    done(office, request, reply, await disableAccount(office, personOf(request), accountOf(request)), 'disabled'),
  );

  app.post('/desk/people/:person/sessions-end', async (request, reply) =>
    done(office, request, reply, await endSessions(office, personOf(request), accountOf(request)), 'signed-out'),
  );
};

const pick = (request: FastifyRequest, name: string): Record<string, string> => ({ [name]: text(bodyOf(request), name) });

function readAsk(office: Office, fields: Fields): Ask {
  const asked = parse(Asked, { ask: text(fields, 'ask') }).ask;
  if (asked === 'enable') return { ask: 'enable' };
  if (asked === 'role') return { ask: 'role', ...parse(ByTwo, { role: text(fields, 'role') }) };
  const needed = (name: string): string =>
    readTime(fields, name, office.agency.zone) ?? refuse('bad_time', 'a time is needed', [{ field: name, code: 'missing' }]);
  const from = needed('from');
  return { ask: 'duty', from: from < instant(office) ? instant(office) : from, until: needed('until') };
}

function done(office: Office, request: FastifyRequest, reply: FastifyReply, person: Person, act: (typeof accountDones)[number]): FastifyReply {
  if (!wantsJson(request)) return reply.redirect(`/desk/people/${person.id}?done=${act}`, 303);
  const { id, disabledAt, requests } = person;
  return reply.send({ id, roles: rolesHeldNow(person, office.now()), disabledAt, requests });
}
