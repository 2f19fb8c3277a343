import { refuse } from '../errors.ts';
import type { Draft, Fact, Revision, Statement } from './facts.ts';
import { type Actor, requireDraft, requireReason, requireRole, requireSeen, type Seen, write, writers } from './guards.ts';
import type { House } from './house.ts';
import { touchedAfter } from './pace.ts';
import { checkSubmission } from './readiness.ts';
import type { Content, Kind } from './schema.ts';
import { publicState, workState } from './state.ts';

/** Transitions 1–4, 7, 14 and 19 of workflow.md: private acts on the working text. All are pure; each gives the changed statement or refuses. */

/** A text to keep: its kind, the content, the hash that approvals bind (`revisionHash`) and its address (`textAddress`). */
export type NewText = { kind: Kind; content: Content; hash: string; text: string };

/** A statement before its first write. */
export function emptyStatement(id: string, opened: Fact): Statement {
  return {
    id,
    generation: -1,
    reference: null,
    feedId: null,
    opened,
    revisions: [],
    draft: null,
    comments: [],
    redaction: null,
    versions: [],
    notices: [],
    timeline: [],
  };
}

/** Transition 1. `flash` drafts are opened by the duty officer alone. @throws role_missing */
export function openStatement(id: string, actor: Actor, template: string, text: NewText, at: string): Statement {
  requireRole(actor, ...(template === 'flash' ? (['duty'] as const) : writers));
  const opened = { at, by: actor.id };
  const empty = emptyStatement(id, opened);
  return write(
    withRevision(empty, actor, text, at),
    { draft: newDraft(empty, actor, template, text, at, [actor.id], null) },
    { ...opened, act: 'opened', revision: 1, note: template },
  );
}

/**
 * Transition 19, and the opening of 23 on a withdrawn statement. `base` is the newest version's working text, `template` the name of the
 * opening that was chosen, or of the kind.
 * @throws role_missing, statement_unknown (nothing published yet), draft_open, kind_not_allowed
 */
export function openDraft(statement: Statement, actor: Actor, text: NewText, base: Content, at: string, template: string = text.kind): Statement {
  requireRole(actor, ...writers);
  const last = statement.versions.at(-1);
  if (last === undefined) refuse('wrong_state', 'nothing is published yet');
  if (hasOpenDraft(statement)) refuse('draft_open', 'this statement already has an open draft');
  requireKind(statement, text.kind);
  // Whoever wrote on a draft that was discarded since the last version still counts as a contributor; opening alone writes nothing.
  const contributors = statement.draft?.contributors ?? [];
  const draft = newDraft(statement, actor, template, text, at, contributors, { version: last.version, kind: last.kind, content: base });
  return write(withRevision(statement, actor, text, at), { draft }, { at, by: actor.id, act: 'opened', revision: draft.revision, note: template });
}

/** Whether a draft stands in the way of a new one. */
export function hasOpenDraft(statement: Statement): boolean {
  return statement.draft !== null && workState(statement) !== 'discarded';
}

/** @throws kind_not_allowed: `first` and `withdrawal` are never chosen, a withdrawn statement comes back only by `update` or `correction` */
export function requireKind(statement: Statement, kind: Kind): void {
  const choices: readonly Kind[] =
    statement.versions.length === 0
      ? ['first']
      : publicState(statement) === 'withdrawn'
        ? ['update', 'correction']
        : ['update', 'correction', 'editorial', 'translation'];
  if (!choices.includes(kind)) refuse('kind_not_allowed', `${kind} is not possible now`, [{ field: 'kind', code: 'kind_not_allowed' }]);
}

/**
 * Transitions 2 and 4. An edit of a text in review or approved takes it back to draft and voids its approvals; an edit of a flash
 * draft makes it an ordinary one, because a flash has fixed slots only.
 * @throws role_missing, wrong_state, revision_stale, kind_not_allowed
 */
export function saveDraft(statement: Statement, actor: Actor, revision: number, text: NewText, at: string): Statement {
  requireRole(actor, ...writers);
  const draft = requireDraft(statement, 'draft', 'changes_requested', 'in_review', 'approved');
  if (draft.submission !== null) requireRole(actor, 'author', 'reviewer', 'publisher');
  if (draft.revision !== revision) refuse('revision_stale', `saved on revision ${revision}, the draft is at ${draft.revision}`);
  requireKind(statement, text.kind);
  if (isSameText(statement, text)) return statement;
  const contributors = [...new Set([...draft.contributors, actor.id])];
  const template = draft.template === 'flash' ? 'holding' : draft.template;
  const saved = withRevision(statement, actor, text, at);
  const next: Draft = {
    ...draft,
    kind: text.kind,
    content: text.content,
    touched: touchedAfter(draft.touched, draft.content, text.content, lastRevision(saved)),
    hash: text.hash,
    template,
    revision: lastRevision(saved),
    contributors,
    submission: null,
    approvals: [],
  };
  if (draft.submission === null) return { ...saved, draft: next, generation: statement.generation + 1 };
  return write(saved, { draft: next }, { at, by: actor.id, act: 'approvals-void', revision: next.revision });
}

