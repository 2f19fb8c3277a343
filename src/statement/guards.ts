import { refuse } from '../errors.ts';
import type { Act, ActName, Draft, Statement, WorkState } from './facts.ts';
import type { Role } from './schema.ts';
import { workState } from './state.ts';

/** Who acts: roles held at this moment (a disabled account holds none), and whether the person signed in or stepped up within five minutes. */
export type Actor = { id: string; roles: readonly Role[]; recent: boolean };

/** Acts done by the clock or by the command line; they hold no role and pass no guard that asks for one. */
export const system: Actor = { id: 'system', roles: [], recent: false };

/** The text a decision was made on: revision counter and approval hash as they were on the person's screen. */
export type Seen = { revision: number; hash: string };

/** Everybody with a part in a text. */
export const writers = ['author', 'reviewer', 'publisher', 'duty'] as const satisfies readonly Role[];
/** Who may read what is not public, titles included. An administrator has no content rights. */
export const readers = [...writers, 'auditor'] as const satisfies readonly Role[];

/** Whether the actor holds one of these roles at this moment. */
export function holds({ roles }: Pick<Actor, 'roles'>, ...anyOf: readonly Role[]): boolean {
  return anyOf.some((role) => roles.includes(role));
}

/** @throws role_missing */
export function requireRole(actor: Actor, ...anyOf: readonly Role[]): void {
  if (!holds(actor, ...anyOf)) refuse('role_missing', `${actor.id} holds none of ${anyOf.join(', ')}`);
}

/** @throws step_up_needed */
export function requireRecent(actor: Actor): void {
  if (!actor.recent) refuse('step_up_needed', `${actor.id} has to sign in again for this act`);
}

/** @throws reason_missing with the field named */
export function requireReason(reason: string, field = 'reason'): void {
  if (reason.trim() === '') refuse('reason_missing', 'a reason is needed', [{ field, code: 'reason_missing' }]);
}

/**
 * The open draft in one of these states.
 * @throws wrong_state
 */
export function requireDraft(statement: Statement, ...states: readonly WorkState[]): Draft {
  const state = workState(statement);
  if (statement.draft === null || !states.includes(state)) refuse('wrong_state', `the draft is ${state}, not ${states.join(' or ')}`);
  return statement.draft;
}

/** @throws revision_stale when the draft has moved on since the person saw it, hash_mismatch when the text shown was another one */
export function requireSeen(draft: Draft, seen: Seen): void {
  if (draft.revision !== seen.revision) refuse('revision_stale', `decided on revision ${seen.revision}, the draft is at ${draft.revision}`);
  if (draft.hash !== seen.hash) refuse('hash_mismatch', 'the text shown is not the text of the draft');
}

/** The statement with these changes, one more line in its timeline, and its generation raised by one. */
export function write(statement: Statement, changes: Partial<Statement>, act: Pick<Act, 'at' | 'by' | 'act'> & Partial<Act>): Statement {
  const line: Act = { revision: statement.draft?.revision ?? null, version: null, note: '', key: null, ...act };
  const next = { ...statement, ...changes };
  return { ...next, generation: statement.generation + 1, timeline: [...next.timeline, line] };
}

/** The act that an Idempotency-Key was used for, if any. */
export function actOfKey(statement: Statement | undefined, key: string): (Act & { act: ActName }) | undefined {
  return statement?.timeline.find((line) => line.key?.key === key);
}
