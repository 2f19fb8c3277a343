import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { demonstrationFiles } from '../../src/keys.ts';
import { fingerprintOf, formatVerifierKey } from '../../src/ledger/note.ts';
import { newSigningKey } from '../../src/ledger/signer.ts';
import { openTrust } from '../../src/ledger/trust.ts';
import { approvedDraft, publicHolding } from '../support/desk-walk.ts';
import { openNewsroom } from '../support/newsroom.ts';
import { nodeCommand } from '../support/node-command.ts';
import { compiled } from '../support/store-processes.ts';
import { createTestLog, logSigner, trustOf } from '../support/test-log.ts';
import { runCommand, runnable } from '../support/verifier-scripts.ts';

/** A journalist checks versions of a running agency with `onrecord verify`, and with the two scripts, on the same files. */

const main = join(import.meta.dirname, '../../bin/onrecord.js');
const people = { amina: ['author'], jonas: ['reviewer', 'publisher'], claire: ['reviewer'] } as const;

type Result = { code: number | null; out: string; err: string };

function run(cwd: string, ...args: string[]): Promise<Result> {
  return new Promise((resolve) => {
    const child = spawn(...nodeCommand(main, ['verify', ...args]), { cwd, env: { ...process.env, ...compiled }, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      said.out += part;
    });
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      said.err += part;
    });
    child.on('close', (code) => resolve({ code, ...said }));
  });
}

t.test('a version is proved from its address and from files; what came after it is told only when the log was read', async (t) => {
  const room = await openNewsroom(t, people, '2026-11-22T09:00:00.000Z', { ONRECORD_LANGUAGES: 'en,fr', ONRECORD_TIME_ZONE: 'UTC' });
  const id = await publicHolding(room, 'Version 1');
  const place = await mkdtemp(join(tmpdir(), 'onrecord-verify-'));
  t.teardown(() => rm(place, { recursive: true }));
  const trustFile = join(room.server.directory, demonstrationFiles.trust);
  const trust = openTrust(await readFile(trustFile, 'utf8'), null);
  const root = formatVerifierKey(trust.root);
  const url = `${room.server.publicUrl}/statements/2026-0001/v/1`;
  const verify = (...args: string[]): Promise<Result> => run(place, ...args);

  for (const address of [url, `${url}.json`, `${url}.txt`, `${room.server.publicUrl}/fr/statements/2026-0001/v/1`]) {
    const proved = await verify(address, '--trust', trustFile, '--root', root);
    t.match(proved, { code: 0, out: /^PROVED: published by this agency and logged\.\n/, err: '' }, address);
    t.match(proved.out, 'Not checked: whether it is still current');
  }
  t.match(await verify(url, '--trust', trustFile, '--root', root, '--latest'), { code: 0, out: /the newest version, no notice against it/ });

  const { seen } = await approvedDraft(room, 'Version 2', { id, kind: 'correction' });
  await room.post('jonas', `/desk/statements/${id}/publication`, seen);
  await writeFile(join(place, 'v1.json'), (await room.read('/statements/2026-0001/v/1.json')).text);
  await writeFile(join(place, 'v1.tlog-proof'), (await room.read('/statements/2026-0001/v/1.tlog-proof')).text);
  await writeFile(join(place, 'trust.note'), trust.note);

  const beside = await verify('v1.json', '--root', root);
  t.match(beside, { code: 0, out: /entry 0, in the tree of 2/ });
  t.notMatch(beside.out, 'superseded', 'not a word on what was not looked at');
  t.match(await verify('v1.json', '--root', root, '--latest', '--site', room.server.publicUrl), { code: 0, out: /superseded by version 2/ });
  t.match(JSON.parse((await verify(url, '--trust', trustFile, '--root', root, '--latest', '--json')).out), {
    proved: true,
    root: { key: root, pinned: true },
    statement: '2026-0001',
    version: 1,
    event: 'first',
    log: { origin: 'record.test', index: 0, size: 2 },
    latest: { size: 2, newest: 2, supersededBy: 2, withdrawn: false },
  });
  for (const name of runnable) {
    const args = ['--root', root, '--trust', 'trust.note', 'v1.json', 'v1.tlog-proof'];
    t.match(await runCommand(name, args, place), { code: 0, said: /^PROVED: published by this agency and logged\.\n/ }, name);
    t.match(await runCommand(name, [...args, '--latest', room.server.publicUrl], place), { code: 0, said: /superseded by version 2/ }, name);
    t.equal((await runCommand(name, args.slice(2), place)).code, 2, name);
    t.equal((await runCommand(name, [...args.slice(0, 5), 'absent'], place)).code, 2, name);
  }
});

