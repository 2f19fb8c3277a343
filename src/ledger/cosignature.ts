import { OnrecordError } from '../errors.ts';
import { formatSignature, formatVerifierKey, isSignedBy, parseSignature, parseVerifierKey, type Signer, signatureTypes, type VerifierKey } from './note.ts';
import { createSigner } from './signer.ts';

/** Cosignatures of witnesses, cosignature/v1 with Ed25519 (c2sp.org/tlog-cosignature). Times are whole seconds since 1970. */

/** A signer whose key id is of type 0x04: it never signs a bare note. */
export type Cosigner = Signer;

const timeBytes = 8;
const signatureBytes = 64;

/** The witness's cosigner from a PKCS#8 PEM with an Ed25519 key. Another key, or a name with spaces or a plus sign, is `key_invalid`. */
export function createCosigner(privateKeyPem: string, name: string): Cosigner {
  return createSigner(privateKeyPem, name, signatureTypes.cosignature);
}

/** The signature line, newline included, of a checkpoint's note text (its last newline included, no signature lines). `bad_time` unless a positive safe integer. */
export function cosign(noteText: string, cosigner: Cosigner, atSeconds: number): string {
  if (!Number.isSafeInteger(atSeconds) || atSeconds <= 0) throw new OnrecordError('bad_time', `a cosignature at ${atSeconds}`);
  const time = Buffer.alloc(timeBytes);
  time.writeBigUInt64BE(BigInt(atSeconds));
  return formatSignature(cosigner, Buffer.concat([time, cosigner.sign(messageOf(noteText, atSeconds))]));
}

/**
 * When the witness cosigned this note text, or null: another name or key id, a malformed line, a wrong signature, a time of zero or
 * beyond safe integers. `line` may end in its newline.
 */
export function verifyCosignature(noteText: string, line: string, key: VerifierKey): number | null {
  const parsed = readLine(line);
  if (parsed === null || parsed.name !== key.name || parsed.keyId !== key.keyId) return null;
  return cosignedAt(noteText, parsed.signature, key);
}

/** As `verifyCosignature`, of a line that was read already: `signature` is what follows the key id, 72 bytes. */
export function cosignedAt(noteText: string, signature: Buffer, key: VerifierKey): number | null {
  if (signature.length !== timeBytes + signatureBytes) return null;
  const at = Number(signature.readBigUInt64BE());
  if (!Number.isSafeInteger(at) || at === 0) return null;
  return isSignedBy(key, messageOf(noteText, at), signature.subarray(timeBytes)) ? at : null;
}

/** `name+hexid+base64(0x04 ‖ key)`. */
export function formatCosignerKey(key: VerifierKey): string {
  return formatVerifierKey(key, signatureTypes.cosignature);
}

/** Reads `name+hexid+base64(0x04 ‖ key)`; anything else is `key_invalid`. */
export function parseCosignerKey(text: string): VerifierKey {
  return parseVerifierKey(text, signatureTypes.cosignature);
}

function messageOf(noteText: string, atSeconds: number): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${atSeconds}\n${noteText}`);
}

function readLine(line: string): ReturnType<typeof parseSignature> | null {
  try {
    return parseSignature(line.endsWith('\n') ? line.slice(0, -1) : line);
  } catch (error) {
    if (error instanceof OnrecordError) return null;
    throw error;
  }
}
