import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { importDocuments } from '../../src/cli/import-acts.ts';
import { type Accepted, examineFiles, filesUnder } from '../../src/cli/import-files.ts';
import { readKnown } from '../../src/desk/bring-along.ts';
import { newestOf } from '../../src/imports/known.ts';
import { type Agency, foundAgency, say } from '../support/agency.ts';
import { archivedBytes, wholeArchive } from '../support/csaf-archive.ts';
import { openPlace, type Running } from '../support/place.ts';
import { auditStore } from '../support/store-audit.ts';
import { compiled } from '../support/store-processes.ts';

/** `onrecord import csaf`: an agency brings its archive along. */

type Place = Awaited<ReturnType<typeof openPlace>>;
const ownOf = (agency: Agency): Record<string, string> => ({ ...agency.environment(), ...compiled }) as Record<string, string>;

function begin(place: Place, agency: Agency, ...args: readonly string[]): Running {
  return place.start(['import', 'csaf', ...args], ownOf(agency));
}

/** As far as committed. */
const entriesOf = async (agency: Agency): Promise<number> =>
  Number((await readFile(join(agency.directory, 'ledger/checkpoint'), 'utf8').catch(() => '')).split('\n')[1] ?? 0);

t.test('an archive of 240 documents comes along, though the machine dies in the middle; then there is nothing left to bring', async (t) => {
  const [agency, place, paths] = [await foundAgency(t), await openPlace(t), await wholeArchive(t)];
  const directory = dirname(paths[0] ?? '');
  const killed = begin(place, agency, directory);
  while ((await entriesOf(agency)) < 50) await sleep(5);
  killed.child.kill('SIGKILL');
  await killed.ended;
  const before = await entriesOf(agency);
  t.ok(before < 240, `killed after ${before}`);
  const resumed = begin(place, agency, directory);
  t.equal(await resumed.ended, 0, resumed.said());
  const [, added = 0, here = 0] = /: (\d+) imported, (\d+) here already, 0 older than what is here, 0 refused/.exec(resumed.said())?.map(Number) ?? [];
  t.equal(added + here, 240);
  t.ok(added > 0 && here >= 50, `${added} were left`);
  t.match(resumed.said(), /checking: 240 of 240[\s\S]*importing: 240 of 240[\s\S]*reading for search: 240 of 240/, 'it says how far it is');
  const again = begin(place, agency, directory, '--json');
  t.equal(await again.ended, 0);
  t.match(JSON.parse(again.said().slice(again.said().indexOf('{'))), { files: 240, added: 0, known: 240, older: [], refused: [] });

  t.equal((await readdir(join(agency.directory, 'prints/imported'))).length, 3, 'what lists and search need of full blocks is kept');
  const server = await agency.start();
  t.same(await auditStore(server.office.store, await signerOf(agency)), [], 'the record is whole');
  const known = await readKnown(server.office.store);
  t.equal(known.all().length, 240);
  for (const path of paths) {
    const slug = basename(path, '.json');
    const document = known.all().find((one) => one.slug === slug);
    const bytes = document && (await readFile(join(agency.directory, 'record', newestOf(document).file.name)));
    t.ok(bytes?.equals(await readFile(path)), `${slug} is there byte for byte`);
  }
});

async function signerOf(agency: Agency) {
  const { loadSigners } = await import('../../src/keys.ts');
  return (await loadSigners(await agency.config())).signer;
}

async function archiveIn(t: Test, files: Readonly<Record<string, Buffer | string>>): Promise<string> {
  const directory = t.testdir({});
  for (const [name, body] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), body);
  }
  return directory;
}

const isAccepted = (one: object): one is Accepted => 'candidate' in one;

