import t from 'tap';
import { approvedDraft, publicHolding, texts } from '../support/desk-walk.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';

/** What the clock does: schedule, release, missed release, alarms, autosaves that go after a day. */

const people = { amina: ['author'], jonas: ['reviewer', 'publisher'], claire: ['reviewer'] } as const;
const start = '2026-10-24T08:00:00.000Z';
const paris = { ONRECORD_LANGUAGES: 'en,fr', ONRECORD_TIME_ZONE: 'Europe/Paris' };
const open = (t: Parameters<typeof openNewsroom>[0]): Promise<Newsroom> => openNewsroom(t, people, start, paris);

t.test('a scheduled statement goes out at its time, never early, and is nowhere before', async (t) => {
  const room = await open(t);
  const { id, seen } = await approvedDraft(room, 'Embargoed words of the port');
  const path = `/desk/statements/${id}/schedule`;
  const ambiguous = await room.post('jonas', path, { ...seen, 'releaseAt.at': '2026-10-25T02:30', 'releaseAt.zone': 'local' });
  t.equal(ambiguous.status, 400, 'a local time that happens twice is refused');
  const past = await room.post('jonas', path, { ...seen, 'releaseAt.at': '2026-10-24T07:00', 'releaseAt.zone': 'utc' });
  t.equal(past.status, 422);
  t.equal((await room.post('claire', path, { ...seen, 'releaseAt.at': '2026-10-24T12:00', 'releaseAt.zone': 'utc' })).status, 403);
  t.equal((await room.post('jonas', path, { ...seen, 'releaseAt.at': '2026-10-24T14:00', 'releaseAt.zone': 'local' })).status, 303);
  const updates = room.poll('/feeds/updates.atom');
  await room.until('2026-10-24T11:59:59.000Z');
  t.strictSame(updates.ids, []);
  t.notMatch((await room.read('/')).text, 'Embargoed words');
  await room.until('2026-10-24T12:00:00.000Z');
  t.equal(updates.ids.length, 1, 'at 14:00 in Paris it is public');
  t.match(await room.server.office.store.list(), [{ reference: '2026-0001', work: 'published', public: 'live' }]);
});

t.test('a schedule missed by more than thirty minutes fails, tells its people, and publishes nothing', async (t) => {
  const room = await open(t);
  const { id, seen } = await approvedDraft(room, 'Late words');
  await room.post('jonas', `/desk/statements/${id}/schedule`, { ...seen, 'releaseAt.at': '2026-10-24T10:00', 'releaseAt.zone': 'utc' });
  room.server.clock.forward(3 * 3_600_000);
  await room.server.tick();
  t.match(await room.server.office.store.list(), [{ work: 'publish_failed', public: 'none' }]);
  t.match(await room.server.office.outbox.notices('jonas'), [{ code: 'release_failed' }]);
  t.equal((await room.post('jonas', `/desk/statements/${id}/publication`, seen)).status, 303, 'and goes out when a publisher says so');
});

t.test('a broken embargo is answered at once, with a reason, without a new review', async (t) => {
  const room = await open(t);
  const { id, seen } = await approvedDraft(room, 'Words under embargo');
  await room.post('jonas', `/desk/statements/${id}/schedule`, { ...seen, 'releaseAt.at': '2026-10-26T10:00', 'releaseAt.zone': 'utc' });
  t.equal((await room.post('jonas', `/desk/statements/${id}/release`, { ...seen, reason: '' })).status, 422);
  t.equal((await room.post('jonas', `/desk/statements/${id}/release`, { ...seen, reason: 'a newspaper has it' })).status, 303);
  t.match((await room.read('/statements/2026-0001')).text, 'Words under embargo');
});

t.test('a withdrawal cancels the schedule of an open draft', async (t) => {
  const room = await open(t);
  const id = await publicHolding(room, 'A first text');
  const next = await approvedDraft(room, 'A second text', { id, kind: 'update' });
  await room.post('jonas', `/desk/statements/${id}/schedule`, { ...next.seen, 'releaseAt.at': '2026-10-24T20:00', 'releaseAt.zone': 'utc' });
  t.equal((await room.post('claire', `/desk/statements/${id}/withdrawal`, { version: '1', code: 'facts_wrong', 'reason.en': 'Not so.' })).status, 303);
  await room.until('2026-10-24T21:00:00.000Z');
  t.match(await room.server.office.store.list(), [{ work: 'draft', public: 'withdrawn', version: 2 }]);
  t.match(
    (await room.server.office.outbox.notices('amina')).map((notice) => notice.code),
    ['schedule_cancelled'],
  );
});

t.test('an open recheck alarms after a day, and shows on the public page from the start', async (t) => {
  const room = await open(t);
  const id = await publicHolding(room, 'A text in doubt');
  await room.post('claire', `/desk/statements/${id}/recheck`, { version: '1', reason: 'A reader found a contradiction.' });
  const page = (await room.read('/statements/2026-0001')).text;
  t.match(page, /under recheck/i);
  t.notMatch(page, 'A reader found a contradiction.', 'words that nobody else read stay inside');
  t.equal((await room.server.office.store.ledger(-1, 10)).size, 2, 'a log entry and no version');
  await room.until('2026-10-25T10:00:00.000Z');
  t.ok((await room.server.office.outbox.notices('jonas')).some((notice) => notice.code === 'recheck_overdue'));
});

t.test('texts of autosaves go after a day; what was submitted stays', async (t) => {
  const room = await open(t);
  const created = await room.post('amina', '/desk/statements', { template: 'holding' });
  const id = /statements\/(\w+)\//.exec(created.headers.get('location') ?? '')?.[1] ?? '';
  for (const [index, title] of ['one', 'two', 'three'].entries())
    await room.post('amina', `/desk/statements/${id}/draft`, { revision: String(index + 1), ...texts(title) });
  await room.until('2026-10-25T10:00:00.000Z');
  const statement = await room.server.office.store.read(id);
  t.strictSame(
    statement?.revisions.map((item) => item.dropped),
    [true, true, true, false],
  );
  const [first] = statement?.revisions ?? [];
  t.equal(await room.server.office.store.revision(first?.text ?? ''), undefined);
  t.ok(first?.hash, 'hash, who and when stay');
});
