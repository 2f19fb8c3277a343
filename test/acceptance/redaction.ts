import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parseEntry } from '../../src/ledger/entry.ts';
import { parseProof } from '../../src/ledger/tlog-proof.ts';
import { openTrust } from '../../src/ledger/trust.ts';
import { verifyCheckpoint } from '../../src/ledger/verify.ts';
import { approvedDraft, publicHolding, readyForm } from '../support/desk-walk.ts';
import { filesWith } from '../support/files-with.ts';
import { type Newsroom, openNewsroom, seen } from '../support/newsroom.ts';
import { type Answer, field } from '../support/test-server.ts';

/** The text of a version is taken away by two publishers; what the log says of it stays. */

const people = { amina: ['author'], jonas: ['reviewer', 'publisher'], claire: ['reviewer'], nadia: ['publisher'] } as const;
const secret = 'Theodora Quist';

async function openWithSecret(t: Parameters<typeof openNewsroom>[0]): Promise<{ room: Newsroom; id: string }> {
  const room = await openNewsroom(t, people, '2026-11-22T09:00:00.000Z', {
    ONRECORD_LANGUAGES: 'en,fr',
    ONRECORD_TIME_ZONE: 'UTC',
    ONRECORD_ALLOW: `name ${secret}`,
  });
  const id = await publicHolding(room, 'Version 1');
  for (const title of [`A file of ${secret} circulates`, 'Version 3']) {
    const { seen } = await approvedDraft(room, title, { id, kind: 'update' });
    await room.post('jonas', `/desk/statements/${id}/publication`, seen);
  }
  return { room, id };
}

const words: Record<string, string> = JSON.parse(readFileSync(join(import.meta.dirname, '../../content/words/en/public.json'), 'utf8'));
const asked = { version: '2', ground: 'personal_data', reason: 'It names a person who is no public figure.' };
const places = [
  '/',
  '/corrections',
  '/archive/2026/11',
  '/statements/2026-0001',
  '/statements/2026-0001/versions',
  '/statements/2026-0001/feed.atom',
  '/statements/2026-0001/badge.svg',
  '/embed/2026-0001',
  '/feeds/updates.atom',
  '/feeds/updates.json',
  '/feeds/updates.rss',
  '/feeds/statements.atom',
  '/feeds/corrections.atom',
  '/api/v1/statements',
  '/api/v1/statements/2026-0001',
  '/verify',
];
const gone = [
  '/statements/2026-0001/v/2',
  '/statements/2026-0001/v/2.json',
  '/statements/2026-0001/v/2.txt',
  '/statements/2026-0001/diff/1..2',
  '/statements/2026-0001/diff/2..3',
];

