import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { backUp } from '../../src/cli/backup.ts';
import { restoreBackup, type Way } from '../../src/cli/restore-acts.ts';
import { openNextDraft } from '../../src/desk/draft.ts';
import type { Entry } from '../../src/ledger/entry.ts';
import { nextPolicy } from '../../src/ledger/keys.ts';
import { formatVerifierKey, type Signer, splitNote } from '../../src/ledger/note.ts';
import { createSigner, newSigningKey } from '../../src/ledger/signer.ts';
import { openTrust, signTrust } from '../../src/ledger/trust.ts';
import { verifyFile } from '../../src/ledger/verify.ts';
import { openEmbeddedStore } from '../../src/store/embedded.ts';
import { foundAgency, identity, say, sayMore } from '../support/agency.ts';
import { from, get, head, openMorning, restore } from '../support/morning.ts';
import { amina } from '../support/people.ts';

t.test('an accepted rollback closes the log, opens the next under a new key, and says so in public', async (t) => {
  let nightFile: Buffer = Buffer.alloc(0);
  let nightProof = '';
  const { agency, server, backup, said } = await openMorning(t, async ({ publicUrl }) => {
    nightFile = await get(`${publicUrl}/statements/2026-0009/v/1.json`);
    nightProof = (await get(`${publicUrl}/statements/2026-0009/v/1.tlog-proof`)).toString();
  });
  const [file, proof] = [
    await get(`${server.publicUrl}/statements/2026-0006/v/1.json`),
    (await get(`${server.publicUrl}/statements/2026-0006/v/1.tlog-proof`)).toString(),
  ];
  const lostProof = (await get(`${server.publicUrl}/statements/2026-0031/v/1.tlog-proof`)).toString();
  const lostFile = await get(`${server.publicUrl}/statements/2026-0031/v/1.json`);
  const newestKnown = await head(server);
  const before = openTrust((await get(`${server.publicUrl}/log/trust.note`)).toString(), null);
  await server.close(0);
  const keys = [1, 2].map((number) => join(agency.parent, `new-key-${number}.pem`));
  for (const path of keys) await writeFile(path, newSigningKey());
  const [first = '', second = ''] = keys;
  const directory = join(agency.parent, 'restored');
  const rollback = (note: string, newKeyFile: string): Way => ({ way: 'accept-rollback', note, newKeyFile, newest: null });

  await t.rejects(restore(agency, backup, rollback('  ', first), directory), { code: 'reason_missing' });
  await t.rejects(restore(agency, backup, rollback('x'.repeat(281), first), directory), { code: 'too_long' });
  await t.rejects(restore(agency, backup, rollback('Hidden \u202e words', first), directory), { code: 'bad_text' });
  await t.rejects(restore(agency, backup, rollback('A disk burned.', agency.keyFile), directory), { code: 'key_invalid' }, 'the old key again');
  const anchor = await readFile(agency.anchorFile);
  await rm(agency.anchorFile);
  await t.rejects(restore(agency, backup, rollback('A disk burned.', first), directory), { code: 'rollback_detected' }, 'nobody knows how far it had come');
  await writeFile(agency.anchorFile, anchor);

  const restored = await restore(agency, backup, rollback('A disk burned.', first), directory);
  t.match(restored, {
    origin: `${identity}/2`,
    size: 2,
    repeated: 1,
    burned: [
      { first: '2026-0030', last: '2026-0039' },
      { first: 'EX-2026-0002', last: 'EX-2026-0011' },
    ],
  });
  t.match(await readFile(agency.anchorFile, 'utf8'), /^record\.test\/2\n2\n/);

  const root = createSigner(agency.rootPem, `${identity}/root`);
  const signer = createSigner(await readFile(first, 'utf8'), `${identity}/2`);
  const policy = nextPolicy({
    ...{ root, issuedAt: '2026-11-22T14:00:00.000Z', logs: [signer], before, entries: [] },
    closed: [{ origin: identity, size: restored.manifest.size }],
  });
  await writeFile(agency.trustFile, signTrust(policy, root));
  const trust = openTrust(signTrust(policy, root), root);
  t.ok(verifyFile(nightFile, nightProof, trust).isProved, 'a proof from before is good for ever');
  t.notOk(verifyFile(file, proof, trust).isProved, 'a proof under a checkpoint that was lost');
  t.notOk(verifyFile(lostFile, lostProof, trust).isProved, 'what was lost is proved no more');
  const environment = { ONRECORD_DATA_DIR: directory, ONRECORD_SIGNING_KEY_FILE: first };
  const again = await agency.start(environment);
  const proofNow = (await get(`${again.publicUrl}/statements/2026-0006/v/1.tlog-proof`)).toString();
  t.match(verifyFile(file, proofNow, trust), { isProved: true, checkpoint: { origin: identity, size: 37 } });
  for (const words of ['A disk burned.', '2026-0030', '2026-0039', identity]) t.match((await get(`${again.publicUrl}/verify`)).toString(), words);
  t.equal((await say(again.office, 'The first after the fire')).reference, '2026-0040');
  t.equal((await say(again.office, 'An exercise', { exercise: true })).reference, 'EX-2026-0012');
  const more = await sayMore(again.office, said[5]?.id ?? '', 'update', 'Said on');
  t.equal(more.versions.at(-1)?.entry, 41, 'entries are counted through all logs');
  t.match(await head(again), { origin: `${identity}/2`, size: 5 });
  t.ok(newestKnown.size > 37);

  await backUp(await agency.config(environment), join(agency.parent, 'second-night'), agency.clock.now());
  await say(again.office, 'Lost as well');
  const source = again.publicUrl;
  const back = join(agency.parent, 'back');
  const completed = await restoreBackup({
    ...{ backup, way: from(source), given: [], now: agency.clock.now() },
    from: agency.environment({ ...environment, ONRECORD_DATA_DIR: back }),
  });
  t.match(completed, { origin: `${identity}/2`, size: 6, completed: { entries: 6, statements: 5 } }, 'a backup of the first log is completed through both');
  await again.close(0);

  const third = await restoreBackup({
    ...{ backup: join(agency.parent, 'second-night'), way: rollback('Another disk burned.', second), given: [], now: agency.clock.now() },
    from: agency.environment({ ...environment, ONRECORD_DATA_DIR: join(agency.parent, 'third') }),
  });
  t.match(third, {
    origin: `${identity}/3`,
    size: 1,
    burned: [
      { first: '2026-0041', last: '2026-0041' },
      { first: 'EX-2026-0013', last: 'EX-2026-0013' },
    ],
  });
  const last = await agency.start({ ONRECORD_DATA_DIR: join(agency.parent, 'third'), ONRECORD_SIGNING_KEY_FILE: second });
  t.equal((await say(last.office, 'After both fires')).reference, '2026-0042');
  for (const number of [1, 2])
    t.match(splitNote((await get(`${last.publicUrl}/log/${number}/checkpoint`)).toString()).text, `${number === 1 ? identity : `${identity}/2`}\n`);
  await openNextDraft(last.office, amina, said[5]?.id ?? '', 'update');
});

