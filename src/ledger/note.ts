import { createPublicKey, verify } from 'node:crypto';
import { OnrecordError } from '../errors.ts';
import { sha256Hex } from './hash.ts';

/** Signed notes with Ed25519 (c2sp.org/signed-note). All parsers here are strict: base64 and lines must print back to the same text. */

/** `keyId`: 8 hex digits; `publicKey`: the raw 32 bytes. */
export type VerifierKey = { readonly name: string; readonly keyId: string; readonly publicKey: Buffer };
/** Signs exact bytes; the signature is 64 bytes. */
export type Signer = VerifierKey & { sign(bytes: Uint8Array): Buffer };

/** The byte that tells signature types apart: a note's own signature, and the cosignature of a witness (ledger/cosignature.ts). */
export const signatureTypes = { ed25519: 0x01, cosignature: 0x04 } as const;
export type SignatureType = (typeof signatureTypes)[keyof typeof signatureTypes];

/** One line under a note: bytes after the key id, as they stand there. */
export type NoteSignature = { name: string; keyId: string; signature: Buffer };

const largestNote = 256 * 1024;
const mostSignatures = 100;

/** SHA-256(name ‖ 0x0A ‖ type ‖ key)[:4] as 8 hex digits. */
export function keyIdOf(name: string, publicKey: Uint8Array, type: SignatureType = signatureTypes.ed25519): string {
  return sha256Hex(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), publicKey])).slice(0, 8);
}

/** Whether a text may name a key: not empty, no plus sign, no space, and nothing that a terminal or a page would act upon or hide. */
export function isKeyName(name: string): boolean {
  return name.isWellFormed() && /^[^\s\p{C}+]+$/u.test(name);
}

/** `name+hexid+base64(type ‖ key)`, the form in which a key is handed out. */
export function formatVerifierKey({ name, keyId, publicKey }: VerifierKey, type: SignatureType = signatureTypes.ed25519): string {
  return `${name}+${keyId}+${Buffer.concat([Buffer.of(type), publicKey]).toString('base64')}`;
}

/** What people compare aloud: SHA-256 of a verifier key's text, 64 hex digits in groups of four. */
export function fingerprintOf(verifierKey: string): string {
  return (sha256Hex(verifierKey).match(/.{4}/g) ?? []).join(' ');
}

/** Reads `name+hexid+base64(type ‖ key)`; anything else, and a key of another type, is `key_invalid`. */
export function parseVerifierKey(text: string, type: SignatureType = signatureTypes.ed25519): VerifierKey {
  const [name, keyId, encoded] = text.split(/\+(.{8})\+(.*)/s);
  const bytes = encoded === undefined ? undefined : decodeBase64(encoded);
  if (name === undefined || keyId === undefined || bytes === undefined || bytes.length !== 33 || bytes[0] !== type) return refuseKey();
  const publicKey = bytes.subarray(1);
  const key = { name, keyId, publicKey };
  if (!isKeyName(name) || keyId !== keyIdOf(name, publicKey, type) || formatVerifierKey(key, type) !== text) return refuseKey();
  return key;
}

/** The note's whole text: `text` (must end in a newline), a blank line, one signature line for each signer. */
export function signNote(text: string, signers: readonly Signer[]): string {
  if (!isNoteText(text)) throw new OnrecordError('bad_text', 'not a text that a note can hold');
  return `${text}\n${signers.map((signer) => formatSignature(signer, signer.sign(Buffer.from(text)))).join('')}`;
}

/** One signature line with its newline; `signature` is what follows the key id. */
export function formatSignature({ name, keyId }: VerifierKey, signature: Uint8Array): string {
  return `— ${name} ${Buffer.concat([Buffer.from(keyId, 'hex'), signature]).toString('base64')}\n`;
}

/**
 * The text of a note that `key` signed, its last newline included. Signatures are chosen by name and key id; others are ignored,
 * as the specification asks. A malformed note, one without this key's signature or with a wrong one, is `store_corrupt`.
 */
export function openNote(note: string, key: VerifierKey): string {
  const { text, signatures } = splitNote(note);
  const ours = signatures.filter((item) => item.name === key.name && item.keyId === key.keyId);
  if (ours.length === 0) return refuseNote(`not signed by ${key.name}+${key.keyId}`);
  if (!ours.every(({ signature }) => isSignedBy(key, Buffer.from(text), signature))) return refuseNote('wrong signature');
  return text;
}

/** Whether a note has a signature line of this name and key id, good or not; a malformed note is `store_corrupt`. */
export function hasSignature(note: string, name: string, keyId: string): boolean {
  return splitNote(note).signatures.some((item) => item.name === name && item.keyId === keyId);
}

/** Text (its last newline included) and signature lines of a note, nothing verified. Malformed or too large is `store_corrupt`. */
export function splitNote(note: string): { text: string; signatures: readonly NoteSignature[] } {
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  const block = note.slice(end + 2);
  if (Buffer.byteLength(note) > largestNote || end < 0 || !isNoteText(text) || !block.endsWith('\n')) return refuseNote('malformed');
  const lines = block.slice(0, -1).split('\n');
  if (lines.length > mostSignatures) return refuseNote('too many signatures');
  return { text, signatures: lines.map(parseSignature) };
}

/** Whether these 64 bytes are the key's Ed25519 signature (RFC 8032) over the bytes. */
export function isSignedBy({ publicKey }: VerifierKey, bytes: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') }, format: 'jwk' });
  return verify(null, bytes, key, signature);
}

/** Bytes of standard base64 (RFC 4648 §4); undefined unless encoding them gives the same text. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** Reads one signature line without its newline; anything else is `store_corrupt`. */
export function parseSignature(line: string): NoteSignature {
  const [mark, name, encoded, ...rest] = line.split(' ');
  const bytes = encoded === undefined ? undefined : decodeBase64(encoded);
  if (mark !== '—' || name === undefined || !isKeyName(name) || bytes === undefined || bytes.length < 5 || rest.length > 0) return refuseNote('malformed');
  return { name, keyId: bytes.toString('hex', 0, 4), signature: bytes.subarray(4) };
}

function isNoteText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the specification bans them
  return text.endsWith('\n') && text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/.test(text);
}

function refuseKey(): never {
  throw new OnrecordError('key_invalid', 'not a verifier key of the form name+id+key');
}

function refuseNote(why: string): never {
  throw new OnrecordError('store_corrupt', `a signed note does not verify: ${why}`);
}