t.test('without a pinned root it says loudly whose word that is, and what to compare', async (t) => {
  const room = await openNewsroom(t, people, '2026-11-22T09:00:00.000Z', { ONRECORD_LANGUAGES: 'en,fr', ONRECORD_TIME_ZONE: 'UTC' });
  await publicHolding(room, 'Version 1');
  const trustFile = join(room.server.directory, demonstrationFiles.trust);
  const root = formatVerifierKey(openTrust(await readFile(trustFile, 'utf8'), null).root);
  const url = `${room.server.publicUrl}/statements/2026-0001/v/1`;
  const verify = (...args: string[]): Promise<Result> => run(room.server.directory, ...args, '--trust', trustFile);

  const loose = await verify(url);
  t.match(loose, { code: 0, err: /WARNING: the root key was taken from the trust note itself/ });
  t.ok(loose.err.includes(fingerprintOf(root)));
  t.match(loose.out, /^PROVED: published by whoever holds this root key and logged\./);
  t.match(loose.out, 'NOT PINNED');
  t.match(JSON.parse((await verify(url, '--json')).out), { root: { pinned: false } });

  const impostor = formatVerifierKey(logSigner('record.test/root'));
  t.match(await verify(url, '--root', impostor), { code: 1, err: /key_invalid/ });
  const another = join(room.server.directory, 'another.json');
  await writeFile(another, `${(await room.read('/statements/2026-0001/v/1.json')).text} `);
  const proof = join(room.server.directory, 'some.tlog-proof');
  await writeFile(proof, (await room.read('/statements/2026-0001/v/1.tlog-proof')).text);
  t.match(await verify(another, '--proof', proof, '--root', root), { code: 1, out: /^NOT PROVED: the file is not the one that this proof is about/ });
  t.match(JSON.parse((await verify(another, '--proof', proof, '--root', root, '--json')).out), { proved: false, step: 'file' });
  t.match(await verify(`${room.server.publicUrl}/statements/2026-0009/v/1`), { code: 1, err: /404/ });
  for (const wrong of [
    [],
    [url, url],
    [`${room.server.publicUrl}/statements/2026-0001`],
    [another, '--latest'],
    [url, '--root', newSigningKey()],
    [url, '--root', ''],
    [url, '--frob'],
  ])
    t.equal((await verify(...wrong)).code, 64, wrong.join(' ').slice(0, 80));
});

t.test('a genuine file in the place of another is not taken for it', async (t) => {
  const [signer, root] = [logSigner('record.test'), logSigner('record.test/root')];
  const log = createTestLog('record.test');
  const [first, second] = [log.add('first')[0], log.add('update')[0]];
  const proofs = [0, 1].map((index) => log.proof(index, log.checkpoint([signer])));
  const answers: Record<string, string | Buffer | undefined> = {
    '/log/trust.note': trustOf(root, { logs: [signer] }).note,
    '/statements/2026-0001/v/1.json': first?.body,
    '/statements/2026-0001/v/1.tlog-proof': proofs[0],
    '/statements/2026-0001/v/2.json': first?.body,
    '/statements/2026-0001/v/2.tlog-proof': proofs[0],
    '/statements/2026-0001/v/3.json': second?.body,
    '/statements/2026-0001/v/3.tlog-proof': proofs[1]?.replace('\n', '\n\n'),
  };
  const server = createServer((request, response) => response.end(answers[request.url ?? ''] ?? ''));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/statements/2026-0001/v`;
  const verify = (version: number): Promise<Result> => run('.', `${url}/${version}`, '--root', formatVerifierKey(root));
  t.match(await verify(1), { code: 0, out: /^PROVED/ }, 'the trust note is fetched');
  t.match(await verify(2), { code: 1, out: /^NOT PROVED: this is a genuine file of the agency, but not the one at this address/ });
  t.match(await verify(3), { code: 1, out: /^NOT PROVED: the proof is malformed/ });
});
