import { z } from 'zod';
import { Instant } from '../statement/schema.ts';

/**
 * What people must be told, and what was refused them. Duties: a notice that was told survives a restart; the log of refusals is
 * append-only and bounded (the oldest half goes when it is full).
 */
export interface Outbox {
  tell(notices: readonly Notice[]): Promise<void>;
  /** Notices for this person, newest first, that they have not put away. */
  notices(person: string): Promise<readonly Notice[]>;
  putAway(person: string, id: string): Promise<void>;
  refused(refusal: Refusal): Promise<void>;
  /** Refusals, newest first, of one statement or of all. */
  refusals(statement: string | null, limit: number): Promise<readonly Refusal[]>;
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

export type Notice = z.infer<typeof Notice>;
export type NoticeCode = Notice['code'];
export type Refusal = z.infer<typeof Refusal>;
