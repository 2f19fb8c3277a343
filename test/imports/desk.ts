import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { importDocuments } from '../../src/cli/import-acts.ts';
import { freeze } from '../../src/desk/freeze.ts';
import { askToImport, confirmImport, dropImport, goOnWithImports, importProgress } from '../../src/desk/importing.ts';
import type { Office } from '../../src/office.ts';
import type { Actor } from '../../src/statement/guards.ts';
import { digestOf, StagedBatch } from '../../src/store/staged-imports.ts';
import { type Agency, foundAgency, say } from '../support/agency.ts';
import { acceptedIn } from '../support/csaf-archive.ts';
import { claire, jonas } from '../support/people.ts';
import { type Answer, type Browser, field, openBrowser, signedIn } from '../support/test-server.ts';

/** Two publishers bring documents along that an operator laid out; nobody does it alone, and nothing stops halfway for good. */

const tomas: Actor = { id: 'tomas', roles: ['publisher'], recent: true };
const places = ['/imported', '/imported/www.agency.example/old-1', '/imported/www.agency.example/old-1/1.json'];

type House = { agency: Agency; office: Office; url: string; id: string; digest: string };

/** An agency that has published, with so many documents laid out. */
async function laidOut(t: Test, count = 2): Promise<House> {
  const agency = await foundAgency(t);
  const server = await agency.start();
  await say(server.office, 'A statement');
  const directory = t.testdir({});
  const accepted = await Promise.all(Array.from({ length: count }, (_, n) => acceptedIn(directory, { id: `OLD-${n + 1}`, title: `Warning ${n + 1}` })));
  const { batch } = await importDocuments(await agency.config(), accepted, false);
  const [staged] = await server.office.staged.list();
  return { agency, office: server.office, url: server.publicUrl, id: batch ?? '', digest: staged?.digest ?? '' };
}

const statuses = (url: string): Promise<readonly number[]> => Promise.all(places.map(async (path) => (await fetch(url + path)).status));
const size = async ({ store }: Office): Promise<number> => (await store.ledger(-1, 0)).size;

t.test('one publisher asks, another confirms, and then the documents are public', async (t) => {
  const { office, url, id, digest } = await laidOut(t);
  t.same(await statuses(url), [200, 404, 404], 'nothing of them is public yet');
  await t.rejects(askToImport(office, claire, id, digest), { code: 'role_missing' });
  await t.rejects(askToImport(office, { ...jonas, recent: false }, id, digest), { code: 'step_up_needed' });
  await t.rejects(confirmImport(office, jonas, id, digest), { code: 'request_gone' }, 'nobody has asked');
  await askToImport(office, jonas, id, digest);
  await t.rejects(askToImport(office, tomas, id, digest), { code: 'account_state' });
  await t.rejects(confirmImport(office, jonas, id, digest), { code: 'own_request' });
  await t.rejects(confirmImport(office, tomas, id, '0'.repeat(64)), { code: 'hash_mismatch' }, 'what was on the screen was something else');
  t.equal(await size(office), 1);
  await confirmImport(office, tomas, id, digest);
  await goOnWithImports(office);
  t.same(await statuses(url), [200, 200, 200]);
  t.equal(await size(office), 3);
  const batch = await office.staged.read(id);
  t.match(
    batch?.acts.map(({ by, act, note }) => `${by} ${act} ${note}`.trim()),
    ['jonas asked', 'tomas confirmed', 'system done 2 / 2'],
  );
  await t.rejects(office.staged.body(id, 0), { code: 'ENOENT' }, 'what is on record lies nowhere else');
  await t.rejects(dropImport(office, jonas, id), { code: 'request_gone' });
});

t.test('a request lasts a day, and no longer than its asker may publish', async (t) => {
  const { agency, office, id, digest } = await laidOut(t);
  await askToImport(office, jonas, id, digest);
  agency.clock.forward(24 * 3_600_000);
  await t.rejects(confirmImport(office, tomas, id, digest), { code: 'request_gone' });
  await askToImport(office, tomas, id, digest);
  await office.people.editAmong('tomas', (person) => ({ ...person, roles: [] }));
  await t.rejects(confirmImport(office, jonas, id, digest), { code: 'request_gone' });
  t.equal(await size(office), 1);
});

