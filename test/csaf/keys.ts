import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { keyCommand } from '../../src/cli/key.ts';
import { openPlace, until } from '../support/place.ts';

/** The key that signs CSAF documents, from the command line: made, used, followed by the next one. */

const run = promisify(execFile);
const has = async (program: string): Promise<boolean> =>
  run(program, ['--version']).then(
    () => true,
    () => false,
  );

t.test('a key is made and signs every document; the next one signs them all again, and both are listed', { timeout: 180_000 }, async (t) => {
  const place = await openPlace(t);
  const file = (name: string): string => join(place.directory, name);
  const act = (...words: string[]) => place.run(['key', 'openpgp', ...words], site);
  const site = { ONRECORD_PUBLIC_URL: 'https://record.test' };
  await t.rejects(keyCommand.run(['openpgp', 'create', '--out', file('one.asc'), '--user', 'nobody']), { message: /--user/ });
  t.match(await act('create', '--out', file('data/one.asc'), '--user', 'Lumen <csaf@record.test>'), { code: 64, said: /outside the data directory/ });
  t.match(await act('create', '--out', file('one.asc'), '--user', 'Lumen <csaf@record.test>'), { code: 0, said: /valid until 20/ });
  t.match(await act('create', '--out', file('one.asc'), '--user', 'Lumen <csaf@record.test>'), { code: 1, said: /store_exists/ }, 'no key is ever replaced');

  /** Serves until nothing is owed; gives what the tree holds. */
  const visit = async (command: string, keys: Record<string, string>) => {
    const server = place.start([command], { ...site, ...keys });
    await until(place.isReady);
    const ask = async (path: string): Promise<string> => (await fetch(`${place.publicUrl}/.well-known/csaf/${path}`)).text();
    const owed = async (): Promise<string> =>
      /^onrecord_csaf_owed (\d+)$/m.exec(await (await fetch(`http://127.0.0.1:${place.env.ONRECORD_OPS_PORT}/metrics`)).text())?.[1] ?? '';
    await until(async () => (await owed()) === '0');
    const paths = (await ask('white/index.txt')).trim().split('\n');
    const signed = await Promise.all(
      paths.map(async (path) => ({
        path,
        body: await ask(`white/${path}`),
        signature: await ask(`white/${path}.asc`),
        sha256: await ask(`white/${path}.sha256`),
        sha512: await ask(`white/${path}.sha512`),
      })),
    );
    const metadata = JSON.parse(await ask('provider-metadata.json'));
    const listed: { fingerprint: string; url: string }[] = metadata.public_openpgp_keys;
    const armored = await Promise.all(listed.map(({ fingerprint }) => ask(`openpgp/${fingerprint}.asc`)));
    server.child.kill('SIGTERM');
    t.equal(await server.ended, 0);
    return { signed, listed: listed.map(({ fingerprint }) => fingerprint), armored, updated: metadata.last_updated };
  };
  const first = await visit('start', { ONRECORD_OPENPGP_KEY_FILE: file('one.asc') });
  t.ok(first.signed.length >= 2, `${first.signed.length} documents, in both languages`);
  t.equal(first.listed.length, 1);

  t.match(
    await place.run(['key', 'openpgp', 'rotate', '--out', file('two.asc'), '--previous-out', file('one.pub.asc')], {
      ...site,
      ONRECORD_OPENPGP_KEY_FILE: file('one.asc'),
    }),
    { code: 0 },
  );
  const both = { ONRECORD_OPENPGP_KEY_FILE: file('two.asc'), ONRECORD_OPENPGP_PREVIOUS_FILE: file('one.pub.asc') };
  t.match(await place.run(['key', 'openpgp', 'show'], { ...site, ...both }), { code: 0, said: new RegExp(first.listed[0] ?? 'none') });
  const second = await visit('serve', both);
  t.equal(second.listed.length, 2, 'the key before stays listed');
  t.equal(second.listed[1], first.listed[0]);
  t.same(
    second.signed.map(({ body }) => body),
    first.signed.map(({ body }) => body),
    'the documents are the same',
  );
  for (const [index, { signature }] of second.signed.entries()) t.not(signature, first.signed[index]?.signature);
  t.ok(second.updated > first.updated, 'the tree changed, and says so');
  t.match(await place.run(['key', 'openpgp', 'resign'], { ...site, ONRECORD_OPENPGP_KEY_FILE: file('one.asc') }), {
    code: 0,
    said: /\d+ document\(s\) signed/,
  });

  const hashes = await mkdtemp(join(tmpdir(), 'onrecord-csaf-'));
  t.teardown(() => rm(hashes, { recursive: true }));
  for (const { path, body, signature, sha256, sha512 } of second.signed) {
    const name = path.split('/').at(-1) ?? '';
    for (const [ending, text] of Object.entries({ '': body, '.asc': signature, '.sha256': sha256, '.sha512': sha512 }))
      await writeFile(join(hashes, `${name}${ending}`), text);
    for (const form of ['sha256', 'sha512'])
      if (await has(`${form}sum`)) t.match((await run(`${form}sum`, ['-c', `${name}.${form}`], { cwd: hashes })).stdout, /: OK/);
  }
  if (!(await has('gpg'))) return;
  const gpg = (...args: string[]) => run('gpg', ['--homedir', hashes, '--batch', '--quiet', ...args]);
  await writeFile(join(hashes, 'key.asc'), second.armored[0] ?? '');
  await gpg('--import', join(hashes, 'key.asc'));
  for (const { path } of second.signed) {
    const document = join(hashes, path.split('/').at(-1) ?? '');
    t.match((await gpg('--verify', `${document}.asc`, document)).stderr, /Good signature/, 'GnuPG agrees');
  }
  await writeFile(join(hashes, 'forged.json'), `${await readFile(join(hashes, second.signed[0]?.path.split('/').at(-1) ?? ''), 'utf8')} `);
  await t.rejects(gpg('--verify', join(hashes, `${second.signed[0]?.path.split('/').at(-1)}.asc`), join(hashes, 'forged.json')), 'control');
});
