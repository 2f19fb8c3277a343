import t from 'tap';
import { nextContent } from '../../src/desk/draft.ts';
import type { RefusalCode } from '../../src/errors.ts';
import { revisionHash, signedContent } from '../../src/ledger/revision.ts';
import { disownVersion, endorseVersion, endRecheck, openCorrection, openRecheck } from '../../src/statement/afterwards.ts';
import { discardDraft, openDraft, openStatement, recallDraft, saveDraft, submitDraft } from '../../src/statement/drafting.ts';
import type { Draft, Statement } from '../../src/statement/facts.ts';
import type { Actor, Seen } from '../../src/statement/guards.ts';
import {
  failRelease,
  flashDraft,
  publishDraft,
  releaseDue,
  releaseNow,
  scheduleDraft,
  unscheduleDraft,
  withdrawStatement,
} from '../../src/statement/publishing.ts';
import { approveDraft, sendBack } from '../../src/statement/reviewing.ts';
import type { Content } from '../../src/statement/schema.ts';
import { publicState, workState } from '../../src/statement/state.ts';
import { amina, claire, everyone, guard, ines, jonas, marek, tomas } from '../support/people.ts';
import { refusalOf } from '../support/refusals.ts';
import {
  approved,
  commit,
  draftOf,
  house,
  inReview,
  live,
  minute,
  nextDraft,
  opened,
  origin,
  readyContent,
  seenOf,
  textOf,
  withText,
} from '../support/statements.ts';

const now = minute(12);
const base = readyContent();

const scheduled = (): Statement => scheduleDraft(approved(), jonas, seenOf(approved()), { releaseAt: minute(10), key: 'k' }, guard, minute(4));
const failed = (): Statement => failRelease(scheduled(), 'schedule_out_of_range', minute(50));
const returned = (): Statement => sendBack(inReview(), claire, seenOf(inReview()), 'a reason', minute(2));
const discarded = (): Statement => discardDraft(opened(), amina, seenOf(opened()), 'a reason', minute(2));
const flashContent = readyContent({ nextUpdate: { type: 'by', at: minute(60) } });
const flashDrafted = (): Statement => openStatement('abcdef012345', marek, 'flash', textOf('first', flashContent), minute(0));
const flashesNow = { flashesLastHour: 0, frozen: false, house };
const flashed = (): Statement => commit(flashDrafted(), flashDraft(flashDrafted(), marek, seenOf(flashDrafted()), 'urgent', flashesNow, minute(1)), minute(1));
const withdraw = (statement: Statement, actor: Actor, at = now): Statement => {
  const content: Content = { ...base, phase: 'withdrawn', nextUpdate: null };
  const withdrawal = { code: 'facts_wrong' as const, reason: { en: 'The facts were wrong.' } };
  const text = { ...textOf('withdrawal', content), hash: revisionHash(signedContent('withdrawal', content, origin, withdrawal)) };
  return commit(statement, withdrawStatement(statement, actor, { version: statement.versions.length, withdrawal, house }, text, at), at);
};
const withdrawn = (): Statement => withdraw(live(), jonas);
const logged = { at: now, entry: 9, key: null };
const rechecked = (): Statement => openRecheck(live(), claire, { version: 1, reason: 'a doubt' }, { ...logged, entry: 1 });
const corrected = (): Statement => nextDraft(live(), 'correction', base, (content) => ready(withText(content, { wasWrong: 'six', isRight: 'seven' })));
const ready = (content: Content): Content => withText({ ...content, nextUpdate: { type: 'by', at: minute(200) } }, { changeNote: 'a note' });

const states: Readonly<Record<string, () => Statement>> = {
  draft: opened,
  in_review: inReview,
  changes_requested: returned,
  approved,
  scheduled,
  publish_failed: failed,
  discarded,
};

/** A transition on an open draft: where it starts, who may, where it leads. */
type DraftTransition = {
  name: string;
  from: readonly string[];
  may: readonly Actor[];
  to: string;
  act: (statement: Statement, actor: Actor, seen: Seen) => Statement;
  needsRecent?: boolean;
  otherCodes?: Readonly<Record<string, RefusalCode>>;
};

