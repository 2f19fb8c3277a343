import type { Debt, DebtState, Draft, Notice, PublicRedaction, PublicState, PublicStatement, Statement, Version, WorkState } from './facts.ts';
import { quorumOf } from './quorum.ts';
import type { RedactionGround } from './schema.ts';

/** Both states of a statement, derived from its facts and stored nowhere (workflow.md, "Two axes"). */

/** State of the one open draft; without one, `published` or `none`. */
export function workState({ draft, versions }: Pick<Statement, 'draft' | 'versions'>): WorkState {
  if (draft === null) return versions.length > 0 ? 'published' : 'none';
  if (draft.discarded) return 'discarded';
  if (draft.schedule) return 'scheduled';
  if (draft.failure) return 'publish_failed';
  if (draft.submission === null) return draft.returned ? 'changes_requested' : 'draft';
  return validApprovals(draft).length >= quorumOf(draft.content, draft.base?.content ?? null) ? 'approved' : 'in_review';
}

/** Approvals that bind the text as it stands now; nobody counts twice. */
export function validApprovals(draft: Draft): readonly Draft['approvals'][number][] {
  const latest = new Map(draft.approvals.filter((approval) => approval.hash === draft.hash).map((approval) => [approval.by, approval]));
  return [...latest.values()];
}

/** What both states need of the public facts. */
type PublicFacts = { versions: readonly Pick<Version, 'version' | 'kind' | 'entry'>[]; notices: readonly Pick<Notice, 'event' | 'version' | 'entry' | 'at'>[] };

export function publicState(statement: PublicFacts): PublicState {
  const last = statement.versions.at(-1);
  if (last === undefined) return 'none';
  if (last.kind === 'withdrawal') return 'withdrawn';
  if (statement.notices.some((item) => item.event === 'redacted' && item.version === last.version)) return 'redacted';
  return recheckSince(statement) === null ? 'live' : 'under_recheck';
}

/** When the open recheck began, or null. It ends by a notice, a correction or a withdrawal; never by an update or by itself. */
export function recheckSince(statement: PublicFacts): string | null {
  const notice = statement.notices.findLast((item) => item.event === 'recheck' || item.event === 'recheck-ended');
  if (notice === undefined || notice.event === 'recheck-ended') return null;
  const ended = statement.versions.some((version) => version.entry > notice.entry && (version.kind === 'correction' || version.kind === 'withdrawal'));
  return ended ? null : notice.at;
}

export function debtState(debt: Debt | null): DebtState {
  if (debt === null) return 'none';
  if (debt.disowned) return 'disowned';
  if (debt.endorsed) return 'endorsed';
  return debt.moot ? 'moot' : 'owed';
}

export function owedDebts(statement: Statement): readonly (Version & { debt: Debt })[] {
  return statement.versions.filter((version): version is Version & { debt: Debt } => debtState(version.debt) === 'owed');
}

/** When and why a version lost its text, or null. */
export function redactionOf(notices: readonly Omit<Notice, 'by' | 'reason'>[], version: number): PublicRedaction | null {
  const notice = notices.find((item) => item.event === 'redacted' && item.version === version);
  return notice?.ground === undefined ? null : { at: notice.at, entry: notice.entry, ground: notice.ground };
}

/** A statement as it has to be shown when a redaction is known that its own facts, from before it, do not have. */
export function withoutRedacted(statement: PublicStatement, known: readonly { version: number; ground: RedactionGround; at: string }[]): PublicStatement {
  const entry = Math.max(...[...statement.versions, ...statement.notices].map((fact) => fact.entry));
  const versions = statement.versions.map((item) => {
    const found = known.find(({ version }) => version === item.version);
    return found ? { ...item, title: {}, changeNote: {}, redacted: { at: found.at, entry, ground: found.ground } } : item;
  });
  const notices = known.map(({ version, ground, at }) => ({ at, event: 'redacted' as const, version, entry, ground }));
  return { ...statement, versions, notices: [...statement.notices, ...notices] };
}

/** What the press may see of a statement: nothing private, no person. Null before the first version. */
export function publicStatement(statement: Statement): PublicStatement | null {
  if (statement.reference === null || statement.feedId === null || statement.versions.length === 0) return null;
  return {
    reference: statement.reference,
    feedId: statement.feedId,
    versions: statement.versions.map(({ by: _by, contributors: _contributors, approvals: _approvals, text: _text, debt, ...shown }) => ({
      ...shown,
      redacted: redactionOf(statement.notices, shown.version),
      debt: debt && {
        because: debt.because,
        dueAt: debt.dueAt,
        endorsedAt: debt.endorsed?.at ?? null,
        disownedAt: debt.disowned?.at ?? null,
        mootAt: debt.moot?.at ?? null,
      },
    })),
    notices: statement.notices.map(({ by: _by, reason: _reason, ...shown }) => shown),
  };
}
