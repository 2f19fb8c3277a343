import { join } from 'node:path';
import { demonstrationFiles } from '../keys.ts';
import { createSigner, newSigningKey } from '../ledger/signer.ts';
import { signTrust } from '../ledger/trust.ts';
import { writePrivateFile } from './private-file.ts';

/** Key, root key and trust note of a demonstration: all three lie together, and are no secret. */
export async function writeDemonstrationKeys(directory: string, origin: string, issuedAt: string): Promise<void> {
  const [key, root] = [newSigningKey(), newSigningKey()];
  const rootSigner = createSigner(root, `${origin}/root`);
  const policy = { root: rootSigner, issuedAt, logs: [createSigner(key, origin)], retired: [], witnesses: [], quorum: 0 };
  await writePrivateFile(join(directory, demonstrationFiles.key), key);
  await writePrivateFile(join(directory, demonstrationFiles.root), root);
  await writePrivateFile(join(directory, demonstrationFiles.trust), signTrust(policy, rootSigner));
}
