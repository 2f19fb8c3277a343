import { refuse } from '../errors.ts';
import type { Checkpoint } from '../ledger/checkpoint.ts';
import { type Entry, parseEntry } from '../ledger/entry.ts';
import { logNumber, logPrefix } from '../ledger/log-name.ts';
import { rootOfEntries } from '../ledger/tree.ts';
import { identityOf, type Trust } from '../ledger/trust.ts';
import { verifyCheckpoint } from '../ledger/verify.ts';
import { fetchPublic } from './fetch-public.ts';
import { closedBefore, type ReadPath, readLogEntries } from './read-log.ts';

export type Latest = { checkpoint: Checkpoint; entries: readonly Entry[] };
type Log = { origin: string; size: number; entries: readonly Buffer[] };

/**
 * Every entry that the site's newest checkpoint stands for, from the log of `proved` on, and proof that they are the log's: the tree
 * over them has the signed root, and the tree that `proved` signs is a beginning of it. Logs that a restore closed are reached
 * through the `restored` entry of the next one, which commits to their size and root. `hash_mismatch` where anything differs.
 */
export async function readLatest(site: URL, trust: Trust, proved: Checkpoint): Promise<Latest> {
  const read: ReadPath = (path) => fetchPublic(new URL(path, site));
  const head = verifyCheckpoint((await read('/log/checkpoint')).toString(), trust);
  if (!head.isGood) return refuse('hash_mismatch', `the newest checkpoint does not verify: ${head.step}`);
  const { origin, size } = head.checkpoint;
  const number = logNumber(origin, identityOf(trust)) ?? refuse('hash_mismatch', 'the newest checkpoint is of another log');
  const logs: Log[] = [{ origin, size, entries: await readLogEntries(read, logPrefix(number), head.checkpoint) }];
  for (let [log] = logs; log !== undefined && log.origin !== proved.origin; [log] = logs) logs.unshift(await readLogBefore(read, log, identityOf(trust)));
  const [first] = logs;
  if (first === undefined || proved.size > first.size || !rootOfEntries(first.entries.slice(0, proved.size)).equals(proved.root))
    return refuse('hash_mismatch', 'the log of the site is not the log of this proof: this is a fork, or the site is behind');
  return { checkpoint: head.checkpoint, entries: logs.flatMap(({ entries }) => entries.map(parseEntry)) };
}

/** The log before this one: its number is in the addresses, its end in this one's first entry. */
async function readLogBefore(read: ReadPath, log: Log, identity: string): Promise<Log> {
  const closed = closedBefore(log.entries);
  const number = closed === undefined ? null : logNumber(closed.origin, identity);
  if (closed === undefined || number === null || number + 1 !== logNumber(log.origin, identity))
    return refuse('hash_mismatch', 'no log of this site is the log of this proof');
  const { origin, size, root } = closed;
  return { origin, size, entries: await readLogEntries(read, logPrefix(number), { size, root: Buffer.from(root, 'hex') }) };
}
