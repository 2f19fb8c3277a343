import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { OnrecordError } from '../errors.ts';
import { isKeyName, keyIdOf, type Signer } from './note.ts';

/**
 * The log's signer from a PKCS#8 PEM with an Ed25519 key; its name is the origin. Another key, or an origin with spaces or a plus
 * sign, is `key_invalid`.
 */
export function createSigner(privateKeyPem: string, origin: string): Signer {
  if (!isKeyName(origin)) throw new OnrecordError('key_invalid', 'the origin cannot name a key');
  const privateKey = readPrivateKey(privateKeyPem);
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (x === undefined) throw new OnrecordError('key_invalid', 'the signing key has no public part');
  const publicKey = Buffer.from(x, 'base64url');
  return { name: origin, keyId: keyIdOf(origin, publicKey), publicKey, sign: (bytes) => sign(null, bytes, privateKey) };
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