const publishTo = (statement: Statement, publication: Parameters<typeof commit>[1], at = now): Statement => commit(statement, publication, at);

const draftTransitions: readonly DraftTransition[] = [
  {
    name: '2 and 4: save, also of a text in review',
    from: ['draft', 'changes_requested', 'in_review', 'approved'],
    may: [amina, jonas, claire, marek],
    to: 'draft',
    act: (s, actor, seen) => saveDraft(s, actor, seen.revision, textOf('first', withText(base, { title: 'A new title' })), now),
  },
  {
    name: '3 submission',
    from: ['draft', 'changes_requested'],
    may: [amina],
    to: 'in_review',
    act: (s, actor, seen) => submitDraft(s, actor, seen, house, now),
    otherCodes: { jonas: 'not_contributor', claire: 'not_contributor', marek: 'not_contributor' },
  },
  {
    name: '5 approval, and its renewal',
    from: ['in_review', 'approved'],
    may: [jonas, claire],
    to: 'approved',
    needsRecent: true,
    act: (s, actor, seen) => approveDraft(s, actor, seen, now),
  },
  { name: '6 return', from: ['in_review'], may: [jonas, claire], to: 'changes_requested', act: (s, actor, seen) => sendBack(s, actor, seen, 'a reason', now) },
  { name: '7 recall', from: ['in_review', 'approved'], may: [amina, jonas, claire], to: 'draft', act: (s, actor, seen) => recallDraft(s, actor, seen, now) },
  {
    name: '8 publication',
    from: ['approved', 'publish_failed'],
    may: [jonas],
    to: 'published',
    needsRecent: true,
    act: (s, actor, seen) => publishTo(s, publishDraft(s, actor, seen, guard, now)),
  },
  {
    name: '9 schedule',
    from: ['approved', 'publish_failed'],
    may: [jonas],
    to: 'scheduled',
    needsRecent: true,
    act: (s, actor, seen) => scheduleDraft(s, actor, seen, { releaseAt: minute(60), key: 'k' }, guard, now),
  },
  {
    name: '10 cancellation of a schedule',
    from: ['scheduled', 'publish_failed'],
    may: [jonas, claire, marek],
    to: 'approved',
    act: (s, actor, seen) => unscheduleDraft(s, actor, seen, now),
  },
  {
    name: '13 release now',
    from: ['scheduled'],
    may: [jonas, marek],
    to: 'published',
    needsRecent: true,
    act: (s, actor, seen) => publishTo(s, releaseNow(s, actor, seen, 'the embargo was broken', guard, now)),
  },
  {
    name: '14 discard',
    from: ['draft', 'in_review', 'changes_requested', 'approved', 'scheduled', 'publish_failed'],
    may: [amina, jonas],
    to: 'discarded',
    act: (s, actor, seen) => discardDraft(s, actor, seen, 'a reason', now),
  },
];

for (const { name, from, may, to, act, needsRecent, otherCodes } of draftTransitions) {
  t.test(`transition ${name}`, async (t) => {
    for (const [state, make] of Object.entries(states)) {
      const statement = make();
      if (!from.includes(state)) {
        for (const actor of may)
          t.equal(
            refusalOf(() => act(statement, actor, seenOf(statement))),
            'wrong_state',
            `${actor.id} is refused on ${state}`,
          );
        continue;
      }
      for (const actor of everyone) {
        const isAllowed = may.includes(actor);
        const attempt = (): Statement => act(statement, actor, seenOf(statement));
        if (isAllowed) {
          const next = attempt();
          // A text that was sent back stays so until it is submitted again.
          t.equal(workState(next), name.startsWith('2') && state === 'changes_requested' ? state : to, `${actor.id} may, from ${state}`);
          t.ok(next.generation > statement.generation, 'the write is counted');
        } else t.equal(refusalOf(attempt), otherCodes?.[actor.id] ?? 'role_missing', `${actor.id} may not, from ${state}`);
      }
      const [actor] = may;
      if (actor === undefined) continue;
      const seen = seenOf(statement);
      t.equal(
        refusalOf(() => act(statement, actor, { ...seen, revision: seen.revision + 1 })),
        'revision_stale',
        `a stale revision is refused on ${state}`,
      );
      if (!name.startsWith('2'))
        t.equal(
          refusalOf(() => act(statement, actor, { ...seen, hash: '0'.repeat(64) })),
          'hash_mismatch',
          `another text is refused on ${state}`,
        );
      if (needsRecent)
        t.equal(
          refusalOf(() => act(statement, { ...actor, recent: false }, seen)),
          'step_up_needed',
          `an old session is refused on ${state}`,
        );
    }
  });
}

