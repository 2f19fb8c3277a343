import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { importDocuments } from '../../src/cli/import-acts.ts';
import { sha256Hex } from '../../src/ledger/hash.ts';
import { formatVerifierKey } from '../../src/ledger/note.ts';
import { createSigner } from '../../src/ledger/signer.ts';
import { openTrust } from '../../src/ledger/trust.ts';
import { verifyFile } from '../../src/ledger/verify.ts';
import { allPaths } from '../../src/press/all-paths.ts';
import { Contents } from '../../src/press/contents.ts';
import type { RunningServer } from '../../src/server.ts';
import { standingClock } from '../support/accounts.ts';
import { type Agency, foundAgency, identity } from '../support/agency.ts';
import { acceptedIn, archivedBytes } from '../support/csaf-archive.ts';
import { openPlace } from '../support/place.ts';
import { liveText } from '../support/publishing-acts.ts';
import { compiled } from '../support/store-processes.ts';
import { type Case, runnable, runScript } from '../support/verifier-scripts.ts';
import { parseXml } from '../support/xml.ts';

/** What readers and machines find of an archive that was brought along, and where they find nothing of it. */

type Given = Parameters<typeof acceptedIn>[1];
const at = '/imported/www.agency.example/old-1';

async function openWithArchive(t: Test, given: readonly Given[]): Promise<{ agency: Agency; server: RunningServer }> {
  // The command line goes by the machine's clock: a log does not go back in time.
  const agency = await foundAgency(t, { clock: standingClock(Date.now() + 60_000) });
  const directory = t.testdir({});
  const accepted = await Promise.all(given.map((one) => acceptedIn(directory, one)));
  await importDocuments(await agency.config(), accepted, false);
  return { agency, server: await agency.start() };
}

const withArchive = async (t: Test, given: readonly Given[]): Promise<RunningServer> => (await openWithArchive(t, given)).server;