/** Whether a save would change nothing. */
export function isSameText(statement: Statement, { text }: Pick<NewText, 'text'>): boolean {
  return statement.revisions.at(-1)?.text === text;
}

/**
 * Keeps the loser's text of a race for ever, findable from the timeline by its address; nothing else changes. A text that was begun before
 * a redaction may repeat what had to go: it is not kept.
 */
export function keepConflict(statement: Statement, actor: Actor, revision: number, text: NewText, at: string): Statement {
  const begunAt = statement.revisions.find((item) => item.revision === revision)?.at ?? '';
  if (statement.notices.some((notice) => notice.event === 'redacted' && notice.at > begunAt)) return statement;
  return write(statement, {}, { at, by: actor.id, act: 'conflicted', revision, note: text.text });
}

/**
 * Transition 3. Every readiness issue is shown here.
 * @throws wrong_state, not_contributor, revision_stale, hash_mismatch, not_ready, not_editorial, translation_changes_original
 */
export function submitDraft(statement: Statement, actor: Actor, seen: Seen, house: House, at: string): Statement {
  requireRole(actor, ...writers);
  const draft = requireDraft(statement, 'draft', 'changes_requested');
  requireSeen(draft, seen);
  requireKind(statement, draft.kind);
  checkSubmission(statement, draft, house, at);
  if (!draft.contributors.includes(actor.id)) refuse('not_contributor', `${actor.id} has not written on this draft`);
  const submission = { at, by: actor.id, ...seen };
  const next = { ...draft, submission, approvals: [], returned: null, failure: null };
  return write(keepRevision(statement, seen.revision), { draft: next }, { at, by: actor.id, act: 'submitted' });
}

/** Transition 7. @throws wrong_state, revision_stale, role_missing */
export function recallDraft(statement: Statement, actor: Actor, seen: Seen, at: string): Statement {
  const draft = requireDraft(statement, 'in_review', 'approved');
  if (!draft.contributors.includes(actor.id)) requireRole(actor, 'reviewer', 'publisher');
  requireRole(actor, ...writers);
  requireSeen(draft, seen);
  return write(statement, { draft: { ...draft, submission: null, approvals: [] } }, { at, by: actor.id, act: 'recalled' });
}

/** Transition 14: row, texts that were submitted, and timeline stay. @throws wrong_state, role_missing, revision_stale */
export function discardDraft(statement: Statement, actor: Actor, seen: Seen, reason: string, at: string): Statement {
  const draft = requireDraft(statement, 'draft', 'in_review', 'changes_requested', 'approved', 'scheduled', 'publish_failed');
  const isOwn = draft.opened.by === actor.id && actor.roles.includes('author');
  if (!isOwn) requireRole(actor, 'publisher');
  requireSeen(draft, seen);
  requireReason(reason);
  return write(
    statement,
    { draft: { ...draft, discarded: { at, by: actor.id, reason }, schedule: null } },
    { at, by: actor.id, act: 'discarded', note: reason },
  );
}

/** Marks a revision whose text must stay for ever: submitted, approved, reviewed or published. */
export function keepRevision(statement: Statement, revision: number): Statement {
  return { ...statement, revisions: statement.revisions.map((item) => (item.revision === revision ? { ...item, kept: true } : item)) };
}

/**
 * Lets go of the texts of autosaves made before an instant that were never kept; hash, who and when stay.
 * Gives the statement with those marked, and the addresses that may go from disk.
 */
export function dropAutosaves(statement: Statement, before: string): { statement: Statement; drop: readonly string[] } {
  const current = statement.draft?.revision;
  const goes = (item: Revision): boolean => !item.kept && !item.dropped && item.at < before && item.revision !== current;
  const going = statement.revisions.filter(goes);
  if (going.length === 0) return { statement, drop: [] };
  const stays = new Set([
    ...statement.revisions.filter((item) => !goes(item)).map((item) => item.text),
    ...statement.versions.map((version) => version.text),
    ...statement.timeline.filter((line) => line.act === 'conflicted').map((line) => line.note),
  ]);
  const revisions = statement.revisions.map((item) => (goes(item) ? { ...item, dropped: true } : item));
  return {
    statement: { ...statement, generation: statement.generation + 1, revisions },
    drop: going.map((item) => item.text).filter((text) => !stays.has(text)),
  };
}

function lastRevision(statement: Statement): number {
  return statement.revisions.at(-1)?.revision ?? 0;
}

function withRevision(statement: Statement, actor: Actor, { hash, text }: NewText, at: string): Statement {
  const saved: Revision = { revision: lastRevision(statement) + 1, hash, text, kept: false, dropped: false, at, by: actor.id };
  return { ...statement, revisions: [...statement.revisions, saved] };
}

function newDraft(
  statement: Statement,
  actor: Actor,
  template: string,
  text: NewText,
  at: string,
  contributors: readonly string[],
  base: Draft['base'],
): Draft {
  return {
    kind: text.kind,
    template,
    opened: { at, by: actor.id },
    base,
    revision: lastRevision(statement) + 1,
    hash: text.hash,
    content: text.content,
    touched: {},
    contributors: [...contributors],
    submission: null,
    approvals: [],
    returned: null,
    schedule: null,
    failure: null,
    discarded: null,
  };
}