t.test('transition 1: who may open a statement, and a flash only the duty officer', async (t) => {
  for (const actor of everyone) {
    const isWriter = [amina, jonas, claire, marek].includes(actor);
    t.equal(
      refusalOf(() => opened(base, actor)),
      isWriter ? 'done' : 'role_missing',
      actor.id,
    );
    t.equal(
      refusalOf(() => openStatement('abcdef012345', actor, 'flash', textOf('first', base), now)),
      actor === marek ? 'done' : 'role_missing',
      `flash ${actor.id}`,
    );
  }
});

t.test('transition 4: a duty officer without another role cannot edit what is in review, and approvals are void after an edit', async (t) => {
  const dutyOnly: Actor = { id: 'marek', roles: ['duty'], recent: true };
  t.equal(
    refusalOf(() => saveDraft(inReview(), dutyOnly, 1, textOf('first', withText(base, { title: 'x' })), now)),
    'role_missing',
  );
  const statement = approved();
  const edited = saveDraft(statement, amina, 1, textOf('first', withText(base, { title: 'x' })), now);
  t.strictSame(draftOf(edited).approvals, []);
  t.equal(
    refusalOf(() => publishDraft(edited, jonas, seenOf(edited), guard, now)),
    'wrong_state',
  );
});

t.test('transition 5: whoever wrote any revision since the last version cannot approve, whoever submits', async (t) => {
  const touched = saveDraft(opened(), claire, 1, textOf('first', withText(base, { title: 'Claire was here' })), minute(1));
  const submitted = submitDraft(touched, amina, seenOf(touched), house, minute(2));
  t.equal(
    refusalOf(() => approveDraft(submitted, claire, seenOf(submitted), now)),
    'same_person',
  );
  t.equal(
    refusalOf(() => approveDraft(submitted, amina, seenOf(submitted), now)),
    'role_missing',
  );
  t.equal(workState(approveDraft(submitted, jonas, seenOf(submitted), now)), 'approved');
});

t.test('transition 5: two approvals where a person is named, an authority attributes, or a verdict changes; nobody counts twice', async (t) => {
  const finding = {
    ...base.findings,
    collections: [
      {
        id: 'C-1',
        label: { en: 'All of it' },
        members: [],
        finding: 'may_contain_falsified' as const,
        confidence: 'moderate' as const,
        bases: ['origin_copy_compared' as const],
        because: { en: 'compared' },
      },
    ],
  };
  const cases: readonly Content[] = [
    readyContent({ namesPerson: true }),
    readyContent({ phase: 'update', attribution: { status: 'attributed', authority: 'A court', url: 'https://court.example/ruling' } }),
    readyContent({ phase: 'update', findings: finding }),
  ];
  for (const content of cases) {
    const statement = inReview(content);
    const once = approveDraft(statement, claire, seenOf(statement), now);
    t.equal(workState(once), 'in_review');
    t.equal(workState(approveDraft(once, claire, seenOf(once), now)), 'in_review');
    t.equal(workState(approveDraft(once, jonas, seenOf(once), now)), 'approved');
  }
});

t.test('transition 6: a return without a reason is refused', async (t) => {
  t.equal(
    refusalOf(() => sendBack(inReview(), claire, seenOf(inReview()), ' ', now)),
    'reason_missing',
  );
});

