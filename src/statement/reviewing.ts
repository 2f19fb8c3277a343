import { refuse } from '../errors.ts';
import { openComments } from './commenting.ts';
import { keepRevision } from './drafting.ts';
import type { Approval, Draft, Statement } from './facts.ts';
import { type Actor, requireDraft, requireReason, requireRecent, requireRole, requireSeen, type Seen, write } from './guards.ts';
import { quorumOf } from './quorum.ts';
import type { Role } from './schema.ts';
import { validApprovals } from './state.ts';

/** Approvals are good for this long; after it the same reviewer confirms again (transition 8). */
export const approvalLastsMs = 24 * 3_600_000;

/**
 * Transition 5. A reviewer who wrote nothing of this text says yes to exactly the text shown. Saying yes again renews the approval.
 * @throws step_up_needed, role_missing, wrong_state, revision_stale, hash_mismatch, same_person
 */
export function approveDraft(statement: Statement, actor: Actor, seen: Seen, at: string): Statement {
  requireRole(actor, 'reviewer');
  const draft = requireDraft(statement, 'in_review', 'approved');
  requireSeen(draft, seen);
  if (draft.contributors.includes(actor.id)) refuse('same_person', `${actor.id} wrote on this text and cannot approve it`);
  requireRecent(actor);
  const isRenewal = draft.approvals.some((approval) => approval.by === actor.id);
  const approval: Approval = { at, by: actor.id, ...seen };
  const next = { ...draft, approvals: [...draft.approvals, approval] };
  return write(keepRevision(statement, seen.revision), { draft: next }, { at, by: actor.id, act: isRenewal ? 'confirmed' : 'approved' });
}

/**
 * Transition 6: the reason travels in the same request, and with it the comments of these numbers that are still open.
 * @throws role_missing, wrong_state, revision_stale, hash_mismatch, reason_missing
 */
export function sendBack(statement: Statement, actor: Actor, seen: Seen, reason: string, at: string, carried: readonly number[] = []): Statement {
  requireRole(actor, 'reviewer');
  const draft = requireDraft(statement, 'in_review');
  requireSeen(draft, seen);
  requireReason(reason);
  const comments = openComments(statement)
    .map(({ id }) => id)
    .filter((id) => carried.includes(id));
  const next = { ...draft, submission: null, approvals: [], returned: { at, by: actor.id, reason, comments } };
  return write(keepRevision(statement, seen.revision), { draft: next }, { at, by: actor.id, act: 'returned', note: reason });
}

/** Roles that people hold at this moment, by person; somebody disabled or unknown holds none. */
export type Holders = ReadonlyMap<string, readonly Role[]>;

/** The role as the request brought it and as it is held at the moment of the act. @throws role_missing */
export function requireRoleNow(actor: Actor, holders: Holders, ...anyOf: readonly Role[]): void {
  requireRole(actor, ...anyOf);
  requireRole({ ...actor, roles: holders.get(actor.id) ?? [] }, ...anyOf);
}

/**
 * The approvals that carry a publication: of this exact text, by people who are still active reviewers and wrote nothing of it.
 * `notBefore`: approvals given earlier do not count, null counts every age (release of a schedule). `more`: asked for on top of the quorum.
 * @throws quorum_missing, approver_inactive, approval_old
 */
export function requireQuorum(draft: Draft, holders: Holders, { notBefore, more }: { notBefore: string | null; more: 0 | 1 }): readonly Approval[] {
  const quorum = quorumOf(draft.content, draft.base?.content ?? null) + more;
  const given = validApprovals(draft).filter((approval) => !draft.contributors.includes(approval.by));
  if (given.length < quorum) refuse('quorum_missing', `${given.length} of ${quorum} approvals`);
  const active = given.filter((approval) => holders.get(approval.by)?.includes('reviewer'));
  if (active.length < quorum) refuse('approver_inactive', 'an approver is no longer an active reviewer');
  const fresh = active.filter((approval) => notBefore === null || approval.at > notBefore);
  if (fresh.length < quorum) refuse('approval_old', 'approvals are over 24 hours old and have to be confirmed');
  return fresh;
}
