import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openEmbeddedStore } from '../../src/store/embedded.ts';
import { initialise } from '../../src/store/installation.ts';
import type { Store } from '../../src/store/store.ts';
import { outcomeOf, wrongAfter } from './fault-outcome.ts';
import { auditStore } from './store-audit.ts';
import { contentOf, opened, origin, publishVersion, random, testSigner } from './store-fixtures.ts';

/** A store in a real directory in which one publication meets a fault. */

export type FaultyPlace = { store: Store; directory: string; anchorFile: string };
export type FaultTrial = { code: string | null; wrong: readonly string[] };

const openAt = (directory: string, anchorFile: string): Promise<Store> => openEmbeddedStore({ directory, signer: testSigner, anchorFile, now: Date.now });
const versionsIn = async (store: Store): Promise<number> => (await store.read('statement1'))?.versions.length ?? 0;

/** One statement with a version, one with a draft. */
export async function openFaultyPlace(parent: string): Promise<FaultyPlace> {
  const [directory, anchorFile] = [join(parent, 'data'), join(parent, 'anchor')];
  await initialise(directory, { origin, demonstration: false, now: Date.now, random });
  const store = await openAt(directory, anchorFile);
  await publishVersion(store, 'statement1', 'Version une');
  await store.edit('draft0001', () => opened('draft0001', contentOf('Brouillon')));
  return { store, directory, anchorFile };
}

/**
 * Publishes under a fault and looks: at memory, at the disk through a copy of it that is opened on its own, then at how the store goes on
 * and what it holds when it is opened again. Closes the store.
 * @param aside where the copy goes, on a disk that is sound
 */
export async function publishUnderFault(
  { store, directory, anchorFile }: FaultyPlace,
  aside: string,
  work: (publish: () => Promise<void>) => Promise<void>,
): Promise<FaultTrial> {
  const before = await versionsIn(store);
  let outcome = await outcomeOf(Promise.resolve());
  await work(async () => {
    outcome = await outcomeOf(publishVersion(store, 'statement1', 'Version suivante'));
  });
  const isUnknown = outcome.code === 'store_poisoned';
  const copy = await openCopy(directory, anchorFile, aside);
  const wrong = [
    ...wrongAfter(outcome, { before, memory: await versionsIn(store), disk: copy.versions }),
    ...copy.wrong,
    ...(await auditStore(store, testSigner)),
  ];
  const next = await outcomeOf(publishVersion(store, 'statement1', 'Encore'));
  if (isUnknown && next.isDone) wrong.push('wrote after an unknown outcome');
  const isStopped = store.trouble() !== null && ['store_poisoned', 'store_corrupt'].includes(next.code ?? '');
  if (!next.isDone && !isStopped) wrong.push(`does not go on: ${next.code}`);
  wrong.push(...(await auditStore(store, testSigner)));
  const last = await versionsIn(store);
  await store.close();
  const again = await openAt(directory, anchorFile);
  if (!isUnknown && (await versionsIn(again)) !== last) wrong.push('opened again it shows another state');
  if (again.trouble() !== null) wrong.push(`trouble after opening again: ${again.trouble()}`);
  wrong.push(...(await auditStore(again, testSigner)));
  await again.close();
  return { code: outcome.code, wrong };
}

/** What the disk says by itself. */
async function openCopy(directory: string, anchorFile: string, aside: string): Promise<{ versions: number; wrong: readonly string[] }> {
  const parent = await mkdtemp(join(aside, 'copy-'));
  await cp(directory, join(parent, 'data'), { recursive: true });
  await cp(anchorFile, join(parent, 'anchor'));
  const store = await openAt(join(parent, 'data'), join(parent, 'anchor'));
  const said = { versions: await versionsIn(store), wrong: await auditStore(store, testSigner) };
  await store.close();
  await rm(parent, { recursive: true });
  return said;
}
