import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCheckpoint, signCheckpoint } from '../src/ledger/checkpoint.ts';
import { inclusionProof, verifyInclusion } from '../src/ledger/proof.ts';
import { entryBundle, hashTile } from '../src/ledger/tile.ts';
import { leafHash } from '../src/ledger/tree.ts';
import { createPublicLog } from '../src/press/public-log.ts';
import { type Disk, realDisk } from '../src/store/disk.ts';
import { openEmbeddedStore } from '../src/store/embedded.ts';
import { initialise } from '../src/store/installation.ts';
import { createClock, origin, publishVersion, testSigner } from '../test/support/store-fixtures.ts';

/**
 * The log at a size that an agency reaches in decades: what boot, a proof, a checkpoint and a tile cost. Each figure is the median of
 * many runs in this one process; beside it stands what a plain fsync of 4 KiB costs on this disk in the same run, as a measure of the
 * machine. Usage: node bench/ledger.ts [ENTRIES]
 */
const entries = Number(process.argv[2] ?? 10_000);
const versionsEach = 5;

const directory = await mkdtemp(join(tmpdir(), 'onrecord-bench-'));
// Filling the store is not what is measured: nothing of it has to survive a power cut.
const fast: Disk = {
  ...realDisk,
  create: async (path) => ({ ...(await realDisk.create(path)), sync: async () => {} }),
  append: async (path) => ({ ...(await realDisk.append(path)), sync: async () => {} }),
  syncDirectory: async () => {},
};

async function fill(): Promise<number> {
  const clock = createClock('2026-11-22T08:00:00.000Z');
  await initialise(directory, { origin, demonstration: false, now: clock.now, random: randomBytes });
  const store = await openEmbeddedStore({ directory, signer: testSigner, anchorFile: null, now: clock.now, disk: fast });
  const begun = performance.now();
  for (let count = 0; count < entries; count += 1) {
    clock.pass(60_000);
    await publishVersion(store, `statement${String(Math.floor(count / versionsEach)).padStart(6, '0')}`, `Déclaration ${count}`);
  }
  await store.close();
  return performance.now() - begun;
}

async function median(times: number, work: () => unknown): Promise<number> {
  const taken: number[] = [];
  for (let run = 0; run < times; run += 1) {
    const begun = performance.now();
    await work();
    taken.push(performance.now() - begun);
  }
  return taken.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
}

const rows: { what: string; ms: number; note: string }[] = [];
const filled = await fill();
rows.push({ what: `publish ${entries} versions (no fsync)`, ms: filled / entries, note: 'each' });

const now = (): number => Date.parse('2036-01-01T00:00:00.000Z');
const boots: number[] = [];
for (let run = 0; run < 3; run += 1) {
  const begun = performance.now();
  await (await openEmbeddedStore({ directory, signer: testSigner, anchorFile: null, now })).close();
  boots.push(performance.now() - begun);
}
rows.push({ what: 'boot of the store: log proved, statements read', ms: boots.sort((a, b) => a - b)[1] ?? 0, note: 'median of 3' });

const store = await openEmbeddedStore({ directory, signer: testSigner, anchorFile: null, now });
const log = createPublicLog((after, limit) => store.ledger(after, limit, 'entries'));
const begun = performance.now();
await log.catchUp();
rows.push({ what: 'public log: every subtree hashed', ms: performance.now() - begun, note: 'once a boot' });

const { size, hashOf, checkpoint } = log.current();
const root = openCheckpoint(checkpoint ?? '', testSigner).root;
let index = 0;
const next = (): number => {
  index = (index + 7_919) % size;
  return index;
};
rows.push({ what: 'inclusion proof, made', ms: await median(2_000, () => inclusionProof(next(), size, hashOf)), note: 'under 1 ms' });
const leaf = leafHash((await log.entries(42, 1))[0] ?? Buffer.alloc(0));
const proof = inclusionProof(42, size, hashOf);
rows.push({ what: 'inclusion proof, verified', ms: await median(2_000, () => verifyInclusion(leaf, 42, size, proof, root)), note: '' });
rows.push({
  what: 'entry read and proof made',
  ms: await median(500, async () => [await log.entries(next(), 1), inclusionProof(index, size, hashOf)]),
  note: 'under 1 ms',
});
rows.push({ what: 'checkpoint signed', ms: await median(500, () => signCheckpoint({ origin, size, root }, testSigner)), note: 'under 5 ms' });
rows.push({ what: 'hash tile of 256', ms: await median(500, () => hashTile(0, next() % Math.floor(size / 256), 256, hashOf)), note: 'then immutable' });
rows.push({
  what: 'entry tile of 256',
  ms: await median(50, async () => entryBundle(await log.entries((next() % Math.floor(size / 256)) * 256, 256))),
  note: 'then immutable',
});

const block = randomBytes(4_096);
const fsync = await median(50, async () => {
  const file = await realDisk.create(join(directory, `fsync-${randomBytes(8).toString('hex')}`));
  await file.write(block);
  await file.sync();
  await file.close();
});
rows.push({ what: 'one fsync of 4 KiB on this disk', ms: fsync, note: 'measure of the machine' });
await store.close();
await rm(directory, { recursive: true });

process.stdout.write(`${entries} entries, Node ${process.version}\n\n`);
for (const { what, ms, note } of rows)
  process.stdout.write(`${what.padEnd(50)} ${ms.toFixed(3).padStart(10)} ms   ${(ms / fsync).toFixed(2).padStart(8)} × fsync   ${note}\n`);