t.test('a backup from before a change of keys is completed under the new key', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  await say(server.office, 'Under the old key');
  const backup = join(agency.parent, 'backup');
  await backUp(await agency.config(), backup, agency.clock.now());
  await server.close(0);
  const newKeyFile = join(agency.parent, 'new-key.pem');
  await writeFile(newKeyFile, newSigningKey());
  const [old, fresh] = [await readFile(agency.keyFile, 'utf8'), await readFile(newKeyFile, 'utf8')].map((pem) => createSigner(pem, identity));
  if (!old || !fresh) throw new Error('two keys');
  const declare = async (previous: Signer | null, key: NonNullable<Entry['key']>): Promise<void> => {
    const options = { directory: agency.directory, signer: fresh, previous, changesKeys: true, anchorFile: agency.anchorFile, now: agency.clock.now };
    const store = await openEmbeddedStore(options);
    await store.declare((allot) => ({ entries: [{ type: `https://${identity}/vocab/log-entry/v1`, event: 'key', at: allot.entry().at, key }], files: [] }));
    await store.close();
  };
  await declare(old, { added: formatVerifierKey(fresh), retired: null });
  await declare(null, { added: null, retired: formatVerifierKey(old) });
  const environment = { ONRECORD_SIGNING_KEY_FILE: newKeyFile };
  const again = await agency.start(environment);
  await say(again.office, 'Under the new key');
  const directory = join(agency.parent, 'restored');
  const complete = (keyFile: string, given: readonly Signer[]) =>
    restoreBackup({
      backup,
      way: from(again.publicUrl),
      given,
      now: agency.clock.now(),
      from: agency.environment({ ONRECORD_DATA_DIR: directory, ONRECORD_SIGNING_KEY_FILE: keyFile }),
    });
  await t.rejects(complete(agency.keyFile, [fresh]), { code: 'key_invalid' }, 'the old key signs no more');
  t.match(await complete(newKeyFile, [old]), { size: 4, completed: { entries: 3, versions: 1, statements: 1 } });
  await again.close(0);
  const restored = await agency.start({ ...environment, ONRECORD_DATA_DIR: directory });
  t.equal((await say(restored.office, 'Said on')).reference, '2026-0003');
});
