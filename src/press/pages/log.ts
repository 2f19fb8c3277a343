import { inclusionProof } from '../../ledger/proof.ts';
import { entryBundle, hashTile, hasTile, type TileAddress } from '../../ledger/tile.ts';
import { formatProof } from '../../ledger/tlog-proof.ts';
import type { PublicLog } from '../public-log.ts';
import type { ResourceDraft } from '../resource.ts';

/** The log's own addresses (c2sp.org/tlog-tiles) and the proof of one version; undefined for what is not logged. */

const text = 'text/plain; charset=utf-8';

export function checkpointFile(log: PublicLog): ResourceDraft | undefined {
  const body = log.checkpoint();
  return body === null ? undefined : { type: text, body, cache: 'public, max-age=5', crossOrigin: true };
}

/** A tile never changes, full or partial: one more entry is another address. */
export async function tileFile(log: PublicLog, address: TileAddress): Promise<ResourceDraft | undefined> {
  if (!hasTile(address, log.size())) return undefined;
  const { level, index, width } = address;
  const body = level === 'entries' ? entryBundle(await log.entries(index * 256, width)) : hashTile(level, index, width, log.hashOf);
  return { type: 'application/octet-stream', body, cache: 'public, max-age=31536000, immutable', crossOrigin: true };
}

/** That the entry is in the tree which the newest checkpoint signs. */
export async function proofFile(log: PublicLog, entry: number): Promise<ResourceDraft | undefined> {
  const checkpoint = log.checkpoint();
  const size = log.size();
  const [extra] = await log.entries(entry, 1);
  if (checkpoint === null || extra === undefined || entry >= size) return undefined;
  const body = formatProof({ extra, index: entry, hashes: inclusionProof(entry, size, log.hashOf), checkpoint });
  return { type: text, body, cache: 'public, max-age=60', crossOrigin: true };
}
