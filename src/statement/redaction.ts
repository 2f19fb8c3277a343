import { refuse } from '../errors.ts';
import { withoutPastWords } from './commenting.ts';
import { hasOpenDraft } from './drafting.ts';
import { type Notice, ownFiles, type Statement, type Version } from './facts.ts';
import { type Actor, requireReason, requireRecent, requireRole, write } from './guards.ts';
import { requireUnfrozen } from './house.ts';
import type { Holders } from './reviewing.ts';
import type { RedactionGround } from './schema.ts';
import { redactionOf } from './state.ts';

/** Transition 24: a version loses its text, by law or for somebody's safety. Two publishers; hash, entry and proof stay (record.md, "Redaction"). */

/** The statement without the text, and what its log entry says. */
export type Redacted = { statement: Statement; redacts: { version: number; ground: RedactionGround; files: string[] } };
type Logged = { at: string; entry: number; key: { key: string; request: string } | null };

/** The first publisher asks. @throws role_missing, version_unknown, wrong_state (asked already, or gone already), reason_missing, step_up_needed */
export function askRedaction(statement: Statement, actor: Actor, request: { version: number; ground: RedactionGround; reason: string }, at: string): Statement {
  requireRole(actor, 'publisher');
  if (statement.redaction !== null) refuse('wrong_state', 'another redaction waits for its second publisher');
  requireText(statement, request.version);
  requireReason(request.reason);
  requireRecent(actor);
  const act = { at, by: actor.id, act: 'redaction-asked', version: request.version, note: `${request.ground}: ${request.reason}` } as const;
  const redaction = { ...request, newest: statement.versions.length, at, by: actor.id };
  return write(statement, { redaction }, act);
}

/** Any publisher takes the request back, or says no to it. @throws role_missing, wrong_state */
export function dropRedaction(statement: Statement, actor: Actor, at: string): Statement {
  requireRole(actor, 'publisher');
  const { version } = requireAsked(statement, null);
  return write(statement, { redaction: null }, { at, by: actor.id, act: 'redaction-dropped', version });
}

/**
 * A second publisher agrees: the facts lose title and change note, and the notice says why. A draft that was discarded goes as well, and
 * the words of comments on earlier drafts, for they may repeat what must not be kept.
 * @param seen the request that the person had on screen: its version, and when it was made
 * @throws role_missing, wrong_state, revision_stale, same_person, approver_inactive (the first one is no publisher any more), draft_open, step_up_needed, frozen (what is taken for good waits until the house is sure of its people)
 */
export function redactVersion(
  statement: Statement,
  actor: Actor,
  seen: { version: number; askedAt: string },
  guard: { holders: Holders; frozen: boolean },
  logged: Logged,
): Redacted {
  requireRole(actor, 'publisher');
  requireUnfrozen(guard);
  const asked = requireAsked(statement, seen);
  requireText(statement, asked.version);
  if (statement.versions.length !== asked.newest) refuse('revision_stale', 'a version came out since this was asked, and may repeat the text');
  if (asked.by === actor.id) refuse('same_person', `${actor.id} asked for this redaction and cannot be the second publisher`);
  if (!guard.holders.get(asked.by)?.includes('publisher')) refuse('approver_inactive', `${asked.by} is no publisher any more`);
  if (isBegunFrom(statement, asked.version)) refuse('draft_open', 'the open draft repeats this text');
  requireRecent(actor);
  return takeText(statement, { ...asked, by: actor.id }, logged);
}

/** Takes a text away again that two publishers took before, in a store that was restored from before it. @throws version_unknown, wrong_state */
export function redactAgain(statement: Statement, known: { version: number; ground: RedactionGround }, by: string, logged: Logged): Redacted {
  requireText(statement, known.version);
  const draft = isBegunFrom(statement, known.version) ? null : statement.draft;
  return takeText({ ...statement, draft }, { ...known, reason: '', by }, logged);
}

function isBegunFrom(statement: Statement, version: number): boolean {
  return hasOpenDraft(statement) && statement.draft?.base?.version === version;
}

type Taking = { version: number; ground: RedactionGround; reason: string; by: string };

function takeText(statement: Statement, { version, ground, reason, by }: Taking, { at, entry, key }: Logged): Redacted {
  const { files } = requireText(statement, version);
  const notice: Notice = { at, by, event: 'redacted', version, entry, reason, ground };
  const changes: Partial<Statement> = {
    redaction: null,
    draft: hasOpenDraft(statement) ? statement.draft : null,
    comments: withoutPastWords(statement),
    revisions: dropRevisions(statement, textsToDrop(statement, version, at)),
    versions: statement.versions.map((item) => (item.version === version ? withoutWords(item) : item)),
    notices: [...statement.notices, notice],
  };
  const redacts = { version, ground, files: ownFiles(files).map(({ name }) => name) };
  return { statement: write(statement, changes, { at, by, act: 'redacted', version, note: `${ground}: ${reason}`, key }), redacts };
}

/**
 * Addresses of the working texts that go with a version's text: its own, and what was ever saved of this statement up to `until`, for a
 * draft begins with the text before it. Texts of other versions stay, and the one of the open draft.
 */
export function textsToDrop(statement: Statement, number: number, until: string): readonly string[] {
  const { versions, revisions, timeline, notices, draft } = statement;
  const kept = versions.filter(({ version }) => version !== number && redactionOf(notices, version) === null).map((version) => version.text);
  const open = hasOpenDraft(statement) ? revisions.filter(({ revision }) => revision === draft?.revision).map((item) => item.text) : [];
  const conflicts = timeline.filter((line) => line.act === 'conflicted' && line.at <= until).map((line) => line.note);
  const saved = revisions.filter((item) => item.at <= until).map((item) => item.text);
  const own = versions.filter(({ version }) => version === number).map((version) => version.text);
  return [...new Set([...own, ...saved, ...conflicts])].filter((text) => !kept.includes(text) && !open.includes(text));
}

/** The revisions, those with a text that is gone marked. */
export function dropRevisions({ revisions }: Statement, gone: readonly string[]): Statement['revisions'] {
  return revisions.map((item) => (gone.includes(item.text) ? { ...item, dropped: true } : item));
}

/** A version as its redaction leaves it. */
export function withoutWords(version: Version): Version {
  return { ...version, title: {}, changeNote: {} };
}

function requireText(statement: Statement, number: number): Version {
  const version = statement.versions[number - 1] ?? refuse('version_unknown', `there is no version ${number}`);
  if (redactionOf(statement.notices, number) !== null) refuse('wrong_state', `version ${number} has no text any more`);
  return version;
}

function requireAsked(statement: Statement, seen: { version: number; askedAt: string } | null): NonNullable<Statement['redaction']> {
  const { redaction } = statement;
  if (redaction === null) refuse('wrong_state', 'nobody asked for a redaction');
  if (seen !== null && (redaction.version !== seen.version || redaction.at !== seen.askedAt)) refuse('revision_stale', 'another redaction is asked for by now');
  return redaction;
}