/** The office with something that happens as the n-th group is committed. */
function withHappening(office: Office, group: number, happen: () => Promise<unknown>): Office {
  const { store } = office;
  let groups = 0;
  const declare: typeof store.declare = async (change) => {
    const logged = await store.declare(change);
    groups += 1;
    if (groups === group) await happen();
    return logged;
  };
  return { ...office, store: { ...store, declare } };
}

t.test('a freeze holds it up, and it goes on by itself afterwards', async (t) => {
  const { office, url, id, digest } = await laidOut(t, 30);
  await askToImport(office, jonas, id, digest);
  await freeze(office, claire, 'Something is wrong.');
  await t.rejects(confirmImport(office, tomas, id, digest), { code: 'frozen' });
  const unfreeze = () => office.people.editFreezing((freezing) => ({ ...freezing, open: null }));
  await unfreeze();
  let atFreeze = 0;
  // Whoever freezes in the middle is told so once the group that was on its way is out, and finds the rest still private.
  const frozen = Promise.withResolvers<void>();
  const interrupted = withHappening(office, 1, async () => {
    void freeze(office, claire, 'Stop.').then(async () => {
      atFreeze = (await fetch(`${url}/imported`).then((answer) => answer.text())).match(/href="\/imported\/www/g)?.length ?? 0;
      frozen.resolve();
    });
  });
  await confirmImport(interrupted, tomas, id, digest);
  await goOnWithImports(interrupted);
  await frozen.promise;
  t.ok(atFreeze >= 10 && atFreeze < 30, `${atFreeze} of them are shown when the freeze is told as done`);
  t.equal(await size(office), atFreeze + 1, 'and no more are on record');
  await goOnWithImports(office);
  t.equal(await size(office), atFreeze + 1);
  await unfreeze();
  await goOnWithImports(office);
  t.equal(await size(office), 31);
  t.match((await office.staged.read(id))?.acts.at(-1), { act: 'done', note: '30 / 30' }, 'what came before counts');
  t.equal((await fetch(`${url}/imported/www.agency.example/old-30`)).status, 200);
});

t.test('one publisher stops what two began; what is on record stays', async (t) => {
  const { office, id, digest } = await laidOut(t, 30);
  await askToImport(office, jonas, id, digest);
  const stopped = withHappening(office, 2, () => dropImport(office, jonas, id));
  await confirmImport(stopped, tomas, id, digest);
  await goOnWithImports(stopped);
  t.equal(await size(office), 21);
  await goOnWithImports(office);
  t.equal(await size(office), 21);
  t.match(await office.staged.read(id), { count: 30, documents: [], acts: [{}, {}, { by: 'jonas', act: 'dropped' }] });
});

t.test('a batch that cannot be read stops nothing and nobody', async (t) => {
  const { agency, office, url, id, digest } = await laidOut(t);
  const broken = join(agency.directory, 'imports', '0123456789abcdef');
  await mkdir(broken);
  await writeFile(join(broken, 'batch.json'), '{"id":');
  t.equal((await office.staged.list()).length, 1);
  await askToImport(office, jonas, id, digest);
  await confirmImport(office, tomas, id, digest);
  await goOnWithImports(office);
  t.same(await statuses(url), [200, 200, 200]);
});

t.test('what is shown is what is confirmed: a batch that says something else of a file is refused', async (t) => {
  const { agency, office, id, digest } = await laidOut(t);
  const path = join(agency.directory, 'imports', id, 'batch.json');
  const batch = StagedBatch.parse(JSON.parse((await readFile(path)).toString()));
  const moved = batch.documents.map((document) => ({ ...document, host: 'record.test.example' }));
  await writeFile(path, JSON.stringify({ ...batch, documents: moved }));
  await t.rejects(askToImport(office, jonas, id, digest), { code: 'hash_mismatch' }, 'the words are in the digest');
  await writeFile(path, JSON.stringify({ ...batch, documents: moved, digest: digestOf(moved) }));
  await askToImport(office, jonas, id, digestOf(moved));
  await confirmImport(office, tomas, id, digestOf(moved));
  await goOnWithImports(office);
  t.equal(await size(office), 1, 'and the bytes have to say them');
  t.match(importProgress(office, id).failure, /does not say what was shown/);
});

t.test('a file that was changed after it was laid out never becomes public', async (t) => {
  const { agency, office, id, digest } = await laidOut(t);
  const path = join(agency.directory, 'imports', id, '1.json');
  const genuine = await readFile(path);
  await writeFile(path, genuine.toString().replace('open', 'shut'));
  await askToImport(office, jonas, id, digest);
  await confirmImport(office, tomas, id, digest);
  await goOnWithImports(office);
  t.equal(await size(office), 1, 'nor does what goes with it');
  t.match(importProgress(office, id).failure, /not the file any more/);
  await writeFile(path, genuine);
  agency.clock.forward(61_000);
  await goOnWithImports(office);
  t.equal(await size(office), 3, 'put back, it is tried again');
});

t.test('what nobody wants is removed, and can be laid out again', async (t) => {
  const { office, url, id } = await laidOut(t);
  await dropImport(office, tomas, id);
  await t.rejects(office.staged.body(id, 0), { code: 'ENOENT' });
  await goOnWithImports(office);
  t.same(await statuses(url), [200, 404, 404]);
});

t.test('the desk shows what waits, to whom it concerns, and takes two people at their screens', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start({ ONRECORD_LANGUAGES: 'en,fr' });
  const { office } = server;
  await say(office, 'A statement');
  const directory = t.testdir({});
  const accepted = [await acceptedIn(directory, { id: 'OLD-1', title: 'Warning <script>alert(1)</script>\u202e one' })];
  const { batch } = await importDocuments(await agency.config(), accepted, false);
  const desk = { ...server, directory: agency.directory, clock: agency.clock, config: await agency.config() };
  const [first, second] = [await signedIn(desk, 'jonas'), await signedIn(desk, 'tomas')];
  t.match((await first.get('/desk')).text, /1 document waits to be imported/);
  t.match((await first.get('/desk/imports')).text, new RegExp(`/desk/imports/${batch}`));
  const page = await first.get(`/desk/imports/${batch}`);
  t.match(page.text, /Warning &lt;script&gt;alert\(1\)&lt;\/script&gt; one/, 'a title is text, and reads as it is written');
  const original = await first.get(`/desk/imports/${batch}/0`);
  t.equal(original.text, (await readFile(accepted[0]?.path ?? '')).toString());
  t.match(original.headers.get('content-disposition'), /^attachment/);
  const { digest = '' } = (await office.staged.list())[0] ?? {};
  t.equal((await send(first, `/desk/imports/${batch}/request`, { digest })).status, 303);
  t.notMatch((await first.get(`/desk/imports/${batch}`)).text, /Confirm: put/, 'who asked gets no button');
  t.match((await second.get(`/desk/imports/${batch}`)).text, /Confirm: put it on record/);
  t.equal((await send(second, `/desk/imports/${batch}/confirmation`, { digest: 'x' })).status, 400);
  t.equal((await send(second, `/desk/imports/${batch}/confirmation`, { digest })).status, 303);
  await goOnWithImports(office);
  t.match((await second.get(`/desk/imports/${batch}`)).text, /On record since/);
  for (const path of [
    '/desk/imports/nowhere',
    `/desk/imports/${'0'.repeat(16)}`,
    `/desk/imports/${batch}/0`,
    `/desk/imports/${batch}/7`,
    `/desk/imports/${batch}/..%2fbatch`,
  ])
    t.ok([400, 404].includes((await first.get(path)).status), path);
  t.equal((await openBrowser(server).get('/desk/imports')).status, 303, 'a stranger is asked who they are');
});

async function send(browser: Browser, path: string, form: Record<string, string>): Promise<Answer> {
  return browser.post(path, { _csrf: field(await browser.get('/desk'), '_csrf'), ...form });
}
