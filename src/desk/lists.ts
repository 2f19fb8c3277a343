import type { Office } from '../office.ts';
import type { Actor } from '../statement/guards.ts';
import type { Notice } from '../store/outbox.ts';
import type { StatementLine } from '../store/store.ts';
import { instant } from './statement.ts';

export type DeskLists = {
  now: string;
  overdue: readonly StatementLine[];
  debts: readonly StatementLine[];
  rechecks: readonly StatementLine[];
  failed: readonly StatementLine[];
  toReview: readonly StatementLine[];
  approved: readonly StatementLine[];
  scheduled: readonly StatementLine[];
  mine: readonly StatementLine[];
  others: readonly StatementLine[];
  live: readonly StatementLine[];
  notices: readonly Notice[];
  minutesBetween(from: string, to: string): number;
};

/** What waits on the desk, most urgent first: a promise that has passed, a debt with its clock, then the work by state. */
export async function listDesk(office: Office, actor: Actor): Promise<DeskLists> {
  const now = instant(office);
  // An administrator has no content rights: titles of drafts are content.
  const isReader = actor.roles.some((role) => role !== 'administrator');
  const lines = isReader ? await office.store.list() : [];
  const working = lines.filter((line) => line.work === 'draft' || line.work === 'changes_requested');
  const isMine = (line: StatementLine): boolean => line.contributors.includes(actor.id);
  const standing = lines.filter((line) => line.public === 'live' || line.public === 'under_recheck');
  return {
    now,
    overdue: standing.filter((line) => line.nextUpdateAt !== null && line.nextUpdateAt < now),
    debts: lines.filter((line) => line.debts.length > 0),
    rechecks: lines.filter((line) => line.public === 'under_recheck'),
    failed: lines.filter((line) => line.work === 'publish_failed'),
    toReview: lines.filter((line) => line.work === 'in_review'),
    approved: lines.filter((line) => line.work === 'approved'),
    scheduled: lines.filter((line) => line.work === 'scheduled'),
    mine: working.filter(isMine),
    others: working.filter((line) => !isMine(line)),
    live: lines.filter((line) => line.public !== 'none').slice(0, 50),
    notices: await office.outbox.notices(actor.id),
    minutesBetween: (from, to) => Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000)),
  };
}
