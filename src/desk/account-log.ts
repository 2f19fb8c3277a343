import type { Office } from '../office.ts';
import type { Ask, Freezing, Person } from '../store/people.ts';

/** One line of what was done on accounts and with the freeze: on whom (`person`, null for the freeze), by whom, and for what two were asked. */
export type AccountLine = {
  at: string;
  by: string;
  act: Person['acts'][number]['act'] | Freezing['acts'][number]['act'];
  person: string | null;
  ask: Ask | null;
  askedBy: string | null;
  note: string;
};

/** The house's log of acts on accounts, newest first: kept with each account and with the freeze, put together here. */
export async function accountLog(office: Office): Promise<readonly AccountLine[]> {
  const freezes = (await office.people.freezing()).acts.map((line) => ({ ...line, person: null, ask: null, askedBy: null }));
  const lines = (await office.people.list()).flatMap(logOf);
  return [...lines, ...freezes.reverse()].sort(newestFirst);
}

export function logOf({ id, acts }: Person): readonly AccountLine[] {
  // Of one instant the later line comes first: the order is kept by a sort that is stable.
  return acts
    .map((line) => ({ ...line, person: id }))
    .reverse()
    .sort(newestFirst);
}

function newestFirst(left: AccountLine, right: AccountLine): number {
  return left.at < right.at ? 1 : left.at > right.at ? -1 : 0;
}
