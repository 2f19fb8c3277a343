import { refuse } from '../errors.ts';
import { debtLastsMs, newDebt, settleDebt } from './debt.ts';
import { hasOpenDraft, requireKind } from './drafting.ts';
import type { ActName, Approval, Debt, Draft, SignedFile, Statement, Version } from './facts.ts';
import { itemsOf } from './findings.ts';
import { type Actor, requireDraft, requireReason, requireRecent, requireRole, requireSeen, type Seen, system, write } from './guards.ts';
import { type House, moreInSilence, requireUnfrozen } from './house.ts';
import { lintReason } from './linting.ts';
import { checkKind, checkSubmission } from './readiness.ts';
import { approvalLastsMs, type Holders, requireQuorum, requireRoleNow } from './reviewing.ts';
import type { Content, Kind, Language, PerLanguage, WithdrawalCode } from './schema.ts';
import { publicState } from './state.ts';

/** Transitions 8, 9–13, 15, 21 and 23: everything after which a version stands in public, and the schedule that leads there. */

const minute = 60_000;
export const releaseToleranceMs = 30 * minute;
const scheduleWithin = { least: minute, most: 90 * 24 * 60 * minute } as const;
const flashesAnHour = 3;

/** A decision to publish: what becomes public, who stands behind it, and the act that did it. Only `addVersion` turns it into a fact. */
export type Publication = {
  kind: Kind;
  content: Content;
  hash: string;
  text: string;
  withdrawal: { code: WithdrawalCode; reason: PerLanguage } | null;
  by: string;
  contributors: readonly string[];
  approvals: readonly Approval[];
  debt: Debt | null;
  act: ActName;
  note: string;
};

/**
 * Transition 8, and 23 where the statement is withdrawn. The publisher may be the author or an approver: 5 already makes two persons.
 * @throws role_missing, wrong_state, revision_stale, hash_mismatch, step_up_needed, quorum_missing, approver_inactive, approval_old, not_editorial, kind_not_allowed, frozen
 */
export function publishDraft(statement: Statement, actor: Actor, seen: Seen, guard: Guard, at: string): Publication {
  requireRoleNow(actor, guard.holders, 'publisher');
  requireUnfrozen(guard);
  const draft = requireDraft(statement, 'approved', 'publish_failed');
  requireSeen(draft, seen);
  requireRecent(actor);
  return ofDraft(statement, draft, actor, { ...guard, at, notBefore: later(at, -approvalLastsMs) }, 'published', '');
}

/** Transition 13, "embargo broken": a scheduled text goes out now. @throws role_missing, wrong_state, revision_stale, hash_mismatch, reason_missing, step_up_needed, approver_inactive, frozen */
export function releaseNow(statement: Statement, actor: Actor, seen: Seen, reason: string, guard: Guard, at: string): Publication {
  requireRoleNow(actor, guard.holders, 'publisher', 'duty');
  requireUnfrozen(guard);
  const draft = requireDraft(statement, 'scheduled');
  requireSeen(draft, seen);
  requireReason(reason);
  requireRecent(actor);
  return ofDraft(statement, draft, actor, { ...guard, at, notBefore: null }, 'released', reason);
}

/**
 * Transition 11: the clock releases what is due. Guards of 8 except the age of approvals; the person who scheduled must still be publisher.
 * @throws wrong_state, schedule_out_of_range (not due yet, or more than 30 minutes late), frozen, role_missing, approver_inactive, quorum_missing
 */
export function releaseDue(statement: Statement, guard: Guard, at: string): Publication {
  const draft = requireDraft(statement, 'scheduled');
  const { schedule } = draft;
  if (schedule === null || schedule.releaseAt > at) refuse('schedule_out_of_range', 'not due yet');
  if (later(at, -releaseToleranceMs) > schedule.releaseAt) refuse('schedule_out_of_range', 'more than 30 minutes late');
  requireUnfrozen(guard);
  if (!guard.holders.get(schedule.by)?.includes('publisher')) refuse('role_missing', 'the person who scheduled is no longer publisher');
  return ofDraft(statement, draft, system, { ...guard, at, notBefore: null }, 'released', schedule.by);
}

/** How many flashes the person published in the hour before, and how the house stands. */
export type FlashStanding = { flashesLastHour: number; frozen: boolean; house: House };

