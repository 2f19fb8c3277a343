import { z } from 'zod';

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

/** `asked` by one publisher, `confirmed` by another; `done`: all that could be was put on record; `dropped`: nobody wants it. The last two end a batch. */
const StagedAct = z.strictObject({ at: z.string(), by: z.string(), act: z.enum(['asked', 'confirmed', 'dropped', 'done']), note: z.string() });
export const StagedBatch = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  at: z.string(),
  documents: z.array(StagedDocument).min(1),
  /** SHA-256 (hex) of the documents' hashes in their order: what people confirm. */
  digest: z.string(),
  acts: z.array(StagedAct),
});
export type StagedBatch = z.infer<typeof StagedBatch>;

/** Not the record's part: it lies beside it and is in no backup. */
export interface StagedImports {
  /** Oldest first. */
  list(): Promise<readonly StagedBatch[]>;
  read(id: string): Promise<StagedBatch | undefined>;
  /** The bytes of the n-th document, from 0. */
  body(id: string, place: number): Promise<Buffer>;
  /** Lays out a batch, whole or not at all; `bodies` in the order of its documents. */
  stage(batch: StagedBatch, bodies: AsyncIterable<Buffer>): Promise<void>;
  /** `change` is pure and runs under the batch's lock; undefined where there is no such batch. Bodies of a batch that ended are removed. */
  edit(id: string, change: (batch: StagedBatch) => StagedBatch): Promise<StagedBatch | undefined>;
}

export function isOver({ acts }: Pick<StagedBatch, 'acts'>): boolean {
  return acts.some(({ act }) => act === 'dropped' || act === 'done');
}
