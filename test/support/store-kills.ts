import { setTimeout as sleep } from 'node:timers/promises';
import { type Acknowledged, auditStore, lostOf, versionsOf } from './store-audit.ts';
import { type Site, startChild } from './store-processes.ts';

/** Publishers that are killed with -9 at random moments, and what is then there of what they acknowledged. */

export type KillTally = { trials: number; acknowledged: number; slowestBoot: number; wrong: string[] };

/** Starts a publisher, kills it at a random moment, opens the store again and checks all that was ever acknowledged. */
async function killOnce(site: Site, mode: 'publish' | 'hasty', known: Acknowledged[], tally: KillTally): Promise<void> {
  const child = startChild(site, mode);
  const isEarly = Math.random() < 0.2;
  if (!isEarly) await child.said();
  await sleep(Math.random() * 250);
  child.kill();
  await child.ended;
  for (const line of child.lines) {
    const [id = '', version] = line.split(' ');
    if (id.startsWith('loop')) known.push({ id, version: Number(version) });
    else if (line !== 'open') tally.wrong.push(line);
  }
  const before = performance.now();
  const store = await site.open();
  tally.slowestBoot = Math.max(tally.slowestBoot, performance.now() - before);
  const lost = lostOf(known, await versionsOf(store));
  if (lost.length > 0) tally.wrong.push(`lost ${JSON.stringify(lost)}`);
  if (tally.trials % 10 === 0) tally.wrong.push(...(await auditStore(store, site.signer)));
  if (store.trouble() !== null) tally.wrong.push(`${store.trouble()}`);
  await store.close();
  tally.trials += 1;
}

/** So many kills at one place, one after the other. `hasty`: of a publisher that says so before it has committed. */
export async function killRepeatedly(site: Site, count: number, mode: 'publish' | 'hasty' = 'publish'): Promise<KillTally> {
  const tally: KillTally = { trials: 0, acknowledged: 0, slowestBoot: 0, wrong: [] };
  const known: Acknowledged[] = [];
  for (let n = 0; n < count; n += 1) await killOnce(site, mode, known, tally);
  const store = await site.open();
  tally.wrong.push(...(await auditStore(store, site.signer)));
  await store.close();
  return { ...tally, acknowledged: known.length };
}