t.test('transition 8: an approver who lost the role or left no longer counts, and approvals over a day old are confirmed again', async (t) => {
  const statement = approved();
  t.equal(
    refusalOf(() => publishDraft(statement, jonas, seenOf(statement), { ...guard, holders: new Map([['jonas', jonas.roles]]) }, now)),
    'approver_inactive',
  );
  const late = minute(24 * 60 + 3);
  t.equal(
    refusalOf(() => publishDraft(statement, jonas, seenOf(statement), guard, late)),
    'approval_old',
  );
  const renewed = approveDraft(statement, claire, seenOf(statement), late);
  t.equal(workState(commit(renewed, publishDraft(renewed, jonas, seenOf(renewed), guard, late), late)), 'published');
  t.equal(draftOf(renewed).approvals.length, 2);
});

t.test('transition 9: from one minute to ninety days ahead', async (t) => {
  const statement = approved();
  const at = (releaseAt: string) => refusalOf(() => scheduleDraft(statement, jonas, seenOf(statement), { releaseAt, key: 'k' }, guard, minute(4)));
  t.equal(at(minute(4.9)), 'schedule_out_of_range');
  t.equal(at(minute(4 + 90 * 24 * 60 + 1)), 'schedule_out_of_range');
  t.equal(at(minute(5)), 'done');
  t.equal(at(minute(4 + 90 * 24 * 60)), 'done');
});

t.test('transition 11: the clock releases what is due, never early, and only while its people hold', async (t) => {
  const statement = scheduled();
  t.equal(
    refusalOf(() => releaseDue(statement, guard, minute(9))),
    'schedule_out_of_range',
  );
  t.equal(
    refusalOf(() => releaseDue(statement, guard, minute(41))),
    'schedule_out_of_range',
  );
  t.equal(
    refusalOf(() => releaseDue(statement, { ...guard, holders: new Map([['claire', claire.roles]]) }, minute(10))),
    'role_missing',
  );
  t.equal(
    refusalOf(() => releaseDue(statement, { ...guard, holders: new Map([['jonas', jonas.roles]]) }, minute(10))),
    'approver_inactive',
  );
  for (const state of ['draft', 'in_review', 'approved', 'publish_failed', 'discarded'] as const)
    t.equal(
      refusalOf(() => releaseDue(states[state]?.() ?? statement, guard, minute(10))),
      'wrong_state',
      state,
    );
  const released = commit(statement, releaseDue(statement, guard, minute(10)), minute(10));
  t.equal(publicState(released), 'live');
  t.equal(released.versions[0]?.by, 'system');
});

t.test('transition 12: a missed schedule fails and keeps its approvals; every other state is refused', async (t) => {
  t.equal(workState(failed()), 'publish_failed');
  t.equal(draftOf(failed()).approvals.length, 1);
  for (const state of ['draft', 'in_review', 'approved', 'discarded'] as const)
    t.equal(
      refusalOf(() => failRelease(states[state]?.() ?? failed(), 'x', now)),
      'wrong_state',
      state,
    );
});

t.test('transition 13: without a reason an embargo is not broken', async (t) => {
  t.equal(
    refusalOf(() => releaseNow(scheduled(), jonas, seenOf(scheduled()), '', guard, now)),
    'reason_missing',
  );
});

t.test('transition 14: an author discards only a draft of their own', async (t) => {
  const other = opened(base, jonas);
  t.equal(
    refusalOf(() => discardDraft(other, amina, seenOf(other), 'a reason', now)),
    'role_missing',
  );
  t.equal(
    refusalOf(() => discardDraft(opened(), amina, seenOf(opened()), '', now)),
    'reason_missing',
  );
});

