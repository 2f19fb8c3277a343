import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { matchesOf } from '../../src/browser/check/match.ts';
import { indexRegister } from '../../src/browser/check/register-index.ts';
import { backUp } from '../../src/cli/backup.ts';
import { restoreBackup } from '../../src/cli/restore-acts.ts';
import { Register } from '../../src/leak/register.ts';
import { formatVerifierKey } from '../../src/ledger/note.ts';
import { openTrust } from '../../src/ledger/trust.ts';
import { type Newsroom, openNewsroom, seen } from '../support/newsroom.ts';
import { type Answer, field } from '../support/test-server.ts';
import { runnable, runScript } from '../support/verifier-scripts.ts';

/** A stolen medical archive, partly inaccurate: the public facts of 2016, walked through by three people over both sites. */

const people = { sofia: ['author'], henrik: ['reviewer', 'publisher'], lena: ['reviewer'] } as const;
const day = (rest: string): string => `2016-${rest}:00.000Z`;

const facts = (aware: string, next: Record<string, string>): Record<string, string> => ({ 'awareAt.at': aware, 'awareAt.zone': 'utc', ...next });
const promised = (at: string): Record<string, string> => ({ 'nextUpdate.type': 'by', 'nextUpdate.at': at, 'nextUpdate.zone': 'utc' });
const noDate = (words: string): Record<string, string> => ({ 'nextUpdate.type': 'until_event', 'texts.en.nextUpdateReason': words });
const english = (texts: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [`texts.en.${name}`, text]));
const french = (texts: Record<string, string>): Record<string, string> => ({
  languages: 'fr',
  ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [`texts.fr.${name}`, text])),
});

const first = {
  situation: 'leak',
  phase: 'holding',
  incidentStatus: 'confirmed',
  pressContact: 'press@agency.example',
  peopleContact: 'athletes@agency.example',
  'house.consulted': 'yes',
  'house.names': 'Fancy Bears',
  'house.triage': 'Confidential data of athletes has been posted.',
  ...facts('2016-09-13T15:00', promised('2016-09-13T18:00')),
  ...english({
    title: 'Data presented as ours is circulating',
    summary:
      'A group calling itself Fancy Bears has posted data presented as ours. Illegal access through an account created for the Games is confirmed. What circulates has not been verified. Please do not relay it.',
    known: '- An account created for the Rio 2016 Games in the database ADAMS was used.',
    unknown: '- The extent of the access.\n- Whether what circulates is authentic.',
    circulating: 'A set of PDF documents.',
    advice: 'Do not relay.',
    doing: 'We are investigating.',
  }),
  ...french({
    title: 'Des données présentées comme les nôtres circulent',
    summary:
      'Un groupe qui se nomme Fancy Bears a publié des données présentées comme les nôtres. Un accès illégal par un compte créé pour les Jeux est confirmé. Ce qui circule n’est pas vérifié. Ne pas relayer.',
    known: '- Un compte créé pour les Jeux de Rio 2016 dans la base ADAMS a été utilisé.',
    unknown: '- L’étendue de l’accès.\n- L’authenticité de ce qui circule.',
    circulating: 'Une série de documents PDF.',
    advice: 'Ne pas relayer.',
    doing: 'Nous enquêtons.',
  }),
  'artefacts.0.label.en': 'A set of PDF documents',
  'artefacts.0.label.fr': 'Une série de documents PDF',
  'artefacts.0.form': 'archive',
  'artefacts.0.circulation': 'leak_site',
  'artefacts.0.firstSeenOn': '2016-09-13',
};
const englishOnly = { languages: '' };
const artefact = (index: number, label: string, seenOn: string): Record<string, string> => ({
  [`artefacts.${index}.label.en`]: label,
  [`artefacts.${index}.form`]: 'archive',
  [`artefacts.${index}.circulation`]: 'leak_site',
  [`artefacts.${index}.firstSeenOn`]: seenOn,
});

