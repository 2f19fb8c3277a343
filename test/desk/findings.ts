import t from 'tap';
import { publicHolding, readyForm } from '../support/desk-walk.ts';
import { type Newsroom, openNewsroom, seen } from '../support/newsroom.ts';
import { type Answer, field } from '../support/test-server.ts';

/** Leaked material at the desk: Amina lists and examines, Claire and Jonas review, and what a verdict lacks is named before anybody is asked. */

const people = { amina: ['author'], jonas: ['reviewer', 'publisher'], claire: ['reviewer'], ines: ['auditor'], tomas: ['administrator'] } as const;
const open = (t: Parameters<typeof openNewsroom>[0], environment: Record<string, string> = {}): Promise<Newsroom> =>
  openNewsroom(t, people, '2026-11-22T09:00:00.000Z', { ONRECORD_LANGUAGES: 'en,fr', ONRECORD_TIME_ZONE: 'UTC', ...environment });
const codes = ({ text }: Answer): string[] => [...new Set([...text.matchAll(/data-code="([^"]+)"/g)].map((match) => match[1] ?? ''))];
const fingerprint = 'ab'.repeat(32);
const tagged = `onrecord-fp-v1:${fingerprint}`;

async function openUpdate(room: Newsroom, kind = 'update'): Promise<string> {
  const id = await publicHolding(room, 'Files presented as ours circulate');
  await openKind(room, id, kind);
  return id;
}

async function openKind(room: Newsroom, id: string, kind: string, template = ''): Promise<Answer> {
  const opened = await room.post('amina', `/desk/statements/${id}/drafts`, { kind, template });
  if (opened.status !== 303) throw new Error(`${kind}: ${opened.status}`);
  return opened;
}

async function saveText(room: Newsroom, id: string, form: Record<string, string> = {}): Promise<Answer> {
  const page = await room.get('amina', `/desk/statements/${id}/draft`);
  const texts = { ...readyForm(room, 'Files presented as ours circulate'), phase: 'update', ...form };
  return room.post('amina', `/desk/statements/${id}/draft`, { revision: field(page, 'revision'), ...texts });
}

async function saveItem(room: Newsroom, id: string, item: string, form: Record<string, string>): Promise<Answer> {
  const path = `/desk/statements/${id}/findings/${item}`;
  return room.post('amina', path, { revision: field(await room.get('amina', path), 'revision'), whole: 'yes', ...form });
}

const letter = { 'label.en': 'A letter of 3 May', form: 'text', circulation: 'messaging', firstSeenOn: '2026-11-20' };
const compared = { bases: 'origin_copy_compared', confidence: 'moderate', 'because.en': 'Two paragraphs are not in the copy that the institute keeps.' };
const altered = { ...letter, verdict: 'altered', changes: 'content', 'print.exact': tagged, ...compared };

t.test('an item is listed, examined and published with its verdict, by two reviewers', async (t) => {
  const room = await open(t);
  const id = await openUpdate(room);
  t.equal((await saveText(room, id)).status, 303);
  const bare = await saveItem(room, id, 'A-1', { ...letter, verdict: 'altered', bases: 'origin_denies', confidence: 'low' });
  t.equal(bare.status, 303, 'an unfinished finding is kept');
  t.strictSame(codes(await room.get('amina', `/desk/statements/${id}/findings/A-1`)), ['altered_basis', 'change_missing', 'confidence_low', 'because_missing']);
  const early = await room.post('amina', `/desk/statements/${id}/submission`, await seen(room, 'amina', id, 'draft'));
  t.equal(early.status, 422, 'and refused at submission');

  t.equal((await saveItem(room, id, 'A-1', altered)).status, 303);
  t.equal((await room.post('amina', `/desk/statements/${id}/submission`, await seen(room, 'amina', id, 'draft'))).status, 303);
  const review = await room.get('claire', `/desk/statements/${id}/review`);
  const main = review.text.slice(review.text.indexOf('<main'));
  t.ok(
    main.indexOf('class="verdict-changes"') > 0 && main.indexOf('class="verdict-changes"') < main.indexOf('<dl>'),
    'the reviewer reads verdict changes first',
  );
  const shown = await seen(room, 'claire', id);
  await room.post('claire', `/desk/statements/${id}/approval`, shown);
  t.equal((await room.post('jonas', `/desk/statements/${id}/publication`, shown)).status, 409, 'one reviewer is not enough for a verdict');
  await room.post('jonas', `/desk/statements/${id}/approval`, shown);
  t.equal((await room.post('jonas', `/desk/statements/${id}/publication`, shown)).status, 303);
  const signed = JSON.parse((await room.read('/statements/2026-0001/v/2.json')).text);
  t.match(signed.schema, /\/v2$/);
  t.match(signed.findings.artefacts, [
    { id: 'A-1', verdict: 'altered', changes: ['content'], fingerprints: [{ level: 'exact', pipeline: 'onrecord-fp-v1', value: fingerprint }] },
  ]);
  t.match(JSON.parse((await room.read('/statements/2026-0001/v/1.json')).text).schema, /\/v1$/, 'what says none of it keeps the first schema');
  const register = await room.get('ines', '/desk/register');
  t.match(register.text, 'A letter of 3 May');
  t.match(register.text, /class="tag altered"/);
  t.equal((await room.get('tomas', '/desk/register')).status, 403);
});

t.test('a verdict that loses ground needs a correction; one that is withdrawn stays on the list', async (t) => {
  const room = await open(t);
  const id = await openUpdate(room);
  await saveText(room, id);
  await saveItem(room, id, 'A-1', altered);
  await carry(room, id);
  await openKind(room, id, 'update');
  await saveText(room, id, { phase: 'update' });
  const gone = { verdict: 'withdrawn', bases: '', confidence: '', 'because.en': 'The copy turned out to be a draft.' };
  await saveItem(room, id, 'A-1', { ...letter, ...gone });
  const asUpdate = await room.post('amina', `/desk/statements/${id}/submission`, await seen(room, 'amina', id, 'draft'));
  t.equal(asUpdate.status, 422);
  t.match(codes(await room.get('amina', `/desk/statements/${id}/draft`)), ['needs_correction']);
  const removal = await room.post('amina', `/desk/statements/${id}/findings/A-1/removal`, await seen(room, 'amina', id, 'draft'));
  t.equal(removal.status, 409, 'a published item is never taken out');
  await saveText(room, id, { phase: 'update', kind: 'correction', correctsVersion: '2' });
  await carry(room, id);
  t.match(JSON.parse((await room.read('/statements/2026-0001/v/3.json')).text), {
    kind: 'correction',
    findings: { artefacts: [{ id: 'A-1', verdict: 'withdrawn' }] },
  });
});

t.test('an item of the draft alone can be taken out again, and its number is not reused for another', async (t) => {
  const room = await open(t);
  const id = await openUpdate(room);
  await saveItem(room, id, 'A-1', letter);
  await saveItem(room, id, 'A-2', letter);
  await saveItem(room, id, 'C-1', { 'label.en': 'All letters', members: 'A-1', finding: 'unverified' });
  const removed = await room.post('amina', `/desk/statements/${id}/findings/A-1/removal`, await seen(room, 'amina', id, 'draft'));
  t.equal(removed.status, 303);
  const { draft } = (await room.server.office.store.read(id)) ?? {};
  t.match(draft?.content.findings, { artefacts: [{ id: 'A-2' }], collections: [{ id: 'C-1', members: [] }] });
  t.equal((await room.get('amina', `/desk/statements/${id}/findings/A-1`)).status, 404);
  t.equal((await room.get('amina', `/desk/statements/${id}/findings/A-3`)).status, 200, 'the next one is A-3');
  await saveText(room, id, {
    'artefacts.1.label.en': 'A second letter',
    'artefacts.1.form': 'file',
    'artefacts.1.circulation': 'press',
    'artefacts.1.firstSeenOn': '2026-11-21',
  });
  t.match(
    (await room.server.office.store.read(id))?.draft?.content.findings.artefacts.map((item) => item.id),
    ['A-2', 'A-3'],
    'also for a row of the edit form',
  );
});

t.test('many items come in at once, a line each, and a whole of a thousand can be judged and published', { timeout: 240_000 }, async (t) => {
  const room = await open(t);
  const id = await openUpdate(room);
  await saveText(room, id);
  const path = `/desk/statements/${id}/findings`;
  const many = { 'many.label.en': 'Document', 'many.form': 'file', 'many.circulation': 'leak_site', 'many.firstSeenOn': '2026-11-20' };
  const line = (n: number): string => `onrecord-fp-v1:${n.toString(16).padStart(64, '0')}`;
  const add = async (lines: string): Promise<Answer> =>
    room.post('amina', path, { revision: field(await room.get('amina', path), 'revision'), ...many, 'many.lines': lines });
  const wrong = await add(`${line(1)}\nnot a line`);
  t.strictSame([wrong.status, codes(wrong)], [400, ['line_unreadable']]);
  t.match(field(wrong, 'many.lines'), line(1), 'nothing typed is lost');
  t.equal((await add(`${line(1)} 2048 application/pdf\n${line(2)}\n${line(1)}`)).status, 303);
  t.equal((await add(Array.from({ length: 1_000 }, (_, n) => line(n + 1)).join('\r\n'))).status, 303, 'those listed already are passed over');
  const { artefacts = [] } = (await room.server.office.store.read(id))?.draft?.content.findings ?? {};
  t.match(artefacts[0], {
    id: 'A-1',
    label: { en: 'Document 1' },
    size: 2048,
    mediaType: 'application/pdf',
    verdict: 'unverified',
    fingerprints: [{ value: line(1).slice(15) }],
  });
  t.strictSame([artefacts.length, new Set(artefacts.map((item) => item.id)).size], [1_000, 1_000]);
  t.strictSame(codes(await add(line(5_000))), ['too_many']);

  const form = await room.get('amina', `${path}/C-1`);
  t.equal(field(form, 'members'), 'A-1..A-1000', 'a whole begins with every item, written short');
  const whole = { whole: 'yes', 'label.en': 'All documents', finding: 'may_contain_falsified', ...compared };
  t.equal((await saveItem(room, id, 'C-1', { ...whole, members: 'A-1..A-10, A-12 A-1000' })).status, 303);
  t.equal((await room.server.office.store.read(id))?.draft?.content.findings.collections[0]?.members.length, 12);
  t.strictSame(codes(await saveItem(room, id, 'C-1', { ...whole, members: 'A-1..A-x' })), ['invalid']);
  t.equal((await saveItem(room, id, 'C-1', { ...whole, members: 'A-1..A-1000' })).status, 303);
  t.equal((await room.server.office.store.read(id))?.draft?.content.findings.collections[0]?.members.length, 1_000);
  await carry(room, id);
  const page = await room.read('/statements/2026-0001');
  t.ok(page.text.length < 250_000, `a statement's page stays readable: ${page.text.length}`);
  t.match(page.text, '940 further items stand in the register');
  t.equal(JSON.parse((await room.read('/register.json')).text).artefacts.length, 1_000);
  t.equal((await room.read('/register/page/10')).status, 200);
  t.match((await room.get('ines', '/desk/register')).text, 'class="tag may_contain_falsified"', 'a collection stands in the list of the desk as well');
});

t.test('bad input names its field, a lost race keeps what was typed, and nobody writes without the role', async (t) => {
  const room = await open(t);
  const id = await openUpdate(room);
  for (const [form, expected] of [
    [{ ...letter, firstSeenOn: '2026-13-40' }, 'invalid'],
    [{ ...letter, 'print.exact': 'not a fingerprint' }, 'print_untagged'],
    [{ ...letter, 'print.exact': fingerprint }, 'print_untagged'],
    [{ ...letter, verdict: 'doctored' }, 'invalid'],
    [{ ...letter, 'label.en': `x\u202e` }, 'bad_text'],
    [{ ...letter, 'dkim.domain': 'institute.example' }, 'invalid'],
    [{ ...letter, 'because.en': 'x'.repeat(601) }, 'too_long'],
  ] as const) {
    const answer = await saveItem(room, id, 'A-1', form);
    t.ok([400, 413, 422].includes(answer.status), `${answer.status}`);
    t.ok(codes(answer).includes(expected), `${JSON.stringify(form).slice(0, 80)}: ${codes(answer)}`);
    t.equal(field(answer, 'label.en'), form['label.en'], 'what was typed is still there');
  }
  const path = `/desk/statements/${id}/findings/A-1`;
  const stale = field(await room.get('amina', path), 'revision');
  await saveItem(room, id, 'A-1', letter);
  const late = await room.post('amina', path, { revision: stale, whole: 'yes', ...letter, 'label.en': 'Another letter' });
  t.equal(late.status, 409);
  t.equal(field(late, 'label.en'), 'Another letter');
  t.match(late.text.slice(late.text.indexOf('class="theirs"')), /A letter of 3 May<\/td><td>Another letter/, 'beside what stands now');
  t.equal((await room.post('amina', path, { ...letter })).status, 428, 'a save says which revision it was made on');
  t.equal(
    (await room.post('amina', path, { revision: field(late, 'revision'), whole: 'yes', ...letter, 'label.en': 'Another letter' })).status,
    303,
    'the form given back saves',
  );
  t.equal((await room.get('ines', `/desk/statements/${id}/findings`)).status, 200, 'the auditor reads');
  t.equal((await room.get('ines', path)).status, 403);
  t.equal((await room.get('tomas', `/desk/statements/${id}/findings`)).status, 403, 'the administrator has no content rights');
  for (const person of ['ines', 'tomas']) t.equal((await room.post(person, path, { revision: '3', ...letter })).status, 403);
  t.equal((await room.get('amina', `/desk/statements/${id}/findings/A-9`)).status, 404);
});

t.test('fingerprints of the words are kept only where the author says that they cannot be reversed', async (t) => {
  const room = await open(t);
  const id = await openUpdate(room);
  const prints = { 'print.exact': tagged, 'print.text': 'cd'.repeat(32), 'print.sketch': `${'A'.repeat(342)}==` };
  const levels = async (): Promise<string[] | undefined> =>
    (await room.server.office.store.read(id))?.draft?.content.findings.artefacts[0]?.fingerprints?.map(({ level }) => level);
  await saveItem(room, id, 'A-1', { ...letter, ...prints });
  t.strictSame(await levels(), ['exact']);
  await saveItem(room, id, 'A-1', { ...letter, ...prints, 'print.own': 'yes' });
  t.strictSame(await levels(), ['exact', 'text', 'sketch']);
  await saveItem(room, id, 'A-1', { ...letter, ...prints, 'print.own': 'yes', personalData: 'health' });
  t.ok(codes(await room.get('amina', `/desk/statements/${id}/findings/A-1`)).includes('text_print_personal'), 'and never beside personal data');
});

t.test('the linter blocks at submission what it lists while somebody writes, each with its rule', async (t) => {
  const room = await open(t, { ONRECORD_ALLOW: 'url agency.example\nname Orval Harbour' });
  const id = await openUpdate(room);
  const known = '- The files are at https://files.example/x. Orval Harbour and https://agency.example/press know. See Ministry Delta Orion.';
  await saveText(room, id, { 'texts.en.known': known, 'house.consulted': '', 'house.waiver': '' });
  const page = await room.get('amina', `/desk/statements/${id}/draft`);
  const listed = codes(page);
  t.ok(listed.includes('locator_url') && listed.includes('entity_not_consulted'), `${listed}`);
  t.equal([...page.text.matchAll(/data-code="locator_url"/g)].length, 1, 'the address on the allow-list passes');
  const submitted = await room.post('amina', `/desk/statements/${id}/submission`, await seen(room, 'amina', id, 'draft'));
  t.equal(submitted.status, 422);
  t.strictSame(
    codes(submitted).filter((code) => ['locator_url', 'entity_not_consulted'].includes(code)),
    ['locator_url', 'entity_not_consulted'],
  );
});

t.test('a template brings its words over the published ones, for the kinds it is for', async (t) => {
  const room = await open(t);
  const id = await publicHolding(room, 'Files presented as ours circulate');
  t.equal((await room.post('amina', `/desk/statements/${id}/drafts`, { kind: 'update', template: 'correction' })).status, 400);
  t.equal((await room.post('amina', `/desk/statements/${id}/drafts`, { kind: 'update', template: 'holding' })).status, 400);
  await openKind(room, id, 'update', 'hour');
  const { draft } = (await room.server.office.store.read(id)) ?? {};
  t.match(draft, { template: 'hour', content: { phase: 'update', nextUpdate: { type: 'by', at: '2026-11-23T09:00:00.000Z' } } });
  t.match(draft?.content.texts.en?.summary, /\[\[what we know beyond/);
  t.equal(draft?.content.texts.en?.known, '- It was reported to us.', 'what was published stays where the template says nothing');
  const long = Array.from({ length: 260 }, () => 'word').join(' ');
  await saveText(room, id, { 'texts.en.known': long });
  t.ok(codes(await room.get('amina', `/desk/statements/${id}/draft`)).includes('words_over'));
});

t.test('in an election silence a publication needs one approval more, and the screen shows the window', async (t) => {
  const room = await open(t, { ONRECORD_SILENCE: '2026-11-22T08:00Z/2026-11-22T20:00Z' });
  const created = await room.post('amina', '/desk/statements', { template: 'holding' });
  const id = /statements\/(\w+)\//.exec(created.headers.get('location') ?? '')?.[1] ?? '';
  await saveText(room, id, { phase: 'holding' });
  await room.post('amina', `/desk/statements/${id}/submission`, await seen(room, 'amina', id, 'draft'));
  const shown = await seen(room, 'claire', id);
  await room.post('claire', `/desk/statements/${id}/approval`, shown);
  t.match((await room.get('jonas', `/desk/statements/${id}/publication`)).text, /Election silence/);
  t.equal((await room.post('jonas', `/desk/statements/${id}/publication`, shown)).status, 409);
  await room.post('jonas', `/desk/statements/${id}/approval`, shown);
  t.equal((await room.post('jonas', `/desk/statements/${id}/publication`, shown)).status, 303);
  const withdrawn = await room.post('claire', `/desk/statements/${id}/withdrawal`, {
    version: '1',
    code: 'facts_wrong',
    'reason.en': 'See http://files.example/x',
  });
  t.strictSame([withdrawn.status, codes(withdrawn)], [422, ['locator_url']], 'the reason of a withdrawal leads nowhere either');
  t.equal(
    (await room.post('claire', `/desk/statements/${id}/withdrawal`, { version: '1', code: 'facts_wrong', 'reason.en': 'It was wrong.' })).status,
    303,
    'and stopping needs nobody else',
  );
});

async function carry(room: Newsroom, id: string): Promise<void> {
  const submitted = await room.post('amina', `/desk/statements/${id}/submission`, await seen(room, 'amina', id, 'draft'));
  if (submitted.status !== 303) throw new Error(`submission: ${submitted.status} ${codes(submitted)}`);
  const shown = await seen(room, 'claire', id);
  for (const person of ['claire', 'jonas']) await room.post(person, `/desk/statements/${id}/approval`, shown);
  const published = await room.post('jonas', `/desk/statements/${id}/publication`, shown);
  if (published.status !== 303) throw new Error(`publication: ${published.status}`);
}
