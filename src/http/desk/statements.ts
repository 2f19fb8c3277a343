import { z } from 'zod';
import { csafDuties } from '../../desk/csaf-duties.ts';
import { listDesk } from '../../desk/lists.ts';
import { readStatement } from '../../desk/statement.ts';
import type { Office } from '../../office.ts';
import { openComments } from '../../statement/commenting.ts';
import type { Statement } from '../../statement/facts.ts';
import { nextActs } from '../../statement/next-acts.ts';
import { quorumOf } from '../../statement/quorum.ts';
import { kinds } from '../../statement/schema.ts';
import { debtState, owedDebts, publicState, recheckSince, validApprovals, workState } from '../../statement/state.ts';
import { minutesBetween, speakingTimes } from '../../statement/times.ts';
import { isOver } from '../../store/staged-imports.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { page } from '../render.ts';
import type { SignedIn } from '../session.ts';
import { parse } from '../zod.ts';
import { fetchChannels } from './channels.ts';
import { bodyOf, idOf, personOf, readerOf, text } from './form.ts';
import { namesOf } from './names.ts';
import { waitingFor } from './people-model.ts';

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
/** Acts after which a person first wants to see where the new version stands. */
const freshActs: readonly (typeof doneActs)[number][] = ['published', 'released', 'flashed', 'withdrawn'];
const Find = z.object({ q: z.string().trim().max(200).default('') });
const Query = z.object({ done: z.enum(doneActs).optional().catch(undefined) });

/** The desk itself, and the overview of one statement. */
export const statementRoutes: DeskRoutes = (app, { office, previewLinks }) => {
  app.get('/desk', async (request, reply) => {
    const person = personOf(request);
    const { q } = parse(Find, request.query);
    const staged = (await office.staged.list()).filter((batch) => !isOver(batch));
    const model = {
      staged: staged.reduce((sum, { count }) => sum + count, 0),
      csaf: csafDuties(office),
      waiting: await waitingFor(office, person),
      names: await namesOf(office),
      asked: q,
      minutesBetween,
    };
    return page(request, reply, 'desk/desk', { ...(await listDesk(office, person, q)), ...model });
  });

  app.get('/desk/statements/:id', async (request, reply) => {
    const person = readerOf(request);
    const statement = await readStatement(office, idOf(request));
    const { done = null } = parse(Query, request.query);
    const isFresh = statement.versions.length > 0 && freshActs.some((act) => act === done);
    return page(request, reply, 'desk/statement', { ...(await overviewModel(office, statement, person)), previewLinks, done, isFresh });
  });

  app.post('/desk/notices/:notice', async (request, reply) => {
    const { notice } = parse(z.object({ notice: z.string().regex(/^[0-9a-f]{24}$/) }), request.params);
    const fields = bodyOf(request);
    await office.outbox.putAway(personOf(request).id, notice);
    return reply.redirect(text(fields, 'from') === 'statement' ? '/desk' : '/desk#notices', 303);
  });
};

/** Where a statement stands, what this person can do next, and what readers get of it. */
async function overviewModel(office: Office, statement: Statement, person: SignedIn): Promise<object> {
  const { draft } = statement;
  return {
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
    kinds: kinds.filter((kind) => kind !== 'first' && kind !== 'withdrawal'),
    openings: [...office.openings.values()].filter((opening) => !opening.kinds.includes('first')),
    channels: fetchChannels(office, statement),
    times: speakingTimes(statement),
    names: await namesOf(office),
  };
}
