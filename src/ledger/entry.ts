import { z } from 'zod';
import { OnrecordError } from '../errors.ts';
import { SignedFile } from '../statement/facts.ts';
import { Instant, kinds } from '../statement/schema.ts';
import { canonicalise } from './jcs.ts';

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

const largestEntry = 16 * 1024;

/** The leaf's bytes: JCS in UTF-8 without a newline. More than 16 KiB is `too_long`; a shape that no schema allows throws. */
export function encodeEntry(entry: Entry): Buffer {
  const bytes = Buffer.from(canonicalise(Entry.parse(entry)));
  if (bytes.length > largestEntry) throw new OnrecordError('too_long', `a log entry of ${bytes.length} bytes`);
  return bytes;
}

/** The entry that these leaf bytes hold; `store_corrupt` unless encoding it again gives the same bytes. */
export function parseEntry(bytes: Uint8Array): Entry {
  try {
    if (bytes.length > largestEntry) throw new RangeError(`a log entry of ${bytes.length} bytes`);
    const entry = Entry.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)));
    if (encodeEntry(entry).equals(bytes)) return entry;
  } catch (cause) {
    throw new OnrecordError('store_corrupt', 'a log entry cannot be read', { cause });
  }
  throw new OnrecordError('store_corrupt', 'a log entry is not in its canonical form');
}
