import { rm } from 'node:fs/promises';
import { pino } from 'pino';
import t from 'tap';
import { askUnfreeze, freeze as stop } from '../../src/desk/freeze.ts';
import { grantDuty } from '../../src/desk/person.ts';
import { publish } from '../../src/desk/publish.ts';
import { redact, requestRedaction } from '../../src/desk/redact.ts';
import { startServer } from '../../src/server.ts';
import { hire, quickCost } from '../support/accounts.ts';
import { approvedDraft, publicHolding } from '../support/desk-walk.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';

/** Transition 25: one person stops all publishing, two administrators let it go on; taking back stays possible. */

const people = {
  amina: ['author'],
  jonas: ['reviewer', 'publisher'],
  claire: ['reviewer'],
  marek: ['author'],
  ines: ['auditor'],
  tomas: ['administrator'],
  oona: ['administrator'],
} as const;
const open = async (t: Parameters<typeof openNewsroom>[0]): Promise<Newsroom> => {
  const room = await openNewsroom(t, people, '2026-11-22T09:00:00.000Z', { ONRECORD_LANGUAGES: 'en,fr', ONRECORD_TIME_ZONE: 'UTC' });
  await grantDuty(room.server.office, 'marek', room.server.clock.now() + 8 * 3_600_000, 'operator');
  return room;
};
const freeze = (room: Newsroom, who = 'claire') => room.post(who, '/desk/freeze', { reason: 'A telephone is gone.' });
const askedAt = async (room: Newsroom): Promise<string> => (await room.server.office.people.freezing()).open?.lift?.at ?? '';
const thaw = async (room: Newsroom): Promise<void> => {
  await room.post('tomas', '/desk/freeze/lifting', { reason: 'It was found.' });
  await room.post('oona', '/desk/freeze/lifting-confirmation', { askedAt: await askedAt(room) });
};
const entries = async (room: Newsroom): Promise<number> => (await room.server.office.store.ledger(-1, 0)).size;
const wall = (room: Newsroom, minutes: number): string => new Date(room.server.clock.now() + minutes * 60_000).toISOString().slice(0, 16);
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
async function scheduledIn(room: Newsroom, minutes: number): Promise<{ id: string; seen: Record<string, string> }> {
  const { id, seen } = await approvedDraft(room, 'For later');
  await room.post('jonas', `/desk/statements/${id}/schedule`, { ...seen, 'releaseAt.at': wall(room, minutes), 'releaseAt.zone': 'utc' });
  return { id, seen };
}
const after = (room: Newsroom, minutes: number): Promise<void> => room.until(new Date(room.server.clock.now() + minutes * 60_000).toISOString());

t.test('under a freeze nothing is published in any way, and everything is once it ends', async (t) => {
  const room = await open(t);
  const ready = await approvedDraft(room, 'Ready');
  const planned = await scheduledIn(room, 300);
  const stands = await publicHolding(room, 'Stands');
  await hire(room.server.office, 'paula', 'publisher');
  const publisher = (id: string) => ({ id, roles: ['publisher'] as const, recent: true });
  const { redaction } = await requestRedaction(room.server.office, publisher('paula'), stands, { version: 1, ground: 'safety', reason: 'x' });
  const remove = () => redact(room.server.office, publisher('jonas'), stands, { version: 1, askedAt: redaction?.at ?? '' }, null);
  const before = await entries(room);
  t.equal((await freeze(room)).status, 303);

  const tries = async (): Promise<number[]> => [
    (await room.post('jonas', `/desk/statements/${ready.id}/publication`, ready.seen)).status,
    (await room.post('marek', `/desk/statements/${planned.id}/release`, { ...planned.seen, reason: 'It leaked.' })).status,
    (await room.post('marek', '/desk/flash', flashForm(room))).status,
  ];
  t.same(await tries(), [409, 409, 409]);
  await t.rejects(remove(), { code: 'frozen' }, 'no text is taken for good either');
  await room.server.tick();
  t.equal(await entries(room), before);
  t.ok((await room.server.office.outbox.refusals(null, 10)).some(({ code, by }) => code === 'frozen' && by === 'marek'));
  for (const who of ['amina', 'tomas']) t.match((await room.get(who, '/desk')).text, /All publishing is frozen/, `${who} sees the banner`);
  t.match((await room.get('jonas', `/desk/statements/${ready.id}/publication`)).text, /This cannot go out now/);
  t.notMatch((await room.read('/')).text, /frozen/, 'readers see nothing of it');

  await thaw(room);
  t.same(await tries(), [303, 303, 303]);
  await remove();
  t.equal(await entries(room), before + 4);
  t.notMatch((await room.get('amina', '/desk')).text, /All publishing is frozen/);
});

