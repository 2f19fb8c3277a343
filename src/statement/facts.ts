import { z } from 'zod';
import { Content, Instant, incidentStatuses, kinds, languages, NextUpdate, phases, redactionGrounds, situations, textFields } from './schema.ts';

/** A statement as the house keeps it: facts with who and when. Both states are derived (state.ts), never stored. */

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const PersonId = z.string().min(1).max(64);
const Fact = z.strictObject({ at: Instant, by: PersonId });
const Words = z.partialRecord(z.enum(languages), z.string());

/**
 * One save; counted through all drafts of a statement. `hash` is what an approval binds; `text` addresses the whole working text,
 * the language not yet included as well, until it is `dropped`: that happens a day after an autosave that was never `kept`.
 */
export const Revision = Fact.extend({ revision: z.int().positive(), hash: Hash, text: Hash, kept: z.boolean(), dropped: z.boolean() });
export const Approval = Fact.extend({ revision: z.int().positive(), hash: Hash });

export const Draft = z.strictObject({
  kind: z.enum(kinds),
  template: z.string(),
  opened: Fact,
  /** The version that this draft follows, with its whole text: quorum, editorial and translation checks compare with it. */
  base: z.strictObject({ version: z.int().positive(), kind: z.enum(kinds), content: Content }).nullable(),
  revision: z.int().positive(),
  hash: Hash,
  content: Content,
  /** In which revision each text last changed (pace.ts); absent in drafts of before there was such a thing. */
  touched: z.partialRecord(z.enum(languages), z.partialRecord(z.enum(textFields), z.int().positive())).default({}),
  contributors: z.array(PersonId),
  submission: Approval.nullable(),
  approvals: z.array(Approval),
  /** `comments`: those that were open and went back with the reason. */
  returned: Fact.extend({ reason: z.string(), comments: z.array(z.int().positive()).default([]) }).nullable(),
  schedule: Fact.extend({ releaseAt: Instant, key: z.string() }).nullable(),
  failure: z.strictObject({ at: Instant, code: z.string() }).nullable(),
  discarded: Fact.extend({ reason: z.string() }).nullable(),
});

/** What a comment can be about: the facts, the findings, or one text by its form name. */
export const places: readonly string[] = ['facts', 'findings', ...languages.flatMap((language) => textFields.map((field) => `texts.${language}.${field}`))];
export const longestComment = 1_000;

/** What a colleague says of one place of a draft; never public, never signed, no part of what an approval binds. */
export const Comment = Fact.extend({
  /** Counted through all drafts of a statement. */
  id: z.int().positive(),
  place: z.string().refine((place) => places.includes(place)),
  /** The revision it was made on, and the SHA-256 of what the place said there. */
  revision: z.int().positive(),
  said: Hash,
  /** Empty only where a redaction took them. */
  words: z.string().max(longestComment),
  resolved: Fact.nullable(),
});

export const Debt = z.strictObject({
  because: z.enum(['flash', 'withdrawal']),
  dueAt: Instant,
  endorsed: Fact.nullable(),
  disowned: Fact.extend({ reason: z.string() }).nullable(),
  moot: Fact.nullable(),
});

export const SignedFile = z.strictObject({ name: z.string(), type: z.string(), sha256: Hash, bytes: z.int().nonnegative() });

/** A version's own files, the ones that a redaction takes: its entry may list a state of the register as well, which stays. */
export function ownFiles(files: readonly SignedFile[]): readonly SignedFile[] {
  return files.filter(({ name }) => name.startsWith('/statements/'));
}

/** Whether a name is that of a version's signed `.json`, the file that its hash and its short code are of: it may have a CSAF document beside it. */
export function isVersionFile(name: string): boolean {
  return /^\/statements\/[^/]+\/v\/[1-9][0-9]*\.json$/.test(name);
}

export const Version = z.strictObject({
  version: z.int().positive(),
  kind: z.enum(kinds),
  phase: z.enum(phases),
  situation: z.enum(situations),
  incidentStatus: z.enum(incidentStatuses),
  languages: z.array(z.enum(languages)),
  title: Words,
  changeNote: Words,
  correctsVersion: z.int().positive().nullable(),
  nextUpdate: NextUpdate.nullable(),
  at: Instant,
  by: PersonId,
  hash: Hash,
  /** Address of the working text that was published (store.revision). */
  text: Hash,
  entry: z.int().nonnegative(),
  files: z.array(SignedFile),
  /** Stored at publication, never computed again from an address (record.md §2). */
  feedId: z.string(),
  contributors: z.array(PersonId),
  approvals: z.array(Approval),
  debt: Debt.nullable(),
});

