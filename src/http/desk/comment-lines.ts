import { placeHash } from '../../desk/comment.ts';
import { commentOf, draftComments, mayComment, mayResolve, openComments } from '../../statement/commenting.ts';
import type { Comment, Statement } from '../../statement/facts.ts';
import type { Actor } from '../../statement/guards.ts';

/** A comment as screens show it. `hasChanged`: its place says something else by now. */
export type CommentLine = Comment & { hasChanged: boolean; mayResolve: boolean };

export type CommentModel = {
  comments: readonly CommentLine[];
  /** Those that nobody has resolved. */
  openComments: readonly CommentLine[];
  commentsAt(place: string): readonly CommentLine[];
  mayComment: boolean;
};

/** The comments on the draft as this person sees them. */
export function commentModel(statement: Statement, person: Pick<Actor, 'id' | 'roles'>): CommentModel {
  const { draft } = statement;
  const hashes = new Map<string, string>();
  const hashOf = (place: string): string => {
    const hash = hashes.get(place) ?? (draft ? placeHash(draft, place) : '');
    hashes.set(place, hash);
    return hash;
  };
  const isWriter = mayComment(person);
  const comments = draftComments(statement).map((comment) => ({
    ...comment,
    hasChanged: comment.said !== hashOf(comment.place),
    mayResolve: isWriter && draft !== null && mayResolve(draft, comment, person),
  }));
  const open = new Set(openComments(statement).map(({ id }) => id));
  return {
    comments,
    openComments: comments.filter(({ id }) => open.has(id)),
    commentsAt: (place) => comments.filter((comment) => comment.place === place),
    mayComment: isWriter,
  };
}

/**
 * The note of an act; of one on a comment with the place and the words, so that a timeline that is taken away has them.
 * @param label the words for a place
 */
export function withComment(statement: Statement, note: string, label: (place: string) => string): string {
  const comment = commentOf(statement, note);
  return comment ? `${note} ${label(comment.place)}: ${comment.words}` : note;
}
