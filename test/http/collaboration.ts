import t from 'tap';
import { presenceLastsMs } from '../../src/desk/presence.ts';
import { approvedDraft, publicHolding, readyForm } from '../support/desk-walk.ts';
import { type Newsroom, openNewsroom, seen } from '../support/newsroom.ts';
import { field, openBrowser, signedIn } from '../support/test-server.ts';

/** People who work on one draft: what they say of it, and who sees whom. */

const people = { amina: ['author'], jonas: ['reviewer', 'publisher'], claire: ['reviewer'], ines: ['auditor'], tomas: ['administrator'] } as const;
const open = (t: Parameters<typeof openNewsroom>[0]): Promise<Newsroom> =>
  openNewsroom(t, people, '2026-11-22T09:00:00.000Z', { ONRECORD_LANGUAGES: 'en,fr', ONRECORD_TIME_ZONE: 'UTC' });

const json = { accept: 'application/json' };

async function submitted(room: Newsroom): Promise<string> {
  const created = await room.post('amina', '/desk/statements', { template: 'holding' });
  const id = /statements\/(\w+)\//.exec(created.headers.get('location') ?? '')?.[1] ?? '';
  const saved = await room.post('amina', `/desk/statements/${id}/draft`, { revision: '1', ...readyForm(room, 'Files circulate'), after: 'submission' });
  if (saved.status !== 303) throw new Error(`${saved.status}`);
  return id;
}

const publicBytes = async (room: Newsroom): Promise<Record<string, string>> => {
  const paths = [
    '/',
    '/fr/',
    '/statements/2026-0001',
    '/statements/2026-0001/v/1.json',
    '/feeds/updates.atom',
    '/feeds/updates.json',
    '/sitemap.xml',
    '/search?q=canary',
  ];
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, (await room.read(path)).text])));
};

t.test('Claire comments on a section; Amina sees it beside the field, mends the text and resolves it in one go', async (t) => {
  const room = await open(t);
  const id = await submitted(room);
  const shown = await seen(room, 'claire', id);
  const words = 'Who reported it? <script>alert(1)</script>';
  const left = await room.post('claire', `/desk/statements/${id}/comments`, { ...shown, place: 'texts.en.known', comment: words });
  t.equal(left.headers.get('location'), `/desk/statements/${id}/review?done=commented#comment-1`);
  const review = await room.get('jonas', `/desk/statements/${id}/review`);
  t.match(review.text, /id="comment-1".*claire Test.*on revision 2<.*&lt;script&gt;/s);
  t.notMatch(review.text, '<script>alert');
  t.match(review.text, /One comment is open\. Approving does not close it\./);
  t.equal((await seen(room, 'jonas', id)).hash, shown.hash, 'the text is the same');

  const edit = await room.get('amina', `/desk/statements/${id}/draft`);
  t.match(edit.text, /name="texts\.en\.known".*?near-comments.*?Who reported it\?.*?value="resolve-1"/s);
  const mended = { ...readyForm(room, 'Files circulate'), 'texts.en.known': '- The port reported it.', revision: shown.revision, after: 'resolve-1' };
  t.equal((await room.post('amina', `/desk/statements/${id}/draft`, mended)).status, 303);
  const statement = await room.server.office.store.read(id);
  t.match(statement?.comments, [{ id: 1, place: 'texts.en.known', revision: 2, resolved: { by: 'amina' } }]);
  t.equal(statement?.draft?.content.texts.en?.known, '- The port reported it.');
  t.match((await room.get('claire', `/desk/statements/${id}/review`)).text, /on revision 2; the text has changed since.*Resolved by amina Test/s);
  t.equal((await room.post('claire', `/desk/statements/${id}/comments/1/resolution`)).status, 303, 'once more changes nothing');
  t.equal((await room.post('jonas', `/desk/statements/${id}/comments/1/reopening`)).status, 303);
  t.equal((await room.post('jonas', `/desk/statements/${id}/comments/1/resolution`)).status, 403, 'Jonas neither wrote nor commented');
  t.equal((await room.post('claire', `/desk/statements/${id}/comments/9/resolution`)).status, 404);
});

