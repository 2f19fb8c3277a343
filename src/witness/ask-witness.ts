import { verifyCosignature } from '../ledger/cosignature.ts';
import { splitNote, type VerifierKey } from '../ledger/note.ts';
import type { LogHead } from '../press/press.ts';
import { type Posted, post } from './post.ts';
import { formatSubmission, parseSize } from './submission.ts';

/** The log's side of c2sp.org/tlog-witness: hands a checkpoint in at one witness. */

const mostBytes = 16 * 1024;
const mostConflicts = 2;

/**
 * The witness's cosignature line, verified. Hands the head in from the size that this witness is thought to have; where it says another one, again from that.
 * Throws, with the reason, when there is no good cosignature at the end of it.
 */
export async function askWitness(url: string, key: VerifierKey, head: LogHead, thought: number, signal: AbortSignal): Promise<string> {
  const { text } = splitNote(head.checkpoint);
  let old = thought <= head.size ? thought : 0;
  for (let conflicts = 0; conflicts <= mostConflicts; conflicts += 1) {
    const body = formatSubmission({ old, proof: head.consistency(old), note: head.checkpoint });
    const answer = await post(`${url.replace(/\/$/, '')}/add-checkpoint`, body, { type: 'text/plain; charset=utf-8', mostBytes, signal });
    if (answer.status === 200) return goodLine(text, answer.body.toString(), key);
    if (answer.status !== 409) throw new Error(`the witness answered ${answer.status}`);
    old = sizeInConflict(answer, head.size);
  }
  throw new Error('the witness names another size each time');
}

/** Lines of other keys are passed over, as the specification asks. */
function goodLine(text: string, body: string, key: VerifierKey): string {
  const line = body.split(/(?<=\n)/).find((each) => each.endsWith('\n') && verifyCosignature(text, each, key) !== null);
  if (line === undefined) throw new Error('the witness gave no signature of its own that verifies');
  return line;
}

function sizeInConflict({ type, body }: Posted, ours: number): number {
  const size = body.length <= 17 && body.toString().endsWith('\n') ? parseSize(body.toString().slice(0, -1)) : undefined;
  if (!type.startsWith('text/x.tlog.size') || size === undefined) throw new Error('the witness names no size in its conflict');
  if (size > ours) throw new Error(`the witness has cosigned ${size} entries of this log, which has ${ours}: was a backup restored?`);
  return size;
}
