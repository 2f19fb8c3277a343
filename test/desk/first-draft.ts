import t from 'tap';
import { approvedDraft, publicHolding } from '../support/desk-walk.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';
import { field } from '../support/test-server.ts';

/** How a statement begins, what it takes until it is public, and how it is found again. */

const people = { amina: ['author'], jonas: ['reviewer', 'publisher'], claire: ['reviewer'], tomas: ['administrator'] } as const;
const open = (t: Parameters<typeof openNewsroom>[0], languages = 'en,fr'): Promise<Newsroom> =>
  openNewsroom(t, people, '2026-11-22T09:00:00.000Z', { ONRECORD_LANGUAGES: languages, ONRECORD_TIME_ZONE: 'UTC' });

const slots = (language: string): Record<string, string> => ({
  [`slots.${language}.1`]: 'the port of Orval',
  [`slots.${language}.2`]: 'this morning',
  [`slots.${language}.3`]: 'The port told us at 9.',
  [`slots.${language}.4`]: 'An archive.',
});
const codes = (text: string): string[] => [...text.matchAll(/data-code="([^"]+)"/g)].map((match) => match[1] ?? '');

t.test('slots filled on one screen make a text that lacks nothing; a second language counts once all of it is there', async (t) => {
  const room = await open(t);
  const form = { template: 'holding', 'house.consulted': 'yes', 'awareAt.at': '2026-11-22T08:30', 'awareAt.zone': 'utc', ...slots('en') };
  const first = await room.post('amina', '/desk/statements', form);
  const page = await room.get('amina', first.headers.get('location') ?? '');
  t.match(field(page, 'texts.en.summary'), 'Data presented as coming from the port of Orval has been circulating since this morning.');
  t.strictSame(codes(page.text), ['language_not_included', 'triage_missing'], 'nothing but warnings');
  t.notMatch(page.text, /id="language-fr"[^>]* checked/);

  const both = await room.post('amina', '/desk/statements', { ...form, ...slots('fr') });
  t.match((await room.get('amina', both.headers.get('location') ?? '')).text, /id="language-fr"[^>]* checked/);
});

t.test('what was typed wrong is named by its field, and everything else stays in the form', async (t) => {
  const room = await open(t);
  const form = { template: 'holding', ...slots('en') };
  for (const [wrong, code, name] of [
    [{ 'slots.en.3': `a${'\u202e'}b` }, 'bad_text', 'slots.en.3'],
    [{ 'slots.en.3': 'x'.repeat(301) }, 'too_long', 'slots.en.3'],
    [{ 'awareAt.at': 'yesterday' }, 'bad_time', 'awareAt'],
    [{ 'house.waiver': 'x'.repeat(601) }, 'too_long', 'house.waiver'],
    [{ 'slots.en.9': 'no such slot' }, 'unknown_field', 'slots.en.9'],
    [{ situation: 'war' }, 'invalid', 'situation'],
  ] as const) {
    const answer = await room.post('amina', '/desk/statements', { ...form, ...wrong });
    t.ok(answer.status >= 400 && answer.status < 500, code);
    t.strictSame(codes(answer.text), [code], name);
    const link = `href="#f-${name.replaceAll('.', '-')}"`;
    t.equal(answer.text.includes(link), code !== 'unknown_field', 'a link leads to a field that there is');
    t.equal(field(answer, 'slots.en.1'), 'the port of Orval');
  }
  t.strictSame(await room.server.office.store.list(), [], 'and nothing was opened');
  for (const template of ['flash', 'correction', '__proto__', '']) {
    const answer = await room.post('amina', '/desk/statements', { ...form, template });
    t.equal(answer.status, 400, template);
    t.equal((await room.get('amina', `/desk/statements/new?template=${template}`)).status, 400);
  }
  t.equal((await room.get('tomas', '/desk/statements/new')).status, 403, 'an administrator has no content rights');
});

