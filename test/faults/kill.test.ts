import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import t from 'tap';
import { openEmbeddedStore } from '../../src/store/embedded.ts';
import { initialise } from '../../src/store/installation.ts';
import { type Mounts, openMounts } from '../support/mounts.ts';
import { type CutTally, cutLowdb, cutStoreRepeatedly } from '../support/power-cuts.ts';
import { keepsPromise, trials } from '../support/promises.ts';
import { type Acknowledged, lostOf, versionsOf } from '../support/store-audit.ts';
import { faultyDisk, type MemoryDisk, memoryDisk } from '../support/store-disks.ts';
import { origin, publishVersion, random, testSigner } from '../support/store-fixtures.ts';
import { killRepeatedly } from '../support/store-kills.ts';
import { createSite } from '../support/store-processes.ts';

/** P1: an acknowledged publication is never lost. Killed processes, cut power, and a control that must lose. */

const kills = trials({ commit: 100, full: 1_000 });
const cuts = trials({ commit: 30, full: 500 });
const side = 3;
/** A disk holds the history of so many cuts, then comes a fresh one. */
const cutsOfDisk = 10;

await t.test('kill -9 in a publish loop loses nothing that was acknowledged', async (t) => {
  const tallies = await Promise.all(Array.from({ length: side }, (_, n) => createSite(t).then((site) => killRepeatedly(site, Math.floor((kills + n) / side)))));
  const wrong = tallies.flatMap((tally) => tally.wrong);
  t.same(wrong, []);
  const acknowledged = tallies.reduce((sum, tally) => sum + tally.acknowledged, 0);
  t.ok(acknowledged > kills / 2, 'the loop did publish');
  const slowest = Math.max(...tallies.map((tally) => tally.slowestBoot));
  t.ok(slowest < 5_000, 'every boot stays under five seconds');
  const hasty = await killRepeatedly(await createSite(t), 6, 'hasty');
  t.ok(hasty.wrong.length > 0, 'control: a publisher that says so before it has committed is found out');
  keepsPromise(t, {
    promise: 'P1',
    what: `kill -9 of the process group while ${acknowledged} publications were acknowledged; slowest boot ${Math.round(slowest)} ms`,
    trials: tallies.reduce((sum, tally) => sum + tally.trials, 0),
    violations: wrong.length,
    control: `a publisher that says so before it has committed lost publications in ${hasty.wrong.length} of 6 kills`,
  });
});

/** Cuts one fresh disk after the other until the lane has had its share. */
async function cutRepeatedly({ loopDisk }: Mounts, lane: number, count: number): Promise<readonly CutTally[]> {
  const tallies: CutTally[] = [];
  for (let left = count; left > 0; left -= cutsOfDisk) {
    const disk = await loopDisk(`lane-${lane}-${left}`);
    tallies.push(await cutStoreRepeatedly(disk, Math.min(left, cutsOfDisk)));
    await disk.remove();
  }
  return tallies;
}

await t.test('a power cut of a real file system loses nothing that was acknowledged, and stock lowdb does', async (t) => {
  const mounts = await openMounts(t, 'a power cut of a real file system');
  if (mounts === null) {
    t.pass('POWER CUTS OF A REAL FILE SYSTEM', { skip: 'they need root, python3 and a loop device' });
    return;
  }
  const lanes = await Promise.all(Array.from({ length: side }, (_, lane) => cutRepeatedly(mounts, lane, Math.floor((cuts + lane) / side))));
  const tallies = lanes.flat();
  const wrong = tallies.flatMap((tally) => tally.wrong);
  t.same(wrong, []);
  const slowest = Math.max(...tallies.map((tally) => tally.slowestBoot));
  t.ok(slowest < 5_000, 'every boot stays under five seconds, by itself');
  const acknowledged = tallies.reduce((sum, tally) => sum + tally.acknowledged, 0);
  t.ok(acknowledged > cuts, 'the loop did publish');
  const lost = await cutLowdb(await mounts.loopDisk('lowdb'));
  t.ok(lost.length > 0, 'control: what stock lowdb acknowledged is lost');
  keepsPromise(t, {
    promise: 'P1',
    what: `power cut of ext4 while ${acknowledged} publications were acknowledged; slowest boot ${Math.round(slowest)} ms`,
    trials: tallies.reduce((sum, tally) => sum + tally.trials, 0),
    violations: wrong.length,
    control: `stock lowdb lost ${lost.length} of 20 under the same cut`,
  });
});

