import fc from 'fast-check';
import t from 'tap';
import { addComment, draftComments, mostComments, openComments, reopenComment, resolveComment } from '../../src/statement/commenting.ts';
import { discardDraft, saveDraft } from '../../src/statement/drafting.ts';
import { type Comment, places, Statement } from '../../src/statement/facts.ts';
import type { Actor } from '../../src/statement/guards.ts';
import { deathOf, makePreview, revokePreview, shownBy } from '../../src/statement/previewing.ts';
import { publishDraft, withdrawStatement } from '../../src/statement/publishing.ts';
import { askRedaction, redactVersion } from '../../src/statement/redaction.ts';
import { approveDraft, sendBack } from '../../src/statement/reviewing.ts';
import { publicStatement, workState } from '../../src/statement/state.ts';
import { amina, claire, everyone, guard, ines, jonas, marek, tomas } from '../support/people.ts';
import { refusalOf } from '../support/refusals.ts';
import { approved, commit, draftOf, house, inReview, live, minute, nextDraft, opened, readyContent, seenOf, textOf, withText } from '../support/statements.ts';

const now = minute(12);
const said = 'a'.repeat(64);
const place = 'texts.en.known';

const remark = (statement: Statement, words = 'Who says so?') => ({ ...seenOf(statement), place, said, words });
const commented = (statement: Statement, actor: Actor = claire, words?: string): Statement => addComment(statement, actor, remark(statement, words), now);
const edited = (statement: Statement, known: string): Statement => {
  const { revision, kind, content } = draftOf(statement);
  return saveDraft(statement, amina, revision, textOf(kind, withText(content, { known })), now);
};

t.test('whoever has a part in the text may comment, in every state of an open draft; nobody else', async (t) => {
  const may = everyone.map((person) => [person.id, refusalOf(() => commented(inReview(), person))]);
  t.same(Object.fromEntries(may), { amina: 'done', jonas: 'done', claire: 'done', marek: 'done', ines: 'role_missing', tomas: 'role_missing' });
  for (const statement of [opened(), inReview(), approved()]) {
    const after = commented(statement);
    t.equal(workState(after), workState(statement));
    t.same(after.draft, statement.draft, 'not a word of the draft, its hash or its approvals changes');
    t.match(after.timeline.at(-1), { act: 'commented', by: 'claire', note: '#1', revision: 1 });
  }
  const discarded = discardDraft(opened(), amina, seenOf(opened()), 'a reason', now);
  t.equal(
    refusalOf(() => commented(discarded)),
    'wrong_state',
  );
  t.equal(
    refusalOf(() => addComment(live(), claire, { ...remark(approved()) }, now)),
    'wrong_state',
  );
});

t.test('a comment names the revision it was made on, and an earlier one of the same draft is taken', async (t) => {
  const first = opened();
  const later = edited(first, '- Another thing.');
  const after = addComment(later, claire, remark(first), now);
  t.match(draftComments(after), [{ revision: 1, said, resolved: null }]);
  t.equal(after.revisions[0]?.kept, true, 'the text it is about stays');
  t.equal(
    refusalOf(() => addComment(later, claire, { ...remark(first), hash: said }, now)),
    'hash_mismatch',
  );
  t.equal(
    refusalOf(() => addComment(later, claire, { ...remark(first), revision: 9 }, now)),
    'revision_stale',
  );
  const dropped = { ...later, revisions: later.revisions.map((item) => (item.revision === 1 ? { ...item, dropped: true } : item)) };
  t.equal(
    refusalOf(() => addComment(dropped, claire, remark(first), now)),
    'revision_stale',
    'a text that is gone cannot be kept',
  );
  const next = nextDraft(live(), 'update', readyContent(), (content) => content);
  t.equal(
    refusalOf(() => addComment(next, claire, remark(first), now)),
    'revision_stale',
    'nor one of a draft that was published',
  );
});

