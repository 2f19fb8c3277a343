import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { backUp } from '../../src/cli/backup.ts';
import { restoreCommand } from '../../src/cli/restore.ts';
import { createSigner } from '../../src/ledger/signer.ts';
import { openTrust } from '../../src/ledger/trust.ts';
import { verifyFile } from '../../src/ledger/verify.ts';
import type { RunningServer } from '../../src/server.ts';
import { dataName, listFiles, manifestName, readManifest } from '../../src/store/backup-manifest.ts';
import { realDisk } from '../../src/store/disk.ts';
import { type Agency, foundAgency, identity, publicTree, removeText, say, sayMore, takeBack } from '../support/agency.ts';
import { outcomeOf } from '../support/fault-outcome.ts';
import { from, get, newest, restore } from '../support/morning.ts';
import { keepsPromise, trials } from '../support/promises.ts';
import { memoryDirectory } from '../support/store-fixtures.ts';

/** P11: backups restore. Made while people publish, brought back on an empty machine, proved by the readers' verifier, byte for byte. */

await t.test('a backup made while people publish brings everything back, and never by itself an older history', async (t) => {
  const rounds = trials({ commit: 1, full: 20 });
  const wrong: string[] = [];
  let control: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const house = await openHouse(t);
    const backup = join(house.agency.parent, 'backup');
    await whilePublishing(house, async () => void (await backUp(await house.agency.config(), backup, house.agency.clock.now())));
    wrong.push(...(await faultsOf(house, backup)));
    if (round === 0) control = [...(await faultsOf(house, await plainCopy(house))), ...(await faultsOf(house, await withoutOneFile(house, backup)))];
    await house.server.close(0);
  }
  t.same(wrong, []);
  t.ok(control.length >= 2, 'control: a plain copy and a backup without one of its files are found');
  await t.rejects(restoreCommand.run(['/nowhere']), { code: 'rollback_detected' }, 'a restore has to say how it knows that nothing newer was public');
  keepsPromise(t, {
    promise: 'P11',
    what: 'backup during publications, restored on an empty machine, every version verified, the public tree equal; an older one refused',
    trials: rounds,
    violations: wrong.length,
    control: `cp -r and a backup without one file: ${control.join(', ')}`,
  });
});

type House = { agency: Agency; server: RunningServer; restored: number };

async function openHouse(t: Test): Promise<House> {
  const agency = await foundAgency(t, { parent: await memoryDirectory(t) });
  const server = await agency.start();
  const { office } = server;
  const first = await say(office, 'Said before');
  await sayMore(office, first.id, 'correction', 'Said before, corrected');
  const second = await say(office, 'Said and taken back');
  await takeBack(office, second);
  const third = await say(office, 'Said in too many words');
  await removeText(office, third.id, 1);
  return { agency, server, restored: 0 };
}

/** Two people publish until the work is done, and once more after it. */
async function whilePublishing({ server: { office } }: House, work: () => Promise<void>): Promise<void> {
  let isOver = false;
  const write = async (name: string): Promise<void> => {
    const { id } = await say(office, name);
    for (let n = 2; !isOver; n += 1) await sayMore(office, id, 'update', `${name}, version ${n}`);
  };
  const writing = Promise.all(['One hand', 'Another hand'].map(write));
  await work();
  isOver = true;
  await writing;
  await say(office, 'Said after');
}

/** Everything that is wrong with what comes back on a machine that holds nothing but keys and trust note. */
async function faultsOf(house: House, backup: string): Promise<readonly string[]> {
  const { agency, server } = house;
  house.restored += 1;
  const empty = join(agency.parent, `machine-${house.restored}`);
  await mkdir(empty);
  const machine = { ONRECORD_DATA_DIR: join(empty, 'data'), ONRECORD_ANCHOR_FILE: join(empty, 'anchor') };
  const elsewhere: Agency = { ...agency, environment: (changes = {}) => agency.environment({ ...machine, ...changes }) };
  const wrong: string[] = [];
  const byItself = await outcomeOf(restore(elsewhere, backup, newest(`${server.publicUrl}/log/checkpoint`), machine.ONRECORD_DATA_DIR));
  if (byItself.code !== 'rollback_detected') wrong.push(`an older history: ${byItself.code ?? 'restored'}`);
  const completed = await outcomeOf(restore(elsewhere, backup, from(server.publicUrl), machine.ONRECORD_DATA_DIR));
  if (!completed.isDone) return [...wrong, `${completed.code}`];
  const before = await publicTree(server);
  const again = await agency.start(machine);
  const after = await publicTree(again);
  for (const path of new Set([...before.keys(), ...after.keys()])) if (before.get(path) !== after.get(path)) wrong.push(`${path} is another one`);
  wrong.push(...(await verifyAll(agency, again)));
  await again.close(0);
  return wrong;
}

/** Each version's file and proof, as a reader who trusts the root key alone would verify them. */
async function verifyAll({ rootPem, trustFile }: Agency, { office, publicUrl }: RunningServer): Promise<readonly string[]> {
  const trust = openTrust(await readFile(trustFile, 'utf8'), createSigner(rootPem, `${identity}/root`));
  const wrong: string[] = [];
  let verified = 0;
  for (const { reference, id } of await office.store.list({ public: true })) {
    const { versions = [], notices = [] } = (await office.store.read(id)) ?? {};
    for (const { version } of versions) {
      if (notices.some((notice) => notice.event === 'redacted' && notice.version === version)) continue;
      const at = `${publicUrl}/statements/${reference}/v/${version}`;
      const { isProved } = verifyFile(await get(`${at}.json`), (await get(`${at}.tlog-proof`)).toString(), trust);
      if (!isProved) wrong.push(`${reference} v${version} is not proved`);
      verified += 1;
    }
  }
  return verified > 0 ? wrong : [...wrong, 'nothing was verified'];
}

/** What `cp -r` makes of a directory in which somebody publishes meanwhile: its parts one after the other. With a manifest that fits. */
async function plainCopy({ agency, server }: House): Promise<string> {
  const copy = join(agency.parent, 'plain');
  const data = join(copy, dataName);
  await mkdir(data, { recursive: true });
  for (const part of (await readdir(agency.directory)).sort()) {
    if (/^(?:lock\.|operator\.sock)/.test(part)) continue;
    await cp(join(agency.directory, part), join(data, part), { recursive: true });
    if (part === 'ledger') await say(server.office, 'Said while it was copied');
  }
  const checkpoint = await readFile(join(data, 'ledger/checkpoint'), 'utf8');
  const [origin, size] = checkpoint.split('\n');
  const facts = { schema: 1, createdAt: new Date(agency.clock.now()).toISOString(), origin, log: origin, checkpoint, size: Number(size) };
  await writeFile(join(copy, manifestName), JSON.stringify({ ...facts, files: await listFiles(realDisk, data) }));
  return copy;
}

async function withoutOneFile({ agency }: House, backup: string): Promise<string> {
  const copy = join(agency.parent, 'without');
  await cp(backup, copy, { recursive: true });
  const { files } = await readManifest(realDisk, copy);
  await rm(join(copy, dataName, files.find(({ path }) => path.startsWith('record/'))?.path ?? 'none'));
  return copy;
}
