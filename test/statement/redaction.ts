import t from 'tap';
import type { RefusalCode } from '../../src/errors.ts';
import type { Statement } from '../../src/statement/facts.ts';
import type { Actor } from '../../src/statement/guards.ts';
import { askRedaction, dropRedaction, redactVersion, textsToDrop } from '../../src/statement/redaction.ts';
import { publicState, publicStatement } from '../../src/statement/state.ts';
import { everyone, holders, jonas } from '../support/people.ts';
import { refusalOf } from '../support/refusals.ts';
import { draftOf, live, minute, nextDraft, readyContent, withText } from '../support/statements.ts';

/** Transition 24: who may take a text away, and what is left of it. */

const nadia: Actor = { id: 'nadia', roles: ['publisher'], recent: true };
const all = { holders: new Map([...holders, [nadia.id, nadia.roles]]), frozen: false };
const request = { version: 1, ground: 'court_order' as const, reason: 'Order 12/2026.' };
const logged = { at: minute(30), entry: 7, key: null };

const asked = (statement = live()): Statement => askRedaction(statement, jonas, request, minute(20));

t.test('a publisher asks, with a reason, for a version that has a text', async (t) => {
  for (const person of everyone)
    t.equal(
      refusalOf(() => askRedaction(live(), person, request, minute(20))),
      person === jonas ? 'done' : 'role_missing',
      person.id,
    );
  const cases: [Actor, typeof request, Statement, RefusalCode][] = [
    [jonas, { ...request, version: 2 }, live(), 'version_unknown'],
    [jonas, { ...request, reason: ' ' }, live(), 'reason_missing'],
    [{ ...jonas, recent: false }, request, live(), 'step_up_needed'],
    [nadia, request, asked(), 'wrong_state'],
  ];
  for (const [actor, wish, statement, code] of cases)
    t.equal(
      refusalOf(() => askRedaction(statement, actor, wish, minute(21))),
      code,
    );
  t.equal(publicState(asked()), 'live', 'asking takes nothing away');
});

t.test('a second publisher agrees, and nobody alone', async (t) => {
  const agree = (actor: Actor, statement = asked(), version = 1, held = all, askedAt = minute(20)) =>
    refusalOf(() => redactVersion(statement, actor, { version, askedAt }, held, logged));
  t.equal(agree(nadia), 'done');
  t.equal(agree(jonas), 'same_person');
  for (const person of everyone.filter((one) => one !== jonas)) t.equal(agree(person), 'role_missing', person.id);
  t.equal(agree({ ...nadia, recent: false }), 'step_up_needed');
  t.equal(agree(nadia, live()), 'wrong_state', 'nobody asked');
  t.equal(agree(nadia, asked(), 2), 'revision_stale', 'another version was on the screen');
  t.equal(agree(nadia, asked(), 1, all, minute(19)), 'revision_stale', 'another request was on the screen');
  t.equal(agree(nadia, asked(), 1, { ...all, holders: new Map([[nadia.id, nadia.roles]]) }), 'approver_inactive', 'the first is no publisher any more');
  t.equal(agree(nadia, asked(), 1, { ...all, frozen: true }), 'frozen');
  t.equal(agree(nadia, dropRedaction(asked(), nadia, minute(21))), 'wrong_state', 'the request was closed');
  t.equal(
    refusalOf(() => dropRedaction(live(), nadia, minute(21))),
    'wrong_state',
  );
});

t.test('title, change note and working texts go; hash, entry and time stay', async (t) => {
  const before = live();
  const { statement, redacts } = redactVersion(asked(before), nadia, { version: 1, askedAt: minute(20) }, all, logged);
  t.match(redacts, { version: 1, ground: 'court_order', files: ['/statements/2026-0001/v/1.json'] });
  const [version] = statement.versions;
  t.match(version, { title: {}, changeNote: {}, hash: before.versions[0]?.hash, entry: 0, files: before.versions[0]?.files });
  t.ok(statement.revisions.every(({ dropped }) => dropped));
  t.equal(publicState(statement), 'redacted');
  t.match(publicStatement(statement), { versions: [{ redacted: { at: minute(30), entry: 7, ground: 'court_order' } }] });
  t.notMatch(JSON.stringify(publicStatement(statement)), 'Order 12/2026', 'the reason of a person stays private');
  t.equal(
    refusalOf(() => askRedaction(statement, nadia, request, minute(40))),
    'wrong_state',
    'gone is gone',
  );
});

t.test('an open draft that begins with the text stands in the way; texts of other versions and of a later draft stay', async (t) => {
  const drafted = nextDraft(live(), 'update', readyContent(), (content) => withText(content, { changeNote: 'More.' }));
  t.equal(
    refusalOf(() => redactVersion(asked(drafted), nadia, { version: 1, askedAt: minute(20) }, all, logged)),
    'draft_open',
  );
  const open = drafted.revisions.find(({ revision }) => revision === draftOf(drafted).revision)?.text ?? '';
  const dropped = textsToDrop(drafted, 1, minute(30));
  t.notOk(dropped.includes(open));
  t.ok(dropped.includes(drafted.versions[0]?.text ?? ''));
  t.strictSame(textsToDrop(drafted, 1, minute(-1)), [drafted.versions[0]?.text], 'what was saved later is not its own');
});
