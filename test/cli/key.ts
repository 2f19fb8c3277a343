import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { demonstrationFiles } from '../../src/keys.ts';
import { openTrust } from '../../src/ledger/trust.ts';
import { verifyFile } from '../../src/ledger/verify.ts';
import { openPlace, until } from '../support/place.ts';

t.test('a rotation: both keys sign, then the new one alone; what was proved before stays proved', { timeout: 180_000 }, async (t) => {
  const place = await openPlace(t);
  const { directory, run, publicUrl } = place;
  const data = place.env.ONRECORD_DATA_DIR;
  const file = (name: string): string => join(directory, name);

  /** What a reader keeps of the newest statement's first version, with this environment. */
  const visit = async (command: string, environment: Record<string, string>) => {
    const server = place.start([command], environment);
    await until(place.isReady);
    const read = async (path: string): Promise<string> => (await fetch(`${publicUrl}${path}`)).text();
    const [reference = ''] = /\/statements\/\d{4}-0001/.exec(await read('/')) ?? [];
    const kept = {
      json: Buffer.from(await read(`${reference}/v/1.json`)),
      proof: await read(`${reference}/v/1.tlog-proof`),
      trust: await read('/log/trust.note'),
    };
    t.equal((await run(['doctor'], environment)).code, 0, 'the doctor agrees');
    server.child.kill('SIGTERM');
    await server.ended;
    return kept;
  };
  const before = await visit('start', {});
  const root = openTrust(before.trust, null).root;
  const trustOf = (note: string) => openTrust(note, root);

  t.equal((await run(['key', 'retire'], {})).code, 1, 'nothing to retire');
  t.equal((await run(['key', 'new', '--out', file('new.pem')], {})).code, 0);
  t.equal((await run(['key', 'new', '--out', file('new.pem')], {})).code, 1, 'no key is ever replaced');
  t.equal((await run(['key', 'new', '--out', join(data, 'new.pem')], {})).code, 64, 'nor put where backups reach it');
  t.equal((await run(['key', 'rotate', '--new-key-file', join(data, demonstrationFiles.key)], {})).code, 1, 'a key does not follow itself');
  t.equal((await run(['key', 'rotate', '--new-key-file', file('new.pem')], {})).code, 0);

  const alone = { ONRECORD_SIGNING_KEY_FILE: file('new.pem') };
  const both = { ...alone, ONRECORD_PREVIOUS_KEY_FILE: join(data, demonstrationFiles.key) };
  t.match(await run(['serve'], {}), { code: 1, said: /key_invalid/ }, 'the old key alone signs no more');
  t.match(await run(['serve'], alone), { code: 1, said: /rotation/ }, 'nor the new one, before 90 days');
  const sign = async (name: string, environment: Record<string, string>): Promise<Record<string, string>> => {
    const written = await run(['key', 'policy', '--out', file(`${name}.policy`)], environment);
    t.equal(written.code, 0, written.said);
    const signed = await run(
      ['key', 'sign', file(`${name}.policy`), '--root-key-file', join(data, demonstrationFiles.root), '--out', file(`${name}.note`)],
      {},
    );
    t.equal(signed.code, 0, signed.said);
    return { ...environment, ONRECORD_TRUST_FILE: file(`${name}.note`) };
  };
  t.match(await run(['doctor'], both), { code: 1, said: /trust note does not name/ }, 'the doctor misses the new key in the trust note');
  const during = await visit('serve', await sign('during', both));
  t.equal(during.proof.match(/^— /gm)?.length, 2, 'two signatures');
  t.match(verifyFile(during.json, during.proof, trustOf(before.trust)), { isProved: true }, 'readers of the old trust note go on believing');
  t.match(verifyFile(during.json, during.proof, trustOf(during.trust)), { isProved: true });
  t.match(verifyFile(before.json, before.proof, trustOf(during.trust)), { isProved: true });

  t.match(await run(['key', 'retire'], both), { code: 1, said: /until/ }, 'not before 90 days');
  t.equal((await run(['key', 'retire', '--compromised'], both)).code, 0, 'unless the key is compromised');
  t.match(await run(['serve'], both), { code: 1, said: /key_invalid/ }, 'a retired key signs nothing');
  const after = await visit('serve', await sign('after', { ...alone, ONRECORD_TRUST_FILE: file('during.note') }));
  t.match(verifyFile(after.json, after.proof, trustOf(after.trust)), { isProved: true });
  t.match(verifyFile(before.json, before.proof, trustOf(after.trust)), { isProved: true }, 'a proof of the old key holds');
  t.same(verifyFile(after.json, after.proof, trustOf(before.trust)), { isProved: false, step: 'signature' }, 'the new key is in no old trust note');
  const trust = trustOf(after.trust);
  t.equal(trust.retired.length, 1);
  t.equal(trust.logs.length, 1);

  const exported = await run(['key', 'export', '--json'], alone);
  t.equal(createPublicKey(JSON.parse(exported.said).pem).asymmetricKeyType, 'ed25519');
  const shown = await run(['key', 'show'], { ...alone, ONRECORD_TRUST_FILE: file('after.note') });
  t.match(shown.said, /retired, up to size/);
  t.notMatch(shown.said + exported.said, /PRIVATE/);
  t.match((await readFile(file('after.policy'), 'utf8')).split('\n').filter((line) => line.startsWith('log ')).length, 1);
});
