import { z } from 'zod';
import { openFirstDraft } from '../../desk/draft.ts';
import { listDesk } from '../../desk/lists.ts';
import { readStatement } from '../../desk/statement.ts';
import { firstContent } from '../../desk/template.ts';
import { openComments } from '../../statement/commenting.ts';
import { nextActs } from '../../statement/next-acts.ts';
import { quorumOf } from '../../statement/quorum.ts';
import { kinds, situations } from '../../statement/schema.ts';
import { debtState, owedDebts, publicState, recheckSince, validApprovals, workState } from '../../statement/state.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { page, wantsJson } from '../render.ts';
import { parse } from '../zod.ts';
import { fetchChannels } from './channels.ts';
import { bodyOf, done, idOf, personOf, readerOf, text, writerOf } from './form.ts';
import { namesOf } from './names.ts';

const doneActs = [
  'saved',
  'opened',
  'submitted',
  'recalled',
  'approved',
  'returned',
  'published',
  'scheduled',
  'unscheduled',
  'released',
  'discarded',
  'flashed',
  'endorsed',
  'disowned',
  'withdrawn',
  'recheck',
  'recheck-ended',
  'redaction-asked',
  'redaction-dropped',
  'redacted',
] as const;
const Query = z.object({ done: z.enum(doneActs).optional().catch(undefined) });
const New = z.strictObject({ template: z.string().max(40), situation: z.enum(situations).optional(), exercise: z.literal('yes').optional() });

/** The desk itself, a new statement, and the overview of one. */
export const statementRoutes: DeskRoutes = (app, { office, previewLinks }) => {
  app.get('/desk', async (request, reply) => page(request, reply, 'desk/desk', await listDesk(office, personOf(request))));

  app.get('/desk/statements/new', async (request, reply) => {
    writerOf(request);
    const openings = [...office.openings.values()].filter((opening) => opening.kinds.includes('first') && opening.name !== 'flash');
    return page(request, reply, 'desk/new', { openings, situations });
  });

  app.post('/desk/statements', async (request, reply) => {
    const { template, situation, exercise } = parse(New, bodyOf(request));
    const content = firstContent(office, template, { ...(situation && { situation }), exercise: exercise === 'yes' });
    const statement = await openFirstDraft(office, personOf(request), office.random(10).toString('hex'), template, content);
    return wantsJson(request) ? done(request, reply, statement, 'opened') : reply.redirect(`/desk/statements/${statement.id}/draft`, 303);
  });

  app.get('/desk/statements/:id', async (request, reply) => {
    const person = readerOf(request);
    const statement = await readStatement(office, idOf(request));
    const { draft } = statement;
    return page(request, reply, 'desk/statement', {
      statement,
      draft,
      work: workState(statement),
      public: publicState(statement),
      recheckSince: recheckSince(statement),
      owed: owedDebts(statement),
      debtState,
      approvals: draft ? validApprovals(draft) : [],
      quorum: draft ? quorumOf(draft.content, draft.base?.content ?? null) : 1,
      acts: nextActs(statement, person),
      openComments: openComments(statement),
      previewLinks,
      kinds: kinds.filter((kind) => kind !== 'first' && kind !== 'withdrawal'),
      openings: [...office.openings.values()].filter((opening) => !opening.kinds.includes('first')),
      channels: fetchChannels(office, statement),
      done: parse(Query, request.query).done ?? null,
      names: await namesOf(office),
    });
  });

  app.post('/desk/notices/:notice', async (request, reply) => {
    const { notice } = parse(z.object({ notice: z.string().regex(/^[0-9a-f]{24}$/) }), request.params);
    bodyOf(request);
    await office.outbox.putAway(personOf(request).id, notice);
    return reply.redirect(text(bodyOf(request), 'from') === 'statement' ? '/desk' : '/desk#notices', 303);
  });
};
