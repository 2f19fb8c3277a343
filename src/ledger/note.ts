import { createPublicKey, verify } from 'node:crypto';
import { OnrecordError } from '../errors.ts';
import { sha256Hex } from './hash.ts';

/** Signed notes with Ed25519 (c2sp.org/signed-note). All parsers here are strict: base64 and lines must print back to the same text. */

/** `keyId`: 8 hex digits; `publicKey`: the raw 32 bytes. */
export type VerifierKey = { readonly name: string; readonly keyId: string; readonly publicKey: Buffer };
/** Signs exact bytes; the signature is 64 bytes. */
export type Signer = VerifierKey & { sign(bytes: Uint8Array): Buffer };

const ed25519 = 0x01;
const largestNote = 256 * 1024;
const mostSignatures = 100;

/** SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key)[:4] as 8 hex digits. */
export function keyIdOf(name: string, publicKey: Uint8Array): string {
  return sha256Hex(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ed25519), publicKey])).slice(0, 8);
}

/** Whether a text may name a key: not empty, no plus sign, no space or control character. */
export function isKeyName(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the specification bans them
  return name.isWellFormed() && /^[^\s\u0000-\u001f\u0085+]+$/u.test(name);
}

/** `name+hexid+base64(0x01 ‖ key)`, the form in which a key is handed out. */
export function formatVerifierKey({ name, keyId, publicKey }: VerifierKey): string {
  return `${name}+${keyId}+${Buffer.concat([Buffer.of(ed25519), publicKey]).toString('base64')}`;
}

/** Reads `name+hexid+base64(0x01 ‖ key)`; anything else is `key_invalid`. */
export function parseVerifierKey(text: string): VerifierKey {
  const [name, keyId, encoded] = text.split(/\+(.{8})\+(.*)/s);
  const bytes = encoded === undefined ? undefined : decodeBase64(encoded);
  if (name === undefined || keyId === undefined || bytes === undefined || bytes.length !== 33 || bytes[0] !== ed25519) return refuseKey();
  const publicKey = bytes.subarray(1);
  const key = { name, keyId, publicKey };
  if (!isKeyName(name) || keyId !== keyIdOf(name, publicKey) || formatVerifierKey(key) !== text) return refuseKey();
  return key;
}

/** The note's whole text: `text` (must end in a newline), a blank line, one signature line for each signer. */
export function signNote(text: string, signers: readonly Signer[]): string {
  if (!isNoteText(text)) throw new OnrecordError('bad_text', 'not a text that a note can hold');
  const lines = signers.map((signer) => {
    const signature = Buffer.concat([Buffer.from(signer.keyId, 'hex'), signer.sign(Buffer.from(text))]);
    return `— ${signer.name} ${signature.toString('base64')}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/**
 * The text of a note that `key` signed, its last newline included. Signatures are chosen by name and key id; others are ignored,
 * as the specification asks. A malformed note, one without this key's signature or with a wrong one, is `store_corrupt`.
 */
export function openNote(note: string, key: VerifierKey): string {
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  const block = note.slice(end + 2);
  if (Buffer.byteLength(note) > largestNote || end < 0 || !isNoteText(text) || !block.endsWith('\n')) return refuseNote('malformed');
  const lines = block.slice(0, -1).split('\n');
  if (lines.length > mostSignatures) return refuseNote('too many signatures');
  const ours = lines.map(parseSignature).filter((item) => item.name === key.name && item.keyId === key.keyId);
  if (ours.length === 0) return refuseNote(`not signed by ${key.name}+${key.keyId}`);
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.publicKey.toString('base64url') }, format: 'jwk' });
  if (!ours.every((item) => verify(null, Buffer.from(text), publicKey, item.signature))) return refuseNote('wrong signature');
  return text;
}

/** Bytes of standard base64 (RFC 4648 §4); undefined unless encoding them gives the same text. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

function parseSignature(line: string): { name: string; keyId: string; signature: Buffer } {
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