t.test('what is not valid is named with its file, the place and the reason; the others go on', async (t) => {
  const agency = await foundAgency(t);
  const text = archivedBytes({ id: 'OLD-2' }).toString();
  const directory = await archiveIn(t, {
    '2019/old-1.json': archivedBytes({ id: 'OLD-1' }),
    '2019/old-3-v2.json': archivedBytes({ id: 'OLD-3', version: '2' }),
    '2020/a-first-version.json': archivedBytes({ id: 'OLD-3', version: '1' }),
    '2020/the-same-again.json': archivedBytes({ id: 'OLD-1' }),
    '2020/broken.json': text.slice(0, 200),
    '2020/wrong-order.json': text.replace('"version": "1"', '"version": "7"'),
    '2020/secret.json': archivedBytes({ id: 'OLD-4', label: 'RED' }),
    'provider-metadata.json': '{"canonical_url":"https://www.agency.example/.well-known/csaf/provider-metadata.json"}',
    'notes.txt': 'no document',
  });
  await symlink('/dev/zero', join(directory, 'endless.json'));
  await symlink(join(directory, '2019/old-1.json'), join(directory, 'elsewhere.json'));
  const examined = await examineFiles(await filesUnder([directory]));
  const objections = new Map(examined.flatMap((one) => ('objections' in one ? [[one.path.slice(directory.length + 1), one.objections[0]] as const] : [])));
  t.match(objections.get('2020/broken.json'), { path: '', reason: /not JSON/ });
  t.match(objections.get('2020/wrong-order.json'), { path: /^\/document\/tracking/, reason: /./ }, 'what the mandatory tests of CSAF say');
  t.match(objections.get('2020/secret.json'), { path: '/document/distribution/tlp/label', reason: /RED/ });
  t.same([...objections.keys()].sort(), ['2020/broken.json', '2020/secret.json', '2020/wrong-order.json']);
  t.equal(examined.filter((one) => 'isList' in one).length, 1, 'a list is no document and no error');

  const config = await agency.config();
  const accepted = examined.filter(isAccepted);
  const acts = (outcomes: readonly { candidate: { id: string; version: string }; decision: { act: string } }[]): readonly string[] =>
    outcomes.map(({ candidate, decision }) => `${candidate.id} v${candidate.version} ${decision.act}`);
  const expected = ['OLD-1 v1 add', 'OLD-1 v1 known', 'OLD-3 v1 add', 'OLD-3 v2 add'];
  const before = await treeOf(agency.directory);
  const trial = await importDocuments(config, accepted, true);
  t.match({ how: trial.how, acts: acts(trial.outcomes) }, { how: 'tried', acts: expected });
  t.same(await treeOf(agency.directory), before, 'a dry run changes nothing');
  const real = await importDocuments(config, accepted, false);
  t.match({ how: real.how, acts: acts(real.outcomes) }, { how: 'recorded', acts: expected });
  t.same(acts((await importDocuments(config, accepted, false)).outcomes), ['OLD-1 v1 known', 'OLD-1 v1 known', 'OLD-3 v1 known', 'OLD-3 v2 known']);

  const server = await agency.start();
  const known = await readKnown(server.office.store);
  const versions = known.at({ host: 'www.agency.example', slug: 'old-3' })?.originals.map(({ k, version }) => `${k}: ${version}`);
  t.same(versions, ['1: 1', '2: 2'], 'both versions are kept, the older one first');
  await server.close(0);
  const later = await archiveIn(t, {
    'older.json': archivedBytes({ id: 'OLD-3', version: '1', title: 'Found in a drawer' }),
    'other-bytes.json': archivedBytes({ id: 'OLD-3', version: '2', title: 'Changed in silence' }),
    'newer.json': archivedBytes({ id: 'OLD-3', version: '3' }),
  });
  const place = await openPlace(t);
  const run = begin(place, agency, later);
  t.equal(await run.ended, 1, 'a refused file is a failure');
  t.match(run.said(), /refused: .*other-bytes\.json: \/document\/tracking\/version: is 2, of which other bytes/);
  t.match(run.said(), /left out: .*older\.json: version 1 is older than 2, which is here/);
  t.match(run.said(), /3 file\(s\): 1 imported, 0 here already, 1 older than what is here, 1 refused/);
});

async function treeOf(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.sort().map(async (path) => `${path} ${(await stat(path)).mtimeMs} ${(await readFile(path)).length}`));
}

t.test('once somebody has published, or while the service runs, nothing becomes public by a command', async (t) => {
  const agency = await foundAgency(t);
  const directory = await archiveIn(t, { 'old-1.json': archivedBytes({ id: 'OLD-1' }) });
  const accepted = (await examineFiles(await filesUnder([directory]))).filter(isAccepted);
  const server = await agency.start();
  const config = await agency.config();
  t.match(await importDocuments(config, accepted, false), { how: 'staged', batch: /^[0-9a-f]{16}$/ }, 'the service holds the data');
  await say(server.office, 'A statement');
  await server.close(0);
  t.match(await importDocuments(config, accepted, false), { how: 'staged', batch: null }, 'somebody has published, and it waits already');
  const again = await agency.start();
  t.equal((await again.office.staged.list()).length, 1);
  t.equal((await again.office.store.ledger(-1, 0)).size, 1, 'and the log holds the statement alone');
});

t.test('wrong usage says what is wrong', async (t) => {
  const [agency, place] = [await foundAgency(t), await openPlace(t)];
  const run = (...args: readonly string[]) => place.run(['import', ...args], ownOf(agency));
  t.match(await run('csaf'), { code: 64, said: /something is missing/ });
  t.match(await run('rss', '.'), { code: 64, said: /what is imported is csaf, not rss/ });
  t.match(await run('csaf', join(place.directory, 'nowhere')), { code: 64, said: /nowhere cannot be read/ });
});