t.test('three people walk the case from the first leak to the withdrawal', { timeout: 240_000 }, async (t) => {
  const room = await openNewsroom(t, people, day('09-13T15:00'), { ONRECORD_LANGUAGES: 'en,fr', ONRECORD_TIME_ZONE: 'UTC' });
  const updates = room.poll('/feeds/updates.atom');
  const frenchUpdates = room.poll('/fr/feeds/updates.atom');
  const kept = new Map<string, string>();
  const keep = async (path: string): Promise<void> => {
    kept.set(path, (await room.read(path)).text);
  };

  const before = await room.read('/statements/2016-0001');
  t.equal(before.status, 404, 'given nothing is public');

  const id = await open(room, 'sofia', '/desk/statements', { template: 'holding' });
  await save(room, id, first);
  await saveItem(room, id, 'A-1', { 'print.exact': `onrecord-fp-v1:${documents.exact}` });
  t.equal((await room.read('/statements/2016-0001')).text, before.text, 'a draft changes no public byte');
  await room.until(day('09-13T16:00'));
  await submit(room, id);
  t.equal((await room.post('sofia', `/desk/statements/${id}/approval`, await seen(room, 'lena', id))).status, 403, 'the author cannot approve');
  await approve(room, 'lena', id);
  await room.until(day('09-13T16:10'));
  await publish(room, id);

  const v1 = await room.read('/statements/2016-0001');
  t.equal(v1.status, 200);
  t.match(v1.text, 'Data presented as ours is circulating');
  t.match(JSON.parse((await room.read('/statements/2016-0001/v/1.json')).text), {
    reference: '2016-0001',
    version: 1,
    kind: 'first',
    phase: 'holding',
    incident: { status: 'confirmed' },
    nextUpdate: { type: 'by', at: '2016-09-13T18:00:00.000Z' },
    findings: { artefacts: [{ id: 'A-1', verdict: 'unverified', circulation: 'leak_site', firstSeenOn: '2016-09-13' }] },
  });
  t.equal((await checkpoint(room)).size, 1, 'setting up logged nothing: the first publication makes size 1');
  await keep('/statements/2016-0001/v/1.json');
  await keep('/statements/2016-0001/v/1.txt');

  await room.until(day('09-13T17:59'));
  t.notMatch((await room.read('/statements/2016-0001')).text, /overdue/i, 'before the promised time nothing is overdue');
  await room.until(day('09-13T18:01'));
  const overdue = await room.read('/statements/2016-0001');
  t.match(overdue.text, /overdue/i, 'a promise that has passed shows by itself');
  t.not(overdue.headers.get('etag'), v1.headers.get('etag'));
  t.equal((await checkpoint(room)).size, 1, 'and makes no version');

  await room.until(day('09-14T16:00'));
  await openNext(room, id, 'update');
  await save(room, id, {
    ...englishOnly,
    phase: 'update',
    ...noDate('We will speak when the new files have been examined.'),
    ...english({
      summary:
        'A second batch has been posted, from the same account. There is no evidence of wider compromise. Athletes concerned are being contacted through their organisations.',
      unknown: '- Whether more batches follow.\n- Whether what circulates is authentic.',
      changeNote: 'A second batch; same account; no evidence of wider compromise.',
    }),
    ...artefact(1, 'A second set of PDF documents', '2016-09-14'),
  });
  await carry(room, id, ['lena'], day('09-14T17:00'));
  t.notMatch((await room.read('/statements/2016-0001')).text, /overdue/i);
  const diff = await room.read('/statements/2016-0001/diff/1..2');
  t.match(diff.text, 'A-2', 'the diff shows the artefact');
  t.match(diff.text, 'Whether more batches follow', 'and the changed unknowns');
  t.match((await feedTitles(room))[0], /^Update 2:/);

  await room.until(day('09-16T18:00'));
  await openNext(room, id, 'update');
  await save(room, id, {
    ...englishOnly,
    phase: 'interim',
    ...promised('2016-09-30T18:00'),
    ...english({
      summary:
        'A third release concerns eleven people in five countries. Misinformation about what an exemption means is circulating: an exemption is a permission, given on medical grounds.',
      circulating: 'Messages say that an exemption proves doping. It does not.',
      changeNote: 'A third batch: eleven people, five countries; what an exemption means.',
      nextUpdateReason: '',
    }),
    ...artefact(2, 'A third set of PDF documents', '2016-09-16'),
  });
  const third = field(await room.get('sofia', `/desk/statements/${id}/draft`), 'texts.en.known');
  await save(room, id, english({ known: `${third}\n- Elena Novak is among them, elena.novak@athletes.example.` }));
  t.strictSame(await refused(room, id), '422 personal_name personal_email', 'a text that names one of the eleven is refused');
  await save(room, id, english({ known: third }));
  await carry(room, id, ['lena'], day('09-16T18:30'));

  await room.until(day('09-30T18:01'));
  t.match((await room.read('/statements/2016-0001')).text, /overdue/i, 'v3 is overdue in its turn');

  await room.until(day('10-05T16:00'));
  await openNext(room, id, 'correction');
  await save(room, id, {
    whole: 'yes',
    'house.consulted': 'yes',
    languages: 'fr',
    situation: 'leak-falsified',
    correctsVersion: '3',
    ...noDate('We will speak when the analysis is complete.'),
    ...english({
      title: 'Part of the released documents does not match our records',
      summary:
        'The analysis is over nine tenths complete. Not all data in the released PDF documents matches our records. There were seven batches so far. People concerned are asked to report inaccuracies.',
      known:
        '- Nothing was found beyond the export of the data of the Games account up to 12 September.\n- Not all data in the released documents matches our records.\n- There were seven batches so far.',
      changeNote: 'Not all released data matches our records.',
      wasWrong: 'The accuracy was left open; the summary of version 3 could be read as confirming it.',
      isRight: 'Not all data in the released PDF documents matches our own records.',
    }),
    ...frenchV4,
  });
  await saveItem(room, id, 'C-1', { ...whole, finding: 'mixed' });
  t.match(await refused(room, id), /mixed_without_items/, '“mixed” without a named item is refused');
  await saveItem(room, id, 'C-1', { ...whole, finding: 'may_contain_falsified' });
  await submit(room, id);
  await approve(room, 'lena', id);
  const early = await room.post('henrik', `/desk/statements/${id}/publication`, await seen(room, 'henrik', id));
  t.equal(early.status, 409, 'one of two reviewers is not enough');
  await approve(room, 'henrik', id);
  await room.until(day('10-05T17:00'));
  await publish(room, id);
  const corrected = await room.read('/statements/2016-0001');
  t.match(corrected.text, 'could be read as confirming it', 'the correction box says what was wrong');
  const body = corrected.text.slice(corrected.text.indexOf('<main'));
  t.ok(body.indexOf('could be read as confirming it') < body.indexOf('The analysis is over nine tenths complete'), 'and stands above the text');
  t.match((await feedTitles(room))[0], /^Correction:/);
  t.match((await room.read('/corrections')).text, 'could be read as confirming it');

  await checkedWithTheChange(t, room);

  const backup = await mkdtemp(join(tmpdir(), 'onrecord-night-'));
  t.teardown(() => rm(backup, { recursive: true }));
  await room.until(day('10-05T23:00'));
  await backUp(room.server.config, backup, room.server.clock.now());

  await room.until(day('10-06T08:40'));
  await openNext(room, id, 'editorial');
  const six = english({
    summary:
      'The analysis is over nine tenths complete. Not all data in the released PDF documents matches our records. There were six batches so far. People concerned are asked to report inaccuracies.',
    known:
      '- Nothing was found beyond the export of the data of the Games account up to 12 September.\n- Not all data in the released documents matches our records.\n- There were six batches so far.',
    changeNote: 'Six batches, not seven.',
  });
  await save(room, id, { ...six, languages: 'fr' });
  const editorial = await room.post('sofia', `/desk/statements/${id}/submission`, await seen(room, 'sofia', id, 'draft'));
  t.equal(editorial.status, 422, 'an editorial version that changes a number word is refused at submission');
  await save(room, id, {
    languages: '',
    kind: 'correction',
    correctsVersion: '4',
    ...english({ wasWrong: 'Version 4 said seven batches.', isRight: 'There were six batches.' }),
  });
  await carry(room, id, ['lena'], day('10-06T09:00'));
  t.match((await room.read('/statements/2016-0001')).text, 'There were six batches');

  const mistake = await open(room, 'sofia', '/desk/statements', { template: 'breach' });
  await save(room, mistake, {
    ...first,
    ...facts('2016-10-06T09:00', promised('2016-10-06T11:30')),
    whole: 'yes',
    languages: '',
    situation: 'breach',
    ...english({ title: 'An intrusion at the test laboratory' }),
  });
  await room.until(day('10-06T09:50'));
  await submit(room, mistake);
  await approve(room, 'lena', mistake);
  await room.until(day('10-06T10:00'));
  await publish(room, mistake);
  await keep('/statements/2016-0002/v/1.json');
  await room.until(day('10-06T10:20'));
  const withdrawal = await room.post('lena', `/desk/statements/${mistake}/withdrawal`, {
    version: '1',
    code: 'exercise_not_marked',
    'reason.en': 'This was an exercise. No incident took place.',
  });
  t.equal(withdrawal.status, 303, 'one person withdraws');
  const notice = await room.read('/statements/2016-0002');
  t.equal(notice.status, 200, 'the notice stands at the same address');
  t.ok(
    notice.text.indexOf('This was an exercise') > 0 &&
      notice.text.indexOf('This was an exercise') < notice.text.indexOf('An account created for the Rio 2016 Games'),
    'with the text under it',
  );
  t.match(
    await room.server.office.store.list({ public: true }),
    [{ reference: '2016-0002', public: 'withdrawn', debts: [{ version: 2, because: 'withdrawal' }] }],
    'its second check is owed',
  );

  await room.until(day('10-06T11:00'));
  for (const [path, text] of kept) t.equal((await room.read(path)).text, text, `${path} never changes`);
  for (const version of [1, 2, 3, 4, 5]) t.equal((await room.read(`/statements/2016-0001/v/${version}`)).status, 200);
  t.equal((await checkpoint(room)).size, 7);
  const ids = ['2016-0001/v1', '2016-0001/v2', '2016-0001/v3', '2016-0001/v4', '2016-0001/v5', '2016-0002/v1', '2016-0002/v2'];
  t.strictSame(
    updates.ids.map((tag) => tag.replace(/^[^:]+:[^:]+:/, '')),
    ids,
    'the poller saw each version once, in order',
  );
  t.ok(updates.answers.ok <= 8 && updates.answers.notModified > 3_000, `and was answered 304 otherwise: ${JSON.stringify(updates.answers)}`);
  t.strictSame(
    frenchUpdates.ids.map((tag) => tag.replace(/^[^:]+:[^:]+:/, '')),
    ['2016-0001/v1/fr', '2016-0001/v4/fr'],
    'the French feed holds v1 and v4',
  );
  t.equal([...(await room.read('/feeds/statements.atom')).text.matchAll(/<entry>/g)].length, 2);
  t.equal([...(await room.read('/feeds/updates.atom')).text.matchAll(/<entry>/g)].length, 7);
  t.match((await room.read('/fr/')).text, /traduction/i, 'a version without French text is flagged');
  await registerIsWhole(t, room);
  await proveAll(t, room, ids);
  await restoreIsRefused(t, room, backup);
});

