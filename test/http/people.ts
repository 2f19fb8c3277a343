import t from 'tap';
import { disablePerson, grantDuty } from '../../src/desk/person.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';
import { field, openBrowser, signedIn } from '../support/test-server.ts';

/** People, roles and sessions over HTTP, as administrators use them and as somebody tries who may not. */

const people = {
  amina: ['author'],
  jonas: ['reviewer', 'publisher'],
  ines: ['auditor'],
  tomas: ['administrator'],
  oona: ['administrator'],
} as const;
const open = (t: Parameters<typeof openNewsroom>[0]): Promise<Newsroom> =>
  openNewsroom(t, people, '2026-11-22T09:00:00.000Z', { ONRECORD_LANGUAGES: 'en,fr', ONRECORD_TIME_ZONE: 'UTC' });
const minute = 60_000;
/** So that everybody signs in again: their sessions ended, or their proof of presence is old. */
const later = (room: Newsroom): void => room.server.clock.forward(5 * minute);
const rolesOf = async (room: Newsroom, id: string): Promise<readonly string[]> => (await room.server.office.people.find(id))?.roles ?? [];
const requestOf = async (room: Newsroom, id: string): Promise<string> => (await room.server.office.people.find(id))?.requests[0]?.id ?? '';
const askReviewer = (room: Newsroom, by = 'tomas') => room.post(by, '/desk/people/amina/requests', { ask: 'role', role: 'reviewer' });

t.test('two administrators make a reviewer, whose sessions end; the log says who and when', async (t) => {
  const room = await open(t);
  const amina = await signedIn(room.server, 'amina');
  t.equal((await askReviewer(room)).status, 303);
  t.same(await rolesOf(room, 'amina'), ['author'], 'asking gives nothing');
  const page = await room.get('oona', '/desk/people');
  const request = field(page, 'request');
  t.match((await room.get('oona', '/desk')).text, /Waiting for a second administrator/, 'the other administrator finds it on the desk');
  t.notMatch((await room.get('tomas', '/desk/people')).text, /amina\/confirmation/, 'who asked gets no button');
  t.equal((await room.post('tomas', '/desk/people/amina/confirmation', { request })).status, 403);
  t.equal((await room.post('oona', '/desk/people/amina/confirmation', { request })).status, 303);
  t.same(await rolesOf(room, 'amina'), ['author', 'reviewer']);
  t.equal((await amina.get('/desk')).status, 303, 'her session is over');
  t.equal((await room.post('oona', '/desk/people/amina/confirmation', { request })).status, 409, 'once is enough');
  const log = JSON.parse((await room.get('ines', '/desk/account-acts.json')).text) as { lines: unknown[] };
  t.match(log.lines.slice(0, 2), [
    { by: 'oona', act: 'confirmed', person: 'amina', askedBy: 'tomas', ask: { role: 'reviewer' } },
    { by: 'tomas', act: 'asked', person: 'amina' },
  ]);
  const csv = await room.get('ines', '/desk/account-acts.csv');
  t.match(csv.text, /"oona","confirmed","amina","reviewer","tomas",""/);
  t.match(csv.headers.get('content-disposition'), 'attachment');
});

t.test('whoever is no administrator reaches nothing but their own account', async (t) => {
  const room = await open(t);
  await askReviewer(room);
  const request = await requestOf(room, 'amina');
  const before = await room.server.office.people.list();
  const acts: [string, Record<string, string>][] = [
    ['/desk/people/amina/requests', { ask: 'role', role: 'administrator' }],
    ['/desk/people/amina/requests', { ask: 'duty', 'from.at': '2026-11-22T10:00', 'until.at': '2026-11-22T20:00' }],
    ['/desk/people/amina/confirmation', { request }],
    ['/desk/people/amina/refusal', { request }],
    ['/desk/people/amina/roles', { role: 'auditor' }],
    ['/desk/people/jonas/role-removal', { role: 'publisher' }],
    ['/desk/people/jonas/disabling', {}],
    ['/desk/people/jonas/sessions-end', {}],
    ['/desk/people/jonas/quarantine', { since: '2026-11-22T00:00:00.000Z', reason: 'x' }],
  ];
  for (const who of ['amina', 'jonas', 'ines']) for (const [path, form] of acts) t.equal((await room.post(who, path, form)).status, 403, `${who} ${path}`);
  for (const who of ['amina', 'jonas'])
    for (const path of ['/desk/people', '/desk/people/amina', '/desk/account-acts.csv', '/desk/account-acts.json'])
      t.equal((await room.get(who, path)).status, 403, `${who} ${path}`);
  t.equal((await room.get('amina', '/desk/quarantine?person=jonas')).status, 403);
  t.equal((await room.get('amina', '/desk/account')).status, 200);
  const rights = (list: typeof before) =>
    list.map(({ id, roles, grants, requests, disabledAt, acts: lines }) => ({ id, roles, grants, requests, disabledAt, lines }));
  t.same(rights(await room.server.office.people.list()), rights(before), 'nothing changed');
  const refused = await room.server.office.outbox.refusals(null, 100);
  t.equal(
    refused.filter(({ by, act }) => by === 'amina' && act.startsWith('POST /desk/people')).length,
    acts.length,
    'and each attempt is in the log of refusals',
  );
});

