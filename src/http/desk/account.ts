import { z } from 'zod';
import { endOtherSessions } from '../../desk/accounts.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { page } from '../render.ts';
import { sessionHash } from '../session.ts';
import { parse } from '../zod.ts';
import { bodyOf, personOf } from './form.ts';
import { doersOf } from './names.ts';
import { readAccount } from './people-model.ts';

const Query = z.object({ done: z.literal('sessions').optional().catch(undefined) });

/** One's own account: roles, sessions, what was done on it. */
export const accountRoutes: DeskRoutes = (app, { office }) => {
  app.get('/desk/account', async (request, reply) => {
    const person = personOf(request);
    const [own, here] = [await office.people.openSessions(), sessionHash(request)];
    const sessions = own.filter((session) => session.person === person.id).map(({ hash, createdAt, seenAt }) => ({ createdAt, seenAt, isHere: hash === here }));
    const done = parse(Query, request.query).done ?? null;
    return page(request, reply, 'desk/account', {
      ...(await readAccount(office, person, person.id)),
      sessions,
      done,
      who: await doersOf(office, reply.locals.say),
    });
  });

  app.post('/desk/account/sessions-end', async (request, reply) => {
    bodyOf(request);
    await endOtherSessions(office, personOf(request), sessionHash(request));
    return reply.redirect('/desk/account?done=sessions', 303);
  });
};
