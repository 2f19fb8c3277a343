import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { openEmbeddedStore } from '../../src/store/embedded.ts';
import { initialise } from '../../src/store/installation.ts';
import type { Store } from '../../src/store/store.ts';
import type { LoopDisk } from './mounts.ts';
import { type Acknowledged, auditStore, lostOf, versionsOf } from './store-audit.ts';
import { origin, publishVersion, random, testSigner } from './store-fixtures.ts';

/** Publishes on a real file system until its power is cut, mounts it again and looks. */

export type CutTally = { trials: number; acknowledged: number; slowestBoot: number; wrong: string[] };

const ids = ['loop00001', 'loop00002', 'loop00003'];

/** So many cuts of one disk, each in the middle of publishing; what earlier ones left must be there as well. */
export async function cutStoreRepeatedly(disk: LoopDisk, count: number): Promise<CutTally> {
  const directory = join(disk.directory, 'data');
  await mkdir(directory);
  await initialise(directory, { origin, demonstration: false, now: Date.now, random });
  const open = (): Promise<Store> => openEmbeddedStore({ directory, signer: testSigner, anchorFile: join(disk.directory, 'anchor'), now: Date.now });
  const tally: CutTally = { trials: 0, acknowledged: 0, slowestBoot: 0, wrong: [] };
  const known: Acknowledged[] = [];
  for (let n = 0; n < count; n += 1) {
    const store = await open();
    const publishing = ids.map((id) => publishUntilRefused(store, id, known));
    await sleep(Math.random() * 200);
    await disk.cutPower();
    await Promise.all(publishing);
    await store.close().catch(() => {});
    const before = performance.now();
    await disk.restart();
    const again = await open();
    tally.slowestBoot = Math.max(tally.slowestBoot, performance.now() - before);
    tally.wrong.push(...lostOf(known, await versionsOf(again)).map(({ id, version }) => `lost ${id} v${version}`));
    tally.wrong.push(...(await auditStore(again, testSigner)));
    if (again.trouble() !== null) tally.wrong.push(`${again.trouble()}`);
    await again.close();
    tally.trials += 1;
  }
  return { ...tally, acknowledged: known.length };
}

async function publishUntilRefused(store: Store, id: string, known: Acknowledged[]): Promise<void> {
  for (;;) {
    const done = await publishVersion(store, id, `Situation de ${id}`).catch(() => null);
    if (done === null) return;
    known.push({ id, version: done.versions.length });
  }
}

/** Stock lowdb under the same cut; gives what the same checker finds lost. */
export async function cutLowdb(disk: LoopDisk): Promise<readonly Acknowledged[]> {
  const open = () => new Low<{ versions: Record<string, number> }>(new JSONFile(join(disk.directory, 'statements.json')), { versions: {} });
  const known: Acknowledged[] = [];
  for (let version = 1; version <= 20; version += 1) {
    const low = open();
    await low.read();
    low.data.versions.loop00001 = version;
    await low.write();
    known.push({ id: 'loop00001', version });
  }
  await disk.cutPower();
  await disk.restart();
  const after = open();
  await after.read().catch(() => {});
  return lostOf(known, new Map(Object.entries(after.data?.versions ?? {})));
}
