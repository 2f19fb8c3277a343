import { readFile } from 'node:fs/promises';
import { OnrecordError, refuse } from '../errors.ts';
import { openBelieved } from '../ledger/believed.ts';
import { type Checkpoint, parseCheckpoint } from '../ledger/checkpoint.ts';
import { logNumber } from '../ledger/log-name.ts';
import { splitNote } from '../ledger/note.ts';
import { currentLog, type HouseLog, rootOfLog } from '../store/house-log.ts';
import { fetchPublic } from './fetch-public.ts';
import type { Belief } from './restore-belief.ts';

/** What is known of how far a public log had come: the anchor, or a checkpoint that somebody kept. */
export type Known = Checkpoint & { from: string };

/** The anchor, or null where there is none. @throws rollback_detected: it is there and cannot be read, so that it proves nothing */
export async function readAnchor(path: string, identity: string, belief: Belief): Promise<Known | null> {
  const note = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : Promise.reject(error)));
  if (note === null) return null;
  try {
    return { ...openOurs(note, identity, belief), from: `the anchor ${path}` };
  } catch (cause) {
    throw new OnrecordError('rollback_detected', `the anchor ${path} does not verify: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/** A checkpoint from a file, an address, or the site at an address. @throws not_found, key_invalid, store_corrupt */
export async function readNewest(where: string, identity: string, belief: Belief): Promise<Known> {
  const url = /^https?:\/\//.test(where) ? new URL(where) : null;
  if (url?.pathname === '/') url.pathname = '/log/checkpoint';
  const note = url ? (await fetchPublic(url, 'error')).toString() : await readFile(where, 'utf8').catch((cause: Error) => refuse('not_found', cause.message));
  return { ...openOurs(note, identity, belief), from: where };
}

/** The checkpoint of one of our own logs, and that log's number. */
export function openOurs(note: string, identity: string, belief: Belief): Checkpoint & { number: number } {
  const { origin } = parseCheckpoint(splitNote(note).text);
  const number = logNumber(origin, identity);
  if (number === null) return refuse('key_invalid', `${origin} is no log of ${identity}`);
  return { ...openBelieved(note, belief(origin)).checkpoint, number };
}

/**
 * How many entries of the current log are known to be public and missing in these logs. An older checkpoint is fine as long as they go
 * on from it. @throws rollback_detected: a later log is known, or another history
 */
export function missingBehind(logs: readonly HouseLog[], known: Known): number {
  const log = logs.find(({ origin }) => origin === known.origin);
  if (log === undefined) return refuse('rollback_detected', `${known.from} is of a later log, ${known.origin}: this backup is from before it`);
  const isCurrent = log === currentLog(logs);
  if (known.size > log.entries.length) return isCurrent ? known.size - log.entries.length : 0;
  if (rootOfLog(log, known.size).equals(known.root)) return 0;
  return refuse('rollback_detected', `${known.from} is of another history than this backup: at ${known.size} entries their roots differ`);
}
