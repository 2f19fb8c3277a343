import type { Office } from '../office.ts';
import type { Statement } from '../statement/facts.ts';
import type { Actor, Seen } from '../statement/guards.ts';
import { approveDraft, sendBack } from '../statement/reviewing.ts';
import { editStatement } from './statement.ts';
import { tell } from './tell.ts';

export function approve(office: Office, actor: Actor, id: string, seen: Seen): Promise<Statement> {
  return editStatement(office, id, (statement, at) => approveDraft(statement, actor, seen, at));
}

export async function returnDraft(office: Office, actor: Actor, id: string, seen: Seen, reason: string, carried: readonly number[]): Promise<Statement> {
  const statement = await editStatement(office, id, (current, at) => sendBack(current, actor, seen, reason, at, carried));
  await tell(office, statement.draft?.contributors ?? [], 'returned', statement, { by: actor.id, reason });
  return statement;
}