/** Transition 15. @throws role_missing, wrong_state, revision_stale, hash_mismatch, flash_template, reason_missing, step_up_needed, flash_limit, not_ready, frozen */
export function flashDraft(statement: Statement, actor: Actor, seen: Seen, reason: string, standing: FlashStanding, at: string): Publication {
  requireRole(actor, 'duty');
  requireUnfrozen(standing);
  const draft = requireDraft(statement, 'draft');
  requireSeen(draft, seen);
  const { content } = draft;
  const isPlain =
    content.phase === 'holding' && !content.namesPerson && content.attribution.status === 'not_assessed' && itemsOf(content.findings).length === 0;
  if (draft.template !== 'flash' || draft.kind !== 'first' || !isPlain) refuse('flash_template', 'a flash has the fixed slots of its template only');
  requireReason(reason);
  checkSubmission(statement, draft, standing.house, at);
  requireRecent(actor);
  if (standing.flashesLastHour >= flashesAnHour) refuse('flash_limit', `${flashesAnHour} flashes an hour a person`);
  const debt = newDebt('flash', later(at, debtLastsMs.flash));
  return { ...decisionOf(statement, draft), by: actor.id, approvals: [], debt, act: 'flashed', note: reason };
}

/**
 * Transition 21: one person takes a statement back. Never passes a review; an open draft never stands in the way.
 * @param text the withdrawal's content with its hash and address; `base` is the newest version's text it was made from
 * @throws role_missing, wrong_state, revision_stale (another version came out meanwhile), reason_missing, not_ready (the linter stops the reason), step_up_needed
 */
export function withdrawStatement(
  statement: Statement,
  actor: Actor,
  request: { version: number; withdrawal: NonNullable<Publication['withdrawal']>; house: House },
  text: { content: Content; hash: string; text: string },
  at: string,
): Publication {
  requireRole(actor, 'publisher', 'reviewer', 'duty');
  const state = publicState(statement);
  if (state !== 'live' && state !== 'under_recheck') refuse('wrong_state', `the statement is ${state}`);
  if (statement.versions.length !== request.version)
    refuse('revision_stale', `decided on version ${request.version}, the newest is ${statement.versions.length}`);
  const { first } = request.house;
  const reason = request.withdrawal.reason[first] ?? '';
  requireReason(reason, `reason.${first}`);
  if ([...reason].length > 280) refuse('too_long', 'a public reason has at most 280 characters', [{ field: `reason.${first}`, code: 'too_long' }]);
  const issues = lintReason(request.withdrawal.reason, request.house);
  if (issues.length > 0) refuse('not_ready', 'the public reason leads to the material or names somebody', issues);
  requireRecent(actor);
  const debt = newDebt('withdrawal', later(at, debtLastsMs.withdrawal));
  return {
    kind: 'withdrawal',
    ...text,
    withdrawal: request.withdrawal,
    by: actor.id,
    contributors: [actor.id],
    approvals: [],
    debt,
    act: 'withdrawn',
    note: request.withdrawal.code,
  };
}

/** Facts that only the commit can give. */
export type CommitFacts = Pick<Version, 'at' | 'entry' | 'feedId'> & {
  reference: string;
  statementFeedId: string;
  files: readonly SignedFile[];
  key: { key: string; request: string } | null;
};

/** The statement with the new version: the draft is gone, or after a withdrawal an open one is a plain draft again; older debts of a withdrawn statement are moot. */
export function addVersion(statement: Statement, publication: Publication, facts: CommitFacts): Statement {
  const number = statement.versions.length + 1;
  const { content, kind, withdrawal } = publication;
  const words = (pick: (language: Language) => string | undefined): PerLanguage =>
    Object.fromEntries(content.languages.map((language) => [language, pick(language) ?? '']).filter(([, text]) => text !== ''));
  const version: Version = {
    version: number,
    kind,
    phase: content.phase,
    situation: content.situation,
    incidentStatus: content.incidentStatus,
    languages: [...content.languages],
    title: words((language) => content.texts[language]?.title),
    changeNote: withdrawal ? withdrawal.reason : number > 1 ? words((language) => content.texts[language]?.changeNote) : {},
    correctsVersion: kind === 'correction' ? content.correctsVersion : null,
    nextUpdate: content.nextUpdate,
    at: facts.at,
    by: publication.by,
    hash: publication.hash,
    text: publication.text,
    entry: facts.entry,
    files: [...facts.files],
    feedId: facts.feedId,
    contributors: [...publication.contributors],
    approvals: [...publication.approvals],
    debt: publication.debt,
  };
  const older = kind === 'withdrawal' ? statement.versions.map((item) => settleDebt(item, { moot: { at: facts.at, by: publication.by } })) : statement.versions;
  const draft = kind === 'withdrawal' ? takeBackDraft(statement, { version: number, kind, content }) : null;
  const act = { at: facts.at, by: publication.by, act: publication.act, version: number, note: publication.note, key: facts.key };
  const revisions = statement.revisions.map((item) => (item.text === publication.text ? { ...item, kept: true } : item));
  return write(statement, { reference: facts.reference, feedId: facts.statementFeedId, revisions, versions: [...older, version], draft }, act);
}

