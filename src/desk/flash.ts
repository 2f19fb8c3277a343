import type { Office } from '../office.ts';
import type { Statement } from '../statement/facts.ts';
import type { Actor, Seen } from '../statement/guards.ts';
import { flashDraft } from '../statement/publishing.ts';
import { type ActKey, recordVersion } from './put-on-record.ts';
import { guardOf, instant, nowFrozen } from './statement.ts';
import { everyone, tell } from './tell.ts';

const turns = new Map<string, Promise<unknown>>();

/** One flash of a person after the other, so that the limit of three an hour counts those still on their way. */
function inTurn<T>(person: string, act: () => Promise<T>): Promise<T> {
  const turn = (turns.get(person) ?? Promise.resolve()).then(act, act);
  const settled = turn.catch(() => undefined).finally(() => turns.get(person) === settled && turns.delete(person));
  turns.set(person, settled);
  return turn;
}

/** Publishes a flash draft with its debt, and alerts every reviewer, publisher and duty officer. */
export async function flash(office: Office, actor: Actor, id: string, seen: Seen, reason: string, key: ActKey | null): Promise<Statement> {
  const statement = await inTurn(actor.id, async () => {
    const count = await flashesLastHour(office, actor.id);
    const standing = { flashesLastHour: count, frozen: (await guardOf(office)).frozen, house: office.house };
    return recordVersion(office, id, key, (current, at, frozen) => flashDraft(current, actor, seen, reason, nowFrozen(standing, frozen), at));
  });
  await tell(office, await everyone(office, 'reviewer', 'publisher', 'duty'), 'flash_published', statement, { by: actor.id, reason });
  return statement;
}

async function flashesLastHour(office: Office, person: string): Promise<number> {
  const since = new Date(Date.parse(instant(office)) - 3_600_000).toISOString();
  const recent = (await office.store.list({ public: true })).filter((line) => line.firstPublishedAt !== null && line.firstPublishedAt > since);
  const statements = await Promise.all(recent.map((line) => office.store.read(line.id)));
  return statements.flatMap((statement) => statement?.timeline ?? []).filter((act) => act.act === 'flashed' && act.by === person && act.at > since).length;
}