t.test('without the token, from another site, or by reading a page nothing happens', async (t) => {
  const room = await open(t);
  const tomas = await signedIn(room.server, 'tomas');
  const path = '/desk/people/jonas/disabling';
  t.equal((await tomas.post(path, {})).status, 403);
  const token = field(await tomas.get('/desk'), '_csrf');
  t.equal((await tomas.post(path, { _csrf: token }, { origin: 'https://elsewhere.example' })).status, 403);
  t.equal((await tomas.get(path)).status, 404);
  t.equal((await openBrowser(room.server).post(path, { _csrf: token })).status, 401);
  t.equal((await room.server.office.people.find('jonas'))?.disabledAt, null);
});

t.test('old presence is proved again first, and the form waits', async (t) => {
  const room = await open(t);
  const tomas = await signedIn(room.server, 'tomas');
  const token = field(await tomas.get('/desk'), '_csrf');
  room.server.clock.forward(6 * minute);
  const answer = await tomas.post('/desk/people/jonas/disabling', { _csrf: token });
  t.equal(answer.status, 403);
  t.match(answer.text, /name="carriedTo" value="\/desk\/people\/jonas\/disabling"/);
  t.equal((await room.server.office.people.find('jonas'))?.disabledAt, null);
});

t.test('a request lapses after a day, ends with its asker, and anyone closes it', async (t) => {
  const room = await open(t);
  await askReviewer(room);
  const request = await requestOf(room, 'amina');
  await room.until('2026-11-23T09:00:01.000Z');
  t.notMatch((await room.get('oona', '/desk/people')).text, /Waiting for a second/);
  t.equal((await room.post('oona', '/desk/people/amina/confirmation', { request })).status, 409);
  await askReviewer(room);
  const second = await requestOf(room, 'amina');
  t.equal((await room.post('oona', '/desk/people/amina/refusal', { request: second })).status, 303);
  t.equal((await room.post('oona', '/desk/people/amina/confirmation', { request: second })).status, 409);
  await askReviewer(room);
  const third = await requestOf(room, 'amina');
  await disablePerson(room.server.office, 'tomas');
  t.equal((await room.post('oona', '/desk/people/amina/confirmation', { request: third })).status, 409);
  t.same(await rolesOf(room, 'amina'), ['author']);
});

t.test('a disabled person is out at once, and two bring them back', async (t) => {
  const room = await open(t);
  const jonas = await signedIn(room.server, 'jonas');
  t.equal((await room.post('tomas', '/desk/people/jonas/disabling')).status, 303);
  t.equal((await jonas.get('/desk')).status, 303, 'the session is over');
  await t.rejects(signedIn(room.server, 'jonas'), 'and none begins');
  t.equal((await room.post('tomas', '/desk/people/jonas/requests', { ask: 'enable' })).status, 303);
  const request = await requestOf(room, 'jonas');
  t.equal((await room.post('tomas', '/desk/people/jonas/confirmation', { request })).status, 403);
  t.equal((await room.post('oona', '/desk/people/jonas/confirmation', { request })).status, 303);
  later(room);
  t.equal((await (await signedIn(room.server, 'jonas')).get('/desk')).status, 200);
});

t.test('two administrators who disable each other at once leave one', async (t) => {
  const room = await open(t);
  await Promise.all([room.post('tomas', '/desk/people/oona/disabling'), room.post('oona', '/desk/people/tomas/disabling')]);
  const left = (await room.server.office.people.list()).filter(({ roles, disabledAt }) => roles.includes('administrator') && disabledAt === null);
  t.equal(left.length, 1);
  later(room);
  const last = left[0]?.id ?? '';
  t.equal((await room.post(last, `/desk/people/${last}/role-removal`, { role: 'administrator' })).status, 409);
});

