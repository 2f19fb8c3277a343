import { refuse } from '../errors.ts';
import type { Checkpoint } from '../ledger/checkpoint.ts';
import { type Entry, parseEntry } from '../ledger/entry.ts';
import { parseEntryBundle, tilePath, tileWidth } from '../ledger/tile.ts';
import { rootOfEntries } from '../ledger/tree.ts';
import type { Trust } from '../ledger/trust.ts';
import { verifyCheckpoint } from '../ledger/verify.ts';
import { fetchPublic } from './fetch-public.ts';

export type Latest = { checkpoint: Checkpoint; entries: readonly Entry[] };
type Log = { origin: string; size: number; root: Buffer; entries: readonly Buffer[] };

/**
 * Every entry that the site's newest checkpoint stands for, from the log of `proved` on, and proof that they are the log's: the tree
 * over them has the signed root, and the tree that `proved` signs is a beginning of it. Logs that a restore closed are reached
 * through the `restored` entry of the next one, which commits to their size and root. `hash_mismatch` where anything differs.
 */
export async function readLatest(site: URL, trust: Trust, proved: Checkpoint): Promise<Latest> {
  const head = verifyCheckpoint((await fetchPublic(new URL('/log/checkpoint', site))).toString(), trust);
  if (!head.isGood) return refuse('hash_mismatch', `the newest checkpoint does not verify: ${head.step}`);
  const logs = [await readLog(site, '/log/', head.checkpoint)];
  for (let [log] = logs; log !== undefined && log.origin !== proved.origin; [log] = logs) logs.unshift(await readClosedLog(site, log));
  const [first] = logs;
  if (first === undefined || proved.size > first.size || !rootOfEntries(first.entries.slice(0, proved.size)).equals(proved.root))
    return refuse('hash_mismatch', 'the log of the site is not the log of this proof: this is a fork, or the site is behind');
  return { checkpoint: head.checkpoint, entries: logs.flatMap(({ entries }) => entries.map(parseEntry)) };
}

/** The log before this one: its number is in the addresses, its end in this one's first entry. */
function readClosedLog(site: URL, { origin, entries: [first] }: Log): Promise<Log> {
  const closed = first && parseEntry(first).restored?.closed;
  if (closed === undefined || closed.origin === origin) return refuse('hash_mismatch', 'no log of this site is the log of this proof');
  const number = Number(/\/([0-9]+)$/.exec(origin)?.[1] ?? '1') - 1;
  return readLog(site, `/log/${number}/`, { ...closed, root: Buffer.from(closed.root, 'hex') });
}

async function readLog(site: URL, prefix: string, { origin, size, root }: Checkpoint): Promise<Log> {
  const entries: Buffer[] = [];
  while (entries.length < size) {
    const width = Math.min(tileWidth, size - entries.length);
    const path = tilePath({ level: 'entries', index: entries.length / tileWidth, width });
    const bundle = parseEntryBundle(await fetchPublic(new URL(`${prefix}${path}`, site)), width);
    if (bundle === undefined) return refuse('hash_mismatch', `${prefix}${path} is no tile`);
    entries.push(...bundle);
  }
  return rootOfEntries(entries).equals(root) ? { origin, size, root, entries } : refuse('hash_mismatch', 'the entries are not those that the checkpoint signs');
}
