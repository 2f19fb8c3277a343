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

/** When the authority says it saw this hash (`20261122T201446Z` in its own form). Throws unless the answer (§2.4.2) grants a token for this hash and nonce. */
export function readTimeStamp(answer: Buffer, hash: Uint8Array, nonce: Uint8Array): string {
  const [response, ...behind] = elementsOf(answer);
  const [status, token] = inside(response, tags.sequence);
  const code = inside(status, tags.sequence)[0]?.bytes.toString('hex');
  if (code !== '020100' && code !== '020101') throw new Error('no time-stamp was granted');
  if (behind.length > 0) throw new Error('something stands behind the time-stamp');
  const [version, policy, imprint, serial, time, ...more] = inside(infoOf(token), tags.sequence);
  const [algorithm, digest] = inside(imprint, tags.sequence);
  if (!inside(algorithm, tags.sequence)[0]?.bytes.equals(sha256) || digest?.tag !== tags.octets || !digest.content.equals(hash))
    throw new Error('the time-stamp is for something else');
  if (!more.some(({ bytes }) => bytes.equals(positiveInteger(nonce)))) throw new Error('the time-stamp answers another question');
  if (version?.tag !== tags.integer || policy?.tag !== tags.oid || serial?.tag !== tags.integer || time === undefined)
    throw new Error('a time-stamp of no known form');
  return time.content.toString('latin1');
}

/** ContentInfo → SignedData → EncapsulatedContentInfo → TSTInfo (RFC 5652 §5, RFC 3161 §2.4.2). */
function infoOf(token: Element | undefined): Element | undefined {
  const [type, wrapped] = inside(token, tags.sequence);
  if (!type?.bytes.equals(signedData)) throw new Error('the token is no signed data');
  const content = inside(inside(wrapped, tags.context0)[0], tags.sequence);
  const [innerType, innerWrapped] = inside(content[2], tags.sequence);
  if (!innerType?.bytes.equals(tstInfo)) throw new Error('the token holds no time-stamp');
  return inside(inside(innerWrapped, tags.context0)[0], tags.octets)[0];
}

function inside(found: Element | undefined, tag: number): readonly Element[] {
  if (found?.tag !== tag) throw new Error('a time-stamp of no known form');
  return elementsOf(found.content);
}
