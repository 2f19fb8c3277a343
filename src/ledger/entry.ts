import { z } from 'zod';
import { OnrecordError } from '../errors.ts';
import { SignedFile } from '../statement/facts.ts';
import { Instant, kinds, redactionGrounds } from '../statement/schema.ts';
import { canonicalise } from './jcs.ts';
import { decodeUtf8 } from './utf8.ts';

/** The `type` of each entry of a house, by its identity; the address of the JSON Schema as well. */
export function entryType(identity: string): string {
  return `https://${identity}/vocab/log-entry/v1`;
}

/** Events of one statement, and those of the house: a change of keys, and the opening of this log after another one was lost. */
export const noticeEvents = ['recheck', 'recheck-ended', 'endorsed', 'disowned', 'redacted'] as const;
export const entryEvents = [...kinds, ...noticeEvents, 'key', 'restored'] as const;

const KeyText = z.string().max(400);
const Reference = z.string().regex(/^(EX-)?\d{4}-\d{4,9}$/);

/**
 * One public event, the leaf of the log (record.md §1). `version` and `files` stand only in the entry of a version, `redacts` only
 * in `redacted`; `key` and `restored` are about no statement. Keys are verifier keys (ledger/note.ts), `root` is 64 hex digits.
 */
export const Entry = z
  .strictObject({
    type: z.url(),
    event: z.enum(entryEvents),
    at: Instant,
    statement: Reference.optional(),
    /** Index in this log of the statement's entry before; null for its first one here. */
    prev: z.int().nonnegative().nullable().optional(),
    version: z.int().positive().optional(),
    files: z.array(SignedFile).optional(),
    redacts: z.strictObject({ version: z.int().positive(), ground: z.enum(redactionGrounds), files: z.array(z.string()).min(1) }).optional(),
    key: z.strictObject({ added: KeyText.nullable(), retired: KeyText.nullable() }).optional(),
    restored: z
      .strictObject({
        closed: z.strictObject({ origin: z.string(), size: z.int().positive(), root: z.string().regex(/^[0-9a-f]{64}$/) }),
        burned: z.array(z.strictObject({ first: Reference, last: Reference })),
        note: z.string().max(600),
      })
      .optional(),
  })
  .refine(hasItsFields, 'an entry has the fields of its event');

function hasItsFields(entry: { event: (typeof entryEvents)[number] } & Record<string, unknown>): boolean {
  const { event } = entry;
  const own = event === 'key' || event === 'restored' ? [event] : ['statement', 'prev', ...ownOfStatement(event)];
  const given = Object.keys(entry).filter((name) => !['type', 'event', 'at'].includes(name) && entry[name] !== undefined);
  return given.length === own.length && own.every((name) => given.includes(name));
}

function ownOfStatement(event: (typeof entryEvents)[number]): readonly string[] {
  if (event === 'redacted') return ['redacts'];
  return kinds.some((kind) => kind === event) ? ['version', 'files'] : [];
}

export type Entry = z.infer<typeof Entry>;

/** The entry of a version. */
export type VersionEntry = Entry & { statement: string; version: number; files: SignedFile[] };

export function isVersionEntry(entry: Entry): entry is VersionEntry {
  return entry.version !== undefined;
}

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
    const text = decodeUtf8(bytes);
    if (bytes.length > largestEntry || text === undefined) throw new RangeError(`no log entry: ${bytes.length} bytes`);
    const entry = Entry.parse(JSON.parse(text));
    if (canonicalise(entry) === text) return entry;
  } catch (cause) {
    throw new OnrecordError('store_corrupt', 'a log entry cannot be read', { cause });
  }
  throw new OnrecordError('store_corrupt', 'a log entry is not in its canonical form');
}