const whole = {
  'label.en': 'All released documents',
  'label.fr': 'Tous les documents publiés',
  confidence: 'moderate',
  bases: 'origin_copy_compared',
  'because.en': 'Released data was compared with our records and differs.',
  'because.fr': 'Les données publiées ont été comparées à nos dossiers et en diffèrent.',
};
const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');
const documents = { plain: sha256Of('a set of PDF documents'), exact: sha256Of(`onrecord-fp-v1:${sha256Of('a set of PDF documents')}`) };
const frenchV4 = {
  ...Object.fromEntries(
    Object.entries({
      title: 'Une partie des documents publiés ne correspond pas à nos dossiers',
      summary:
        'L’analyse est achevée à plus de neuf dixièmes. Toutes les données des documents PDF publiés ne correspondent pas à nos dossiers. Sept séries à ce jour. Les personnes concernées sont invitées à signaler les inexactitudes.',
      known: '- Rien n’a été trouvé au-delà de l’export des données du compte des Jeux jusqu’au 12 septembre.\n- Sept séries à ce jour.',
      circulating: 'Des messages disent qu’une dérogation prouve un dopage. Ce n’est pas le cas.',
      changeNote: 'Toutes les données publiées ne correspondent pas à nos dossiers.',
      wasWrong: 'L’exactitude était laissée ouverte ; le résumé de la version 3 pouvait se lire comme une confirmation.',
      isRight: 'Toutes les données des documents publiés ne correspondent pas à nos dossiers.',
      nextUpdateReason: 'Nous nous exprimerons quand l’analyse sera achevée.',
    }).map(([name, text]) => [`texts.fr.${name}`, text]),
  ),
};

