import { z } from 'zod';
import { OnrecordError } from '../errors.ts';
import { SignedFile } from '../statement/facts.ts';
import { Instant, kinds, redactionGrounds } from '../statement/schema.ts';
import { canonicalise } from './jcs.ts';
import { decodeUtf8 } from './utf8.ts';

/** The `type` of an entry of a house, by its identity; the address of the JSON Schema as well. An entry names the oldest edition that has a place for what it says: `imported` came with the second. */
export function entryType(identity: string, edition: 1 | 2 = 1): string {
  return `https://${identity}/vocab/log-entry/v${edition}`;
}

/** Events of one statement, and those of the house: a document brought along, a change of keys, and the opening of this log after another one was lost. */
export const noticeEvents = ['recheck', 'recheck-ended', 'endorsed', 'disowned', 'redacted'] as const;
export const entryEvents = [...kinds, ...noticeEvents, 'imported', 'key', 'restored'] as const;
/** Events about no statement: the entry's own field has the same name. */
const houseEvents = ['imported', 'key', 'restored'] as const;

const KeyText = z.string().max(400);
const Reference = z.string().regex(/^(EX-)?\d{4}-\d{4,9}$/);

/**
 * One public event, the leaf of the log (record.md §1). `version` stands only in the entry of a version, `files` there and in
 * `imported`, `redacts` only in `redacted`; `imported`, `key` and `restored` are about no statement. Keys are verifier keys
 * (ledger/note.ts), `root` is 64 hex digits.
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
    /** Where the document lies, what its publisher calls it, and the dates that it claims. */
    imported: z
      .strictObject({
        host: z.string().regex(/^[a-z0-9][a-z0-9.-]{2,79}$/),
        slug: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,79}$/),
        id: z.string().min(1).max(200),
        version: z.string().max(100),
        issuedAt: Instant,
        changedAt: Instant,
      })
      .optional(),
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
  const isOfHouse = houseEvents.some((name) => name === event);
  const own = isOfHouse ? [event, ...(event === 'imported' ? ['files'] : [])] : ['statement', 'prev', ...ownOfStatement(event)];
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

/** The entry of a document that was brought along. */
export type ImportedEntry = Entry & { imported: NonNullable<Entry['imported']>; files: SignedFile[] };

export function isImportedEntry(entry: Entry): entry is ImportedEntry {
  return entry.imported !== undefined && entry.files !== undefined;
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
