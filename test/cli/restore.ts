import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import t from 'tap';
import { backUp } from '../../src/cli/backup.ts';
import { openFirstDraft, submit } from '../../src/desk/draft.ts';
import { schedule } from '../../src/desk/publish.ts';
import { approve } from '../../src/desk/review.ts';
import { parseCheckpoint, signCheckpoint } from '../../src/ledger/checkpoint.ts';
import { createCosigner } from '../../src/ledger/cosignature.ts';
import { splitNote } from '../../src/ledger/note.ts';
import { verifyConsistency } from '../../src/ledger/proof.ts';
import { createSigner, newSigningKey } from '../../src/ledger/signer.ts';
import type { RunningServer } from '../../src/server.ts';
import { openEmbeddedWitness } from '../../src/witness/embedded-witness.ts';
import { foundAgency, identity, publicTree, say, sayMore, takeBack } from '../support/agency.ts';
import { endorseNewest, from, get, head, newest, openMorning, restore } from '../support/morning.ts';
import { amina, claire, jonas } from '../support/people.ts';
import { readyContent, seenOf } from '../support/statements.ts';

/** A directory laid out as the public paths. */
async function mirror({ office, publicUrl }: RunningServer, directory: string): Promise<string> {
  const keep = async (path: string, name = path): Promise<void> => {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), await get(`${publicUrl}${path}`));
  };
  const { size, closed, entries } = await office.store.ledger(-1, 10_000, 'files');
  const begin = closed.reduce((sum, log) => sum + log.size, 0);
  await keep('/log/checkpoint');
  await keep(`/log/tile/entries/000.p/${size - begin}`);
  for (const [place, log] of closed.entries()) {
    await keep(`/log/${place + 1}/checkpoint`);
    await keep(`/log/${place + 1}/tile/entries/000.p/${log.size}`);
  }
  for (const { name } of entries.flatMap(({ files }) => files)) await keep(name);
  for (const { reference } of await office.store.list({ public: true })) await keep(`/api/v1/statements/${reference}`, `/api/v1/statements/${reference}.json`);
  return directory;
}

t.test('last night’s backup is refused as the newest, and completed from the site, with no fork', async (t) => {
  const { agency, server, backup, night } = await openMorning(t);
  const now = await head(server);
  const directory = join(agency.parent, 'restored');
  await t.rejects(restore(agency, backup, newest(`${server.publicUrl}/log/checkpoint`), directory), { code: 'rollback_detected' });
  t.same([night.size, now.size], [37, 47]);
  await writeFile(join(agency.parent, 'old'), `${(await readFile(join(backup, 'manifest.json'), 'utf8').then((text) => JSON.parse(text))).checkpoint}`);
  await t.rejects(restore(agency, backup, newest(join(agency.parent, 'old')), directory), { code: 'rollback_detected' }, 'the anchor knows better');
  await rm(agency.anchorFile);

  const before = await publicTree(server);
  const restored = await restore(agency, backup, from(server.publicUrl), directory);
  t.match(restored, { size: now.size, completed: { entries: 10, versions: 6, statements: 7 }, burned: [] });
  t.same(parseCheckpoint(splitNote(await readFile(agency.anchorFile, 'utf8')).text), now, 'the anchor is at the newest');
  await server.close(0);

  const again = await agency.start({ ONRECORD_DATA_DIR: directory });
  t.equal(again.office.store.trouble(), null);
  t.same(await publicTree(again), before, 'the world sees the same bytes');
  await t.rejects(readFile(join(directory, 'record/statements/2026-0005/v/1.json')), { code: 'ENOENT' }, 'what was removed by law since is removed again');
  const id = (await again.office.store.list()).find(({ reference }) => reference === '2026-0003')?.id ?? '';
  const facts = await again.office.store.read(id);
  t.match(facts?.versions.at(-1), { by: 'restored', approvals: [], kind: 'correction' });
  await sayMore(again.office, id, 'update', 'Said after the restore');
  await say(again.office, 'New after the restore');
  const later = await head(again);
  t.equal(later.size, now.size + 2);
  for (const old of [night, now]) {
    const lines = (await get(`${again.publicUrl}/log/consistency/${old.size}..${later.size}`)).toString().trim().split('\n');
    t.ok(
      verifyConsistency(
        old.size,
        later.size,
        old.root,
        later.root,
        lines.map((line) => Buffer.from(line, 'base64')),
      ),
    );
  }
});

