import { consistencyProof, inclusionProof } from '../../ledger/proof.ts';
import { entryBundle, hashTile, hasTile, type TileAddress } from '../../ledger/tile.ts';
import { formatProof } from '../../ledger/tlog-proof.ts';
import type { Trust } from '../../ledger/trust.ts';
import type { TimeStampForm, TimeStamps } from '../../store/time-stamps.ts';
import type { ProgramName } from '../address.ts';
import type { Verifiers } from '../press.ts';
import type { LogPart, PublicLog } from '../public-log.ts';
import type { ResourceDraft } from '../resource.ts';

/** The log's own addresses (c2sp.org/tlog-tiles) and the proof of one version; undefined for what is not logged. */

const text = 'text/plain; charset=utf-8';
const forGood = 'public, max-age=31536000, immutable';

export function checkpointFile({ checkpoint }: LogPart): ResourceDraft | undefined {
  return checkpoint === null ? undefined : { type: text, body: checkpoint, cache: 'public, max-age=5', crossOrigin: true };
}

export function trustFile({ note }: Trust): ResourceDraft {
  return { type: text, body: note, cache: 'public, max-age=60', crossOrigin: true };
}

/** A tile never changes, full or partial: one more entry is another address. */
export async function tileFile(log: PublicLog, part: LogPart, address: TileAddress): Promise<ResourceDraft | undefined> {
  if (!hasTile(address, part.size)) return undefined;
  const { level, index, width } = address;
  const body = level === 'entries' ? entryBundle(await log.entries(part.begin + index * 256, width)) : hashTile(level, index, width, part.hashOf);
  return { type: 'application/octet-stream', body, cache: forGood, crossOrigin: true };
}

/** That the entry with this number of the house is in the tree which the newest checkpoint of its log signs. */
export async function proofFile(log: PublicLog, entry: number): Promise<ResourceDraft | undefined> {
  const part = log.partOf(entry);
  const [extra] = await log.entries(entry, 1);
  if (part === undefined || part.checkpoint === null || extra === undefined) return undefined;
  const index = entry - part.begin;
  const body = formatProof({ extra, index, hashes: inclusionProof(index, part.size, part.hashOf), checkpoint: part.checkpoint });
  return { type: text, body, cache: 'public, max-age=60', crossOrigin: true };
}

/** Hashes of a proof between sizes of the current log, base64, one a line; undefined where the log has not come so far. */
export function proofLines(
  { size, hashOf }: LogPart,
  { kind, from, to }: { kind: 'inclusion' | 'consistency'; from: number; to: number },
): ResourceDraft | undefined {
  if (to > size || from > to || (kind === 'inclusion' && from === to)) return undefined;
  const hashes = kind === 'inclusion' ? inclusionProof(from, to, hashOf) : consistencyProof(from, to, hashOf);
  // Not for good: after an accepted rollback another log answers here.
  return { type: text, body: hashes.map((hash) => `${hash.toString('base64')}\n`).join(''), cache: 'public, max-age=60', crossOrigin: true };
}

/** An authority's time-stamp of the checkpoint of this size (RFC 3161), or the bytes that it stamped; undefined where there is none. */
export async function timeStampFile(
  timeStamps: Pick<TimeStamps, 'read'>,
  log: number,
  part: LogPart,
  { size, form }: { size: number; form: TimeStampForm },
): Promise<ResourceDraft | undefined> {
  const body = size > part.size ? undefined : await timeStamps.read(log, size, form);
  return body && { type: form === 'tsr' ? 'application/timestamp-reply' : text, body, cache: forGood, crossOrigin: true };
}

/** A program for the reader's own machine; a download, for browsers would show it as text. */
export function programFile(verifiers: Verifiers, name: ProgramName): ResourceDraft {
  const headers = ['content-disposition', `attachment; filename="${name}"`];
  return { type: text, body: verifiers[name], cache: 'public, max-age=300, no-transform', headers, crossOrigin: true };
}
