import t from 'tap';
import { openNextDraft, saveText } from '../../src/desk/draft.ts';
import { grantDuty } from '../../src/desk/person.ts';
import { publish, schedule, unschedule } from '../../src/desk/publish.ts';
import { newSweepMemory, sweep } from '../../src/desk/sweep.ts';
import { withdraw } from '../../src/desk/withdraw.ts';
import type { Office } from '../../src/office.ts';
import type { Statement } from '../../src/statement/facts.ts';
import type { Actor } from '../../src/statement/guards.ts';
import { approvedDraft, publicHolding, readyForm } from '../support/desk-walk.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';
import { field } from '../support/test-server.ts';

/** The desk under people who act at once, and under those who try what no form offers. */

const people = { amina: ['author'], jonas: ['reviewer', 'publisher'], claire: ['reviewer'], marek: ['author'] } as const;
const jonas: Actor = { id: 'jonas', roles: ['reviewer', 'publisher'], recent: true };
const amina: Actor = { id: 'amina', roles: ['author'], recent: true };

const open = async (t: Parameters<typeof openNewsroom>[0]): Promise<Newsroom> => {
  const room = await openNewsroom(t, people, '2026-11-22T09:00:00.000Z', { ONRECORD_LANGUAGES: 'en,fr', ONRECORD_TIME_ZONE: 'UTC' });
  await grantDuty(room.server.office, 'marek', room.server.clock.now() + 8 * 3_600_000, 'operator');
  return room;
};
const instant = (room: Newsroom, minutes: number): string => new Date(room.server.clock.now() + minutes * 60_000).toISOString();
const seenOf = ({ revision, hash }: { revision: string; hash: string }) => ({ revision: Number(revision), hash });

async function statementOf({ server }: Newsroom, id: string): Promise<Statement> {
  const statement = await server.office.store.read(id);
  if (statement === undefined) throw new Error(`no statement ${id}`);
  return statement;
}

/** The office as somebody finds it who read the statement just before another act was done. */
function afterReading(office: Office, act: () => Promise<unknown>): Office {
  let isDone = false;
  const revision: Office['store']['revision'] = async (text) => {
    if (!isDone) {
      isDone = true;
      await act();
    }
    return office.store.revision(text);
  };
  return { ...office, store: { ...office.store, revision } };
}

const flashForm = (room: Newsroom): Record<string, string> => ({
  situation: 'leak',
  'slots.en.organisation': 'the port of Orval',
  'slots.en.fact': 'The port reported an intrusion.',
  'slots.en.circulation': 'An archive, not verified.',
  'awareAt.at': instant(room, -10).slice(0, 16),
  'awareAt.zone': 'utc',
  'nextUpdate.at': instant(room, 60).slice(0, 16),
  'nextUpdate.zone': 'utc',
  reason: 'It is on the air.',
});

t.test('flash slots hold one line of words that fits; what was typed stays in the form', async (t) => {
  const room = await open(t);
  const tries: readonly [string, string, number][] = [
    ['slots.en.fact', 'See [the files](https://leak.example/x).', 400],
    ['slots.en.fact', 'See https://leak.example/x', 400],
    ['slots.en.circulation', '# All files are authentic', 400],
    ['slots.en.circulation', 'An archive.\n\nAll files are authentic.', 400],
    ['slots.en.organisation', 'o'.repeat(250), 413],
  ];
  for (const [name, words, status] of tries) {
    const answer = await room.post('marek', '/desk/flash', { ...flashForm(room), [name]: words });
    t.equal(answer.status, status, words);
    t.equal(field(answer, name), words, 'kept');
  }
  t.same(await room.server.office.store.list(), [], 'no draft is left behind');
  t.equal((await room.post('marek', '/desk/flash', flashForm(room))).status, 303);
});

