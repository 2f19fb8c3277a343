import { refuse } from '../errors.ts';
import { sha256Hex } from '../ledger/hash.ts';
import { canonicalise } from '../ledger/jcs.ts';
import type { Office } from '../office.ts';
import { addComment, placeContent, type Remark, reopenComment, resolveComment } from '../statement/commenting.ts';
import type { Statement } from '../statement/facts.ts';
import type { Actor } from '../statement/guards.ts';
import type { Content, Kind } from '../statement/schema.ts';
import { editStatement, readStatement } from './statement.ts';

/** @throws revision_stale where the text of the revision is gone, and whatever addComment refuses */
export async function comment(office: Office, actor: Actor, id: string, remark: Omit<Remark, 'said'>): Promise<Statement> {
  const before = await readStatement(office, id);
  const made = before.revisions.find((item) => item.revision === remark.revision);
  const text = made && (await office.store.revision(made.text));
  if (text === undefined) refuse('revision_stale', `the text of revision ${remark.revision} is not kept`);
  const said = placeHash(text, remark.place);
  return editStatement(office, id, (statement, at) => addComment(statement, actor, { ...remark, said }, at));
}

export function resolve(office: Office, actor: Actor, id: string, comment: number): Promise<Statement> {
  return editStatement(office, id, (statement, at) => resolveComment(statement, actor, comment, at));
}

export function reopen(office: Office, actor: Actor, id: string, comment: number): Promise<Statement> {
  return editStatement(office, id, (statement, at) => reopenComment(statement, actor, comment, at));
}

/** SHA-256 of what a place says in a text. */
export function placeHash({ kind, content }: { kind: Kind; content: Content }, place: string): string {
  return sha256Hex(canonicalise(placeContent(kind, content, place)));
}
