import { refuse } from '../errors.ts';
import { hasOpenDraft } from './drafting.ts';
import type { Statement } from './facts.ts';
import { type Actor, holds, requireReason, requireRecent, requireRole, requireSeen, type Seen, write, writers } from './guards.ts';

/** One revision of a draft shown to one person outside (workflow.md, "Preview links"). The link itself lies in the outbox. */

/** Who may show a draft outside. */
export const previewRoles = ['reviewer', 'publisher', 'duty'] as const;
export const previewHours = { least: 1, usual: 24, most: 72 } as const;

/** What a link shows and how long: the revision as it was, beside the public facts as they were. */
export type Shown = Seen & { versions: number; redactions: number; expiresAt: string; revoked: unknown };
export type PreviewRequest = { recipient: string; reason: string; hours: number };

/**
 * The act of showing the draft, in the statement's timeline; `shownBy` then says what the link shows.
 * @throws role_missing, wrong_state, revision_stale, hash_mismatch, reason_missing (of recipient or reason), bad_request (hours), step_up_needed
 */
export function makePreview(statement: Statement, actor: Actor, seen: Seen, request: PreviewRequest, at: string): Statement {
  requireRole(actor, ...previewRoles);
  const draft = hasOpenDraft(statement) ? statement.draft : null;
  if (draft === null) refuse('wrong_state', 'there is no open draft');
  requireSeen(draft, seen);
  const { recipient, reason, hours } = request;
  requireReason(recipient, 'recipient');
  requireReason(reason);
  if (!Number.isInteger(hours) || hours < previewHours.least || hours > previewHours.most) {
    refuse('bad_request', `from ${previewHours.least} to ${previewHours.most} hours`, [{ field: 'hours', code: 'invalid' }]);
  }
  requireRecent(actor);
  return write(statement, {}, { at, by: actor.id, act: 'preview-link-made', note: `${recipient}, ${hours} h: ${reason}` });
}

/** What a link made at this instant shows, and how long. */
export function shownBy(statement: Statement, { revision, hash }: Seen, hours: number, at: string): Shown & { revoked: null } {
  const expiresAt = new Date(Date.parse(at) + hours * 3_600_000).toISOString();
  return { revision, hash, versions: statement.versions.length, redactions: redactionsOf(statement), expiresAt, revoked: null };
}

/** Taking a link back is easier than making one. @throws role_missing */
export function revokePreview(statement: Statement, actor: Actor, { recipient, revision }: { recipient: string; revision: number }, at: string): Statement {
  requireRole(actor, ...writers);
  return write(statement, {}, { at, by: actor.id, act: 'preview-link-revoked', revision, note: recipient });
}

/** What `makePreview` asks of the person and of the draft, the fresh sign-in apart. */
export function mayMakePreview(statement: Statement, actor: Pick<Actor, 'roles'>): boolean {
  return hasOpenDraft(statement) && holds(actor, ...previewRoles);
}

/** What `revokePreview` asks of the person. */
export function mayRevokePreview(actor: Pick<Actor, 'roles'>): boolean {
  return holds(actor, ...writers);
}

/** Why a link shows nothing any more; null while it does. Any new revision, and anything that became public, ends it for ever. */
export function deathOf(shown: Shown, statement: Statement, at: string): 'revoked' | 'expired' | 'published' | 'redacted' | 'discarded' | 'changed' | null {
  if (shown.revoked !== null) return 'revoked';
  if (shown.expiresAt <= at) return 'expired';
  if (statement.versions.length !== shown.versions) return 'published';
  if (redactionsOf(statement) !== shown.redactions) return 'redacted';
  if (statement.draft === null || !hasOpenDraft(statement)) return 'discarded';
  return statement.draft.revision === shown.revision && statement.draft.hash === shown.hash ? null : 'changed';
}

function redactionsOf({ notices }: Statement): number {
  return notices.filter(({ event }) => event === 'redacted').length;
}