/** Transition 9. @throws role_missing, wrong_state, revision_stale, hash_mismatch, schedule_out_of_range, step_up_needed, quorum_missing, approver_inactive, approval_old, not_editorial */
export function scheduleDraft(
  statement: Statement,
  actor: Actor,
  seen: Seen,
  request: { releaseAt: string; key: string },
  guard: Guard,
  at: string,
): Statement {
  requireRole(actor, 'publisher');
  const draft = requireDraft(statement, 'approved', 'publish_failed');
  requireSeen(draft, seen);
  const ahead = Date.parse(request.releaseAt) - Date.parse(at);
  if (!(ahead >= scheduleWithin.least && ahead <= scheduleWithin.most)) {
    refuse('schedule_out_of_range', 'from one minute to 90 days ahead', [{ field: 'releaseAt', code: 'schedule_out_of_range' }]);
  }
  requireRecent(actor);
  requireKind(statement, draft.kind);
  checkKind(draft);
  requireQuorum(draft, guard.holders, { notBefore: later(at, -approvalLastsMs), more: moreInSilence(guard.house, request.releaseAt) });
  const schedule = { at, by: actor.id, ...request };
  return write(statement, { draft: { ...draft, schedule, failure: null } }, { at, by: actor.id, act: 'scheduled', note: request.releaseAt });
}

/** Transition 10, also out of `publish_failed`; keeps the approvals. @throws role_missing, wrong_state, revision_stale, hash_mismatch */
export function unscheduleDraft(statement: Statement, actor: Actor, seen: Seen, at: string): Statement {
  requireRole(actor, 'publisher', 'reviewer', 'duty');
  const draft = requireDraft(statement, 'scheduled', 'publish_failed');
  requireSeen(draft, seen);
  return write(statement, { draft: { ...draft, schedule: null, failure: null } }, { at, by: actor.id, act: 'unscheduled' });
}

/** Transition 12: never a silent late publication. @throws wrong_state */
export function failRelease(statement: Statement, code: string, at: string): Statement {
  const draft = requireDraft(statement, 'scheduled');
  return write(statement, { draft: { ...draft, schedule: null, failure: { at, code } } }, { at, by: system.id, act: 'release-failed', note: code });
}

/** Who holds which role at this moment, whether publishing is frozen, and the windows in which one approval more is asked for. */
export type Guard = { holders: Holders; frozen: boolean; house: Pick<House, 'silences'> };

function ofDraft(
  statement: Statement,
  draft: Draft,
  actor: Actor,
  guard: Guard & { at: string; notBefore: string | null },
  act: ActName,
  note: string,
): Publication {
  requireKind(statement, draft.kind);
  if (draft.base !== null && draft.base.version !== statement.versions.length) refuse('revision_stale', 'another version came out since this draft was opened');
  checkKind(draft);
  const approvals = requireQuorum(draft, guard.holders, { notBefore: guard.notBefore, more: moreInSilence(guard.house, guard.at) });
  return { ...decisionOf(statement, draft), by: actor.id, approvals, debt: null, act, note };
}

/** What a publication of the draft as it stands would make public. */
export function decisionOf(statement: Statement, draft: Draft): Pick<Publication, 'kind' | 'content' | 'hash' | 'text' | 'withdrawal' | 'contributors'> {
  const saved = statement.revisions.find((item) => item.revision === draft.revision);
  if (saved === undefined) refuse('wrong_state', 'the draft has no revision');
  return { kind: draft.kind, content: draft.content, hash: draft.hash, text: saved.text, withdrawal: null, contributors: draft.contributors };
}

function takeBackDraft(statement: Statement, base: NonNullable<Draft['base']>): Draft | null {
  const { draft } = statement;
  if (draft === null || !hasOpenDraft(statement)) return draft;
  return { ...draft, base, submission: null, approvals: [], schedule: null, failure: null };
}

function later(at: string, ms: number): string {
  return new Date(Date.parse(at) + ms).toISOString();
}
