import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { OnrecordError } from './errors.ts';
import { type Cosigner, createCosigner } from './ledger/cosignature.ts';
import type { Signer } from './ledger/note.ts';
import { createSigner } from './ledger/signer.ts';
import { openTrust, type Trust } from './ledger/trust.ts';

/** In a demonstration, and only there, keys, trust note and anchor lie in the data directory. */
export const demonstrationFiles = {
  key: 'demonstration-key.pem',
  root: 'demonstration-root.pem',
  trust: 'demonstration-trust.note',
  anchor: 'demonstration-anchor',
};

/** The key that signs the log, and the one before it while a rotation runs. @throws key_invalid */
export async function loadSigners({ signingKey, previousKey, dataDirectory, agency, logOrigin }: Config): Promise<{ signer: Signer; previous: Signer | null }> {
  if (signingKey === null && !agency.demonstration) throw new OnrecordError('key_invalid', 'no signing key is configured');
  const pem = signingKey ?? (await readFile(join(dataDirectory, demonstrationFiles.key), 'utf8'));
  return { signer: createSigner(pem, logOrigin), previous: previousKey === null ? null : createSigner(previousKey, logOrigin) };
}

/** Who this house is as a witness of other logs, `<origin>/witness`; null while it is none. `formatCosignerKey` prints its verifier key. */
export function loadCosigner({ witness, agency }: Config): Cosigner | null {
  return witness && createCosigner(witness.key, `${agency.origin}/witness`);
}

export function anchorPath({ anchorFile, dataDirectory }: Config): string {
  return anchorFile ?? join(dataDirectory, demonstrationFiles.anchor);
}

/** Where the trust note lies, or null while none is configured. */
export function trustPath({ trustFile, dataDirectory, agency }: Config): string | null {
  return trustFile ?? (agency.demonstration ? join(dataDirectory, demonstrationFiles.trust) : null);
}

/**
 * The trust note that is served, checked against the root key that it names itself. `mayBeMissing`: a file that is not there yet is no
 * trust note; by default only in a demonstration. @throws key_invalid, config_invalid (not readable)
 */
export async function loadTrust(config: Config, mayBeMissing = config.trustFile === null): Promise<Trust | null> {
  const path = trustPath(config);
  if (path === null) return null;
  const note = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (mayBeMissing && cause.code === 'ENOENT') return null;
    throw new OnrecordError('config_invalid', `the trust note that ONRECORD_TRUST_FILE names cannot be read: ${cause.message}`, { cause });
  });
  return note === null ? null : openTrust(note, null);
}
