import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { OnrecordError } from '../errors.ts';
import { isKeyName, keyIdOf, type SignatureType, type Signer, signatureTypes } from './note.ts';

/**
 * A signer from a PKCS#8 PEM with an Ed25519 key; the log's is named by its origin. Another key, or a name with spaces or a plus
 * sign, is `key_invalid`. `type` goes into the key id (ledger/note.ts).
 */
export function createSigner(privateKeyPem: string, name: string, type: SignatureType = signatureTypes.ed25519): Signer {
  if (!isKeyName(name)) throw new OnrecordError('key_invalid', 'this name cannot name a key');
  const privateKey = readPrivateKey(privateKeyPem);
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (x === undefined) throw new OnrecordError('key_invalid', 'the signing key has no public part');
  const publicKey = Buffer.from(x, 'base64url');
  return { name, keyId: keyIdOf(name, publicKey, type), publicKey, sign: (bytes) => sign(null, bytes, privateKey) };
}

/** A new Ed25519 key as PKCS#8 PEM. */
export function newSigningKey(): string {
  return generateKeyPairSync('ed25519', { privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } })
    .privateKey;
}

function readPrivateKey(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    throw new OnrecordError('key_invalid', 'the signing key cannot be read', { cause });
  }
  throw new OnrecordError('key_invalid', 'the signing key is not an Ed25519 key');
}
