import t from 'tap';
import { requestRedaction } from '../../src/desk/redact.ts';
import type { Actor } from '../../src/statement/guards.ts';
import { quarantineStatement, touchedBy } from '../../src/statement/quarantine.ts';
import { workState } from '../../src/statement/state.ts';
import { hire } from '../support/accounts.ts';
import { approvedDraft, publicHolding } from '../support/desk-walk.ts';
import { type Newsroom, openNewsroom, seen } from '../support/newsroom.ts';
import { signedIn } from '../support/test-server.ts';

/** An account may be in other hands: what it touched is found, and what rests on it is held back in one act. */

const people = {
  amina: ['author'],
  jonas: ['reviewer', 'publisher'],
  claire: ['reviewer'],
  ines: ['auditor'],
  tomas: ['administrator'],
  oona: ['administrator'],
} as const;
const open = (t: Parameters<typeof openNewsroom>[0]): Promise<Newsroom> =>
  openNewsroom(t, people, '2026-11-22T09:00:00.000Z', { ONRECORD_LANGUAGES: 'en,fr', ONRECORD_TIME_ZONE: 'UTC' });
const since = '2026-11-22T08:00:00.000Z';
const traces = '/desk/quarantine?since.at=2026-11-22T08:00&since.zone=utc&person=';
const quarantine = (room: Newsroom, id: string, by = 'tomas') => room.post(by, `/desk/people/${id}/quarantine`, { since, reason: 'The telephone is gone.' });
const stateOf = async (room: Newsroom, id: string) => (await room.server.office.store.list()).find((line) => line.id === id)?.work;
const later = (room: Newsroom, minutes: number): string => new Date(room.server.clock.now() + minutes * 60_000).toISOString().slice(0, 16);

async function scheduled(room: Newsroom): Promise<string> {
  const { id, seen: shown } = await approvedDraft(room, 'Scheduled words');
  await room.post('jonas', `/desk/statements/${id}/schedule`, { ...shown, 'releaseAt.at': later(room, 60), 'releaseAt.zone': 'utc' });
  return id;
}

t.test('one act disables the account, voids its approvals and ends what rests on them', async (t) => {
  const room = await open(t);
  const live = await publicHolding(room, 'Live words');
  const approved = await approvedDraft(room, 'Approved words');
  const planned = await scheduled(room);
  const [claire, before] = [await signedIn(room.server, 'claire'), await room.server.office.store.ledger(-1, 0)];
  const answer = await quarantine(room, 'claire');
  t.equal(answer.status, 303);
  t.match(await room.server.office.people.find('claire'), {
    disabledAt: '2026-11-22T09:00:00.000Z',
    acts: [{}, { act: 'quarantined', by: 'tomas', note: 'The telephone is gone.' }],
  });
  t.equal((await claire.get('/desk')).status, 303, 'signed out');
  for (const id of [approved.id, planned]) {
    t.equal(await stateOf(room, id), 'changes_requested');
    const statement = await room.server.office.store.read(id);
    t.match(statement, { draft: { approvals: [], schedule: null, submission: null, returned: { by: 'tomas' } } });
    t.match(statement?.timeline.at(-1), { act: 'quarantined', by: 'tomas', note: 'claire: The telephone is gone.' });
  }
  t.match((await room.get('amina', `/desk/statements/${planned}/history`)).text, /an account is in quarantine/);
  t.equal((await room.server.office.store.ledger(-1, 0)).size, before.size, 'nothing public changes');
  t.equal((await room.read('/statements/2026-0001')).status, 200);
  t.ok((await room.server.office.outbox.notices('amina')).some(({ code }) => code === 'quarantined'));
  await room.until('2026-11-22T10:40:00.000Z');
  t.equal((await room.server.office.store.ledger(-1, 0)).size, before.size, 'and the clock releases nothing');
  const page = await room.get('jonas', `${traces}claire`);
  t.match(page.text, new RegExp(`statements/${live}/withdrawal`), 'a publisher is led to what stands on her word');
  t.match(page.text, /Live words/);
  t.notMatch((await room.get('tomas', `${traces}claire`)).text, /Live words/, 'an administrator sees no title');
});

t.test('a schedule ends with the account that made it, and the approvals of others stay', async (t) => {
  const room = await open(t);
  const planned = await scheduled(room);
  t.equal((await quarantine(room, 'jonas')).status, 303);
  t.equal(await stateOf(room, planned), 'approved');
});

