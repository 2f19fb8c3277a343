import { z } from 'zod';
import { noticeEvents } from '../../ledger/entry.ts';
import { SignedFile } from '../../statement/facts.ts';
import { Instant, incidentStatuses, kinds, languages, NextUpdate, phases, redactionGrounds, situations } from '../../statement/schema.ts';

/** What the read API says, as it is checked and as /openapi.json describes it. Fields are only ever added (docs/api.md). */

const Language = z.enum(languages);
const Words = z.partialRecord(Language, z.string());
/** One address in each language of the site. */
const Urls = z.partialRecord(Language, z.url());
const Place = z.object({ origin: z.string(), index: z.int().nonnegative() });

export const ApiVersion = z.object({
  version: z.int().positive(),
  kind: z.enum(kinds),
  phase: z.enum(phases),
  situation: z.enum(situations),
  incidentStatus: z.enum(incidentStatuses),
  languages: z.array(Language).describe('Languages that this version has text in.'),
  title: Words,
  changeNote: Words.describe('Why this version differs from the one before; empty for a first version.'),
  correctsVersion: z.int().positive().nullable(),
  nextUpdate: NextUpdate.nullable(),
  publishedAt: Instant,
  feedId: z.string().describe('atom:id of this version in the feeds of the first language; those of another one add a slash and its code.'),
  shortCode: z.string().describe('The first 12 digits of the SHA-256 of the signed .json file.'),
  entry: z.int().nonnegative().describe("The log entry's number, counted through all logs of the agency."),
  log: Place.nullable().describe('The log that holds the entry, and its index there.'),
  files: z
    .array(z.object({ ...SignedFile.shape, url: z.url() }))
    .describe(
      'The signed files of this version, which answer 451 after a redaction, and those of the register where this version changed it. The hashes stay.',
    ),
  debt: z
    .object({
      because: z.enum(['flash', 'withdrawal']),
      dueAt: Instant,
      endorsedAt: Instant.nullable(),
      disownedAt: Instant.nullable(),
      mootAt: Instant.nullable(),
    })
    .nullable()
    .describe('The second check that was owed when this was published; still owed while the last three times are null.'),
  redacted: z
    .object({ at: Instant, ground: z.enum(redactionGrounds), entry: z.int().nonnegative() })
    .nullable()
    .describe('Set when the text of this version had to be removed.'),
  links: z.object({
    page: Urls,
    json: z.url(),
    txt: z.url(),
    proof: z.url(),
    diffs: z.array(z.object({ from: z.int().positive(), page: Urls })).describe('What changed since the version before, and since the one that is corrected.'),
  }),
});

export const ApiNotice = z.object({
  event: z.enum(noticeEvents),
  version: z.int().positive(),
  at: Instant,
  entry: z.int().nonnegative(),
  log: Place.nullable(),
  ground: z.enum(redactionGrounds).nullable().describe('Of `redacted` alone.'),
});

const shared = {
  reference: z.string(),
  feedId: z.string().describe('atom:id of the statement in the feeds of the first language.'),
  state: z.enum(['live', 'under_recheck', 'withdrawn', 'redacted']),
  exercise: z.boolean(),
  publishedAt: Instant.describe('Of the first version.'),
  changedAt: Instant.describe('Of the last version or notice.'),
  changedEntry: z.int().nonnegative().describe('Number of the last log entry about this statement.'),
  links: z.object({ api: z.url(), page: Urls, versions: Urls, timemap: Urls }),
};

export const ApiLine = z.object({ ...shared, versionCount: z.int().positive(), latest: ApiVersion });
export const ApiStatement = z.object({
  ...shared,
  versions: z.array(ApiVersion).min(1).describe('Oldest first: version n is the n-th.'),
  notices: z.array(ApiNotice).describe('Oldest first.'),
});
export const ApiList = z.object({
  statements: z.array(ApiLine).describe('Newest change first, at most 100. Exercises are not among them.'),
  next: z.url().nullable().describe('Address of the statements that changed before these.'),
});

export type ApiVersion = z.infer<typeof ApiVersion>;
export type ApiNotice = z.infer<typeof ApiNotice>;
export type ApiLine = z.infer<typeof ApiLine>;
export type ApiStatement = z.infer<typeof ApiStatement>;
export type ApiList = z.infer<typeof ApiList>;
