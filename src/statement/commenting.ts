import { refuse } from '../errors.ts';
import { hasOpenDraft, keepRevision } from './drafting.ts';
import type { Comment, Draft, Statement } from './facts.ts';
import { type Actor, holds, requireRole, type Seen, write, writers } from './guards.ts';
import { type Content, type Kind, noNotes } from './schema.ts';

/** Comments on an open draft. No act here touches the text, its hash, its approvals, or anything public. */

/** Of one draft, and of all drafts of a statement; a comment that was resolved counts as well. */
export const mostComments = 200;
const mostInAll = 1_000;
/** How often one comment is resolved and reopened. */
const mostTurns = 50;

/** What is said of a place, and on which text. `said`: SHA-256 of what the place said there (`placeContent`). */
export type Remark = Seen & Pick<Comment, 'place' | 'said' | 'words'>;

/**
 * Everybody with a part in the text may comment while its draft is open, whatever its state. A comment is no decision: one that was made
 * on an earlier revision of this draft is taken, and stays with that revision, whose text is kept.
 * @throws role_missing, wrong_state, revision_stale (no revision of the open draft, or its text is gone), hash_mismatch, bad_request (no words), comments_full
 */
export function addComment(statement: Statement, actor: Actor, { place, revision, hash, said, words }: Remark, at: string): Statement {
  requireRole(actor, ...writers);
  requireOpen(statement);
  const made = statement.revisions.find((item) => item.revision === revision && revision >= firstRevision(statement) && !item.dropped);
  if (made === undefined) refuse('revision_stale', `revision ${revision} is none of the open draft, or its text is gone`);
  if (made.hash !== hash) refuse('hash_mismatch', 'the text shown is not the text of this revision');
  if (words.trim() === '') refuse('bad_request', 'a comment has words', [{ field: 'comment', code: 'missing' }]);
  const last = statement.comments.at(-1);
  // A form that was sent twice.
  if (last?.by === actor.id && last.place === place && last.revision === revision && last.words === words && last.resolved === null) return statement;
  const isFull = draftComments(statement).length >= mostComments || statement.comments.length >= mostInAll;
  if (isFull) refuse('comments_full', `${statement.comments.length} comments are kept`);
  const id = (last?.id ?? 0) + 1;
  const comment: Comment = { at, by: actor.id, id, place, revision, said, words, resolved: null };
  const act = { at, by: actor.id, act: 'commented', revision, note: noteOf(id) } as const;
  return write(keepRevision(statement, revision), { comments: [...statement.comments, comment] }, act);
}

/** By whoever made it or wrote on the draft; what is resolved already stays as it is. @throws role_missing, wrong_state, comment_unknown, not_contributor, comments_full */
export function resolveComment(statement: Statement, actor: Actor, id: number, at: string): Statement {
  requireRole(actor, ...writers);
  const draft = requireOpen(statement);
  const comment = requireComment(statement, id);
  if (!mayResolve(draft, comment, actor)) refuse('not_contributor', `${actor.id} neither made this comment nor wrote on the draft`);
  if (comment.resolved !== null) return statement;
  return change(statement, { ...comment, resolved: { at, by: actor.id } }, { at, by: actor.id, act: 'comment-resolved' });
}

/** By whoever may comment. @throws role_missing, wrong_state, comment_unknown, comments_full */
export function reopenComment(statement: Statement, actor: Actor, id: number, at: string): Statement {
  requireRole(actor, ...writers);
  requireOpen(statement);
  const comment = requireComment(statement, id);
  if (comment.resolved === null) return statement;
  return change(statement, { ...comment, resolved: null }, { at, by: actor.id, act: 'comment-reopened' });
}

/** Whoever has a part in the text; the same for reopening. */
export function mayComment(actor: Pick<Actor, 'roles'>): boolean {
  return holds(actor, ...writers);
}

/** Whoever made the comment or wrote on the draft, among those who may comment. */
export function mayResolve(draft: Pick<Draft, 'contributors'>, comment: Comment, { id }: Pick<Actor, 'id'>): boolean {
  return comment.by === id || draft.contributors.includes(id);
}

/** The comments of the draft there is, open or discarded, oldest first; none before the first and after a publication. */
export function draftComments(statement: Statement): readonly Comment[] {
  return statement.draft === null ? [] : statement.comments.filter((comment) => comment.revision >= firstRevision(statement));
}

/** Those that nobody has resolved, while the draft is open. */
export function openComments(statement: Statement): readonly Comment[] {
  return hasOpenDraft(statement) ? draftComments(statement).filter((comment) => comment.resolved === null) : [];
}

/** The comment that a line of the timeline is about, if any. */
export function commentOf({ comments }: Statement, note: string): Comment | undefined {
  return comments.find(({ id }) => noteOf(id) === note);
}

/** What a place says in a text, as plain values: whether two are equal decides whether a comment still fits. */
export function placeContent(kind: Kind, content: Content, place: string): unknown {
  const [, language, field] = /^texts\.(\w\w)\.(\w+)$/.exec(place) ?? [];
  const { texts, findings, house = noNotes, ...facts } = content;
  if (place === 'findings') return findings;
  if (place === 'facts') return { kind, ...facts, house };
  const words = Object.entries(texts).find(([code]) => code === language)?.[1];
  return Object.entries(words ?? {}).find(([name]) => name === field)?.[1] ?? '';
}

/** Every comment, those of earlier drafts without their words: for a redaction (record.md, "Redaction"). */
export function withoutPastWords(statement: Statement): Comment[] {
  const present = hasOpenDraft(statement) ? draftComments(statement) : [];
  return statement.comments.map((comment) => (present.includes(comment) ? comment : { ...comment, words: '' }));
}

function change(statement: Statement, comment: Comment, act: { at: string; by: string; act: 'comment-resolved' | 'comment-reopened' }): Statement {
  const note = noteOf(comment.id);
  const turns = statement.timeline.filter((line) => line.note === note && line.act.startsWith('comment-')).length;
  if (turns >= mostTurns) refuse('comments_full', `${turns} times resolved and reopened`);
  const comments = statement.comments.map((item) => (item.id === comment.id ? comment : item));
  return write(statement, { comments }, { ...act, revision: comment.revision, note });
}

function noteOf(id: number): string {
  return `#${id}`;
}

/** The revision with which the newest draft was opened. */
function firstRevision({ timeline }: Statement): number {
  return timeline.findLast((line) => line.act === 'opened')?.revision ?? 1;
}

function requireOpen(statement: Statement): Draft {
  if (statement.draft === null || !hasOpenDraft(statement)) refuse('wrong_state', 'there is no open draft');
  return statement.draft;
}

function requireComment(statement: Statement, id: number): Comment {
  return draftComments(statement).find((comment) => comment.id === id) ?? refuse('comment_unknown', `the draft has no comment ${id}`);
}