async function get({ publicUrl }: RunningServer, path: string): Promise<{ status: number; text: string; headers: Headers }> {
  const answer = await fetch(publicUrl + path, { redirect: 'manual' });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

const both: readonly Given[] = [
  { id: 'OLD-1', version: '1' },
  { id: 'OLD-1', version: '3', note: 'Now twelve servers.' },
];

t.test('a reader finds the document in both languages, with what it claims and what is proved', async (t) => {
  const server = await withArchive(t, both);
  const list = await get(server, '/imported');
  t.match(list.text, /1 imported document/);
  t.match(list.text, new RegExp(`href="${at}"`));
  t.match((await get(server, '/archive')).text, /href="\/imported"/, 'the archive leads there');
  const page = await get(server, at);
  t.equal(page.status, 200);
  t.match(page.text, /Imported document, claimed history/);
  t.match(page.text, /This was published by Old Agency \(www\.agency\.example\), not written in this record/);
  t.match(page.text, /Now twelve servers\./);
  t.match(page.text, /Correction 2/, 'its history, as it claims it');
  const french = await get(server, `/fr${at}`);
  t.match(french.text, /Document importé, historique déclaré/);
  t.match(french.text, /<h1 lang="en">/, 'a text in another language says which');
  for (const path of [
    '/imported/page/1',
    '/imported/page/2',
    '/imported/www.agency.example/old-2',
    '/imported/other.example/old-1',
    `${at}/3.json`,
    `${at}.tlog-proof`,
  ])
    t.equal((await get(server, path)).status, 404, path);
});

t.test('each original is there byte for byte, and its proof convinces a verifier', async (t) => {
  const server = await withArchive(t, both);
  const trust = openTrust((await get(server, '/log/trust.note')).text, null);
  for (const [place, given] of both.entries()) {
    const bytes = archivedBytes(given);
    const file = await fetch(`${server.publicUrl}${at}/${place + 1}.json`);
    t.equal(file.headers.get('content-type'), 'application/json');
    t.equal(file.headers.get('access-control-allow-origin'), '*');
    const body = Buffer.from(await file.arrayBuffer());
    t.ok(body.equals(bytes));
    const proof = (await get(server, `${at}/${place + 1}.tlog-proof`)).text;
    t.match(verifyFile(body, proof, trust), { isProved: true, entry: { event: 'imported' } });
    t.match(verifyFile(Buffer.from(`${body} `), proof, trust), { isProved: false, step: 'file' }, 'control: another byte');
    for (const asked of [sha256Hex(bytes), `${server.office.agency.publicUrl}${at}/${place + 1}.json`, `${at}/${place + 1}.json`])
      t.match((await get(server, `/verify?q=${encodeURIComponent(asked)}`)).text, /It is in the log as a document that the agency has brought along/, asked);
  }
  t.equal((await get(server, `${at}.json`)).text, archivedBytes(both[1]).toString(), 'without a number, the newest');
});

t.test('every program that readers have proves an original, and says that it is not the agency who speaks', async (t) => {
  const { server, agency } = await openWithArchive(t, both);
  const root = formatVerifierKey(createSigner(agency.rootPem, `${identity}/root`));
  const bytes = async (path: string): Promise<Buffer> => Buffer.from(await (await fetch(server.publicUrl + path)).arrayBuffer());
  const of = async (k: number): Promise<Case> => ({
    root,
    file: await bytes(`${at}/${k}.json`),
    proof: await bytes(`${at}/${k}.tlog-proof`),
    trust: await bytes('/log/trust.note'),
  });
  const [first, second] = [await of(1), await of(2)];
  for (const name of runnable) {
    const told = await runScript(name, first, server.publicUrl);
    t.match(
      told,
      {
        code: 0,
        said: /PROVED: brought along by this agency and logged; what it says is what its publisher claims\.\n {2}\/imported\/www\.agency\.example\/old-1\/1\.json, of /,
      },
      name,
    );
    t.match(told.said, /an older original: 2 is the newest/, name);
    t.match((await runScript(name, second, server.publicUrl)).said, /the newest original/, name);
    t.equal((await runScript(name, { ...first, file: second.file })).code, 1, `${name}, control: the other original`);
  }
  const place = await openPlace(t);
  const verify = (path: string) => place.run(['verify', server.publicUrl + path, '--root', root, '--latest'], compiled);
  t.match(await verify(`${at}/1.json`), {
    code: 0,
    said: /PROVED: brought along by this agency[\s\S]*document {3}OLD-1, version 1[\s\S]*an older original: 2 is the newest/,
  });
  t.match(await verify(`${at}/2.tlog-proof`), { code: 0, said: /the newest original/ });
});

t.test('it is in search, in the maps and in what mirrors are told, and in no feed, list or interface of statements', async (t) => {
  const server = await withArchive(t, [...both, { id: 'OLD-2', title: 'Rançongiciel à Orval' }]);
  await liveText(server.office, 'A statement of today');
  await until(async () => /old-2/.test((await get(server, '/search?q=rancongiciel')).text));
  t.match((await get(server, '/search?q=OLD-1')).text, /Imported archive[\s\S]*1 imported document/);
  t.match((await get(server, '/fr/search?q=statement')).text, /Aucun document importé trouvé/);
  for (const path of [
    '/',
    '/feeds/updates.atom',
    '/feeds/statements.atom',
    '/feeds/updates.json',
    '/feeds/updates.rss',
    '/feeds/corrections.atom',
    '/api/v1/statements',
    '/corrections',
  ])
    t.notMatch((await get(server, path)).text, /old-[12]|OLD-[12]|Orval/i, path);
  const map = (await get(server, '/sitemap-imported-1.xml')).text;
  t.doesNotThrow(() => parseXml(map));
  t.match(map, /<loc>[^<]*\/fr\/imported\/www\.agency\.example\/old-2<\/loc>/);
  t.match((await get(server, '/sitemap.xml')).text, /sitemap-imported-1\.xml/);
  const contents = Contents.parse(JSON.parse((await get(server, '/contents.json')).text));
  const paths = [...allPaths(contents).keys()].filter((path) => path.includes('/imported'));
  for (const wanted of ['/imported', '/fr/imported', at, `/fr${at}`, `${at}.json`, `${at}/1.json`, `${at}/2.json`, `${at}/2.tlog-proof`])
    t.ok(paths.includes(wanted), wanted);
  for (const path of paths) t.equal((await get(server, path)).status, 200, path);
});

t.test('what a document holds is text: it runs nothing, leads to no script and turns no word around', async (t) => {
  const hostile = '<img src=x onerror=alert(1)>"\'<b>\u202egnp.exe\u0007';
  const server = await withArchive(t, [
    { id: 'OLD-1', title: hostile, note: `${hostile}\n</section><script>alert(2)</script>`, publisher: hostile, summary: hostile, url: 'javascript:alert(3)' },
  ]);
  for (const path of ['/imported', at, `/fr${at}`, '/search?q=OLD', `/verify?q=${at}`]) {
    const { text, status } = await get(server, path);
    t.equal(status, 200, path);
    t.notMatch(text, /<img src=x|<script>alert|href="javascript:|\u202e/, path);
    t.notOk(text.includes('\u0007'), path);
  }
});

t.test('documents that come while the site is up are shown at once, and a second process would count them', async (t) => {
  const server = await withArchive(t, [{ id: 'OLD-1' }]);
  t.match((await get(server, '/imported')).text, /1 imported document/);
  const before = (await get(server, '/contents.json')).text;
  const body = await readFile((await acceptedIn(t.testdir({}), { id: 'OLD-9' })).path);
  const file = { name: '/imported/www.agency.example/old-9/1.json', type: 'application/json', sha256: sha256Hex(body), bytes: body.length };
  await server.office.store.declare((allot) => ({
    entries: [
      {
        type: 'https://record.test/vocab/log-entry/v2',
        event: 'imported',
        at: allot.entry().at,
        imported: {
          host: 'www.agency.example',
          slug: 'old-9',
          id: 'OLD-9',
          version: '1',
          issuedAt: '2019-05-07T10:00:00.000Z',
          changedAt: '2019-05-07T10:00:00.000Z',
        },
        files: [file],
      },
    ],
    files: [{ ...file, body }],
  }));
  await server.office.press.takeImported();
  t.match((await get(server, '/imported')).text, /2 imported documents/);
  t.match((await get(server, '/archive')).text, /2 imported documents/);
  t.not((await get(server, '/contents.json')).text, before);
  t.match((await get(server, '/log/checkpoint')).text, /^record\.test\n2\n/);
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it never was so');
}

t.test('a document whose original is not what was signed is listed as the log knows it, and keeps no other from being listed or found', async (t) => {
  const { agency, server } = await openWithArchive(t, [...both, { id: 'OLD-2', version: '1', note: 'Of another kind.' }]);
  await server.close(0);
  await writeFile(join(agency.directory, 'record', `${at}/2.json`), '{}');
  const again = await agency.start();
  const list = await get(again, '/imported');
  t.equal(list.status, 200);
  t.match(list.text, /OLD-1[\s\S]*OLD-2|OLD-2[\s\S]*OLD-1/);
  t.equal((await get(again, at)).status, 500);
  const found = await get(again, '/search?q=agency');
  t.equal(found.status, 200);
  t.match(found.text, /href="\/imported\/www\.agency\.example\/old-2"/);
});