t.test('whoever made it or wrote the text resolves it; whoever may comment opens it again', async (t) => {
  const statement = commented(inReview());
  for (const [person, code] of [
    [amina, 'done'],
    [claire, 'done'],
    [jonas, 'not_contributor'],
    [marek, 'not_contributor'],
    [ines, 'role_missing'],
    [tomas, 'role_missing'],
  ] as const)
    t.equal(
      refusalOf(() => resolveComment(statement, person, 1, now)),
      code,
      person.id,
    );
  const resolved = resolveComment(statement, amina, 1, now);
  t.same(openComments(resolved), []);
  t.match(draftComments(resolved), [{ resolved: { by: 'amina', at: now } }]);
  t.equal(resolveComment(resolved, claire, 1, now), resolved, 'once is enough');
  t.equal(reopenComment(resolved, jonas, 1, now).comments[0]?.resolved, null);
  t.equal(reopenComment(statement, jonas, 1, now), statement);
  t.equal(
    refusalOf(() => resolveComment(statement, amina, 2, now)),
    'comment_unknown',
  );
});

t.test('comments are bounded, have words, and stay when the draft is gone', async (t) => {
  let full = inReview();
  for (let count = 0; count < mostComments; count += 1) full = commented(full, claire, `Who says so, ${count}?`);
  t.equal(
    refusalOf(() => commented(full)),
    'comments_full',
  );
  const once = commented(inReview());
  t.equal(commented(once), once, 'a form that was sent twice leaves one');
  t.equal(commented(once, jonas).comments.length, 2);
  t.equal(
    refusalOf(() => commented(inReview(), claire, ' \n ')),
    'bad_request',
  );
  const read = Statement.parse(JSON.parse(JSON.stringify(full)));
  t.same(read, full, 'as they are stored');
  const decided = approveDraft(commented(inReview()), jonas, seenOf(inReview()), now);
  const published = commit(decided, publishDraft(decided, jonas, seenOf(decided), guard, now), now);
  t.match(published.comments, [{ words: 'Who says so?', resolved: null }]);
  t.same(draftComments(published), []);
  const { comments: _comments, ...before } = JSON.parse(JSON.stringify(live()));
  t.same(Statement.parse(before).comments, [], 'a statement of before there were comments has none');
});

t.test('a draft goes back with the comments that are still open', async (t) => {
  const two = commented(commented(inReview()), jonas, 'And the day?');
  const one = resolveComment(two, amina, 1, now);
  const returned = sendBack(one, claire, seenOf(one), 'See the comments.', now, [1, 2, 7]);
  t.match(returned.draft?.returned, { reason: 'See the comments.', comments: [2] });
  t.equal(openComments(returned).length, 1, 'and they stay open');
});

t.test('a redaction takes the words of comments on earlier drafts, which may repeat what had to go', async (t) => {
  const decided = approveDraft(commented(inReview(), claire, 'Jane Doe lives in Orval.'), jonas, seenOf(inReview()), now);
  const first = commit(decided, publishDraft(decided, jonas, seenOf(decided), guard, now), now);
  const discarded = nextDraft(first, 'update', readyContent(), (content) => withText(content, { known: '- More.' }));
  const closed = discardDraft(commented(discarded, claire, 'Jane Doe again.'), jonas, seenOf(discarded), 'no', now);
  const asked = askRedaction(closed, jonas, { version: 1, ground: 'personal_data', reason: 'a name' }, now);
  const second: Actor = { id: 'paula', roles: ['publisher'], recent: true };
  const { statement } = redactVersion(asked, second, { version: 1, askedAt: now }, guard, { at: minute(13), entry: 1, key: null });
  t.match(statement.comments, [
    { by: 'claire', words: '' },
    { by: 'claire', words: '' },
  ]);
  t.notMatch(JSON.stringify(statement.comments), 'Jane');
});

t.test('no interleaving of comments changes text, hash, approvals, work or public facts', async () => {
  const step = fc.record({
    who: fc.constantFrom(...everyone),
    act: fc.constantFrom('comment', 'comment', 'resolve', 'reopen'),
    place: fc.constantFrom(...places),
    words: fc.string({ maxLength: 40 }),
    id: fc.nat(6),
    stale: fc.boolean(),
  });
  const starts = [opened(), inReview(), approved(), nextDraft(live(), 'update', readyContent(), (content) => content)];
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.array(step, { maxLength: 30 }), (start, steps) => {
      let statement = start;
      for (const { who, act, id, stale, ...about } of steps) {
        const seen = { ...seenOf(statement), ...(stale && { revision: 99 }) };
        const acts: Record<string, () => Statement> = {
          comment: () => addComment(statement, who, { ...seen, said, ...about }, now),
          resolve: () => resolveComment(statement, who, id, now),
          reopen: () => reopenComment(statement, who, id, now),
        };
        const before = statement;
        if (refusalOf(() => (statement = acts[act]?.() ?? statement)) !== 'done' && statement !== before) throw new Error('a refusal changed the statement');
      }
      const changed: (keyof Statement)[] = ['comments', 'timeline', 'generation', 'revisions'];
      const rest = (whole: Statement): object => Object.fromEntries(Object.entries(whole).filter(([name]) => !changed.some((key) => key === name)));
      const texts = ({ revisions }: Statement): object => revisions.map(({ kept: _kept, ...revision }) => revision);
      const equal = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);
      const ids = statement.comments.map(({ id }: Comment) => id);
      return (
        equal(rest(statement), rest(start)) &&
        equal(texts(statement), texts(start)) &&
        equal(publicStatement(statement), publicStatement(start)) &&
        workState(statement) === workState(start) &&
        equal(statement.timeline.slice(0, start.timeline.length), start.timeline) &&
        ids.every((id, index) => id === index + 1)
      );
    }),
    { numRuns: 200 },
  );
});