/** A reader holds the documents of A-1 against the register that `/check` carries: their own verdict, and the finding on the whole with its change. */
async function checkedWithTheChange(t: Test, room: Newsroom): Promise<void> {
  const inlined = /id="register">([^<]*)</.exec((await room.read('/check')).text)?.[1] ?? '';
  const register = await room.read('/register.json');
  t.equal(inlined, register.text, 'the page holds the signed register');
  const [match] = matchesOf(indexRegister(Register.parse(JSON.parse(inlined))), { ...documents, text: null, sketch: null });
  t.match(match, {
    how: 'exact',
    known: {
      item: { statement: '2016-0001', artefact: 'A-1', history: [{ verdict: 'unverified', version: 1 }] },
      collections: [
        { namesFalsified: false, collection: { collection: 'C-1', history: [{ finding: 'may_contain_falsified', confidence: 'moderate', version: 4 }] } },
      ],
    },
  });
  t.match((await room.read('/statements/2016-0001')).text, 'No specific item identified so far');
}

/** The register lists with since when, and the entry of version 4 proves the state that brought the finding. */
async function registerIsWhole(t: Test, room: Newsroom): Promise<void> {
  const { artefacts, statements } = Register.parse(JSON.parse((await room.read('/register.json')).text));
  t.match(artefacts, [
    { artefact: 'A-1', fingerprints: [{ value: documents.exact }], history: [{ version: 1, verdict: 'unverified' }] },
    { artefact: 'A-2', fingerprints: [], history: [{ version: 2 }] },
    { artefact: 'A-3', history: [{ version: 3 }] },
  ]);
  t.match(
    statements,
    [
      { statement: '2016-0001', state: 'live' },
      { statement: '2016-0002', state: 'withdrawn' },
    ],
    'the mistake stands as withdrawn',
  );
  const page = await room.read('/register');
  for (const label of ['A set of PDF documents', 'A second set of PDF documents', 'A third set of PDF documents']) t.match(page.text, label);
  t.match((await room.read('/register.txt')).text, documents.exact);
  t.notMatch((await room.read('/register.txt')).text, documents.plain, 'and never the plain hash');
}