t.test('transition 15: a flash is for the duty officer, its template, a reason, three an hour', async (t) => {
  const statement = flashDrafted();
  const flash = (actor: Actor, reason = 'urgent', count = 0, of = statement) =>
    refusalOf(() => flashDraft(of, actor, seenOf(of), reason, { ...flashesNow, flashesLastHour: count }, minute(1)));
  for (const actor of everyone) t.equal(flash(actor), actor === marek ? 'done' : 'role_missing', actor.id);
  t.equal(flash({ ...marek, recent: false }), 'step_up_needed');
  t.equal(flash(marek, ' '), 'reason_missing');
  t.equal(flash(marek, 'urgent', 3), 'flash_limit');
  t.equal(flash(marek, 'urgent', 0, opened(base, marek)), 'flash_template');
  const edited = saveDraft(statement, marek, 1, textOf('first', withText(flashContent, { title: 'Free words' })), minute(1));
  t.equal(flash(marek, 'urgent', 0, edited), 'flash_template');
  t.equal(
    refusalOf(() => flashDraft(statement, marek, { ...seenOf(statement), revision: 2 }, 'urgent', flashesNow, minute(1))),
    'revision_stale',
  );
  const named = openStatement('abcdef012345', marek, 'flash', textOf('first', { ...flashContent, namesPerson: true }), minute(0));
  t.equal(flash(marek, 'urgent', 0, named), 'flash_template');
  t.equal(flash(marek, 'urgent', 0, inReview()), 'wrong_state');
  t.match(flashed().versions[0]?.debt, { because: 'flash', dueAt: minute(61), endorsed: null });
});

t.test('transition 16: a reviewer who wrote nothing of it endorses the live text, and no version is made', async (t) => {
  const statement = flashed();
  const request = { version: 1, seenHash: statement.versions[0]?.hash ?? '' };
  for (const actor of everyone)
    t.equal(
      refusalOf(() => endorseVersion(statement, actor, request, logged)),
      actor.roles.includes('reviewer') ? 'done' : 'role_missing',
      actor.id,
    );
  t.equal(
    refusalOf(() => endorseVersion(statement, { ...marek, roles: ['reviewer'] }, request, logged)),
    'same_person',
  );
  t.equal(
    refusalOf(() => endorseVersion(statement, claire, { ...request, seenHash: '0'.repeat(64) }, logged)),
    'not_seen',
  );
  t.equal(
    refusalOf(() => endorseVersion(statement, claire, { ...request, version: 2 }, logged)),
    'version_unknown',
  );
  t.equal(
    refusalOf(() => endorseVersion(live(), claire, { ...request, seenHash: live().versions[0]?.hash ?? '' }, logged)),
    'debt_missing',
  );
  t.equal(
    refusalOf(() => endorseVersion(statement, { ...claire, recent: false }, request, logged)),
    'step_up_needed',
  );
  const endorsed = endorseVersion(statement, claire, request, logged);
  t.equal(endorsed.versions.length, 1);
  t.match(endorsed.notices, [{ event: 'endorsed', version: 1, by: 'claire' }]);
  t.equal(
    refusalOf(() => endorseVersion(endorsed, jonas, request, logged)),
    'debt_missing',
  );
});

t.test('transition 17: disowning opens a correction in the same act', async (t) => {
  const statement = flashed();
  const request = { version: 1, reason: 'the fact is not established' };
  for (const actor of everyone)
    t.equal(
      refusalOf(() => disownVersion(statement, actor, request, logged)),
      actor.roles.includes('reviewer') ? 'done' : 'role_missing',
      actor.id,
    );
  t.equal(
    refusalOf(() => disownVersion(statement, claire, { ...request, reason: '' }, logged)),
    'reason_missing',
  );
  t.equal(
    refusalOf(() => disownVersion(live(), claire, request, logged)),
    'debt_missing',
  );
  const open = (s: Statement): Statement =>
    openCorrection(disownVersion(s, claire, request, logged), claire, textOf('correction', nextContent(s, flashContent, 'correction')), flashContent, now);
  t.equal(draftOf(open(statement)).kind, 'correction');
  t.equal(open(statement).generation, statement.generation + 1);
  const busy = openDraft(statement, amina, textOf('update', nextContent(statement, flashContent, 'update')), flashContent, now);
  t.equal(
    refusalOf(() => open(busy)),
    'draft_open',
  );
});

