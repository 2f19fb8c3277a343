import { publish, release, schedule, unschedule } from '../../desk/publish.ts';
import { instant, readStatement } from '../../desk/statement.ts';
import { refuse } from '../../errors.ts';
import { workState } from '../../statement/state.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { page } from '../render.ts';
import { readTime } from './draft-form.ts';
import { bodyOf, done, idOf, keyOf, personOf, readerOf, reasonOf, seenOf } from './form.ts';
import { reviewModel } from './review.ts';

/** Publishing now, on a schedule, and the release of what is scheduled. */
export const publicationRoutes: DeskRoutes = (app, { office }) => {
  for (const screen of ['publication', 'schedule', 'release'] as const) {
    app.get(`/desk/statements/:id/${screen}`, async (request, reply) => {
      const statement = await readStatement(office, idOf(request));
      if (workState(statement) === 'published' || statement.draft === null) return reply.redirect(`/desk/statements/${statement.id}`, 303);
      const key = office.random(16).toString('hex');
      return page(request, reply, `desk/${screen}`, { ...(await reviewModel(office, statement, readerOf(request))), key, now: instant(office) });
    });
  }

  app.post('/desk/statements/:id/publication', async (request, reply) => {
    const fields = bodyOf(request);
    const statement = await publish(office, personOf(request), idOf(request), seenOf(fields), keyOf(request, fields));
    return done(request, reply, statement, 'published');
  });

  app.post('/desk/statements/:id/schedule', async (request, reply) => {
    const fields = bodyOf(request);
    const releaseAt = readTime(fields, 'releaseAt', office.agency.zone) ?? refuse('bad_time', 'a time is needed', [{ field: 'releaseAt', code: 'missing' }]);
    const statement = await schedule(office, personOf(request), idOf(request), seenOf(fields), releaseAt);
    return done(request, reply, statement, 'scheduled');
  });

  app.post('/desk/statements/:id/schedule-cancellation', async (request, reply) => {
    const statement = await unschedule(office, personOf(request), idOf(request), seenOf(bodyOf(request)));
    return done(request, reply, statement, 'unscheduled');
  });

  app.post('/desk/statements/:id/release', async (request, reply) => {
    const fields = bodyOf(request);
    const statement = await release(office, personOf(request), idOf(request), seenOf(fields), reasonOf(fields), keyOf(request, fields));
    return done(request, reply, statement, 'released');
  });
};
