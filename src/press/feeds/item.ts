import { z } from 'zod';
import { OnrecordError } from '../../errors.ts';
import { Instant, kinds, languages, phases, redactionGrounds, situations } from '../../statement/schema.ts';

/**
 * One version as every feed tells it in one language (record.md §2). Kept as it was first made, words and addresses included, so that
 * the bytes of its entries depend on nothing else. A field may be added with a new `schema` number; none is ever changed.
 */
const FeedItemV1 = z.strictObject({
  schema: z.literal(1),
  id: z.string().min(1),
  statementId: z.string().min(1),
  url: z.string().min(1),
  statementUrl: z.string().min(1),
  jsonUrl: z.string().min(1),
  title: z.string(),
  summary: z.string(),
  html: z.string(),
  /** Which language the text is in: not always the feed's. */
  textLanguage: z.enum(languages),
  at: Instant,
  /** Where the schemes of the categories are, `https://<origin>/vocab`. */
  vocab: z.string().min(1),
  categories: z.array(z.strictObject({ scheme: z.enum(['kind', 'situation', 'verdict']), code: z.string().min(1), label: z.string() })),
  facts: z.strictObject({
    reference: z.string().min(1),
    version: z.int().positive(),
    kind: z.enum(kinds),
    phase: z.enum(phases),
    situation: z.enum(situations),
    entry: z.int().nonnegative(),
    /** Of the signed `.json`, hex. */
    sha256: z.string(),
  }),
  /** Set in the tombstone of a version whose text is gone by law. */
  redacted: z.strictObject({ at: Instant, entry: z.int().nonnegative(), ground: z.enum(redactionGrounds) }).nullable(),
});
/** `changes`: what became of the findings on items since the version before, `A-1:unverified:altered`. */
const FeedItemV2 = FeedItemV1.extend({ schema: z.literal(2), changes: z.array(z.strictObject({ code: z.string().min(1), label: z.string() })) });
export const FeedItem = z.discriminatedUnion('schema', [FeedItemV1, FeedItemV2]);

export type FeedItem = z.infer<typeof FeedItem>;
/** What a new item is made as. */
export type NewItem = z.infer<typeof FeedItemV2>;
export type Category = FeedItem['categories'][number];

/** Everything that feeds tell as a category of this item. */
export function categoriesIn(item: FeedItem): readonly { scheme: string; code: string; label: string }[] {
  return item.schema === 1 ? item.categories : [...item.categories, ...item.changes.map((change) => ({ scheme: 'verdict-change', ...change }))];
}

/** The bytes that are kept of an item: JSON and a line end. */
export function printItem(item: FeedItem): Buffer {
  return Buffer.from(`${JSON.stringify(item)}\n`);
}

/** The item of these bytes, its fields in the order of the schema. @throws OnrecordError `store_corrupt` */
export function readItem(bytes: Buffer): FeedItem {
  try {
    return FeedItem.parse(JSON.parse(bytes.toString()));
  } catch (cause) {
    throw new OnrecordError('store_corrupt', 'a kept feed entry cannot be read', { cause });
  }
}

/** What is made of an item, once for as long as the item is kept: it depends on the item alone. */
export function madeOnce<Made>(make: (item: FeedItem) => Made): (item: FeedItem) => Made {
  const known = new WeakMap<FeedItem, Made>();
  return (item) => {
    const made = known.get(item) ?? make(item);
    known.set(item, made);
    return made;
  };
}
