import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { demonstrationFiles } from '../keys.ts';
import type { BelievedKey } from '../ledger/believed.ts';
import type { VerifierKey } from '../ledger/note.ts';
import { createSigner } from '../ledger/signer.ts';
import type { Trust } from '../ledger/trust.ts';

/** The keys whose word on one of our logs counts, by the log's origin. */
export type Belief = (origin: string) => readonly BelievedKey[];

/** The PEMs that sign now: current, and the one before while a rotation runs. `data`: where a demonstration's key lies. */
export async function readPems({ signingKey, previousKey, agency }: Config, data: string): Promise<readonly string[]> {
  const current = signingKey ?? (agency.demonstration ? await readFile(join(data, demonstrationFiles.key), 'utf8') : null);
  return [current, previousKey].filter((pem) => pem !== null);
}

/** Keys that sign now, those of the trust note with what it says of retired ones, and those given by hand. */
export function createBelief(pems: readonly string[], trust: Trust | null, given: readonly VerifierKey[]): Belief {
  return (origin) => {
    const now = [...pems.map((pem): VerifierKey => createSigner(pem, origin)), ...(trust?.logs ?? []), ...given];
    const believed: BelievedKey[] = [...now.map((key) => ({ key, lastSize: null })), ...(trust?.retired ?? [])];
    return believed.filter(({ key }) => key.name === origin);
  };
}
