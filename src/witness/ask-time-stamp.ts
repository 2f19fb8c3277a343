import { sha256 } from '../ledger/hash.ts';
import type { TimeStamps } from '../store/time-stamps.ts';
import { post } from './post.ts';
import { readTimeStamp, timeStampRequest } from './time-stamp.ts';

/** The newest checkpoint with the log's own signatures alone: what the store holds, the same for ever. */
export type SignedCheckpoint = { log: number; size: number; note: string };

const mostBytes = 64 * 1024;
const nonceBytes = 16;

/** Has this checkpoint stamped (RFC 3161 §3.4, over HTTP) and keeps question and answer, unless that was done. Throws, with the reason, when nothing good came back. */
export async function askTimeStamp(
  url: string,
  { log, size, note }: SignedCheckpoint,
  timeStamps: TimeStamps,
  random: (n: number) => Buffer,
  signal: AbortSignal,
): Promise<void> {
  const checkpoint = Buffer.from(note);
  const [stamped, answer] = [await timeStamps.read(log, size, 'checkpoint'), await timeStamps.read(log, size, 'tsr')];
  if (answer !== undefined && stamped?.equals(checkpoint)) return;
  const [hash, nonce] = [sha256(checkpoint), random(nonceBytes)];
  const { status, body } = await post(url, timeStampRequest(hash, nonce), { type: 'application/timestamp-query', mostBytes, signal });
  if (status !== 200) throw new Error(`the time-stamp authority answered ${status}`);
  const stamp = readTimeStamp(body, hash, nonce);
  if (!stamp.isGood) throw new Error(`no time-stamp came back: ${stamp.problem}`);
  await timeStamps.keep(log, size, { checkpoint, tsr: body });
}