t.test('a removal that the account asked for closes', async (t) => {
  const room = await open(t);
  const id = await publicHolding(room, 'Live words');
  const jonas: Actor = { id: 'jonas', roles: ['publisher'], recent: true };
  await requestRedaction(room.server.office, jonas, id, { version: 1, ground: 'safety', reason: 'x' });
  await quarantine(room, 'jonas');
  t.equal((await room.server.office.store.read(id))?.redaction, null);
});

t.test('repeated, the act holds back what is left and writes nothing twice', async (t) => {
  const room = await open(t);
  const { id } = await approvedDraft(room, 'Approved words');
  await quarantine(room, 'claire');
  const once = await room.server.office.store.read(id);
  t.equal((await quarantine(room, 'claire', 'oona')).status, 303);
  t.same(await room.server.office.store.read(id), once);
});

t.test('one administrator does it, with a reason, and never to the last one', async (t) => {
  const room = await open(t);
  for (const who of ['jonas', 'claire', 'ines', 'amina']) t.equal((await quarantine(room, 'claire', who)).status, 403, who);
  t.equal((await room.post('tomas', '/desk/people/claire/quarantine', { since, reason: '' })).status, 422);
  t.equal((await room.server.office.people.find('claire'))?.disabledAt, null);
  t.equal((await quarantine(room, 'oona')).status, 303);
  t.equal((await quarantine(room, 'tomas')).status, 409);
});

t.test('an administrator sees references and numbers, and not a word of a draft', async (t) => {
  const room = await open(t);
  await publicHolding(room, 'Live words');
  await approvedDraft(room, 'Secret words');
  const { text } = await room.get('tomas', `${traces}claire`);
  t.match(text, /2026-0001/);
  t.notMatch(text, /Secret words|Live words/);
  t.notMatch(text, /\/withdrawal/);
  for (const who of ['ines', 'jonas']) t.match((await room.get(who, `${traces}claire`)).text, /Secret words/, who);
  t.notMatch((await room.get('ines', `${traces}claire`)).text, /name="reason"/, 'the auditor changes nothing');
  await hire(room.server.office, 'both', 'administrator', 'author');
  t.match((await room.get('both', `${traces}claire`)).text, /Secret words/, 'an administrator who is an author reads as one');
});

t.test('what an account did before the time is left out; a time that is none is said so', async (t) => {
  const room = await open(t);
  await approvedDraft(room, 'Early words');
  await room.until('2026-11-22T12:00:00.000Z');
  await approvedDraft(room, 'Late words');
  const { text } = await room.get('ines', '/desk/quarantine?person=claire&since.at=2026-11-22T11:00&since.zone=utc');
  t.match(text, /Late words/);
  t.notMatch(text, /Early words/);
  const wrong = await room.get('ines', '/desk/quarantine?person=claire&since.at=yesterday&since.zone=utc');
  t.equal(wrong.status, 400);
  t.match(wrong.text, /href="#f-since"/);
});

t.test('acts on other accounts and freezes are among the traces', async (t) => {
  const room = await open(t);
  await room.post('tomas', '/desk/people/amina/requests', { ask: 'role', role: 'publisher' });
  await room.post('tomas', '/desk/freeze', { reason: 'For no reason at all.' });
  const { text } = await room.get('oona', `${traces}tomas`);
  t.match(text, /Asked for: *Publisher/);
  t.match(text, /For no reason at all/);
});

t.test('a statement that nothing rests on stays as it is, to the object', async (t) => {
  const room = await open(t);
  const { id } = await approvedDraft(room, 'Approved words');
  const statement = await room.server.office.store.read(id);
  if (!statement) throw new Error('gone');
  const tomas: Actor = { id: 'tomas', roles: ['administrator'], recent: true };
  t.equal(quarantineStatement(statement, tomas, 'jonas', 'x', since), statement);
  t.equal(touchedBy(statement, 'jonas', since), null);
  t.match(touchedBy(statement, 'amina', since), { draft: { wrote: true, approved: false }, saves: 2, stands: false });
  t.match(touchedBy(statement, 'claire', since), { draft: { approved: true }, acts: [{ act: 'approved' }] });
  t.equal(workState(quarantineStatement(statement, tomas, 'claire', 'x', since)), 'changes_requested');
  t.equal((await seen(room, 'claire', id)).hash, statement.draft?.hash);
});
