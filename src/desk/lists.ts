import type { Office } from '../office.ts';
import { fold } from '../press/fold.ts';
import { type Actor, holds, readers } from '../statement/guards.ts';
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
};

/** What waits on the desk, most urgent first: a promise that has passed, a debt with its clock, then the work by state. @param asked words of a title or a reference; empty for everything */
export async function listDesk(office: Office, actor: Actor, asked: string): Promise<DeskLists> {
  const now = instant(office);
  const words = fold(asked)
    .split(/\s+/)
    .filter((word) => word !== '');
  const all = holds(actor, ...readers) ? await office.store.list() : [];
  const lines = words.length === 0 ? all : all.filter((line) => words.every((word) => foldedOf(line).includes(word)));
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
    live: lines.filter((line) => line.public !== 'none'),
    notices: await office.outbox.notices(actor.id),
  };
}

const folded = new WeakMap<StatementLine, string>();

/** What a line is found by; a line is another one after each change. */
function foldedOf(line: StatementLine): string {
  const known = folded.get(line) ?? fold(`${line.title} ${line.reference ?? ''}`);
  folded.set(line, known);
  return known;
}
