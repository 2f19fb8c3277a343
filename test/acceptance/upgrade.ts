import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { readConfig } from '../../src/config.ts';
import { withdraw } from '../../src/desk/withdraw.ts';
import { verifyConsistency } from '../../src/ledger/proof.ts';
import { createSigner, newSigningKey } from '../../src/ledger/signer.ts';
import { parseProof } from '../../src/ledger/tlog-proof.ts';
import { signTrust } from '../../src/ledger/trust.ts';
import { verifyCheckpoint, verifyFile } from '../../src/ledger/verify.ts';
import { openOffice } from '../../src/open-office.ts';
import { jonas } from '../support/people.ts';
import { trustOf } from '../support/test-log.ts';

/** A data directory that release 0.1.0 wrote, and what a reader saved from its site: this release goes on with both. */

const vector = join(import.meta.dirname, '../vectors/release-0.1.0');
const begin = { origin: 'record.test', demonstration: true };

t.test('a store of an earlier release opens, publishes on, and every proof that was saved holds', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'onrecord-upgrade-'));
  t.teardown(() => rm(directory, { recursive: true }));
  await cp(join(vector, 'store'), directory, { recursive: true });
  // What a repository does not keep: empty directories and files, and accounts.
  for (const part of ['staging', 'people', 'outbox']) await mkdir(join(directory, part));
  await writeFile(join(directory, 'people/_sessions.json'), '{"sessions":{}}\n');
  await writeFile(join(directory, 'outbox/notices.json'), '{"notices":[],"putAway":{}}\n');
  await writeFile(join(directory, 'outbox/refusals.jsonl'), '');
  const kept = (name: string): Promise<Buffer> => readFile(join(vector, 'kept', name));
  const key = createSigner(await readFile(join(directory, 'demonstration-key.pem'), 'utf8'), begin.origin);
  const root = createSigner(newSigningKey(), `${begin.origin}/root`);
  const trust = trustOf(root, { logs: [key] });
  await writeFile(join(directory, 'demonstration-trust.note'), signTrust(trust, root));

  const config = readConfig(begin, { ONRECORD_DATA_DIR: directory, ONRECORD_LOG_LEVEL: 'silent', ONRECORD_LANGUAGES: 'en,fr' });
  const { office, close } = await openOffice(config, { now: () => Date.parse('2026-11-23T12:00:00.000Z') });
  t.teardown(close);
  const read = async (path: string): Promise<string> => (office.press.ready(path) ?? (await office.press.cold(path)))?.bytes.toString() ?? '';
  for (const name of ['1.json', '1.txt', '2.json']) t.equal(await read(`/statements/2026-0001/v/${name}`), (await kept(name)).toString(), name);
  const ids = [...(await read('/feeds/updates.atom')).matchAll(/<id>([^<]+)<\/id>/g)].map((match) => match[1]);
  t.equal(`${ids.join('\n')}\n`, (await kept('updates.ids')).toString(), 'no reader gets an entry twice');

  const [{ id } = { id: '' }] = await office.store.list({ public: true });
  await withdraw(office, jonas, id, { version: 2, code: 'other', reason: { en: 'A try.' } }, null);
  for (const version of [1, 2]) {
    const file = await kept(`${version}.json`);
    const saved = (await kept(`${version}.tlog-proof`)).toString();
    t.match(verifyFile(file, saved, trust), { isProved: true, entry: { version } }, `the proof of version ${version} that was saved`);
    t.match(verifyFile(file, await read(`/statements/2026-0001/v/${version}.tlog-proof`), trust), { isProved: true }, 'and the one of today');
  }
  const [old, now] = [parseProof((await kept('2.tlog-proof')).toString()).checkpoint, await read('/log/checkpoint')].map((note) =>
    verifyCheckpoint(note, trust),
  );
  if (!old?.isGood || !now?.isGood) throw new Error('a checkpoint does not verify');
  const proof = (await read(`/log/consistency/${old.checkpoint.size}..${now.checkpoint.size}`))
    .trim()
    .split('\n')
    .map((line) => Buffer.from(line, 'base64'));
  t.ok(verifyConsistency(old.checkpoint.size, now.checkpoint.size, old.checkpoint.root, now.checkpoint.root, proof), 'one history');
});
