import { connect } from 'node:net';
import t from 'tap';
import { ask, confirm, disableAccount, take } from '../../src/desk/accounts.ts';
import { grantDuty } from '../../src/desk/person.ts';
import type { Actor } from '../../src/statement/guards.ts';
import { approvedDraft, readyForm } from '../support/desk-walk.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';
import { field, signedIn } from '../support/test-server.ts';

/** Power that is lost while a request is on its way is lost for that request; and nothing of a draft is shown to whoever may not read it. */

const people = {
  amina: ['author'],
  jonas: ['publisher'],
  claire: ['reviewer'],
  tomas: ['administrator'],
  oona: ['administrator'],
  ines: ['auditor'],
} as const;
const open = (t: Parameters<typeof openNewsroom>[0]): Promise<Newsroom> =>
  openNewsroom(t, people, '2026-11-22T09:00:00.000Z', { ONRECORD_LANGUAGES: 'en,fr', ONRECORD_TIME_ZONE: 'UTC', ONRECORD_PREVIEW_LINKS: 'yes' });
const administrator = (id: string): Actor => ({ id, roles: ['administrator'], recent: true });

/** Sends the head of a form, waits, and sends its body afterwards. */
async function postSlowly(room: Newsroom, person: string, path: string, form: Record<string, string>, meanwhile: () => Promise<unknown>): Promise<string> {
  const browser = await signedIn(room.server, person);
  const body = new URLSearchParams({ _csrf: field(await browser.get('/desk'), '_csrf'), ...form }).toString();
  const { hostname, port } = new URL(room.server.deskUrl);
  const socket = connect(Number(port), hostname);
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: ${new URL(room.server.deskUrl).host}`,
    `Origin: ${room.server.deskUrl}`,
    `Cookie: ${cookie}`,
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await meanwhile();
  socket.write(body);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

t.test('a publisher who is disabled while the form is on its way publishes nothing; left alone, the same form publishes', async (t) => {
  const room = await open(t);
  const { id, seen } = await approvedDraft(room, 'A port');
  const path = `/desk/statements/${id}/publication`;
  const stopped = await postSlowly(room, 'jonas', path, seen, () => disableAccount(room.server.office, administrator('tomas'), 'jonas'));
  t.match(stopped, /^HTTP\/1.1 401/);
  t.strictSame((await room.server.office.store.read(id))?.versions, []);

  const other = await open(t);
  const approved = await approvedDraft(other, 'A port');
  const through = await postSlowly(other, 'jonas', `/desk/statements/${approved.id}/publication`, approved.seen, async () => undefined);
  t.match(through, /^HTTP\/1.1 303/, 'negative control');
});

t.test('a duty officer whose account is stopped while the form is on its way flashes nothing', async (t) => {
  const room = await open(t);
  await grantDuty(room.server.office, 'amina', room.server.clock.now() + 8 * 3_600_000, 'operator');
  const wall = (minutes: number): string => new Date(room.server.clock.now() + minutes * 60_000).toISOString().slice(0, 16);
  const slots = { organisation: 'the port', fact: 'It reported an intrusion.', circulation: 'An archive.' };
  const form = {
    situation: 'leak',
    ...Object.fromEntries(Object.entries(slots).map(([name, words]) => [`slots.en.${name}`, words])),
    ...{ 'awareAt.at': wall(-5), 'awareAt.zone': 'utc', 'nextUpdate.at': wall(60), 'nextUpdate.zone': 'utc', reason: 'On the air.' },
  };
  const answer = await postSlowly(room, 'amina', '/desk/flash', form, () => disableAccount(room.server.office, administrator('tomas'), 'amina'));
  t.match(answer, /^HTTP\/1.1 401/);
  t.strictSame(await room.server.office.store.list({ public: true }), []);
});

t.test('no act on a statement, however wrong its fields, shows an administrator a word of the draft', async (t) => {
  const room = await open(t);
  const { id } = await approvedDraft(room, 'CANARY of Orval');
  const wrong = ['\u202e', 'x'.repeat(700), 'zzz'].flatMap((value) =>
    ['texts.en.title', 'awareAt.at', 'label.en', 'comment', 'recipient', 'reason'].map((name) => ({ [name]: value })),
  );
  const paths = [
    'draft',
    'findings',
    'findings/A-1',
    'findings/A-1/removal',
    'comments',
    'preview-links',
    'submission',
    'approval',
    'return',
    'discard',
    'publication',
  ];
  paths.push('schedule', 'release', 'flash', 'withdrawal', 'recheck', 'endorsement', 'disavowal', 'redaction', 'drafts');
  for (const path of paths)
    for (const fields of [{}, ...wrong]) {
      const answer = await room.post('tomas', `/desk/statements/${id}/${path}`, { revision: '2', ...fields });
      t.equal(answer.status, 403, path);
      t.notMatch(answer.text, 'CANARY');
    }
  const auditor = await room.post('ines', `/desk/statements/${id}/draft`, { revision: '2', ...readyForm(room, 'Mine'), 'awareAt.at': 'zzz' });
  t.equal(auditor.status, 403, 'an auditor reads, and has no form');
});

t.test('a preview link ends with what its maker may do, and does not come back with the account', async (t) => {
  const room = await open(t);
  const { office } = room.server;
  const { id, seen } = await approvedDraft(room, 'A port');
  const make = async (): Promise<string> => {
    const page = await room.get('claire', `/desk/statements/${id}/preview-links`);
    const made = await room.post('claire', `/desk/statements/${id}/preview-links`, {
      ...seen,
      key: field(page, 'key'),
      recipient: 'Noor',
      reason: 'To check.',
      hours: '24',
    });
    return /\/desk\/preview-links\/[\w-]{43}/.exec(made.text)?.[0] ?? '';
  };
  const statusOf = async (address: string): Promise<number> => (await fetch(`${room.server.deskUrl}${address}`)).status;
  const [first, second] = [await make(), await make()];
  t.equal(await statusOf(first), 200);
  room.server.clock.forward(1_000);
  await take(office, administrator('tomas'), 'claire', 'reviewer');
  t.equal(await statusOf(first), 404, 'claire is no reviewer any more');
  const { requests } = await ask(office, administrator('tomas'), 'claire', { ask: 'role', role: 'reviewer' });
  await confirm(office, administrator('oona'), 'claire', requests[0]?.id ?? '');
  t.equal(await statusOf(second), 404, 'and what was made before stays dead');
});

t.test('a link is opened at most sixty times in ten minutes, also by requests that come at once', async (t) => {
  const room = await open(t);
  const { id, seen } = await approvedDraft(room, 'A port');
  const page = await room.get('claire', `/desk/statements/${id}/preview-links`);
  const made = await room.post('claire', `/desk/statements/${id}/preview-links`, {
    ...seen,
    key: field(page, 'key'),
    recipient: 'Noor',
    reason: 'To check.',
    hours: '24',
  });
  const address = /\/desk\/preview-links\/[\w-]{43}/.exec(made.text)?.[0] ?? '';
  const statuses: number[] = [];
  for (let round = 0; round < 10; round += 1)
    statuses.push(...(await Promise.all(Array.from({ length: 16 }, async () => (await fetch(`${room.server.deskUrl}${address}`)).status))));
  t.equal(statuses.filter((status) => status === 200).length, 60);
  t.strictSame([...new Set(statuses)].sort(), [200, 429]);
});
