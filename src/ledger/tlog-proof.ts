import { OnrecordError } from '../errors.ts';
import { decodeBase64 } from './note.ts';

/** A proof that can be checked without the log (c2sp.org/tlog-proof): `extra` is the log entry, `checkpoint` the signed note. */
export type TlogProof = { extra: Buffer; index: number; hashes: readonly Buffer[]; checkpoint: string };

const header = 'c2sp.org/tlog-proof@v1';
const longest = 64 * 1024;

export function formatProof({ extra, index, hashes, checkpoint }: TlogProof): string {
  const lines = [header, `extra ${extra.toString('base64')}`, `index ${index}`, ...hashes.map((hash) => hash.toString('base64'))];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Strict: printing what was parsed gives the same bytes. @throws bad_request */
export function parseProof(text: string): TlogProof {
  const end = text.indexOf('\n\n');
  const [first, extraLine = '', indexLine = '', ...hashLines] = text.slice(0, Math.max(0, end)).split('\n');
  const extra = extraLine.startsWith('extra ') ? decodeBase64(extraLine.slice(6)) : undefined;
  const index = /^index (0|[1-9][0-9]{0,14})$/.exec(indexLine)?.[1];
  const hashes = hashLines.map((line) => decodeBase64(line)).filter((hash) => hash?.length === 32);
  if (text.length <= longest && first === header && extra && index !== undefined && hashes.length === hashLines.length && hashes.length < 64) {
    const proof = { extra, index: Number(index), hashes: hashes.filter((hash) => hash !== undefined), checkpoint: text.slice(end + 2) };
    if (formatProof(proof) === text) return proof;
  }
  throw new OnrecordError('bad_request', 'this is no tlog-proof');
}
