import { decodeBase64 } from '../ledger/note.ts';

/** What a log hands in at a witness (c2sp.org/tlog-witness, add-checkpoint): the body of a POST, for both sides. */

/** `old`: size that the proof starts from. `proof`: hashes of 32 bytes. `note`: the signed checkpoint, whole. */
export type Submission = { old: number; proof: readonly Buffer[]; note: string };

const mostHashes = 63;
const size = /^(?:0|[1-9][0-9]{0,14})$/;

export function formatSubmission({ old, proof, note }: Submission): string {
  return `old ${old}\n${proof.map((hash) => `${hash.toString('base64')}\n`).join('')}\n${note}`;
}

/** Strict: printing what was parsed gives the same text. Undefined for anything else; the note itself is not looked at. */
export function parseSubmission(body: string): Submission | undefined {
  const end = body.indexOf('\n\n');
  if (end < 0) return undefined;
  const [oldLine = '', ...lines] = body.slice(0, end).split('\n');
  const old = oldLine.startsWith('old ') ? parseSize(oldLine.slice(4)) : undefined;
  const proof = lines.map(decodeBase64).filter((hash) => hash?.length === 32);
  if (old === undefined || lines.length > mostHashes || proof.length !== lines.length) return undefined;
  return { old, proof: proof.filter((hash) => hash !== undefined), note: body.slice(end + 2) };
}

/** A tree size as the specifications write it: decimal, no leading zero. Undefined for anything else and from 10^15 on. */
export function parseSize(text: string): number | undefined {
  return size.test(text) ? Number(text) : undefined;
}
