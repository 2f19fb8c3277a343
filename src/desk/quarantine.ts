import type { Office } from '../office.ts';
import { type Actor, holds, readers } from '../statement/guards.ts';
import { quarantineStatement, type Trace, touchedBy } from '../statement/quarantine.ts';
import type { AccountAct, Freezing, Person } from '../store/people.ts';
import { changeAndSignOut } from './accounts.ts';
import { quarantine } from './granting.ts';
import { editStatement, readStatement } from './statement.ts';
import { everyone, tell } from './tell.ts';

export type StatementTrace = Trace & { id: string; reference: string | null; title: string };
export type Traces = {
  statements: readonly StatementTrace[];
  accounts: readonly (AccountAct & { person: string })[];
  freezes: Freezing['acts'];
};

/** Everything that one account did since an instant: on statements, on other accounts, on the freeze. Titles are for readers of what is not public. */
export async function tracesOf(office: Office, reader: Actor, person: string, since: string): Promise<Traces> {
  const statements: StatementTrace[] = [];
  for (const { id, reference, title } of await office.store.list()) {
    const touched = touchedBy(await readStatement(office, id), person, since);
    if (touched !== null) statements.push({ id, reference, title: holds(reader, ...readers) ? title : '', ...touched });
  }
  const isTheirs = ({ at, by }: { at: string; by: string }): boolean => by === person && at >= since;
  const accounts = (await office.people.list()).flatMap(({ id, acts }) => acts.filter(isTheirs).map((act) => ({ ...act, person: id })));
  return { statements, accounts, freezes: (await office.people.freezing()).acts.filter(isTheirs) };
}

/**
 * Disables the account and ends its sessions, then holds back what rests on it. The account comes first, so that nothing new rests on it;
 * broken off in between, the act is repeated.
 */
export async function quarantineAccount(office: Office, actor: Actor, id: string, reason: string): Promise<{ person: Person; held: readonly string[] }> {
  const person = await changeAndSignOut(office, actor, id, (current, scene) => quarantine(current, reason, scene));
  const held: string[] = [];
  for (const { id: statement } of await office.store.list()) {
    const before = await readStatement(office, statement);
    if (quarantineStatement(before, actor, id, reason, before.opened.at) === before) continue;
    const after = await editStatement(office, statement, (current, at) => quarantineStatement(current, actor, id, reason, at));
    const concerned = [...(after.draft?.contributors ?? []), ...(await everyone(office, 'publisher'))];
    await tell(
      office,
      concerned.filter((to) => to !== id),
      'quarantined',
      after,
      { by: actor.id, person: id },
    );
    held.push(statement);
  }
  return { person, held };
}
