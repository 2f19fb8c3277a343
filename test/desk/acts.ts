import t from 'tap';
import { grantDuty } from '../../src/desk/person.ts';
import { approvedDraft, publicHolding, readyForm } from '../support/desk-walk.ts';
import { type Newsroom, openNewsroom, seen } from '../support/newsroom.ts';
import { type Answer, field } from '../support/test-server.ts';

/** The acts of the desk as a browser and a program meet them over HTTP. */

const people = {
  amina: ['author'],
  jonas: ['reviewer', 'publisher'],
  claire: ['reviewer'],
  marek: ['author'],
  ines: ['auditor'],
  tomas: ['administrator'],
} as const;
const open = async (t: Parameters<typeof openNewsroom>[0]): Promise<Newsroom> => {
  const room = await openNewsroom(t, people, '2026-11-22T09:00:00.000Z', { ONRECORD_LANGUAGES: 'en,fr', ONRECORD_TIME_ZONE: 'UTC' });
  await grantDuty(room.server.office, 'marek', room.server.clock.now() + 8 * 3_600_000, 'operator');
  return room;
};
const minutes = 60_000;
const wall = (room: Newsroom, ahead: number): string => new Date(room.server.clock.now() + ahead * minutes).toISOString().slice(0, 16);
const flashForm = (room: Newsroom): Record<string, string> => ({
  situation: 'leak',
  'slots.en.organisation': 'the port of Orval',
  'slots.en.fact': 'The port reported an intrusion.',
  'slots.en.circulation': 'An archive, not verified.',
  'awareAt.at': wall(room, -10),
  'awareAt.zone': 'utc',
  'nextUpdate.at': wall(room, 60),
  'nextUpdate.zone': 'utc',
  reason: 'It is on the air.',
});

t.test('a flash is public at once with its debt; a reviewer endorses it without a new version', async (t) => {
  const room = await open(t);
  t.equal((await room.get('amina', '/desk/flash')).status, 403);
  t.equal((await room.post('amina', '/desk/flash', flashForm(room))).status, 403);
  const incomplete = await room.post('marek', '/desk/flash', { ...flashForm(room), 'slots.en.fact': '' });
  t.equal(incomplete.status, 422);
  t.equal(field(incomplete, 'slots.en.circulation'), 'An archive, not verified.', 'nothing typed is lost');
  const form = { ...flashForm(room), key: 'flash-key-0001' };
  const first = await room.post('marek', '/desk/flash', form);
  t.equal(first.status, 303);
  const again = await room.post('marek', '/desk/flash', form);
  t.equal(again.headers.get('location'), first.headers.get('location'), 'asked twice, published once');
  t.equal((await room.post('marek', '/desk/flash', { ...form, reason: 'another' })).status, 422, 'the key serves one request only');
  t.match((await room.read('/statements/2026-0001')).text, /second check in progress/i);
  t.equal((await room.server.office.store.ledger(-1, 10)).size, 1);
  for (const person of ['jonas', 'claire', 'marek']) t.match(await room.server.office.outbox.notices(person), [{ code: 'flash_published' }], person);
  await room.until('2026-11-22T10:05:00.000Z');
  t.match((await room.read('/statements/2026-0001')).text, /overdue/i, 'the label says so when the second check is late');
  t.ok((await room.server.office.outbox.notices('claire')).some((notice) => notice.code === 'debt_overdue'));
  const [line] = await room.server.office.store.list();
  const page = await room.get('claire', `/desk/statements/${line?.id}/endorsement`);
  t.equal((await room.post('claire', `/desk/statements/${line?.id}/endorsement`, { version: '1', hash: field(page, 'hash') })).status, 303);
  t.notMatch((await room.read('/statements/2026-0001')).text, /second check/i);
  t.match(await room.server.office.store.list(), [{ version: 1, debts: [] }]);
});

t.test('three flashes an hour and no more, however they arrive', async (t) => {
  const room = await open(t);
  const attempts = await Promise.all(
    [1, 2, 3, 4, 5].map((n) => room.post('marek', '/desk/flash', { ...flashForm(room), key: `flash-key-${n}000`, 'slots.en.organisation': `port ${n}` })),
  );
  t.strictSame(attempts.map((answer) => answer.status).sort(), [303, 303, 303, 429, 429]);
});

t.test('a reviewer who disowns a flash opens its correction, or withdraws it in the same act', async (t) => {
  const room = await open(t);
  for (const [index, next] of (['correction', 'withdrawal'] as const).entries()) {
    await room.post('marek', '/desk/flash', { ...flashForm(room), key: `flash-key-${index}000` });
    const [line] = await room.server.office.store.list();
    const answer = await room.post('claire', `/desk/statements/${line?.id}/disavowal`, {
      version: '1',
      reason: 'The fact is not established.',
      next,
      code: 'facts_wrong',
      'reason.en': 'The fact is not established.',
    });
    t.equal(answer.status, 303);
    const statement = await room.server.office.store.read(line?.id ?? '');
    if (next === 'correction')
      t.match(statement, { draft: { kind: 'correction', content: { correctsVersion: 1 } }, versions: [{ debt: { disowned: { by: 'claire' } } }] });
    else t.match(statement, { draft: null, versions: [{ debt: { disowned: { by: 'claire' } } }, { kind: 'withdrawal' }], notices: [{ event: 'disowned' }] });
  }
  const { size, entries } = await room.server.office.store.ledger(-1, 10);
  t.equal(size, 5);
  t.strictSame(
    entries.map((entry) => entry.entry.event),
    ['first', 'disowned', 'first', 'disowned', 'withdrawal'],
  );
});

