import { hasOpenDraft } from './drafting.ts';
import type { Act, Draft, Statement } from './facts.ts';
import { type Actor, requireReason, requireRole, write } from './guards.ts';
import { publicState } from './state.ts';

/** What one account did to a statement, and what is held back of it when the account is in doubt (look.md, "People"). */

/** Of one statement; no words of it. `versions`: those the person wrote, approved or published, and whether the newest one stands in public. */
export type Trace = {
  acts: readonly Pick<Act, 'at' | 'act' | 'revision' | 'version'>[];
  /** Saves of the working text. */
  saves: number;
  draft: { wrote: boolean; approved: boolean; scheduled: boolean } | null;
  versions: readonly { version: number; wrote: boolean; approved: boolean; published: boolean }[];
  stands: boolean;
};

/** What `person` did to the statement at `since` or later; null where that is nothing. */
export function touchedBy(statement: Statement, person: string, since: string): Trace | null {
  const acts = statement.timeline
    .filter(({ at, by }) => by === person && at >= since)
    .map(({ at, act, revision, version }) => ({ at, act, revision, version }));
  const saves = statement.revisions.filter(({ at, by }) => by === person && at >= since).length;
  const versions = statement.versions.map((item) => ({
    version: item.version,
    wrote: item.at >= since && item.contributors.includes(person),
    approved: item.approvals.some(({ at, by }) => by === person && at >= since),
    published: item.by === person && item.at >= since,
  }));
  const touched = versions.filter(({ wrote, approved, published }) => wrote || approved || published);
  if (acts.length === 0 && saves === 0 && touched.length === 0) return null;
  const state = publicState(statement);
  return { acts, saves, draft: partIn(statement, person), versions: touched, stands: state === 'live' || state === 'under_recheck' };
}

function partIn(statement: Statement, person: string): Trace['draft'] {
  const { draft } = statement;
  if (draft === null || !hasOpenDraft(statement)) return null;
  return {
    wrote: draft.contributors.includes(person),
    approved: draft.approvals.some(({ by }) => by === person),
    scheduled: draft.schedule?.by === person,
  };
}

/**
 * Holds back what rests on an account: a draft that it approved goes back with every approval void and no schedule, a schedule that it
 * made ends, a redaction that it asked for closes. Nothing public changes: for that a human decides. Gives the same statement where
 * nothing rests on the account.
 * @throws role_missing, reason_missing
 */
export function quarantineStatement(statement: Statement, actor: Actor, person: string, reason: string, at: string): Statement {
  requireRole(actor, 'administrator');
  requireReason(reason);
  const draft = heldBack(statement, person, { at, by: actor.id, reason, comments: [] });
  const redaction = statement.redaction?.by === person ? null : statement.redaction;
  if (draft === statement.draft && redaction === statement.redaction) return statement;
  return write(statement, { draft, redaction }, { at, by: actor.id, act: 'quarantined', note: `${person}: ${reason}` });
}

function heldBack(statement: Statement, person: string, returned: NonNullable<Draft['returned']>): Draft | null {
  const { draft } = statement;
  const part = partIn(statement, person);
  if (draft === null || part === null) return draft;
  if (part.approved) return { ...draft, submission: null, approvals: [], schedule: null, failure: null, returned };
  return part.scheduled ? { ...draft, schedule: null, failure: null } : draft;
}