t.test('when a freeze is told as done, nothing comes out any more, not even what was on its way', async (t) => {
  const room = await open(t);
  const { office } = room.server;
  const drafts = await Promise.all(['One', 'Two', 'Three', 'Four', 'Five', 'Six'].map((title) => approvedDraft(room, title)));
  const jonas = { id: 'jonas', roles: ['publisher'] as const, recent: true };
  const publishing = drafts.map(({ id, seen }) => publish(office, jonas, id, { revision: Number(seen.revision), hash: seen.hash }, null));
  const ended = Promise.allSettled(publishing);
  while ((await entries(room)) === 0) await new Promise(setImmediate);
  await stop(office, { id: 'claire', roles: ['reviewer'], recent: false }, 'A doubt.');
  const size = await entries(room);
  await ended;
  t.equal(await entries(room), size);
  t.ok(size > 0);
});

t.test('withdrawal and recheck stay possible under a freeze', async (t) => {
  const room = await open(t);
  const [first, second] = [await publicHolding(room, 'One'), await publicHolding(room, 'Two')];
  await freeze(room);
  const withdrawal = { version: '1', code: 'facts_wrong', 'reason.en': 'The facts were wrong.' };
  t.equal((await room.post('claire', `/desk/statements/${first}/withdrawal`, withdrawal)).status, 303);
  t.equal((await room.post('claire', `/desk/statements/${second}/recheck`, { version: '1', reason: 'A doubt.' })).status, 303);
  t.match((await room.read('/statements/2026-0001')).text, /The facts were wrong/);
});

t.test('one person freezes, with a reason; an author or an auditor does not; the first freeze stays', async (t) => {
  const room = await open(t);
  for (const who of ['amina', 'ines']) t.equal((await freeze(room, who)).status, 403, who);
  t.equal((await room.post('marek', '/desk/freeze', { reason: ' ' })).status, 422);
  t.equal((await room.server.office.people.freezing()).open, null);
  room.server.clock.forward(14 * 60_000);
  t.equal((await freeze(room, 'marek')).status, 303);
  t.equal((await freeze(room, 'jonas')).status, 303, 'pressed again by somebody else, it is frozen all the same');
  t.match(await room.server.office.people.freezing(), { open: { by: 'marek' }, acts: [{ act: 'frozen', by: 'marek' }] });
  for (const who of ['claire', 'tomas']) {
    const again = await open(t);
    t.equal((await freeze(again, who)).status, 303, who);
  }
});

t.test('stopping needs no fresh proof of presence; going on does', async (t) => {
  const room = await open(t);
  const { office } = room.server;
  await stop(office, { id: 'claire', roles: ['reviewer'], recent: false }, 'A doubt.');
  await t.rejects(askUnfreeze(office, { id: 'tomas', roles: ['administrator'], recent: false }, 'Fine.'), { code: 'step_up_needed' });
});

