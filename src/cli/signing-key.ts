import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { OnrecordError } from '../errors.ts';
import type { Signer } from '../ledger/note.ts';
import { createSigner } from '../ledger/signer.ts';

/** In a demonstration, and only there, key and anchor lie in the data directory. */
export const demonstrationFiles = { key: 'demonstration-key.pem', anchor: 'demonstration-anchor' };

export async function loadSigner({ signingKey, dataDirectory, agency }: Config): Promise<Signer> {
  if (signingKey !== null) return createSigner(signingKey, agency.origin);
  if (!agency.demonstration) throw new OnrecordError('key_invalid', 'no signing key is configured');
  return createSigner(await readFile(join(dataDirectory, demonstrationFiles.key), 'utf8'), agency.origin);
}

export function anchorPath({ anchorFile, dataDirectory }: Config): string {
  return anchorFile ?? join(dataDirectory, demonstrationFiles.anchor);
}
