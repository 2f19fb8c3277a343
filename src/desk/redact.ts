import type { Office } from '../office.ts';
import type { Statement } from '../statement/facts.ts';
import type { Actor } from '../statement/guards.ts';
import { askRedaction, dropRedaction, redactVersion, textsToDrop } from '../statement/redaction.ts';
import type { RedactionGround } from '../statement/schema.ts';
import { type ActKey, noticeEntry, record } from './put-on-record.ts';
import { editStatement, guardOf, nowFrozen } from './statement.ts';
import { everyone, tell } from './tell.ts';

export type RedactionAsked = { version: number; ground: RedactionGround; reason: string };

/** One publisher asks; all publishers are told that a second one is needed. */
export async function requestRedaction(office: Office, actor: Actor, id: string, request: RedactionAsked): Promise<Statement> {
  const statement = await editStatement(office, id, (current, at) => askRedaction(current, actor, request, at));
  await tell(office, await everyone(office, 'publisher'), 'redaction_asked', statement, { by: actor.id, version: String(request.version) });
  return statement;
}

export function refuseRedaction(office: Office, actor: Actor, id: string): Promise<Statement> {
  return editStatement(office, id, (current, at) => dropRedaction(current, actor, at));
}

/** The second publisher agrees: every rendering of the version goes, in public and here; hash, entry and proof stay. */
export async function redact(office: Office, actor: Actor, id: string, seen: { version: number; askedAt: string }, key: ActKey | null): Promise<Statement> {
  const guard = await guardOf(office);
  return record(office, id, key, (current, commit, allot) => {
    const { statement, redacts } = redactVersion(current, actor, seen, nowFrozen(guard, allot.frozen()), { ...commit, key });
    const entry = { ...noticeEntry(office, current, 'redacted', commit, allot), redacts };
    return { statement, entries: [entry], drop: textsToDrop(current, seen.version, commit.at) };
  });
}