export const Notice = Fact.extend({
  event: z.enum(['recheck', 'recheck-ended', 'endorsed', 'disowned', 'redacted']),
  version: z.int().positive(),
  entry: z.int().nonnegative(),
  reason: z.string(),
  /** Only of `redacted`. */
  ground: z.enum(redactionGrounds).optional(),
});

/** A publisher asks that a version lose its text; a second one has to agree. `newest`: the last version there was when it was asked. */
const RedactionRequest = Fact.extend({ version: z.int().positive(), newest: z.int().positive(), ground: z.enum(redactionGrounds), reason: z.string() });

export const acts = [
  'opened',
  'submitted',
  'approved',
  'returned',
  'recalled',
  'published',
  'scheduled',
  'unscheduled',
  'released',
  'release-failed',
  'discarded',
  'flashed',
  'endorsed',
  'disowned',
  'withdrawn',
  'recheck',
  'recheck-ended',
  'approvals-void',
  'confirmed',
  'conflicted',
  'redaction-asked',
  'redaction-dropped',
  'redacted',
  'quarantined',
  'commented',
  'comment-resolved',
  'comment-reopened',
  'preview-link-made',
  'preview-link-revoked',
] as const;
/** One line of the timeline; the note of an act on a comment is its `#id`. `key` is the Idempotency-Key of an act that published, with the fingerprint of its request. */
export const Act = Fact.extend({
  act: z.enum(acts),
  revision: z.int().positive().nullable(),
  version: z.int().positive().nullable(),
  note: z.string(),
  key: z.strictObject({ key: z.string(), request: z.string() }).nullable(),
});

export const Statement = z.strictObject({
  id: z.string().regex(/^[a-z0-9]{8,40}$/),
  /** Rises by one with every write: tells a newer document from an older one when the store rolls forward. */
  generation: z.int().nonnegative(),
  reference: z.string().nullable(),
  feedId: z.string().nullable(),
  opened: Fact,
  revisions: z.array(Revision),
  draft: Draft.nullable(),
  /** Of every draft there was. */
  comments: z.array(Comment).default([]),
  redaction: RedactionRequest.nullable().default(null),
  versions: z.array(Version),
  notices: z.array(Notice),
  timeline: z.array(Act),
});

export type Fact = z.infer<typeof Fact>;
export type Revision = z.infer<typeof Revision>;
export type Approval = z.infer<typeof Approval>;
export type Draft = z.infer<typeof Draft>;
export type Comment = z.infer<typeof Comment>;
export type Debt = z.infer<typeof Debt>;
export type SignedFile = z.infer<typeof SignedFile>;
export type Version = z.infer<typeof Version>;
export type Notice = z.infer<typeof Notice>;
export type ActName = (typeof acts)[number];
export type Act = z.infer<typeof Act>;
export type Statement = z.infer<typeof Statement>;

export type WorkState = 'none' | 'draft' | 'in_review' | 'changes_requested' | 'approved' | 'scheduled' | 'published' | 'discarded' | 'publish_failed';
export type PublicState = 'none' | 'live' | 'under_recheck' | 'withdrawn' | 'redacted';
export type DebtState = 'none' | 'owed' | 'endorsed' | 'disowned' | 'moot';

const PublicDebt = z.strictObject({
  because: Debt.shape.because,
  dueAt: Instant,
  endorsedAt: Instant.nullable(),
  disownedAt: Instant.nullable(),
  mootAt: Instant.nullable(),
});
/** The text of the version is gone, by law; its hash, entry and proof stay. */
const PublicRedaction = z.strictObject({ at: Instant, entry: z.int().nonnegative(), ground: z.enum(redactionGrounds) });
const PublicVersion = Version.omit({ by: true, contributors: true, approvals: true, debt: true, text: true }).extend({
  debt: PublicDebt.nullable(),
  redacted: PublicRedaction.nullable(),
});
const PublicNotice = Notice.omit({ by: true, reason: true });
/** The public side of a statement: all that the press may see. No draft, no timeline, no person. */
export const PublicStatement = z.strictObject({
  reference: z.string(),
  feedId: z.string(),
  versions: z.array(PublicVersion).readonly(),
  notices: z.array(PublicNotice).readonly(),
});

export type PublicStatement = z.infer<typeof PublicStatement>;
export type PublicNotice = z.infer<typeof PublicNotice>;
export type PublicVersion = z.infer<typeof PublicVersion>;
export type PublicRedaction = z.infer<typeof PublicRedaction>;
export type PublicDebt = z.infer<typeof PublicDebt>;