t.test('transition 18: an overdue debt changes nothing by itself', async (t) => {
  t.equal(publicState(flashed()), 'live');
  t.match(flashed().versions[0]?.debt, { endorsed: null, disowned: null, moot: null });
});

t.test('transition 19: one open draft a statement, of a kind that fits', async (t) => {
  const open = (statement: Statement, actor: Actor, kind: Draft['kind'] = 'update') =>
    refusalOf(() => openDraft(statement, actor, textOf(kind, nextContent(statement, base, kind)), base, now));
  for (const actor of everyone) t.equal(open(live(), actor), [amina, jonas, claire, marek].includes(actor) ? 'done' : 'role_missing', actor.id);
  t.equal(open(opened(), amina), 'wrong_state');
  t.equal(open(corrected(), amina), 'draft_open');
  t.equal(open(live(), amina, 'first'), 'kind_not_allowed');
  t.equal(open(live(), amina, 'withdrawal'), 'kind_not_allowed');
  const without = nextDraft(live(), 'correction', base, (content) => ({ ...ready(content), correctsVersion: null }));
  t.throws(() => submitDraft(without, amina, seenOf(without), house, now), {
    code: 'not_ready',
    issues: [
      { field: 'texts.en.wasWrong', code: 'missing' },
      { field: 'texts.en.isRight', code: 'missing' },
      { field: 'correctsVersion', code: 'missing' },
    ],
  });
});

t.test('transition 20: an editorial version that touches a number is refused at submission and at publication', async (t) => {
  const typo = nextDraft(live(), 'editorial', base, (content) =>
    withText(content, { known: '- An account has been used without right.', changeNote: 'style' }),
  );
  t.equal(workState(submitDraft(typo, amina, seenOf(typo), house, now)), 'in_review');
  const number = nextDraft(live(), 'editorial', base, (content) =>
    withText(content, { known: '- Two accounts were used without right.', changeNote: 'style' }),
  );
  t.equal(
    refusalOf(() => submitDraft(number, amina, seenOf(number), house, now)),
    'not_editorial',
  );
  const forced: Statement = {
    ...number,
    draft: { ...draftOf(number), submission: { at: now, by: 'amina', ...seenOf(number) }, approvals: [{ at: now, by: 'claire', ...seenOf(number) }] },
  };
  t.equal(
    refusalOf(() => publishDraft(forced, jonas, seenOf(forced), guard, now)),
    'not_editorial',
  );
});

t.test('transition 21: one person withdraws; an open draft and its schedule do not stand in the way, older debts are moot', async (t) => {
  for (const actor of everyone)
    t.equal(
      refusalOf(() => withdraw(live(), actor)),
      [jonas, claire, marek].includes(actor) ? 'done' : 'role_missing',
      actor.id,
    );
  t.equal(
    refusalOf(() => withdraw(live(), { ...claire, recent: false })),
    'step_up_needed',
  );
  t.equal(
    refusalOf(() => withdraw(opened(), jonas)),
    'wrong_state',
  );
  t.equal(
    refusalOf(() => withdraw(withdrawn(), jonas)),
    'wrong_state',
  );
  const byPublisherOfFlash = withdraw(flashed(), marek);
  t.equal(publicState(byPublisherOfFlash), 'withdrawn');
  t.match(byPublisherOfFlash.versions, [
    { debt: { moot: { by: 'marek' } } },
    { kind: 'withdrawal', debt: { because: 'withdrawal', dueAt: minute(12 + 24 * 60) } },
  ]);
  const submitted = submitDraft(corrected(), amina, seenOf(corrected()), house, now);
  const ok = approveDraft(submitted, claire, seenOf(submitted), now);
  const waiting = scheduleDraft(ok, jonas, seenOf(ok), { releaseAt: minute(60), key: 'k' }, guard, now);
  const gone = withdraw(waiting, claire);
  t.equal(workState(gone), 'draft');
  t.equal(draftOf(gone).schedule, null);
  t.equal(draftOf(gone).base?.version, 2);
  t.throws(() => withdrawStatement(live(), jonas, { version: 2, withdrawal: { code: 'other', reason: { en: 'x' } }, house }, textOf('withdrawal', base), now), {
    code: 'revision_stale',
  });
  t.throws(() => withdrawStatement(live(), jonas, { version: 1, withdrawal: { code: 'other', reason: {} }, house }, textOf('withdrawal', base), now), {
    code: 'reason_missing',
  });
  t.throws(
    () =>
      withdrawStatement(live(), jonas, { version: 1, withdrawal: { code: 'other', reason: { en: 'x'.repeat(281) } }, house }, textOf('withdrawal', base), now),
    { code: 'too_long' },
  );
});