t.test('a text saved when the draft was scheduled or published meanwhile comes back to its author', async (t) => {
  const room = await open(t);
  const { id, seen } = await approvedDraft(room, 'One thing');
  const late = { revision: seen.revision, ...readyForm(room, 'Late words') };
  const releaseAt = { 'releaseAt.at': instant(room, 30).slice(0, 16), 'releaseAt.zone': 'utc' };
  t.equal((await room.post('jonas', `/desk/statements/${id}/schedule`, { ...seen, ...releaseAt })).status, 303);
  const refused = await room.post('amina', `/desk/statements/${id}/draft`, late);
  t.equal(refused.status, 409);
  t.match(refused.text, 'Late words');
  const kept = (await statementOf(room, id)).timeline.findLast((line) => line.act === 'conflicted');
  t.equal((await room.server.office.store.revision(kept?.note ?? ''))?.content.texts.en?.title, 'Late words', 'and is kept for ever');
  t.equal((await room.post('jonas', `/desk/statements/${id}/release`, { ...seen, reason: 'It is out.' })).status, 303);
  const afterwards = await room.post('amina', `/desk/statements/${id}/draft`, late);
  t.equal(afterwards.status, 409);
  t.match(afterwards.text, 'Late words');
});

t.test('a next draft and a withdrawal are made from the newest version, or refused', async (t) => {
  const room = await open(t);
  const { office } = room.server;
  const id = await publicHolding(room, 'First words');
  const next = await approvedDraft(room, 'Second words', { id, kind: 'update' });
  const publishNext = (): Promise<Statement> => publish(office, jonas, id, seenOf(next.seen), null);
  await t.rejects(openNextDraft(afterReading(office, publishNext), amina, id, 'update'), { code: 'revision_stale' });
  t.equal((await statementOf(room, id)).draft, null);
  const third = await approvedDraft(room, 'Third words', { id, kind: 'update' });
  const racing = afterReading(office, () => publish(office, jonas, id, seenOf(third.seen), null));
  const request = { version: 3, code: 'other' as const, reason: { en: 'Gone.' } };
  await t.rejects(withdraw(racing, jonas, id, request, null), { code: 'revision_stale' });
  const withdrawn = await withdraw(office, jonas, id, request, null);
  const file = JSON.parse((await room.read(`/statements/${withdrawn.reference}/v/4.json`)).text);
  t.match(file, { kind: 'withdrawal', texts: { en: { title: 'Third words' } }, withdrawal: { reason: { en: 'Gone.' } } });
  t.same(file.changeNote, {}, 'the note of the version before is not the note of the withdrawal');
});

t.test('a release that a person put off while the clock was at it does not fail', async (t) => {
  const room = await open(t);
  const { office } = room.server;
  const { id, seen } = await approvedDraft(room, 'One thing');
  await schedule(office, jonas, id, seenOf(seen), instant(room, 5));
  room.server.clock.forward(6 * 60_000);
  let isDone = false;
  const putOff = async (): Promise<void> => {
    if (isDone) return;
    isDone = true;
    await unschedule(office, jonas, id, seenOf(seen));
    await schedule(office, jonas, id, seenOf(seen), instant(room, 30));
  };
  const list: Office['people']['list'] = async () => {
    await putOff();
    return office.people.list();
  };
  await sweep({ ...office, people: { ...office.people, list } }, newSweepMemory());
  t.match((await statementOf(room, id)).draft, { failure: null, schedule: { releaseAt: instant(room, 30) } });
});

t.test('field names of the language itself are no fields', async (t) => {
  const room = await open(t);
  const created = await room.post('amina', '/desk/statements', { template: 'holding' });
  const id = /statements\/(\w+)\//.exec(created.headers.get('location') ?? '')?.[1] ?? '';
  let revision = 1;
  for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'texts.en.__proto__']) {
    const form = { ...readyForm(room, `With ${name}`), [name]: 'x' };
    t.equal((await room.post('amina', `/desk/statements/${id}/draft`, { revision: String(revision), ...form })).status, 303, name);
    revision += 1;
  }
  const { draft } = await statementOf(room, id);
  t.equal(draft?.content.texts.en?.title, 'With texts.en.__proto__');
  if (draft) t.equal((await saveText(room.server.office, amina, id, draft.revision, draft.kind, draft.content)).revisions.length, revision, 'nothing else');
});
