import type { Office } from '../office.ts';
import type { Statement } from '../statement/facts.ts';
import type { Actor, Seen } from '../statement/guards.ts';
import { publishDraft, releaseNow, scheduleDraft, unscheduleDraft } from '../statement/publishing.ts';
import { type ActKey, recordVersion } from './put-on-record.ts';
import { editStatement, guardOf, nowFrozen } from './statement.ts';

export async function publish(office: Office, actor: Actor, id: string, seen: Seen, key: ActKey | null): Promise<Statement> {
  const guard = await guardOf(office);
  return recordVersion(office, id, key, (statement, at, frozen) => publishDraft(statement, actor, seen, nowFrozen(guard, frozen), at));
}

export async function schedule(office: Office, actor: Actor, id: string, seen: Seen, releaseAt: string): Promise<Statement> {
  const guard = await guardOf(office);
  const key = office.random(16).toString('hex');
  return editStatement(office, id, (statement, at) => scheduleDraft(statement, actor, seen, { releaseAt, key }, guard, at));
}

export function unschedule(office: Office, actor: Actor, id: string, seen: Seen): Promise<Statement> {
  return editStatement(office, id, (statement, at) => unscheduleDraft(statement, actor, seen, at));
}

/** "Embargo broken". */
export async function release(office: Office, actor: Actor, id: string, seen: Seen, reason: string, key: ActKey | null): Promise<Statement> {
  const guard = await guardOf(office);
  return recordVersion(office, id, key, (statement, at, frozen) => releaseNow(statement, actor, seen, reason, nowFrozen(guard, frozen), at));
}
