import { z } from 'zod';
import type { Entry } from '../ledger/entry.ts';
import { Instant, redactionGrounds } from '../statement/schema.ts';
import { type Disk, readIfThere } from './disk.ts';
import { readDocument, writeDocument } from './embedded-document.ts';

/**
 * What was ever redacted, beside the anchor and outside every backup: a store that went back in time would show those texts again. It
 * holds what the log says in public, and nothing else.
 */
export const KnownRedaction = z.strictObject({
  statement: z.string(),
  version: z.int().positive(),
  ground: z.enum(redactionGrounds),
  at: Instant,
  files: z.array(z.string()),
});
export type KnownRedaction = z.infer<typeof KnownRedaction>;

const List = z.strictObject({ redactions: z.array(KnownRedaction) });
const listPath = (anchorFile: string): string => `${anchorFile}.redactions`;

/** Those that a log tells of. */
export function redactionsOf(entries: readonly Entry[]): readonly KnownRedaction[] {
  return entries.flatMap(({ redacts, statement, at }) => (redacts === undefined || statement === undefined ? [] : [{ statement, at, ...redacts }]));
}

/**
 * Those of `known` that a log does not tell of although it has the version. A version that came out after the redaction has the number of
 * one that an accepted rollback gave up, and is another text.
 */
export function lostRedactions(known: readonly KnownRedaction[], entries: readonly Entry[]): readonly KnownRedaction[] {
  const concerned = known.filter(({ statement, version, at }) =>
    entries.some((entry) => entry.statement === statement && entry.version === version && entry.at < at),
  );
  return withoutThese(concerned, redactionsOf(entries));
}

/** Those of `known` that `told` does not have. */
function withoutThese(known: readonly KnownRedaction[], told: readonly KnownRedaction[]): readonly KnownRedaction[] {
  return known.filter((one) => !told.some((other) => other.statement === one.statement && other.version === one.version));
}

/** None where there is no list yet; one that cannot be read is `store_corrupt`. */
export async function readRedactions(disk: Disk, anchorFile: string): Promise<readonly KnownRedaction[]> {
  if ((await readIfThere(disk, listPath(anchorFile))) === undefined) return [];
  return (await readDocument(listPath(anchorFile), List, disk)).redactions;
}

/** Makes the list hold these as well, durably; writes nothing where it does already. */
export async function keepRedactions(disk: Disk, anchorFile: string, redactions: readonly KnownRedaction[]): Promise<void> {
  const kept = await readRedactions(disk, anchorFile);
  const fresh = withoutThese(redactions, kept);
  if (fresh.length > 0) await writeDocument(listPath(anchorFile), { redactions: [...kept, ...fresh] }, List, disk);
}