t.test('a text that no longer matches the first language is named, on the screen and to the script that saves', async (t) => {
  const room = await open(t);
  const opened = await room.post('amina', '/desk/statements', { template: 'holding', ...slots('en'), ...slots('fr') });
  const address = opened.headers.get('location') ?? '';
  const page = await room.get('amina', address);
  t.notMatch(page.text, 'behind by');
  const saved = await room.post('amina', address, { revision: field(page, 'revision'), 'texts.en.advice': 'Wait for our next statement.' });
  t.equal(saved.status, 303);
  const after = await room.get('amina', address);
  t.match(after.text, 'Français is behind by 1 change.');
  t.match(after.text, /data-behind="texts.fr.advice">/);
  t.ok(codes(after.text).includes('language_behind'));
  await room.post('amina', address, { revision: field(after, 'revision'), 'texts.fr.advice': 'Attendez notre prochaine déclaration.' });
  t.notMatch((await room.get('amina', address)).text, 'behind by');
});

t.test('the time it took to speak stands on the desk and in both exports, and no cell of them is a formula', async (t) => {
  const room = await open(t);
  const id = await publicHolding(room, 'A port');
  const { id: second } = await approvedDraft(room, 'A second port');
  const shown = await room.get('claire', `/desk/statements/${second}/review`);
  const reason = '=HYPERLINK("https://evil.example")\n+1';
  await room.post('amina', `/desk/statements/${second}/discard`, { revision: field(shown, 'revision'), hash: field(shown, 'hash'), reason });
  const csv = (await room.get('jonas', `/desk/statements/${second}/history.csv`)).text;
  t.match(csv, `"'=HYPERLINK(""https://evil.example"")\n+1"`);
  for (const cell of csv.matchAll(/"((?:[^"]|"")*)"/g)) t.notMatch(cell[1], /^[=+\-@\t\r\n]/);

  const history = JSON.parse((await room.get('jonas', `/desk/statements/${id}/history.json`)).text);
  t.match(history.times, { minutesToFirst: Number, firstPublishedAt: String, flashes: [] });
  t.match((await room.get('jonas', `/desk/statements/${id}/history.csv`)).text, `"minutes-to-first-publication","","1","${history.times.minutesToFirst}"`);
  t.match((await room.get('jonas', '/desk')).text, `first publication ${history.times.minutesToFirst} min after the first draft`);
});

t.test('the desk finds titles and references whatever their accents, and shows an administrator none', async (t) => {
  const room = await open(t);
  await approvedDraft(room, 'The École of Orval');
  const titles = async (person: string, asked: string): Promise<string[]> =>
    [...(await room.get(person, `/desk?q=${encodeURIComponent(asked)}`)).text.matchAll(/class="line-title"[^>]*>([^<]*)</g)].map((match) => match[1] ?? '');
  t.strictSame(await titles('amina', 'ecole ORVAL'), ['The École of Orval']);
  t.strictSame(await titles('amina', 'nothing like it'), []);
  t.strictSame(await titles('tomas', 'ecole'), []);
  t.match((await room.get('amina', `/desk?q=${encodeURIComponent('<script>')}`)).text, '&lt;script&gt;');
});

t.test('the card of a draft is drawn for those who may read it, and for nobody else', async (t) => {
  const room = await open(t);
  const { id } = await approvedDraft(room, 'A port');
  const path = `/desk/statements/${id}/preview/en/card`;
  const card = await room.get('amina', path);
  t.equal(card.headers.get('content-type'), 'image/png');
  t.match(card.text.slice(1, 4), 'PNG');
  t.equal(card.headers.get('cache-control'), 'private, no-store');
  t.equal((await room.get('tomas', path)).status, 403);
  t.equal((await fetch(`${room.server.deskUrl}${path}`, { redirect: 'manual' })).status, 303);
});

t.test('who is signed in is told to that browser alone', async (t) => {
  const room = await open(t);
  const answer = await fetch(`${room.server.deskUrl}/desk/session`, { headers: { accept: 'application/json' } });
  t.equal(answer.status, 401);
  t.match((await room.get('amina', '/desk/session')).text, 'You are signed in again');
});
