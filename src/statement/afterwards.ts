import { refuse } from '../errors.ts';
import { settleDebt } from './debt.ts';
import { hasOpenDraft, type NewText, openDraft } from './drafting.ts';
import type { Notice, Statement, Version } from './facts.ts';
import { type Actor, requireReason, requireRecent, requireRole, write } from './guards.ts';
import type { Content } from './schema.ts';
import { debtState, publicState } from './state.ts';

/** Transitions 16, 17, 18 and 22: what is said of a version after it is public. Notices are logged, and make no version. */

type Logged = { at: string; entry: number; key: { key: string; request: string } | null };

/** Transition 16. @param seenHash hash of the live text that the reviewer had open @throws role_missing, version_unknown, debt_missing, not_seen, same_person, step_up_needed */
export function endorseVersion(statement: Statement, actor: Actor, request: { version: number; seenHash: string }, logged: Logged): Statement {
  requireRole(actor, 'reviewer');
  const version = requireOwed(statement, request.version);
  if (version.hash !== request.seenHash) refuse('not_seen', 'the text shown is not the text of this version');
  if (version.contributors.includes(actor.id)) refuse('same_person', `${actor.id} wrote this text and cannot endorse it`);
  requireRecent(actor);
  return withNotice(payDebt(statement, version, { endorsed: { at: logged.at, by: actor.id } }), 'endorsed', actor, {
    ...logged,
    version: version.version,
    reason: '',
  });
}

/**
 * Transition 17, first half: the reviewer does not stand behind the text. The caller goes on, in the same commit, with
 * `openCorrection` or a withdrawal.
 * @throws role_missing, version_unknown, debt_missing, reason_missing, step_up_needed
 */
export function disownVersion(statement: Statement, actor: Actor, request: { version: number; reason: string }, logged: Logged): Statement {
  requireRole(actor, 'reviewer');
  const version = requireOwed(statement, request.version);
  requireReason(request.reason);
  requireRecent(actor);
  const paid = payDebt(statement, version, { disowned: { at: logged.at, by: actor.id, reason: request.reason } });
  return withNotice(paid, 'disowned', actor, { ...logged, version: version.version, reason: request.reason });
}

/**
 * Second half of 17: a correction of the disowned version is open afterwards; one that already was stays as it is. The generation
 * rises once for both halves.
 * @throws draft_open when a draft of another kind stands in the way
 */
export function openCorrection(disowned: Statement, actor: Actor, text: NewText, base: Content, at: string): Statement {
  if (hasOpenDraft(disowned) && disowned.draft?.kind === 'correction') return disowned;
  return { ...openDraft(disowned, actor, text, base, at), generation: disowned.generation };
}

/** Transition 22, begin. @throws role_missing, wrong_state, reason_missing, revision_stale */
export function openRecheck(statement: Statement, actor: Actor, request: { version: number; reason: string }, logged: Logged): Statement {
  return recheck(statement, actor, 'recheck', 'live', request, logged);
}

/** Transition 22, end: the agency confirms the text. @throws role_missing, wrong_state, reason_missing, revision_stale */
export function endRecheck(statement: Statement, actor: Actor, request: { version: number; reason: string }, logged: Logged): Statement {
  return recheck(statement, actor, 'recheck-ended', 'under_recheck', request, logged);
}

function recheck(
  statement: Statement,
  actor: Actor,
  event: 'recheck' | 'recheck-ended',
  from: 'live' | 'under_recheck',
  request: { version: number; reason: string },
  logged: Logged,
): Statement {
  requireRole(actor, 'reviewer', 'publisher', 'duty');
  const state = publicState(statement);
  if (state !== from) refuse('wrong_state', `the statement is ${state}, not ${from}`);
  if (request.version !== statement.versions.length)
    refuse('revision_stale', `decided on version ${request.version}, the newest is ${statement.versions.length}`);
  requireReason(request.reason);
  return withNotice(statement, event, actor, { ...logged, version: request.version, reason: request.reason });
}

function requireOwed(statement: Statement, number: number): Version {
  const version = statement.versions[number - 1];
  if (version === undefined) refuse('version_unknown', `there is no version ${number}`);
  if (debtState(version.debt) !== 'owed') refuse('debt_missing', `version ${number} owes no second check`);
  return version;
}

function payDebt(statement: Statement, { version }: Version, how: Parameters<typeof settleDebt>[1]): Statement {
  return { ...statement, versions: statement.versions.map((item) => (item.version === version ? settleDebt(item, how) : item)) };
}

function withNotice(statement: Statement, event: Notice['event'], actor: Actor, facts: Logged & { version: number; reason: string }): Statement {
  const { at, entry, version, reason, key } = facts;
  const notice: Notice = { at, by: actor.id, event, version, entry, reason };
  return write(statement, { notices: [...statement.notices, notice] }, { at, by: actor.id, act: event, version, note: reason, key });
}
