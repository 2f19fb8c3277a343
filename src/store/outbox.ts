import { z } from 'zod';
import { Instant, languages } from '../statement/schema.ts';

/**
 * What people must be told, what was refused them, and whom a draft was shown to. Duties: a notice that was told survives a restart; the
 * log of refusals is append-only and bounded (the oldest half goes when it is full); a preview link is found by the hash of its secret
 * alone, each act on it is durable when it resolves, and no restored backup brings one back to life.
 */
export interface Outbox {
  /** Keeps those whose id is new; false where none was. */
  tell(notices: readonly Notice[]): Promise<boolean>;
  /** Notices for this person, newest first, that they have not put away. */
  notices(person: string): Promise<readonly Notice[]>;
  putAway(person: string, id: string): Promise<void>;
  /** Every notice with the people who put it away, oldest first; and the same put behind those that are there, where a house moves in. */
  told(): Promise<readonly Told[]>;
  keepTold(told: readonly Told[]): Promise<void>;
  refused(refusal: Refusal): Promise<void>;
  /** Refusals, newest first, of one statement or of all. */
  refusals(statement: string | null, limit: number): Promise<readonly Refusal[]>;
  /** @throws link_limit when it is full of links that could still be opened */
  keepLink(link: PreviewLink): Promise<void>;
  /** The links of one statement or of all, newest first, dead ones as well. */
  links(statement: string | null): Promise<readonly PreviewLink[]>;
  linkOf(key: string): Promise<PreviewLink | undefined>;
  /** The first revocation stays. @throws not_found */
  revokeLink(id: string, revoked: PreviewLinkFact): Promise<void>;
  /** Adds one line to the link's own list, of which the newest are kept, and counts it. @throws not_found */
  /** @throws rate_limited, counted with those still on their way, where the link was opened `most` times after `since` */
  noteOpening(id: string, opening: Opening, limit: { most: number; since: string }): Promise<void>;
  close(): Promise<void>;
}

export const noticeCodes = [
  'approvals_void',
  'returned',
  'release_failed',
  'flash_published',
  'debt_overdue',
  'recheck_open',
  'recheck_overdue',
  'disowned',
  'withdrawn',
  'schedule_cancelled',
  'redaction_asked',
  'quarantined',
] as const;

export const Notice = z.strictObject({
  id: z.string(),
  at: Instant,
  to: z.array(z.string()),
  code: z.enum(noticeCodes),
  statement: z.string(),
  reference: z.string().nullable(),
  values: z.record(z.string(), z.string()),
});
export const Refusal = z.strictObject({ at: Instant, by: z.string(), act: z.string(), statement: z.string().nullable(), code: z.string() });

const Fact = z.strictObject({ at: Instant, by: z.string() });
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const agents = ['firefox', 'chrome', 'edge', 'safari', 'program', 'other'] as const;
/** No address, and of the browser its family alone. */
const Opening = z.strictObject({ at: Instant, agent: z.enum(agents), language: z.enum(languages) });
export const openingsKept = 100;

/** One person may read one revision of a draft until a time, by an address that nobody can guess. */
export const PreviewLink = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{24}$/),
  /** SHA-256 of the secret in its address; null in a backup, where no address leads to it any more. */
  key: Sha256.nullable(),
  statement: z.string(),
  revision: z.int().positive(),
  hash: Sha256,
  /** How many versions and redactions the statement had: one more, and the link is dead. */
  versions: z.int().nonnegative(),
  redactions: z.int().nonnegative(),
  recipient: z.string().min(1).max(120),
  reason: z.string().max(1_000),
  made: Fact,
  expiresAt: Instant,
  revoked: Fact.nullable(),
  /** How often it was opened, and the newest of these openings. */
  opened: z.int().nonnegative(),
  openings: z.array(Opening).max(openingsKept),
});

export type PreviewLink = z.infer<typeof PreviewLink>;
export type PreviewLinkFact = z.infer<typeof Fact>;
export type Opening = z.infer<typeof Opening>;
export type Notice = z.infer<typeof Notice>;
export type Told = { notice: Notice; putAway: readonly string[] };
export type NoticeCode = Notice['code'];
export type Refusal = z.infer<typeof Refusal>;