t.test('a publication asked twice with one key is one version, and both are told the same', async (t) => {
  const room = await open(t);
  const { id, seen: shown } = await approvedDraft(room, 'Said once');
  const path = `/desk/statements/${id}/publication`;
  const answers = await Promise.all([
    room.post('jonas', path, { ...shown, key: 'publish-key-1' }),
    room.post('jonas', path, { ...shown, key: 'publish-key-1' }),
  ]);
  t.strictSame(
    answers.map((answer) => answer.status),
    [303, 303],
  );
  t.equal((await room.post('jonas', path, { ...shown, key: 'publish-key-2' })).status, 409, 'another request finds nothing to publish');
  t.equal((await room.server.office.store.ledger(-1, 10)).size, 1);
});

t.test('an act without the revision it was decided on is 428, on an old one 409, on another text 409', async (t) => {
  const room = await open(t);
  const { id, seen: shown } = await approvedDraft(room, 'Decided words');
  const path = `/desk/statements/${id}/publication`;
  t.equal((await room.post('jonas', path)).status, 428);
  t.equal((await room.post('jonas', path, { ...shown, revision: '1' })).status, 409);
  t.equal((await room.post('jonas', path, { ...shown, hash: '0'.repeat(64) })).status, 409);
  t.equal((await room.post('jonas', path, { ...shown, revision: 'x' })).status, 400);
  t.equal((await room.post('jonas', '/desk/statements/ffffffffffffffffffff/publication', shown)).status, 404);
  t.equal((await room.read('/statements/2026-0001')).status, 404);
});

t.test('auditor and administrator change nothing, and what was refused them is in the history', async (t) => {
  const room = await open(t);
  const { id, seen: shown } = await approvedDraft(room, 'Quiet words');
  const before = JSON.stringify(await room.server.office.store.read(id));
  const acts = [
    'draft',
    'submission',
    'recall',
    'approval',
    'return',
    'publication',
    'schedule',
    'schedule-cancellation',
    'release',
    'discard',
    'drafts',
    'withdrawal',
    'recheck',
    'recheck-end',
    'endorsement',
    'disavowal',
    'flash',
  ];
  for (const person of ['ines', 'tomas']) {
    for (const act of acts) {
      const form = {
        ...shown,
        version: '1',
        reason: 'a reason',
        kind: act === 'drafts' ? 'update' : 'first',
        code: 'other',
        next: 'correction',
        'reason.en': 'x',
        'releaseAt.at': wall(room, 60),
        'releaseAt.zone': 'utc',
      };
      const { status } = await room.post(person, `/desk/statements/${id}/${act}`, form);
      t.ok([403, 404, 409, 422].includes(status), `${person} ${act}: ${status}`);
    }
  }
  t.equal(JSON.stringify(await room.server.office.store.read(id)), before, 'statement and ledger are as they were');
  const history = JSON.parse((await room.get('ines', `/desk/statements/${id}/history.json`)).text);
  t.ok(history.lines.filter((line: { isRefusal: boolean }) => line.isRefusal).length >= 20, 'an auditor reads every refusal');
  t.match((await room.get('ines', `/desk/statements/${id}/history.csv`)).text, '"at","by","act","revision","version","note"');
});

t.test('a step-up is asked where the session is older than five minutes, and the form waits for it', async (t) => {
  const room = await open(t);
  const { id, seen: shown } = await approvedDraft(room, 'Waiting words');
  await room.get('jonas', '/desk');
  const browser = await import('../support/test-server.ts').then(({ signedIn }) => signedIn(room.server, 'jonas'));
  room.server.clock.forward(6 * minutes);
  const token = field(await browser.get('/desk'), '_csrf');
  const asked = await browser.post(`/desk/statements/${id}/publication`, { _csrf: token, ...shown });
  t.equal(asked.status, 403);
  t.match(field(asked, 'carried'), shown.hash, 'what was decided travels with the question');
  t.equal((await room.read('/statements/2026-0001')).status, 404);
});