t.test('one publisher asks, another agrees, and no rendering is left; hash, entry and proof stay', async (t) => {
  const { room, id } = await openWithSecret(t);
  const url = `/desk/statements/${id}`;
  const signed = (await room.read('/statements/2026-0001/v/2.json')).text;
  t.match(signed, secret);
  for (const path of gone) t.match((await room.read(path)).text, secret, `${path} holds it before`);
  const card = '/statements/2026-0001/v/2/card.png';
  t.match((await room.read(card)).headers.get('content-type'), 'image/png');
  t.match((await room.read('/feeds/updates.atom')).text, secret);

  t.equal((await room.post('claire', `${url}/redaction`, asked)).status, 403, 'a reviewer cannot ask');
  t.equal((await room.post('jonas', `${url}/redaction`, { ...asked, ground: 'embarrassing' })).status, 400, 'no other ground');
  t.equal((await room.post('jonas', `${url}/redaction`, { ...asked, reason: ' ' })).status, 422);
  t.equal((await room.post('jonas', `${url}/redaction`, asked)).status, 303);
  t.match((await room.get('nadia', `${url}/redaction`)).text, secret, 'the second publisher sees what would go');
  t.equal((await agree(room, 'jonas', url, '2')).status, 403, 'nobody agrees with himself');
  t.equal((await agree(room, 'nadia', url, '1')).status, 409, 'agreed is what was on the screen');
  t.equal((await room.read('/statements/2026-0001/v/2.json')).text, signed, 'nothing is gone until two agree');
  t.equal((await agree(room, 'nadia', url, '2')).status, 303);

  for (const path of gone) {
    const answer = await room.read(path);
    t.equal(answer.status, 451, path);
    t.notMatch(answer.text, secret);
  }
  for (const language of ['', '/fr'])
    for (const path of places) {
      const answer = await room.read(path.startsWith('/api') ? path : `${language}${path}`);
      t.equal(answer.status, 200, `${language}${path}`);
      t.notMatch(answer.text, secret, `${language}${path}`);
    }
  const map = await room.read('/sitemap-2026-11.xml');
  t.match(map.text, '/statements/2026-0001/v/1<');
  t.notMatch(map.text, '/statements/2026-0001/v/2<', 'what is gone is on no map');
  t.equal((await room.read(card)).status, 451, 'nor is there a card of it');
  t.notMatch((await room.read('/search?q=Theodora')).text.slice(500), '2026-0001');
  t.match((await room.read('/statements/2026-0001/v/2.json')).text, /redacted 2026-11-22T.*personal_data/);
  for (const version of [1, 3]) t.equal((await room.read(`/statements/2026-0001/v/${version}.json`)).status, 200);

  const proof = parseProof((await room.read('/statements/2026-0001/v/2.tlog-proof')).text);
  const trust = openTrust((await room.read('/log/trust.note')).text, null);
  t.match(verifyCheckpoint(proof.checkpoint, trust), { isGood: true, checkpoint: { size: 4 } }, 'the proof goes on');
  const entry = parseEntry(proof.extra);
  t.match(await room.read(`/verify?q=${entry.files?.[0]?.sha256}`), { text: /In our log/ }, 'and the hash is still ours');
  const { entries } = await room.server.office.store.ledger(2, 1);
  t.match(entries[0]?.entry, {
    event: 'redacted',
    prev: 2,
    redacts: { version: 2, ground: 'personal_data', files: ['/statements/2026-0001/v/2.json', '/statements/2026-0001/v/2.txt'] },
  });
  await room.server.office.press.settled();
  t.strictSame(await filesWith(room.server.directory, secret), [], 'no file of the house holds it any more');
});

t.test('a request can be refused, and the newest version can go as well', async (t) => {
  const { room, id } = await openWithSecret(t);
  const url = `/desk/statements/${id}`;
  await room.post('jonas', `${url}/redaction`, asked);
  t.equal((await room.post('nadia', `${url}/redaction`, { ...asked, version: '1' })).status, 409, 'one request at a time');
  t.equal((await room.post('nadia', `${url}/redaction-refusal`)).status, 303);
  t.equal((await agree(room, 'nadia', url, '2')).status, 409, 'refused is refused');
  t.equal((await room.read('/statements/2026-0001/v/2')).status, 200);

  await room.post('nadia', `${url}/redaction`, { ...asked, version: '3', ground: 'court_order' });
  t.equal((await agree(room, 'jonas', url, '3')).status, 303);
  const page = await room.read('/statements/2026-0001');
  t.equal(page.status, 200, 'the statement stands at its address');
  t.ok(page.text.includes(words['public.redacted.ground.court_order'] ?? 'no words'), 'with the ground');
  t.notMatch(page.text, 'Version 3. Nothing');
  t.equal((await room.get('jonas', url)).status, 200);

  const { seen } = await approvedDraft(room, 'Version 4', { id, kind: 'correction' });
  t.equal((await room.post('jonas', `${url}/publication`, seen)).status, 303, 'and goes on with a new version');
  t.match((await room.read('/statements/2026-0001')).text, 'Version 4');
  t.match((await room.read('/statements/2026-0001/v/3')).status, 451);
});

