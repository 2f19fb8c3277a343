import { z } from 'zod';
import { SignedFile } from '../statement/facts.ts';
import { Instant, kinds } from '../statement/schema.ts';

export const entryEvents = [...kinds, 'recheck', 'recheck-ended', 'endorsed', 'disowned'] as const;

/** One public event, the leaf of the log (record.md §1). `version` and `files` stand only in the entry of a version. */
export const Entry = z.strictObject({
  type: z.url(),
  event: z.enum(entryEvents),
  at: Instant,
  statement: z.string(),
  prev: z.int().nonnegative().nullable(),
  version: z.int().positive().optional(),
  files: z.array(SignedFile).optional(),
});

export type Entry = z.infer<typeof Entry>;
