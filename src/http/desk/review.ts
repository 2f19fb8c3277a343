import { z } from 'zod';
import { discard, recall, submit } from '../../desk/draft.ts';
import { approve, returnDraft } from '../../desk/review.ts';
import { instant, readStatement } from '../../desk/statement.ts';
import { refuse } from '../../errors.ts';
import { signedContent } from '../../ledger/revision.ts';
import type { Office } from '../../office.ts';
import { mostComments, openComments } from '../../statement/commenting.ts';
import { diffVersions, type VersionDiff } from '../../statement/diff.ts';
import type { Draft, Statement } from '../../statement/facts.ts';
import { silenceAt } from '../../statement/house.ts';
import { nextActs } from '../../statement/next-acts.ts';
import { quorumOf } from '../../statement/quorum.ts';
import type { Content, Kind, Language } from '../../statement/schema.ts';
import { sections } from '../../statement/sections.ts';
import { validApprovals, workState } from '../../statement/state.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { page } from '../render.ts';
import type { SignedIn } from '../session.ts';
import { parse } from '../zod.ts';
import { collaboration } from './collaboration.ts';
import { verdictChanges } from './findings-model.ts';
import { bodyOf, done, type Fields, idOf, personOf, readerOf, reasonOf, seenOf } from './form.ts';
import { namesOf } from './names.ts';

const Query = z.object({ done: z.enum(['commented', 'comment-resolved', 'comment-reopened']).optional().catch(undefined) });
const Carried = z.object({ comments: z.array(z.coerce.number().int().positive()).max(mostComments) });

/** Submission, recall, review, approval, return and discard. */
export const reviewRoutes: DeskRoutes = (app, { office, presence }) => {
  app.post('/desk/statements/:id/submission', async (request, reply) => {
    const statement = await submit(office, personOf(request), idOf(request), seenOf(bodyOf(request)));
    return done(request, reply, statement, 'submitted');
  });

  app.post('/desk/statements/:id/recall', async (request, reply) => {
    const statement = await recall(office, personOf(request), idOf(request), seenOf(bodyOf(request)));
    return done(request, reply, statement, 'recalled');
  });

  app.get('/desk/statements/:id/review', async (request, reply) => {
    const reader = readerOf(request);
    const statement = await readStatement(office, idOf(request));
    const model = await reviewModel(office, statement, reader);
    presence.see(statement.id, reader, 'reading');
    const shown = { ...model, ...collaboration(presence, statement, reader), typed: null, issues: [], done: parse(Query, request.query).done ?? null };
    return page(request, reply, 'desk/review', shown);
  });

  app.post('/desk/statements/:id/approval', async (request, reply) => {
    const statement = await approve(office, personOf(request), idOf(request), seenOf(bodyOf(request)));
    return done(request, reply, statement, 'approved');
  });

  app.post('/desk/statements/:id/return', async (request, reply) => {
    const fields = bodyOf(request);
    const statement = await returnDraft(office, personOf(request), idOf(request), seenOf(fields), reasonOf(fields), carriedOf(fields));
    return done(request, reply, statement, 'returned');
  });

  app.post('/desk/statements/:id/discard', async (request, reply) => {
    const fields = bodyOf(request);
    const statement = await discard(office, personOf(request), idOf(request), seenOf(fields), reasonOf(fields));
    return done(request, reply, statement, 'discarded');
  });
};

/** The comments that go back with a draft: boxes of the form, one each. */
function carriedOf({ comments = [] }: Fields): readonly number[] {
  return parse(Carried, { comments: [comments].flat() }).comments;
}

/** The text as it would be published, rendered and raw, and what differs from the last public version and from what this reviewer saw last. */
export async function reviewModel(office: Office, statement: Statement, person: SignedIn): Promise<object> {
  const draft = statement.draft ?? refuse('wrong_state', 'there is no open draft');
  const { content } = draft;
  const compare = (before: { kind: Kind; content: Content }): readonly { language: Language; diff: VersionDiff }[] =>
    content.languages.map((language) => ({ language, diff: diffVersions(signed(office, before), signed(office, draft), language) }));
  const seen = await lastSeen(office, statement, draft, person);
  return {
    statement,
    draft,
    work: workState(statement),
    quorum: quorumOf(content, draft.base?.content ?? null),
    approvals: validApprovals(draft),
    verdictChanges: verdictChanges(draft),
    silence: silenceAt(office.house, instant(office)),
    sincePublic: draft.base ? compare(draft.base) : null,
    sinceSeen: seen ? compare(seen) : null,
    texts: await rendered(office, content),
    openComments: openComments(statement),
    acts: nextActs(statement, person),
    names: await namesOf(office),
  };
}

function signed(office: Office, { kind, content }: { kind: Kind; content: Content }): ReturnType<typeof signedContent> {
  return signedContent(kind, content, office.agency.origin);
}

/** The newest revision this person approved or sent back, when it is neither the one shown nor the newest public text. */
async function lastSeen(office: Office, statement: Statement, draft: Draft, person: SignedIn): Promise<{ kind: Kind; content: Content } | null> {
  const act = statement.timeline.findLast(
    (line) => line.by === person.id && ['approved', 'confirmed', 'returned'].includes(line.act) && line.revision !== draft.revision,
  );
  const revision = statement.revisions.find((item) => item.revision === act?.revision);
  if (revision === undefined || revision.text === statement.versions.at(-1)?.text) return null;
  return (await office.store.revision(revision.text)) ?? null;
}

async function rendered(office: Office, content: Content): Promise<readonly object[]> {
  return Promise.all(
    content.languages.map(async (language) => {
      const texts = content.texts[language];
      const parts = await Promise.all(
        sections.map(async (section) => ({ section, raw: texts?.[section] ?? '', html: await office.markdown(texts?.[section] ?? '') })),
      );
      return { language, texts, parts };
    }),
  );
}