t.test('one administrator gives author and auditor to others, and takes any role', async (t) => {
  const room = await open(t);
  t.equal((await room.post('tomas', '/desk/people/jonas/roles', { role: 'auditor' })).status, 303);
  for (const role of ['reviewer', 'publisher', 'administrator', 'duty', 'king'])
    t.equal((await room.post('tomas', '/desk/people/amina/roles', { role })).status, 400, `${role} is not given by one`);
  t.equal((await room.post('tomas', '/desk/people/tomas/roles', { role: 'auditor' })).status, 403, 'and nothing to oneself');
  t.equal((await room.post('oona', '/desk/people/jonas/role-removal', { role: 'publisher' })).status, 303);
  t.same(await rolesOf(room, 'jonas'), ['reviewer', 'auditor']);
  t.equal((await room.post('tomas', '/desk/people/nobody/roles', { role: 'auditor' })).status, 404);
  t.equal((await room.post('tomas', '/desk/people/_sessions/roles', { role: 'auditor' })).status, 404);
});

t.test('a duty is asked for with its time; a wrong one comes back with what was typed', async (t) => {
  const room = await open(t);
  const duty = (from: string, until: string) =>
    room.post('tomas', '/desk/people/amina/requests', { ask: 'duty', 'from.at': from, 'from.zone': 'utc', 'until.at': until, 'until.zone': 'utc' });
  const long = await duty('2026-11-23T20:00', '2026-12-23T20:00');
  t.equal(long.status, 400);
  t.match(long.text, /href="#f-until"/);
  t.equal(field(long, 'from.at'), '2026-11-23T20:00', 'nothing typed is lost');
  t.equal((await duty('', '2026-11-23T20:00')).status, 400);
  t.equal((await duty('2026-11-23T20:00', '2026-11-24T06:00')).status, 303);
  t.equal((await room.post('oona', '/desk/people/amina/confirmation', { request: await requestOf(room, 'amina') })).status, 303);
  t.match((await room.server.office.people.find('amina'))?.grants, [{ by: 'tomas', confirmedBy: 'oona', until: '2026-11-24T06:00:00.000Z' }]);
  later(room);
  t.equal((await room.get('amina', '/desk/flash')).status, 403, 'not before its time');
  await room.until('2026-11-23T21:00:00.000Z');
  t.equal((await room.get('amina', '/desk/flash')).status, 200);
  t.equal((await room.post('oona', '/desk/people/amina/role-removal', { role: 'duty' })).status, 303);
  later(room);
  t.equal((await room.get('amina', '/desk/flash')).status, 403, 'ended early by one');
});

t.test('a person sees and ends their own other sessions, and no other person’s', async (t) => {
  const room = await open(t);
  const [here, there] = [await signedIn(room.server, 'amina'), await signedIn(room.server, 'amina')];
  const ines = await signedIn(room.server, 'ines');
  const page = await here.get('/desk/account');
  t.match(page.text, /End my other sessions/);
  t.equal((await here.post('/desk/account/sessions-end', { _csrf: field(page, '_csrf') })).status, 303);
  t.equal((await here.get('/desk')).status, 200);
  t.equal((await there.get('/desk')).status, 303);
  t.equal((await ines.get('/desk')).status, 200);
});

t.test('no screen and no export shows a password, a secret or the id of a session', async (t) => {
  const room = await open(t);
  await grantDuty(room.server.office, 'amina', room.server.clock.now() + 3_600_000, 'operator');
  const everybody = await room.server.office.people.list();
  const secrets = [...everybody.flatMap(({ password, totp }) => [password.hash, password.salt, totp.secret])];
  for (const [who, path] of [
    ['tomas', '/desk/people'],
    ['tomas', '/desk/people/amina'],
    ['ines', '/desk/people/jonas'],
    ['amina', '/desk/account'],
    ['tomas', '/desk/account-acts.json'],
  ] as const) {
    const { text, status } = await room.get(who, path);
    t.equal(status, 200, path);
    const hashes = (await room.server.office.people.openSessions()).map(({ hash }) => hash);
    t.notOk(
      [...secrets, ...hashes].some((secret) => text.includes(secret)),
      path,
    );
  }
});