t.test('two people on one draft: the second is told, sees both texts, and both are kept', async (t) => {
  const room = await open(t);
  const created = await room.post('amina', '/desk/statements', { template: 'holding' });
  const id = /statements\/(\w+)\//.exec(created.headers.get('location') ?? '')?.[1] ?? '';
  const path = `/desk/statements/${id}/draft`;
  t.equal((await room.post('amina', path, { revision: '1', ...readyForm(room, 'By Amina') })).status, 303);
  const conflict = await room.post('marek', path, { revision: '1', ...readyForm(room, 'By Marek') });
  t.equal(conflict.status, 409);
  t.match(conflict.text, 'By Amina');
  t.equal(field(conflict, 'texts.en.title'), 'By Marek');
  const solved = await room.post('marek', path, { revision: field(conflict, 'revision'), ...readyForm(room, 'By both') });
  t.equal(solved.status, 303);
  const statement = await room.server.office.store.read(id);
  const [kept] = statement?.timeline.filter((line) => line.act === 'conflicted') ?? [];
  t.match(await room.server.office.store.revision(kept?.note ?? ''), { content: { texts: { en: { title: 'By Marek' } } } });
  t.strictSame(statement?.draft?.contributors, ['amina', 'marek']);
});

t.test('what cannot be published is refused with its field, and everything typed comes back', async (t) => {
  const room = await open(t);
  const created = await room.post('amina', '/desk/statements', { template: 'holding' });
  const id = /statements\/(\w+)\//.exec(created.headers.get('location') ?? '')?.[1] ?? '';
  const path = `/desk/statements/${id}/draft`;
  const bad: readonly (readonly [Record<string, string>, string, number])[] = [
    [{ 'texts.en.title': 'Zero\u200bwidth' }, 'bad_text', 400],
    [{ 'texts.en.known': '\u202egnp.exe' }, 'bad_text', 400],
    [{ 'texts.en.title': 'x'.repeat(161) }, 'too_long', 413],
    [{ 'awareAt.at': 'yesterday' }, 'bad_time', 400],
    [{ phase: 'nonsense' }, 'invalid', 400],
    [{ 'attribution.url': 'javascript:alert(1)', 'attribution.authority': 'x' }, 'invalid', 400],
    [{ 'artefacts.0.label.en': 'An archive' }, 'invalid', 400],
  ];
  for (const [change, code, status] of bad) {
    const answer: Answer = await room.post('amina', path, { revision: '1', ...readyForm(room, 'Kept words'), ...change });
    t.equal(answer.status, status, code);
    t.match(answer.text, `data-code="${code}"`);
    t.equal(field(answer, 'texts.en.summary'), 'Kept words. Nothing has been verified.');
  }
  t.equal((await room.server.office.store.read(id))?.draft?.revision, 1);
});

t.test('a public statement stands as it was when its draft is edited, recalled and discarded', async (t) => {
  const room = await open(t);
  const id = await publicHolding(room, 'Standing words');
  const before = (await room.read('/statements/2026-0001')).text;
  await room.post('amina', `/desk/statements/${id}/drafts`, { kind: 'update' });
  await room.post('amina', `/desk/statements/${id}/draft`, {
    revision: field(await room.get('amina', `/desk/statements/${id}/draft`), 'revision'),
    ...readyForm(room, 'Secret canary'),
  });
  t.equal((await room.read('/statements/2026-0001')).text, before);
  t.equal((await room.post('amina', `/desk/statements/${id}/discard`, { ...(await seen(room, 'amina', id, 'draft')), reason: 'not needed' })).status, 303);
  t.equal((await room.post('amina', `/desk/statements/${id}/drafts`, { kind: 'update' })).status, 303, 'and another draft can be opened');
});

t.test('a section that takes too long to render is named at submission and never reaches a reviewer', async (t) => {
  const room = await open(t);
  const created = await room.post('amina', '/desk/statements', { template: 'holding' });
  const id = /statements\/(\w+)\//.exec(created.headers.get('location') ?? '')?.[1] ?? '';
  const answer = await room.post('amina', `/desk/statements/${id}/draft`, {
    revision: '1',
    ...readyForm(room, 'Hard words'),
    'texts.en.known': '__a*'.repeat(5_000),
    after: 'submission',
  });
  t.equal(answer.status, 422);
  t.match(answer.text, 'data-code="too_complex"');
  t.match(await room.server.office.store.list(), [{ work: 'draft' }]);
});

t.test('an administrator reads no draft, an auditor reads and gets no form that writes', async (t) => {
  const room = await open(t);
  const { id } = await approvedDraft(room, 'Words for few');
  const screens = ['', '/draft', '/review', '/publication', '/preview', '/preview/en', '/history', '/history.json', '/history.csv'];
  for (const screen of screens) {
    const answer = await room.get('tomas', `/desk/statements/${id}${screen}`);
    t.equal(answer.status, 403, `administrator ${screen}`);
    t.notMatch(answer.text, 'Words for few');
    t.equal((await room.get('ines', `/desk/statements/${id}${screen}`)).status, screen === '/draft' ? 403 : 200, `auditor ${screen}`);
  }
  t.notMatch((await room.get('tomas', '/desk')).text, 'Words for few');
  t.match((await room.get('ines', '/desk')).text, 'Words for few');
});