t.test('a mirror on a disk completes as well, and one that lies is refused', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  const { office } = server;
  const first = await say(office, 'Said last night');
  const backup = join(agency.parent, 'last-night');
  await backUp(await agency.config(), backup, agency.clock.now());
  await sayMore(office, first.id, 'correction', 'Corrected this morning');
  const gone = await say(office, 'Said and taken back this morning');
  await takeBack(office, gone);
  await endorseNewest(office, gone.id);
  const place = join(agency.parent, 'restored');
  const copy = await mirror(server, join(agency.parent, 'mirror'));
  const size = (await head(server)).size;
  await server.close(0);
  const flip = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte, at) => (at === Math.floor(bytes.length / 2) ? byte ^ 1 : byte)));
  const anotherKey = (note: Buffer): Buffer =>
    Buffer.from(signCheckpoint(parseCheckpoint(splitNote(note.toString()).text), createSigner(newSigningKey(), identity)));
  const replace =
    (one: string, other: string) =>
    (bytes: Buffer): Buffer =>
      Buffer.from(bytes.toString().replace(one, other));
  const lies: readonly (readonly [path: string, lie: (bytes: Buffer) => Buffer, code: string])[] = [
    [`log/tile/entries/000.p/${size}`, flip, 'hash_mismatch'],
    ['statements/2026-0001/v/2.json', flip, 'hash_mismatch'],
    ['statements/2026-0002/v/1.txt', (bytes) => Buffer.concat([bytes, Buffer.from('More.')]), 'hash_mismatch'],
    ['log/checkpoint', anotherKey, 'key_invalid'],
    ['log/checkpoint', flip, 'store_corrupt'],
    ['api/v1/statements/2026-0001.json', replace('"kind":"correction"', '"kind":"update"'), 'hash_mismatch'],
    ['api/v1/statements/2026-0001.json', replace('Corrected this morning', 'Confirmed this morning'), 'hash_mismatch'],
    ['api/v1/statements/2026-0001.json', replace('"feedId":"tag:record.test,2026:2026-0001"', '"feedId":"tag:record.test,2026:2026-0009"'), 'hash_mismatch'],
    ['api/v1/statements/2026-0002.json', replace('"endorsedAt":"', '"endorsedAt":null,"mootAt":"'), 'hash_mismatch'],
    ['api/v1/statements/2026-0002.json', () => Buffer.from('not JSON'), 'hash_mismatch'],
  ];
  for (const [path, lie, code] of lies) {
    const honest = await readFile(join(copy, path));
    await writeFile(join(copy, path), lie(honest));
    t.notSame(await readFile(join(copy, path)), honest, 'a lie differs');
    await t.rejects(restore(agency, backup, from(copy), place), { code }, `${path}: ${code}`);
    await writeFile(join(copy, path), honest);
  }
  await rm(join(copy, 'statements/2026-0002/v/1.json'));
  await t.rejects(restore(agency, backup, from(copy), place), { code: 'not_found' });
  await writeFile(join(copy, 'statements/2026-0002/v/1.json'), await readFile(join(agency.directory, 'record/statements/2026-0002/v/1.json')));
  t.notOk(
    (await readdir(agency.parent)).some((name) => name.startsWith('restored')),
    'a refused restore leaves nothing',
  );
  await mkdir(join(place, 'lost+found'), { recursive: true });
  t.match(await restore(agency, backup, from(copy), place), { size, completed: { statements: 2 } }, 'also into an empty volume');
  await t.rejects(restore(agency, backup, from(copy), place), { code: 'store_exists' });
});

t.test('a fork signed by the agency’s own key is no source, and no newest', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  await say(server.office, 'Said last night');
  const backup = join(agency.parent, 'backup');
  await backUp(await agency.config(), backup, agency.clock.now());
  for (const title of ['Said this morning', 'And this']) await say(server.office, title);
  await server.close(0);
  const anchor = await readFile(agency.anchorFile);
  await rm(agency.anchorFile);
  const other = join(agency.parent, 'other');
  const manifest = JSON.parse(await readFile(join(backup, 'manifest.json'), 'utf8'));
  await writeFile(join(agency.parent, 'night'), manifest.checkpoint);
  await restore(agency, backup, newest(join(agency.parent, 'night')), other);
  const fork = await agency.start({ ONRECORD_DATA_DIR: other });
  await say(fork.office, 'Another history');
  const later = join(agency.parent, 'later');
  await backUp(await agency.config({ ONRECORD_DATA_DIR: other }), later, agency.clock.now());
  await writeFile(agency.anchorFile, anchor);
  const place = join(agency.parent, 'restored');
  await t.rejects(restore(agency, backup, from(fork.publicUrl), place), { code: 'rollback_detected' }, 'the anchor knows more');
  await t.rejects(restore(agency, later, newest(`${fork.publicUrl}/`), place), { code: 'rollback_detected' });
  await fork.close(0);
  const real = await agency.start();
  await rm(agency.anchorFile);
  await t.rejects(restore(agency, later, from(real.publicUrl), place), { code: 'hash_mismatch' });
  await t.rejects(restore(agency, later, newest(real.publicUrl), place), { code: 'rollback_detected' });
});

t.test('a schedule that may have been called off meanwhile does not fire after a restore', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  const { office } = server;
  await say(office, 'Said');
  const drafted = await openFirstDraft(office, amina, 'abcdef012345', 'holding', readyContent());
  const submitted = await submit(office, amina, drafted.id, seenOf(drafted));
  const approved = await approve(office, claire, drafted.id, seenOf(submitted));
  await schedule(office, jonas, drafted.id, seenOf(approved), new Date(agency.clock.now() + 600_000).toISOString());
  const backup = join(agency.parent, 'backup');
  await backUp(await agency.config(), backup, agency.clock.now());
  await server.close(0);
  const directory = join(agency.parent, 'restored');
  t.match(await restore(agency, backup, newest(agency.anchorFile), directory), { unscheduled: 1 });
  const cosigner = createCosigner(newSigningKey(), `${identity}/witness`);
  const log = { info: () => {}, error: () => {} };
  const witness = await openEmbeddedWitness({ directory: join(directory, 'witness'), logs: new Map(), cosigner, now: Date.now, log });
  t.match(await witness.addCheckpoint(''), { status: 403 }, 'and a witness that may have forgotten says nothing');
  const again = await agency.start({ ONRECORD_DATA_DIR: directory });
  agency.clock.forward(660_000);
  await again.tick();
  t.match(await again.office.store.read(drafted.id), { versions: [], draft: { schedule: null } });
});
