import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { refuse } from '../errors.ts';
import { logNumber, logPrefix } from '../ledger/log-name.ts';
import type { SignedLog } from '../store/house-log.ts';
import { fetchPublic, largestPublic } from './fetch-public.ts';
import { closedBefore, type ReadPath, readLogEntries } from './read-log.ts';
import type { Belief } from './restore-belief.ts';
import { openOurs } from './restore-known.ts';

/** Public paths of a site, or of a directory laid out like one. */
export type Source = { name: string; read: ReadPath };

/** A site's address, or a mirror's directory. A redirect is never followed, nothing larger than 8 MiB is taken. @throws not_found on reading */
export function openSource(where: string): Source {
  if (/^https?:\/\//.test(where)) return { name: where, read: (path) => fetchPublic(new URL(path, where), 'error') };
  return {
    name: where,
    read: async (path) => {
      // A path can be a file and a directory of others at once: then the mirror keeps the file under a name with an ending.
      for (const candidate of [path, `${path}.json`, `${path}/index.json`]) {
        const found = await readBounded(join(where, candidate));
        if (found !== null) return found;
      }
      return refuse('not_found', `${where} has no ${path}`);
    },
  };
}

/** Null where there is no such file. */
async function readBounded(path: string): Promise<Buffer | null> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' || error.code === 'ENOTDIR' ? null : Promise.reject(error)));
  if (found === null || !found.isFile()) return null;
  return found.size > largestPublic ? refuse('not_found', `${path} is too long`) : readFile(path);
}

/**
 * All logs of the house as the source has them, closed ones first: the newest checkpoint is signed by a key that is believed, its
 * entries have its root, and each log's first entry names size and root of the one before. `hash_mismatch` where anything differs.
 */
export async function readSourceLogs(source: Source, identity: string, belief: Belief): Promise<readonly SignedLog[]> {
  const note = (await source.read('/log/checkpoint')).toString();
  const head = openOurs(note, identity, belief);
  let first: SignedLog = { origin: head.origin, checkpoint: note, entries: await readLogEntries(source.read, logPrefix(head.number), head) };
  const logs = [first];
  for (let k = head.number - 1; k >= 1; k -= 1) {
    const closed = closedBefore(first.entries);
    if (closed === undefined || logNumber(closed.origin, identity) !== k)
      return refuse('hash_mismatch', `log ${k + 1} of ${source.name} does not go on from log ${k}`);
    const checkpoint = (await source.read(`/log/${k}/checkpoint`)).toString();
    const root = Buffer.from(closed.root, 'hex');
    if (!checkpoint.startsWith(`${closed.origin}\n${closed.size}\n${root.toString('base64')}\n\n`))
      return refuse('hash_mismatch', `/log/${k}/checkpoint is not the one that log ${k + 1} names`);
    first = { origin: closed.origin, checkpoint, entries: await readLogEntries(source.read, logPrefix(k), { size: closed.size, root }) };
    logs.unshift(first);
  }
  return closedBefore(first.entries) === undefined ? logs : refuse('hash_mismatch', `the first log of ${source.name} says that it goes on from another`);
}