/** The embedded store publishes until a disk call fails; then the power goes. Gives what the checker finds lost. */
async function cutStore(disk: MemoryDisk, directory: string, lies: boolean): Promise<readonly Acknowledged[]> {
  const lying = lies ? withoutSync(disk) : disk;
  await initialise(directory, { origin, demonstration: false, now: Date.now, random }, [], disk);
  const faulty = faultyDisk(lying);
  const open = (on = disk as Parameters<typeof faultyDisk>[0]) =>
    openEmbeddedStore({ directory, signer: testSigner, anchorFile: null, now: Date.now, disk: on });
  const store = await open(faulty.disk);
  faulty.arm({ mode: 'dead', at: 100 + Math.floor(Math.random() * 500) });
  const acknowledged: Acknowledged[] = [];
  for (;;) {
    const done = await publishVersion(store, 'loop00001', 'Situation').catch(() => null);
    if (done === null) break;
    acknowledged.push({ id: done.id, version: done.versions.length });
  }
  faulty.arm(null);
  await store.close();
  disk.cutPower();
  const again = await open().catch(() => null);
  const lost = lostOf(acknowledged, again === null ? new Map() : await versionsOf(again));
  await again?.close();
  return lost;
}

function withoutSync(disk: MemoryDisk): MemoryDisk {
  const forget = <T extends { sync(): Promise<void> }>(file: T): T => ({ ...file, sync: async () => {} });
  return {
    ...disk,
    create: async (path) => forget(await disk.create(path)),
    append: async (path) => forget(await disk.append(path)),
    syncDirectory: async () => {},
  };
}

await t.test('a power cut loses nothing that was acknowledged', async (t) => {
  for (let n = 0; n < 40; n += 1) t.same(await cutStore(memoryDisk(), `/cut-${n}`, false), []);
});

await t.test('control: without fsync the same checker finds the loss', async (t) => {
  t.ok((await cutStore(memoryDisk(), '/lying', true)).length > 0);
});

await t.test('control: lowdb with its own file adapter fails the same checker after the same power cut', async (t) => {
  const disk = memoryDisk();
  await disk.makeDirectory('/simulated');
  await disk.syncDirectory('/');
  const restore = routeTo(disk);
  t.teardown(restore);
  const open = () => new Low<{ versions: Record<string, number> }>(new JSONFile('/simulated/statements.json'), { versions: {} });
  const acknowledged: Acknowledged[] = [];
  for (let version = 1; version <= 20; version += 1) {
    const low = open();
    await low.read();
    low.data.versions.loop00001 = version;
    await low.write();
    acknowledged.push({ id: 'loop00001', version });
  }
  const before = open();
  await before.read();
  t.same(lostOf(acknowledged, new Map(Object.entries(before.data.versions))), [], 'while the power is on, all is there');
  disk.cutPower();
  const after = open();
  await after.read();
  t.ok(lostOf(acknowledged, new Map(Object.entries(after.data.versions))).length > 0);
});

/** Sends lowdb's file calls under /simulated to a disk in memory; gives the way back. */
function routeTo(disk: MemoryDisk): () => void {
  const original = { readFile: fs.readFile, writeFile: fs.writeFile, rename: fs.rename };
  const pathOf = (file: unknown): string => (file instanceof URL ? file.pathname : String(file));
  Object.assign(fs, {
    readFile: async (file: unknown) => (await disk.read(pathOf(file))).toString(),
    writeFile: async (file: unknown, data: string) => disk.writeUnsynced(pathOf(file), Buffer.from(data)),
    rename: async (from: unknown, to: unknown) => disk.rename(pathOf(from), pathOf(to)),
  });
  syncBuiltinESMExports();
  return () => {
    Object.assign(fs, original);
    syncBuiltinESMExports();
  };
}
