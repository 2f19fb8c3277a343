import type { Presence, Present } from '../../desk/presence.ts';
import type { Statement } from '../../statement/facts.ts';
import type { SignedIn } from '../session.ts';
import { type CommentModel, commentModel } from './comment-lines.ts';

/** What the screens of a draft show of the others who work on it. */
export function collaboration(presence: Presence, statement: Statement, person: SignedIn): CommentModel & { present: readonly Present[] } {
  return { ...commentModel(statement, person), present: presence.others(statement.id, person.id) };
}