t.test('an approval survives a comment, a return carries the open ones, and the timeline keeps their words for ever', async (t) => {
  const room = await open(t);
  const { id, seen: shown } = await approvedDraft(room, 'One thing');
  const comment = { ...shown, comment: '=SUM(canary) is no figure', place: 'facts' };
  await room.post('jonas', `/desk/statements/${id}/comments`, comment);
  t.match((await room.get('jonas', `/desk/statements/${id}/publication`)).text, /One comment on this text is open/);
  t.equal((await room.post('jonas', `/desk/statements/${id}/publication`, shown)).status, 303, 'warned, not blocked');
  const csv = await room.get('ines', `/desk/statements/${id}/history.csv`);
  t.match(csv.text, /"commented",.*"#1 facts: =SUM\(canary\) is no figure"/);
  const exported = JSON.parse((await room.get('ines', `/desk/statements/${id}/history.json`)).text);
  t.match(exported.comments, [{ id: 1, words: '=SUM(canary) is no figure' }]);
  t.match((await room.get('ines', `/desk/statements/${id}/history`)).text, /#1 Facts: =SUM/);

  const other = await submitted(room);
  const now = await seen(room, 'claire', other);
  await room.post('claire', `/desk/statements/${other}/comments`, { ...now, comment: 'The day is wrong.', place: 'texts.en.summary' });
  t.equal((await room.post('claire', `/desk/statements/${other}/return`, { ...now, reason: 'See there.', comments: '1' })).status, 303);
  t.match((await room.get('amina', `/desk/statements/${other}/draft`)).text, /See there\..*Open comments sent back with it:.*review#comment-1/s);
  t.equal((await room.post('claire', `/desk/statements/${other}/return`, { ...now, reason: 'x', comments: 'all' })).status, 400);
});

t.test('not a byte of what is public changes with a comment', async (t) => {
  const room = await open(t);
  const id = await publicHolding(room, 'Public words');
  await room.post('amina', `/desk/statements/${id}/drafts`, { kind: 'update' });
  const before = await publicBytes(room);
  const page = await room.get('amina', `/desk/statements/${id}/draft`);
  const shown = { revision: field(page, 'revision'), hash: field(page, 'hash') };
  for (const place of ['facts', 'findings', 'texts.en.title', 'texts.fr.known'])
    t.equal((await room.post('claire', `/desk/statements/${id}/comments`, { ...shown, place, comment: `canary ${place}` })).status, 303, place);
  t.same(await publicBytes(room), before);
});

t.test('a comment that cannot be taken comes back with its words and the field named', async (t) => {
  const room = await open(t);
  const id = await submitted(room);
  const shown = await seen(room, 'claire', id);
  const send = (person: string, change: Record<string, string>) =>
    room.post(person, `/desk/statements/${id}/comments`, { ...shown, place: 'texts.en.known', comment: 'Kept words', ...change });
  const long = await send('claire', { comment: `Kept words ${'x'.repeat(1_000)}` });
  t.equal(long.status, 413);
  t.match(long.text, /href="#f-comment".*at most 1000 characters.*id="f-comment"[^>]*aria-invalid="true">\nKept words x/s);
  const turned = await send('claire', { comment: 'Kept words \u202e' });
  t.equal(turned.status, 400);
  t.match(turned.text, /U\+202E.*Kept words/s);
  for (const [change, status] of [
    [{ revision: '9' }, 409],
    [{ hash: 'a'.repeat(64) }, 409],
    [{ place: 'texts.de.known' }, 400],
    [{ place: '__proto__' }, 400],
    [{ revision: '' }, 428],
  ] as const) {
    const answer = await send('claire', change);
    t.equal(answer.status, status, JSON.stringify(change));
    t.match(answer.text, 'Kept words', JSON.stringify(change));
  }
  t.equal((await send('claire', { comment: ' ' })).status, 400);
  for (const person of ['ines', 'tomas']) t.equal((await send(person, {})).status, 403, person);
  const stranger = await openBrowser(room.server).post(`/desk/statements/${id}/comments`, { ...shown, place: 'facts', comment: 'Kept words' });
  t.equal(stranger.status, 401);
  t.match(stranger.text, 'Kept words', 'for after the sign-in');
  t.same((await room.server.office.store.read(id))?.comments, []);
  t.equal((await room.get('tomas', `/desk/statements/${id}/review`)).status, 403, 'an administrator reads none');
  t.notMatch((await room.get('ines', `/desk/statements/${id}/review`)).text, '/comments"', 'an auditor reads and writes none');
});

t.test('who has the draft open is told to the others, by name, for a little more than a minute', async (t) => {
  const room = await open(t);
  const id = await submitted(room);
  const ask = async (person: string, form?: Record<string, string>) => {
    const browser = await signedIn(room.server, person);
    room.server.clock.forward(31_000);
    const token = field(await browser.get('/desk'), '_csrf');
    const headers = { ...json, 'x-onrecord-passive': 'yes' };
    const answer = form
      ? await browser.post(`/desk/statements/${id}/presence`, { _csrf: token, ...form }, headers)
      : await browser.get(`/desk/statements/${id}/presence`, headers);
    return { status: answer.status, present: answer.status === 200 ? JSON.parse(answer.text).present : null };
  };
  room.server.clock.forward(10 * 60_000);
  await room.get('amina', `/desk/statements/${id}/draft`);
  const review = await room.get('claire', `/desk/statements/${id}/review`);
  t.match(review.text, /<li class="editing">amina Test is editing this \(seen \d\d:\d\d:\d\d\)<\/li>/);
  t.match((await room.get('amina', `/desk/statements/${id}/draft`)).text, /claire Test is reading this/);
  const jonas = await ask('jonas', { doing: 'reading' });
  t.match(jonas.present, [
    { name: 'amina Test', doing: 'editing' },
    { name: 'claire Test', doing: 'reading' },
  ]);
  t.same(Object.keys(jonas.present[0]).sort(), ['at', 'doing', 'name', 'words'], 'no address, no id');
  t.equal((await ask('jonas', { doing: 'deleting' })).status, 400);
  t.equal((await ask('tomas')).status, 403);
  t.equal((await ask('tomas', { doing: 'reading' })).status, 403);
  room.server.clock.forward(presenceLastsMs);
  t.same((await ask('jonas')).present, []);
  const revision = (await room.server.office.store.read(id))?.draft?.revision ?? 0;
  await room.post('amina', `/desk/statements/${id}/draft`, { ...readyForm(room, 'Other words'), revision: String(revision) });
  t.match((await ask('jonas')).present, [{ name: 'amina Test', doing: 'editing' }], 'a save says so as well');
});

t.test('the poll keeps no session alive, and stops with it', async (t) => {
  const room = await open(t);
  const id = await submitted(room);
  const browser = await signedIn(room.server, 'claire');
  const token = field(await browser.get('/desk'), '_csrf');
  const statuses: number[] = [];
  for (let minutes = 0; minutes < 20; minutes += 4) {
    room.server.clock.forward(4 * 60_000);
    const answer = await browser.post(`/desk/statements/${id}/presence`, { _csrf: token, doing: 'reading' }, { ...json, 'x-onrecord-passive': 'yes' });
    statuses.push(answer.status);
  }
  t.same(statuses, [200, 200, 200, 401, 401]);
});
