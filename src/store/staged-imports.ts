import { z } from 'zod';
import { sha256Hex } from '../ledger/hash.ts';
import { canonicalise } from '../ledger/jcs.ts';

/** Documents that an operator has laid out to be brought along, and that wait for two publishers. Nothing of them is public. */

export const StagedDocument = z.strictObject({
  /** Where the operator found it, for people. */
  path: z.string(),
  title: z.string(),
  publisher: z.string(),
  host: z.string(),
  slug: z.string(),
  id: z.string(),
  version: z.string(),
  issuedAt: z.string(),
  changedAt: z.string(),
  sha256: z.string(),
});
export type StagedDocument = z.infer<typeof StagedDocument>;

/** `asked` by one publisher, `confirmed` by another; `done`: all that could be was put on record; `dropped`: nobody wants it, or no more of it. The last two end a batch. */
const StagedAct = z.strictObject({ at: z.string(), by: z.string(), act: z.enum(['asked', 'confirmed', 'dropped', 'done']), note: z.string() });
export const StagedBatch = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  at: z.string(),
  /** How many there are; the list itself is empty once the batch is over. */
  count: z.int().positive(),
  documents: z.array(StagedDocument),
  /** Of all that is shown of them (`digestOf`): what people confirm. */
  digest: z.string(),
  acts: z.array(StagedAct),
});
export type StagedBatch = z.infer<typeof StagedBatch>;

/** Not the record's part: it lies beside it and is in no backup. */
export interface StagedImports {
  /** Oldest first. One that cannot be read is told to the operator and left out. */
  list(): Promise<readonly StagedBatch[]>;
  read(id: string): Promise<StagedBatch | undefined>;
  /** The bytes of the n-th document, from 0. */
  body(id: string, place: number): Promise<Buffer>;
  /** Lays out a batch, whole or not at all; `bodies` in the order of its documents. @throws OnrecordError `store_write_failed` where the service could not read it */
  stage(batch: StagedBatch, bodies: AsyncIterable<Buffer>): Promise<void>;
  /** `change` is pure and runs under the batch's lock; undefined where there is no such batch. What ended keeps neither documents nor bodies. */
  edit(id: string, change: (batch: StagedBatch) => StagedBatch): Promise<StagedBatch | undefined>;
}

/** SHA-256 (hex) of the canonical JSON of the documents: each of their words, and the hash of each one's bytes. */
export function digestOf(documents: readonly StagedDocument[]): string {
  return sha256Hex(Buffer.from(canonicalise(documents)));
}

export function isOver({ acts }: Pick<StagedBatch, 'acts'>): boolean {
  return acts.some(({ act }) => act === 'dropped' || act === 'done');
}