/** A reader with the root key and the two published programs alone. */
async function proveAll(t: Test, room: Newsroom, versions: readonly string[]): Promise<void> {
  const trust = Buffer.from((await room.read('/log/trust.note')).text);
  const root = formatVerifierKey(openTrust(trust.toString(), null).root);
  for (const address of versions.map((id) => `/statements/${id.replace('/v', '/v/')}`)) {
    const [file, proof] = [Buffer.from((await room.read(`${address}.json`)).text), Buffer.from((await room.read(`${address}.tlog-proof`)).text)];
    for (const script of runnable) t.match(await runScript(script, { root, file, proof, trust }), { code: 0 }, `${script} proves ${address}`);
  }
  const [file, proof] = [
    Buffer.from((await room.read('/statements/2016-0001/v/3.txt')).text),
    Buffer.from((await room.read('/statements/2016-0001/v/3.tlog-proof')).text),
  ];
  for (const script of runnable) {
    t.match(
      await runScript(script, { root, file, proof, trust }, room.server.publicUrl),
      { code: 0, said: /superseded by version 5/ },
      `${script} sees the newer version`,
    );
    t.match(await runScript(script, { root, file: Buffer.concat([file, Buffer.from(' ')]), proof, trust }), { code: 1 }, `${script} refuses a changed file`);
  }
}