t.test('it takes two administrators to go on, within a day', async (t) => {
  const room = await open(t);
  await freeze(room);
  for (const who of ['claire', 'jonas', 'marek', 'amina']) t.equal((await room.post(who, '/desk/freeze/lifting', { reason: 'x' })).status, 403, who);
  t.equal((await room.post('tomas', '/desk/freeze/lifting', { reason: 'It was found.' })).status, 303);
  t.equal((await room.post('tomas', '/desk/freeze/lifting-confirmation', { askedAt: await askedAt(room) })).status, 403, 'not the same one');
  t.equal((await room.post('jonas', '/desk/freeze/lifting-confirmation', { askedAt: await askedAt(room) })).status, 403, 'nor a publisher');
  t.equal((await room.post('oona', '/desk/freeze/lifting-confirmation', { askedAt: '2026-11-22T08:00:00.000Z' })).status, 409, 'nor of another request');
  t.equal((await room.post('claire', '/desk/freeze/lifting-refusal', { askedAt: await askedAt(room) })).status, 303, 'whoever may freeze keeps it frozen');
  t.equal((await room.post('oona', '/desk/freeze/lifting-confirmation', { askedAt: await askedAt(room) })).status, 400);
  await room.post('tomas', '/desk/freeze/lifting', { reason: 'It was found.' });
  await after(room, 24 * 60 + 1);
  t.equal((await room.post('oona', '/desk/freeze/lifting-confirmation', { askedAt: await askedAt(room) })).status, 409, 'a day old');
  t.ok((await room.server.office.people.freezing()).open);
  await thaw(room);
  t.match(await room.server.office.people.freezing(), { open: null, acts: { length: 6 } });
  t.equal((await room.post('tomas', '/desk/freeze/lifting', { reason: 'x' })).status, 409);
});

t.test('what was due meanwhile goes out at once after a short freeze, and has failed after a long one', async (t) => {
  for (const [length, work, size] of [
    [15, 'published', 1],
    [60, 'publish_failed', 0],
  ] as const) {
    const room = await open(t);
    const { id } = await scheduledIn(room, 10);
    await freeze(room);
    await after(room, 10 + length);
    t.equal(await entries(room), 0, 'nothing went out');
    t.match((await room.get('tomas', '/desk/freeze')).text, length < 30 ? /Was due meanwhile/ : /Publishing is frozen/);
    t.notMatch((await room.get('tomas', '/desk/freeze')).text, /For later/, 'an administrator sees no title');
    await thaw(room);
    await room.server.tick();
    t.equal(await entries(room), size);
    const [line] = (await room.server.office.store.list()).filter((item) => item.id === id);
    t.equal(line?.work, work);
    const told = await room.server.office.outbox.notices('jonas');
    t.equal(
      told.some(({ code }) => code === 'release_failed'),
      work === 'publish_failed',
    );
  }
});

t.test('a freeze survives a restart, and a lost document is no thaw', async (t) => {
  const room = await open(t);
  const ready = await approvedDraft(room, 'Ready');
  await freeze(room);
  const { config, clock, directory, close } = room.server;
  await close(0);
  const start = () =>
    startServer(config, {
      now: clock.now,
      log: pino({ level: 'silent' }),
      ports: { public: 0, desk: 0, operations: 0 },
      passwordCost: quickCost,
      timer: false,
    });
  const again = await start();
  t.match(await again.office.people.freezing(), { open: { by: 'claire', reason: 'A telephone is gone.' } });
  const seen = { revision: Number(ready.seen.revision), hash: ready.seen.hash };
  await t.rejects(publish(again.office, { id: 'jonas', roles: ['publisher'], recent: true }, ready.id, seen, null), { code: 'frozen' });
  await again.close(0);
  await rm(`${directory}/people/_freezing.json`);
  await t.rejects(start(), { code: 'store_corrupt' });
});

t.test('the screen offers its button to whoever may freeze, and to nobody else', async (t) => {
  const room = await open(t);
  const page = await room.get('amina', '/desk/freeze');
  t.equal(page.status, 200);
  t.notMatch(page.text, /name="reason"/);
  t.match((await room.get('claire', '/desk/freeze')).text, /name="reason"/);
});