t.test('transition 22: a recheck is opened and ended by one person, by a correction or a withdrawal, and never by an update', async (t) => {
  const request = { version: 1, reason: 'a doubt' };
  for (const actor of everyone) {
    const may = [jonas, claire, marek].includes(actor);
    t.equal(
      refusalOf(() => openRecheck(live(), actor, request, logged)),
      may ? 'done' : 'role_missing',
      actor.id,
    );
    t.equal(
      refusalOf(() => endRecheck(rechecked(), actor, request, logged)),
      may ? 'done' : 'role_missing',
      `end ${actor.id}`,
    );
  }
  t.equal(
    refusalOf(() => openRecheck(rechecked(), claire, request, logged)),
    'wrong_state',
  );
  t.equal(
    refusalOf(() => endRecheck(live(), claire, request, logged)),
    'wrong_state',
  );
  t.equal(
    refusalOf(() => openRecheck(opened(), claire, request, logged)),
    'wrong_state',
  );
  t.equal(
    refusalOf(() => openRecheck(live(), claire, { ...request, version: 2 }, logged)),
    'revision_stale',
  );
  t.equal(
    refusalOf(() => openRecheck(live(), claire, { ...request, reason: '' }, logged)),
    'reason_missing',
  );
  t.equal(publicState(rechecked()), 'under_recheck');
  t.equal(publicState(endRecheck(rechecked(), claire, request, logged)), 'live');
  const publishNext = (kind: 'update' | 'correction'): Statement => {
    const drafted = nextDraft(rechecked(), kind, base, (content) => ready(withText(content, { wasWrong: 'x', isRight: 'y' })));
    const submitted = submitDraft(drafted, amina, seenOf(drafted), house, now);
    const ok = approveDraft(submitted, claire, seenOf(submitted), now);
    return commit(ok, publishDraft(ok, jonas, seenOf(ok), guard, now), now);
  };
  t.equal(publicState(publishNext('update')), 'under_recheck');
  t.equal(publicState(publishNext('correction')), 'live');
});

t.test('transition 23: a withdrawn statement comes back by an update or a correction with full review', async (t) => {
  const statement = withdrawn();
  const open = (kind: Draft['kind']) => refusalOf(() => openDraft(statement, amina, textOf(kind, nextContent(statement, base, kind)), base, now));
  t.equal(open('editorial'), 'kind_not_allowed');
  t.equal(open('translation'), 'kind_not_allowed');
  const drafted = nextDraft(statement, 'update', base, ready);
  const submitted = submitDraft(drafted, amina, seenOf(drafted), house, now);
  t.equal(
    refusalOf(() => publishDraft(submitted, jonas, seenOf(submitted), guard, now)),
    'wrong_state',
  );
  const ok = approveDraft(submitted, claire, seenOf(submitted), now);
  for (const actor of [amina, claire, marek, ines, tomas])
    t.equal(
      refusalOf(() => publishDraft(ok, actor, seenOf(ok), guard, now)),
      'role_missing',
      actor.id,
    );
  const back = commit(ok, publishDraft(ok, jonas, seenOf(ok), guard, now), now);
  t.equal(publicState(back), 'live');
  t.strictSame(
    back.versions.map((version) => version.kind),
    ['first', 'withdrawal', 'update'],
  );
});