/** Last night's backup knows four of seven entries: it is not brought back as if nothing had been said since. */
async function restoreIsRefused(t: Test, { server }: Newsroom, backup: string): Promise<void> {
  const place = await mkdtemp(join(tmpdir(), 'onrecord-morning-'));
  t.teardown(() => rm(place, { recursive: true }));
  const request = { backup, given: [], now: server.clock.now(), from: { ONRECORD_DATA_DIR: join(place, 'data'), ONRECORD_LANGUAGES: 'en,fr' } };
  const newest = { way: 'newest' as const, newest: `${server.publicUrl}/log/checkpoint` };
  await t.rejects(restoreBackup({ ...request, way: newest }), { code: 'rollback_detected' }, 'last night’s backup is refused');
  const restored = await restoreBackup({ ...request, way: { way: 'complete-from', source: server.publicUrl } });
  t.match(restored, { size: 7, completed: { entries: 3, versions: 3, statements: 2 } }, 'until told otherwise: from the public site');
}

async function open(room: Newsroom, person: string, path: string, form: Record<string, string>): Promise<string> {
  const answer = await room.post(person, path, form);
  if (answer.status !== 303) throw new Error(`${path}: ${answer.status} ${explain(answer)}`);
  return /statements\/([a-z0-9]+)\//.exec(answer.headers.get('location') ?? '')?.[1] ?? '';
}

async function openNext(room: Newsroom, id: string, kind: string): Promise<void> {
  const answer = await room.post('sofia', `/desk/statements/${id}/drafts`, { kind });
  if (answer.status !== 303) throw new Error(`draft ${kind}: ${answer.status} ${explain(answer)}`);
}

async function save(room: Newsroom, id: string, form: Record<string, string>): Promise<void> {
  const page = await room.get('sofia', `/desk/statements/${id}/draft`);
  const answer = await room.post('sofia', `/desk/statements/${id}/draft`, { revision: field(page, 'revision'), ...form });
  if (answer.status !== 303) throw new Error(`save: ${answer.status} ${explain(answer)}`);
}

async function saveItem(room: Newsroom, id: string, item: string, form: Record<string, string>): Promise<void> {
  const path = `/desk/statements/${id}/findings/${item}`;
  const answer = await room.post('sofia', path, { revision: field(await room.get('sofia', path), 'revision'), ...form });
  if (answer.status !== 303) throw new Error(`${item}: ${answer.status} ${explain(answer)}`);
}

/** What stands against a submission. */
async function refused(room: Newsroom, id: string): Promise<string> {
  const answer = await room.post('sofia', `/desk/statements/${id}/submission`, await seen(room, 'sofia', id, 'draft'));
  return `${answer.status} ${[...new Set(explain(answer).split(' '))].join(' ')}`;
}

async function submit(room: Newsroom, id: string): Promise<void> {
  const answer = await room.post('sofia', `/desk/statements/${id}/submission`, await seen(room, 'sofia', id, 'draft'));
  if (answer.status !== 303) throw new Error(`submission: ${answer.status} ${explain(answer)}`);
}

async function approve(room: Newsroom, person: string, id: string): Promise<void> {
  const answer = await room.post(person, `/desk/statements/${id}/approval`, await seen(room, person, id));
  if (answer.status !== 303) throw new Error(`approval: ${answer.status} ${explain(answer)}`);
}

async function publish(room: Newsroom, id: string): Promise<void> {
  const answer = await room.post('henrik', `/desk/statements/${id}/publication`, await seen(room, 'henrik', id, 'publication'));
  if (answer.status !== 303) throw new Error(`publication: ${answer.status} ${explain(answer)}`);
}

async function carry(room: Newsroom, id: string, approvers: readonly string[], at: string): Promise<void> {
  await submit(room, id);
  for (const person of approvers) await approve(room, person, id);
  await room.until(at);
  await publish(room, id);
}

async function feedTitles(room: Newsroom): Promise<string[]> {
  const feed = await room.read('/feeds/updates.atom');
  return [...feed.text.matchAll(/<entry>.*?<title[^>]*>([^<]*)<\/title>/gs)].map((match) => match[1] ?? '');
}

async function checkpoint(room: Newsroom): Promise<{ size: number }> {
  return room.server.office.store.ledger(-1, 100);
}

const explain = ({ text }: Answer): string =>
  [...text.matchAll(/data-code="([^"]+)"/g)].map((match) => match[1]).join(' ') ||
  text
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 600);
