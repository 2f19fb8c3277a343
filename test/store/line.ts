import t from 'tap';
import type { Statement } from '../../src/statement/facts.ts';
import { statementLine } from '../../src/store/line.ts';
import { contentOf, opened, published, rechecked } from '../support/store-fixtures.ts';

const publish = (current: Statement | undefined, title: string, index: number): Statement => {
  const at = `2026-11-14T13:00:0${index}.000Z`;
  const content = contentOf(title, { nextUpdate: { type: 'by', at: '2026-11-14T18:00:00.000Z' } });
  return published('statement1', content, current, {
    entry: () => ({ index, at }),
    log: 1,
    prev: () => null,
    reference: () => '2026-0001',
    register: () => null,
    frozen: () => false,
  }).statement;
};
const { statement: draft } = opened('statement1', contentOf('Brouillon'));

await t.test('a draft shows its own title and nothing public', async (t) => {
  t.match(statementLine(draft), { title: 'Brouillon', work: 'draft', public: 'none', version: 0, contributors: ['camille'], firstPublishedAt: null });
});

await t.test('a scheduled draft says when it is due; a discarded one does not', async (t) => {
  const schedule = { at: '2026-11-14T12:10:00.000Z', by: 'alex', releaseAt: '2026-11-15T08:00:00.000Z', key: 'k' };
  const scheduled = { ...draft, draft: draft.draft && { ...draft.draft, schedule } };
  t.match(statementLine(scheduled), { work: 'scheduled', releaseAt: '2026-11-15T08:00:00.000Z' });
  const discarded = { at: schedule.at, by: 'alex', reason: 'doublon' };
  t.match(statementLine({ ...scheduled, draft: scheduled.draft && { ...scheduled.draft, discarded } }), { work: 'discarded', releaseAt: null });
});

await t.test('a public statement never shows the words of its open draft', async (t) => {
  const live = { ...publish(draft, 'Publié', 0), draft: draft.draft };
  t.match(statementLine(live), { title: 'Publié', reference: '2026-0001', public: 'live', version: 1, nextUpdateAt: '2026-11-14T18:00:00.000Z' });
  t.match(statementLine(live), { firstPublishedAt: '2026-11-14T13:00:00.000Z', changedAt: '2026-11-14T13:00:00.000Z' });
});

await t.test('an open recheck and an owed second check are on the line', async (t) => {
  const live = publish(undefined, 'Publié', 0);
  const since = '2026-11-14T14:00:00.000Z';
  const doubted = rechecked(live, {
    entry: () => ({ index: 1, at: since }),
    log: 1,
    prev: () => null,
    reference: () => '',
    register: () => null,
    frozen: () => false,
  }).statement;
  t.match(statementLine(doubted), { public: 'under_recheck', recheckSince: since, changedAt: since });
  const debt = { because: 'flash' as const, dueAt: since, endorsed: null, disowned: null, moot: null };
  const owing = { ...live, versions: live.versions.map((version) => ({ ...version, debt })) };
  t.same(statementLine(owing).debts, [{ version: 1, because: 'flash', dueAt: since }]);
});

await t.test('only texts that were never kept, not dropped yet, and not the one in hand may go', async (t) => {
  const [first] = draft.revisions;
  if (!first || !draft.draft) throw new Error('a draft has a revision');
  const revisions = [
    { ...first, revision: 1 },
    { ...first, revision: 2, kept: true },
    { ...first, revision: 3, dropped: true },
    { ...first, revision: 4 },
  ];
  const line = statementLine({ ...draft, revisions, draft: { ...draft.draft, revision: 4 } });
  t.same(line.droppable, [{ text: first.text, at: first.at }]);
});
