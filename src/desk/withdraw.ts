import type { Office } from '../office.ts';
import { disownVersion, endorseVersion, endRecheck, openCorrection, openRecheck } from '../statement/afterwards.ts';
import type { Statement } from '../statement/facts.ts';
import type { Actor } from '../statement/guards.ts';
import { type Publication, withdrawStatement } from '../statement/publishing.ts';
import type { Content, PerLanguage, WithdrawalCode } from '../statement/schema.ts';
import { nextContent, withoutNotes } from './draft.ts';
import { type ActKey, noticeEntry, record, recordNotice, recordVersion, versionChange } from './put-on-record.ts';
import { keptText, newestText, readStatement, requireNewest } from './statement.ts';
import { everyone, tell } from './tell.ts';
import { newText } from './text.ts';

export type WithdrawalRequest = { version: number; code: WithdrawalCode; reason: PerLanguage };

/** Takes a statement back, by one person; reviewers are told that a second check is owed. */
export async function withdraw(office: Office, actor: Actor, id: string, request: WithdrawalRequest, key: ActKey | null): Promise<Statement> {
  const before = await readStatement(office, id);
  const decide = withdrawalOf(office, actor, request, await newestText(office, before));
  const statement = await recordVersion(office, id, key, (current, at) => {
    const publication = decide(current, at);
    requireNewest(before, current);
    return publication;
  });
  await tellWithdrawn(office, actor, before, statement);
  return statement;
}

/** A reviewer stands behind a flash or a withdrawal after the fact. */
export function endorse(office: Office, actor: Actor, id: string, request: { version: number; seenHash: string }, key: ActKey | null): Promise<Statement> {
  return recordNotice(office, id, key, 'endorsed', (statement, logged) => endorseVersion(statement, actor, request, logged));
}

export type DisownRequest = { version: number; reason: string; next: { act: 'correction' } | { act: 'withdrawal'; request: WithdrawalRequest } };

/** A reviewer does not stand behind the text: in the same commit a correction is opened or the statement is withdrawn. */
export async function disown(
  office: Office,
  actor: Actor,
  id: string,
  { version, reason, next: after }: DisownRequest,
  key: ActKey | null,
): Promise<Statement> {
  const before = await readStatement(office, id);
  const base = await newestText(office, before);
  const correction = newText(office, 'correction', { ...nextContent(before, base, 'correction'), correctsVersion: version });
  const statement = await record(office, id, key, (current, commit, allot) => {
    const disowned = disownVersion(current, actor, { version, reason }, { ...commit, key });
    requireNewest(before, current);
    const entry = noticeEntry(office, current, 'disowned', commit, allot);
    if (after.act === 'correction')
      return { statement: openCorrection(disowned, actor, correction, base, commit.at), entries: [entry], texts: [keptText(correction)] };
    const next = allot.entry();
    const publication = withdrawalOf(office, actor, after.request, base)(disowned, next.at);
    const change = versionChange(office, disowned, publication, { at: next.at, entry: next.index }, allot, null);
    return { ...change, statement: { ...change.statement, generation: disowned.generation }, entries: [entry, ...change.entries] };
  });
  await tell(office, await everyone(office, 'publisher', 'duty'), 'disowned', statement, { by: actor.id, reason });
  if (after.act === 'withdrawal') await tellWithdrawn(office, actor, before, statement);
  return statement;
}

export type RecheckRequest = { version: number; reason: string };

export async function beginRecheck(office: Office, actor: Actor, id: string, request: RecheckRequest, key: ActKey | null): Promise<Statement> {
  const statement = await recordNotice(office, id, key, 'recheck', (current, logged) => openRecheck(current, actor, request, logged));
  await tell(office, await everyone(office, 'reviewer', 'publisher', 'duty'), 'recheck_open', statement, { by: actor.id, reason: request.reason });
  return statement;
}

export function confirmRecheck(office: Office, actor: Actor, id: string, request: RecheckRequest, key: ActKey | null): Promise<Statement> {
  return recordNotice(office, id, key, 'recheck-ended', (statement, logged) => endRecheck(statement, actor, request, logged));
}

function withdrawalOf(
  office: Office,
  actor: Actor,
  { version, code, reason }: WithdrawalRequest,
  base: Content,
): (statement: Statement, at: string) => Publication {
  const content: Content = { ...base, phase: 'withdrawn', nextUpdate: null, correctsVersion: null, texts: withoutNotes(base.texts) };
  const withdrawal = { code, reason };
  const text = newText(office, 'withdrawal', content, withdrawal);
  return (statement, at) => withdrawStatement(statement, actor, { version, withdrawal, house: office.house }, text, at);
}

async function tellWithdrawn(office: Office, actor: Actor, before: Statement, statement: Statement): Promise<void> {
  await tell(office, await everyone(office, 'reviewer', 'publisher', 'duty'), 'withdrawn', statement, { by: actor.id });
  if (before.draft?.schedule) await tell(office, [...before.draft.contributors, before.draft.schedule.by], 'schedule_cancelled', statement, { by: actor.id });
}
