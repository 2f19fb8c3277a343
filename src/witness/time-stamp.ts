import { type Element, element, elementsOf, objectIdentifier, positiveInteger, tags } from './der.ts';

/** Time-stamps of RFC 3161: the question, and whether an answer is one to it. Its signature is for readers to check, with the authority's certificate. */

const sha256 = objectIdentifier('2.16.840.1.101.3.4.2.1');
const signedData = objectIdentifier('1.2.840.113549.1.7.2');
const tstInfo = objectIdentifier('1.2.840.113549.1.9.16.1.4');

/** TimeStampReq (RFC 3161 §2.4.1) for a SHA-256 of 32 bytes: version 1, this nonce, the authority's certificate asked for. */
export function timeStampRequest(hash: Uint8Array, nonce: Uint8Array): Buffer {
  const algorithm = element(tags.sequence, sha256, element(tags.none));
  const imprint = element(tags.sequence, algorithm, element(tags.octets, hash));
  return element(tags.sequence, positiveInteger(Buffer.of(1)), imprint, positiveInteger(nonce), element(tags.boolean, Buffer.of(0xff)));
}

/** What is wrong with an answer: not of the form, not granted, or about another hash or another question. */
export type TimeStampProblem = 'form' | 'refused' | 'hash' | 'nonce';
/** `at`: when the authority says it saw the hash (`20261122T201446Z` in its own form). */
export type TimeStamp = { isGood: true; at: string } | { isGood: false; problem: TimeStampProblem };

/** Whether an answer (§2.4.2) grants a token for this hash and nonce. */
export function readTimeStamp(answer: Buffer, hash: Uint8Array, nonce: Uint8Array): TimeStamp {
  try {
    return judgeAnswer(answer, hash, nonce);
  } catch (error) {
    // What DER does not hold is a RangeError, of der.ts and of Buffer itself.
    if (error instanceof RangeError) return { isGood: false, problem: 'form' };
    throw error;
  }
}

function judgeAnswer(answer: Buffer, hash: Uint8Array, nonce: Uint8Array): TimeStamp {
  const [response, ...behind] = elementsOf(answer);
  const [status, token] = inside(response, tags.sequence);
  const code = inside(status, tags.sequence)[0]?.bytes.toString('hex');
  if (code !== '020100' && code !== '020101') return { isGood: false, problem: 'refused' };
  if (behind.length > 0) return { isGood: false, problem: 'form' };
  const [version, policy, imprint, serial, time, ...more] = inside(infoOf(token), tags.sequence);
  const [algorithm, digest] = inside(imprint, tags.sequence);
  if (!inside(algorithm, tags.sequence)[0]?.bytes.equals(sha256) || digest?.tag !== tags.octets || !digest.content.equals(hash))
    return { isGood: false, problem: 'hash' };
  if (!more.some(({ bytes }) => bytes.equals(positiveInteger(nonce)))) return { isGood: false, problem: 'nonce' };
  if (version?.tag !== tags.integer || policy?.tag !== tags.oid || serial?.tag !== tags.integer || time === undefined)
    return { isGood: false, problem: 'form' };
  return { isGood: true, at: time.content.toString('latin1') };
}

/** ContentInfo → SignedData → EncapsulatedContentInfo → TSTInfo (RFC 5652 §5, RFC 3161 §2.4.2). */
function infoOf(token: Element | undefined): Element | undefined {
  const [type, wrapped] = inside(token, tags.sequence);
  if (!type?.bytes.equals(signedData)) throw new RangeError('the token is no signed data');
  const content = inside(inside(wrapped, tags.context0)[0], tags.sequence);
  const [innerType, innerWrapped] = inside(content[2], tags.sequence);
  if (!innerType?.bytes.equals(tstInfo)) throw new RangeError('the token holds no time-stamp');
  return inside(inside(innerWrapped, tags.context0)[0], tags.octets)[0];
}

function inside(found: Element | undefined, tag: number): readonly Element[] {
  if (found?.tag !== tag) throw new RangeError('a time-stamp of no known form');
  return elementsOf(found.content);
}
