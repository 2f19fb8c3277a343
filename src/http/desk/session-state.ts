import type { DeskRoutes } from '../desk-site.ts';
import { page, wantsJson } from '../render.ts';
import { personOf } from './form.ts';

/** Who is signed in in this browser: a page to come back from after signing in again, and for an open text the token of the new session. */
export const sessionRoutes: DeskRoutes = (app) => {
  app.get('/desk/session', async (request, reply) => {
    const { id, name } = personOf(request);
    return wantsJson(request) ? reply.send({ id, name, csrf: request.csrf }) : page(request, reply, 'desk/session', {});
  });
};
