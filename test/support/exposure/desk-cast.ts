import { createHash, randomBytes } from 'node:crypto';
import type { Office } from '../../../src/office.ts';
import type { Role } from '../../../src/statement/schema.ts';
import { hire } from '../accounts.ts';

/** Who asks: each role alone, together where that matters, and people whose account or session no longer counts. */

export type Subject = {
  id: string;
  roles: readonly Role[];
  account?: 'none' | 'disabled';
  session?: 'none' | 'idle' | 'too long' | 'stale';
};

export const subjects: readonly Subject[] = [
  { id: 'nobody', roles: [], account: 'none', session: 'none' },
  { id: 'noel', roles: [] },
  { id: 'amina', roles: ['author'] },
  { id: 'anselm', roles: ['author'] },
  { id: 'rene', roles: ['reviewer'] },
  { id: 'nadia', roles: ['reviewer'] },
  { id: 'paula', roles: ['publisher'] },
  { id: 'pia', roles: ['publisher'] },
  { id: 'marek', roles: ['duty'] },
  { id: 'ines', roles: ['auditor'] },
  { id: 'tomas', roles: ['administrator'] },
  { id: 'rosa', roles: ['reviewer', 'publisher'] },
  { id: 'mila', roles: ['author', 'duty'] },
  { id: 'xenia', roles: ['auditor', 'administrator'] },
  { id: 'eva', roles: ['author', 'reviewer', 'publisher', 'duty', 'auditor', 'administrator'] },
  { id: 'dora', roles: ['reviewer', 'publisher', 'administrator'], account: 'disabled' },
  { id: 'ida', roles: ['author', 'reviewer', 'publisher'], session: 'idle' },
  { id: 'otto', roles: ['publisher', 'administrator'], session: 'too long' },
  { id: 'sara', roles: ['reviewer', 'publisher'], session: 'stale' },
  { id: 'stan', roles: ['duty', 'administrator'], session: 'stale' },
];

/** Others who have a part in the scenes: the approver, who published, and two administrators. */
const others: readonly Subject[] = [
  { id: 'claire', roles: ['reviewer'] },
  { id: 'jonas', roles: ['publisher'] },
  { id: 'oona', roles: ['administrator'] },
  { id: 'olga', roles: ['administrator'] },
];

/** Whether this person is signed in at all. */
export const isIn = ({ account, session }: Subject): boolean => account === undefined && (session === undefined || session === 'stale');

export const isHeld = ({ subject }: { subject: Subject }, ...roles: readonly Role[]): boolean => roles.some((role) => subject.roles.includes(role));

const minute = 60_000;

export async function hireCast(office: Office): Promise<void> {
  for (const subject of [...subjects, ...others]) if (subject.account !== 'none') await hireAs(office, subject);
}

/** An account with exactly these roles, duty as a grant of a day. */
export async function hireAs(office: Office, { id, roles, account }: Subject): Promise<void> {
  if ((await office.people.find(id)) === undefined) await hire(office, id, 'author');
  const at = (ms: number): string => new Date(office.now() + ms).toISOString();
  const grants = roles.includes('duty') ? [{ role: 'duty' as const, from: at(-minute), until: at(24 * 60 * minute), by: 'oona', confirmedBy: 'olga' }] : [];
  await office.people.edit(id, (person) => {
    if (person === undefined) throw new Error(`no ${id}`);
    return { ...person, roles: roles.filter((role) => role !== 'duty'), grants, disabledAt: account === 'disabled' ? at(-minute) : null };
  });
}

/** A session as the desk keeps it, begun and proved when it has to have been; nobody has none. Gives the cookie. */
export async function openSession(office: Office, { id, session }: Subject): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  const ago = (minutes: number): string => new Date(office.now() - minutes * minute).toISOString();
  const [created, seen, proved] = sessionAges[session ?? 'fresh'];
  const facts = { person: id, createdAt: ago(created), seenAt: ago(seen), steppedUpAt: ago(proved), data: {} };
  if (session !== 'none') await office.people.saveSession(sessionHashOf(`onrecord=${secret}`), facts, true);
  return `onrecord=${secret}`;
}

/** Minutes since the session began, was last used, and presence was proved. */
const sessionAges = { fresh: [0, 0, 0], none: [0, 0, 0], idle: [20, 16, 20], 'too long': [481, 0, 0], stale: [20, 0, 6] } as const;

export const sessionHashOf = (cookie: string): string => createHash('sha256').update(cookie.slice('onrecord='.length)).digest('hex');