t.test('who may show a draft to somebody outside, and on what', async (t) => {
  const asked = { recipient: 'Hélène Aubry', reason: 'She asked.', hours: 24 };
  const statement = approved();
  const make = (actor: Actor, change: object = {}, seen = seenOf(statement)) =>
    refusalOf(() => makePreview(statement, actor, seen, { ...asked, ...change }, now));
  t.same(
    everyone.map((person) => make(person)),
    ['role_missing', 'done', 'done', 'done', 'role_missing', 'role_missing'],
  );
  t.equal(make({ ...claire, recent: false }), 'step_up_needed');
  for (const hours of [0, 73, 1.5, Number.NaN]) t.equal(make(claire, { hours }), 'bad_request');
  for (const empty of [{ recipient: ' ' }, { reason: '' }]) t.equal(make(claire, empty), 'reason_missing');
  t.equal(make(claire, {}, { ...seenOf(statement), revision: 7 }), 'revision_stale');
  t.equal(make(claire, {}, { ...seenOf(statement), hash: said }), 'hash_mismatch');
  t.equal(
    refusalOf(() => makePreview(live(), claire, seenOf(statement), asked, now)),
    'wrong_state',
  );
  const made = makePreview(statement, claire, seenOf(statement), asked, now);
  t.match(made.timeline.at(-1), { act: 'preview-link-made', note: 'Hélène Aubry, 24 h: She asked.' });
  t.same(made.draft, statement.draft);
  t.match(revokePreview(made, amina, { recipient: 'Hélène Aubry', revision: 1 }, now).timeline.at(-1), { act: 'preview-link-revoked', by: 'amina' });
  t.equal(
    refusalOf(() => revokePreview(made, tomas, { recipient: 'x', revision: 1 }, now)),
    'role_missing',
  );
});

t.test('what ends a preview link', async (t) => {
  const base = live();
  const draft = nextDraft(base, 'update', readyContent(), (content) => withText(content, { known: '- More.', changeNote: 'More.' }));
  const shown = shownBy(draft, seenOf(draft), 2, now);
  t.equal(shown.expiresAt, minute(132));
  t.equal(deathOf(shown, draft, now), null);
  t.equal(deathOf(shown, commented(draft), now), null, 'a comment does not');
  t.equal(deathOf(shown, draft, minute(132)), 'expired');
  t.equal(deathOf({ ...shown, revoked: { at: now, by: 'amina' } }, draft, now), 'revoked');
  t.equal(deathOf(shown, edited(draft, '- Another thing.'), now), 'changed');
  t.equal(deathOf(shown, discardDraft(draft, jonas, seenOf(draft), 'no', now), now), 'discarded');
  t.equal(deathOf(shown, { ...draft, draft: null }, now), 'discarded');
  const reason = { code: 'other' as const, reason: { en: 'An error.' } };
  const text = { ...textOf('withdrawal', readyContent()), hash: said };
  const withdrawn = commit(draft, withdrawStatement(draft, jonas, { version: 1, withdrawal: reason, house }, text, now), now);
  t.equal(draftOf(withdrawn).revision, shown.revision, 'the draft of a withdrawn statement stays as it was');
  t.equal(deathOf(shown, withdrawn, now), 'published', 'but is not shown any more');
  const notice = { at: now, by: 'jonas', event: 'redacted', version: 1, entry: 1, reason: '', ground: 'safety' } as const;
  t.equal(deathOf(shown, { ...draft, notices: [notice] }, now), 'redacted');
});