t.test('a withdrawn statement stays withdrawn when the text of its withdrawal goes', async (t) => {
  const { room, id } = await openWithSecret(t);
  const url = `/desk/statements/${id}`;
  await room.post('claire', `${url}/withdrawal`, { version: '3', code: 'other', 'reason.en': `It named ${secret}.` });
  t.match((await room.read('/statements/2026-0001')).text, secret);
  await room.post('jonas', `${url}/redaction`, { ...asked, version: '4' });
  t.equal((await agree(room, 'nadia', url, '4')).status, 303);
  for (const path of ['/statements/2026-0001', '/statements/2026-0001/v/3']) {
    const page = await room.read(path);
    t.match(page.text, words['public.banner.withdrawn.title']);
    t.notMatch(page.text, /It named/);
  }
  t.match(JSON.parse((await room.read('/api/v1/statements/2026-0001')).text), { state: 'withdrawn' });
  t.notMatch((await room.read('/feeds/corrections.atom')).text, /It named/);
});

t.test('a verdict that was published still binds after the text that gave it is gone', async (t) => {
  const room = await openNewsroom(t, people, '2026-11-22T09:00:00.000Z', { ONRECORD_LANGUAGES: 'en,fr', ONRECORD_TIME_ZONE: 'UTC' });
  const id = await publicHolding(room, 'Files circulate');
  const url = `/desk/statements/${id}`;
  const item = { whole: 'yes', 'label.en': 'A letter of 3 May', form: 'text', circulation: 'messaging', firstSeenOn: '2026-11-20' };
  const judged = { ...item, confidence: 'moderate', 'because.en': 'The institute keeps the register of what it sent.' };
  const save = async (form: Record<string, string>): Promise<Answer> => {
    const path = `${url}/findings/A-1`;
    return room.post('amina', path, { revision: field(await room.get('amina', path), 'revision'), ...form });
  };
  const open = async (kind: string): Promise<void> => {
    await room.post('amina', `${url}/drafts`, { kind });
    const revision = field(await room.get('amina', `${url}/draft`), 'revision');
    await room.post('amina', `${url}/draft`, { revision, ...readyForm(room, 'Files circulate'), phase: 'update' });
  };
  await open('update');
  await save({ ...judged, verdict: 'altered', changes: 'content', bases: 'origin_copy_compared' });
  t.equal((await room.post('amina', `${url}/submission`, await seen(room, 'amina', id, 'draft'))).status, 303);
  const shown = await seen(room, 'claire', id);
  for (const reviewer of ['claire', 'jonas']) await room.post(reviewer, `${url}/approval`, shown);
  t.equal((await room.post('jonas', `${url}/publication`, shown)).status, 303);
  await room.post('jonas', `${url}/redaction`, asked);
  t.equal((await agree(room, 'nadia', url, '2')).status, 303);

  await open('update');
  await save({ ...judged, verdict: 'authentic', bases: 'origin_confirms', 'permission.from.en': 'The institute', 'permission.givenOn': '2026-11-21' });
  const refused = await room.post('amina', `${url}/submission`, await seen(room, 'amina', id, 'draft'));
  t.equal(refused.status, 422);
  t.match((await room.get('amina', `${url}/draft`)).text, /data-code="needs_correction"/);
  t.match((await room.get('amina', `${url}/findings`)).text, `href="${url}/findings/A-2"`, 'and its id is not given to another item');
});

/** Agrees to what the screen shows as asked for, or says another version than that. */
async function agree(room: Newsroom, person: string, url: string, version: string): Promise<{ status: number }> {
  const askedAt = field(await room.get(person, `${url}/redaction`), 'askedAt') || '2026-11-22T09:00:00.000Z';
  return room.post(person, `${url}/redaction-approval`, { version, askedAt });
}
