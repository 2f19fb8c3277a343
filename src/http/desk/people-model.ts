import { type AccountLine, accountLog, logOf } from '../../desk/account-log.ts';
import { activeAdministrators, openRequests, requestLastsMs } from '../../desk/granting.ts';
import { rolesHeldNow } from '../../desk/person.ts';
import { instant } from '../../desk/statement.ts';
import { refuse } from '../../errors.ts';
import type { Office } from '../../office.ts';
import { holds } from '../../statement/guards.ts';
import type { Role } from '../../statement/schema.ts';
import type { AccountRequest, Person, Session } from '../../store/people.ts';
import type { SignedIn } from '../session.ts';

/** What screens show of an account: no password, no secret, no id of a session. */
export type AccountRow = {
  id: string;
  name: string;
  held: readonly Role[];
  roles: readonly Role[];
  /** Duties that are not over, the soonest first. */
  duties: readonly Person['grants'][number][];
  createdAt: string;
  disabledAt: string | null;
  seenAt: string | null;
  sessions: readonly Pick<Session, 'createdAt' | 'seenAt'>[];
};
export type Waiting = { account: { id: string; name: string }; request: AccountRequest; endsAt: string; mayConfirm: boolean };

type Shown = { now: string; rows: readonly AccountRow[]; waiting: readonly Waiting[]; administrators: number };

export async function readPeople(office: Office, reader: SignedIn): Promise<Shown> {
  const [everybody, sessions, now] = [await office.people.list(), await office.people.openSessions(), office.now()];
  const among = { everybody, now };
  const rows = everybody.map((person) => toRow(person, sessions, now));
  const waiting = everybody.flatMap((person) => openRequests(person, among).map((request) => toWaiting(person, request, reader)));
  const isOff = ({ disabledAt }: AccountRow): number => Number(disabledAt !== null);
  return {
    now: instant(office),
    rows: rows.sort((left, right) => isOff(left) - isOff(right) || left.name.localeCompare(right.name)),
    waiting: waiting.sort((left, right) => (left.request.at < right.request.at ? -1 : 1)),
    administrators: activeAdministrators(everybody, now).length,
  };
}

/** What a second administrator is needed for; for administrators alone. */
export async function waitingFor(office: Office, reader: SignedIn): Promise<readonly Waiting[]> {
  return holds(reader, 'administrator') ? (await readPeople(office, reader)).waiting : [];
}

/** One account with its own log. @throws person_unknown */
export async function readAccount(
  office: Office,
  reader: SignedIn,
  id: string,
): Promise<Omit<Shown, 'rows'> & { account: AccountRow; lines: readonly AccountLine[] }> {
  const { rows, waiting, ...shown } = await readPeople(office, reader);
  const account = rows.find((row) => row.id === id) ?? refuse('person_unknown', `there is no person ${id}`);
  const person = await office.people.find(id);
  return { ...shown, account, waiting: waiting.filter((item) => item.account.id === id), lines: person ? logOf(person) : [] };
}

export async function lastLines(office: Office, count: number): Promise<readonly AccountLine[]> {
  return (await accountLog(office)).slice(0, count);
}

function toRow(person: Person, sessions: readonly Session[], now: number): AccountRow {
  const { id, name, roles, createdAt, disabledAt, signedInAt } = person;
  const own = sessions.filter((session) => session.person === id).map((session) => ({ createdAt: session.createdAt, seenAt: session.seenAt }));
  return {
    ...{ id, name, roles, createdAt, disabledAt },
    held: rolesHeldNow(person, now),
    duties: person.grants.filter(({ until }) => Date.parse(until) > now).sort((left, right) => (left.from < right.from ? -1 : 1)),
    seenAt:
      [signedInAt, ...own.map(({ seenAt }) => seenAt)]
        .filter((at): at is string => at !== null)
        .sort()
        .at(-1) ?? null,
    sessions: own,
  };
}

function toWaiting({ id, name }: Person, request: AccountRequest, reader: SignedIn): Waiting {
  const endsAt = new Date(Date.parse(request.at) + requestLastsMs).toISOString();
  const mayConfirm = holds(reader, 'administrator') && request.by !== reader.id && id !== reader.id;
  return { account: { id, name }, request, endsAt, mayConfirm };
}
