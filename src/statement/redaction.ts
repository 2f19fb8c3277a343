import { refuse } from '../errors.ts';
import { hasOpenDraft } from './drafting.ts';
import type { Notice, Statement, Version } from './facts.ts';
import { type Actor, requireReason, requireRecent, requireRole, write } from './guards.ts';
import type { Holders } from './reviewing.ts';
import type { RedactionGround } from './schema.ts';
import { redactionOf } from './state.ts';

/** Transition 24: a version loses its text, by law or for somebody's safety. Two publishers; hash, entry and proof stay (record.md, "Redaction"). */

type Logged = { at: string; entry: number; key: { key: string; request: string } | null };

/** The first publisher asks. @throws role_missing, version_unknown, wrong_state (asked already, or gone already), reason_missing, step_up_needed */
export function askRedaction(statement: Statement, actor: Actor, request: { version: number; ground: RedactionGround; reason: string }, at: string): Statement {
  requireRole(actor, 'publisher');
  if (statement.redaction !== null) refuse('wrong_state', 'another redaction waits for its second publisher');
  requireText(statement, request.version);
  requireReason(request.reason);
  requireRecent(actor);
  const act = { at, by: actor.id, act: 'redaction-asked', version: request.version, note: `${request.ground}: ${request.reason}` } as const;
  return write(statement, { redaction: { ...request, at, by: actor.id } }, act);
}

/** Any publisher takes the request back, or says no to it. @throws role_missing, wrong_state */
export function dropRedaction(statement: Statement, actor: Actor, at: string): Statement {
  requireRole(actor, 'publisher');
  const { version } = requireAsked(statement, null);
  return write(statement, { redaction: null }, { at, by: actor.id, act: 'redaction-dropped', version });
}

/**
 * A second publisher agrees: the facts lose title and change note, and the notice says why. A draft that was discarded goes as well, for
 * it may repeat what must not be kept.
 * @param version the version that the person had on screen
 * @throws role_missing, wrong_state, revision_stale, same_person, approver_inactive (the first one is no publisher any more), draft_open, step_up_needed
 */
export function redactVersion(statement: Statement, actor: Actor, version: number, holders: Holders, { at, entry, key }: Logged): Statement {
  requireRole(actor, 'publisher');
  const asked = requireAsked(statement, version);
  requireText(statement, asked.version);
  if (asked.by === actor.id) refuse('same_person', `${actor.id} asked for this redaction and cannot be the second publisher`);
  if (!holders.get(asked.by)?.includes('publisher')) refuse('approver_inactive', `${asked.by} is no publisher any more`);
  if (hasOpenDraft(statement) && statement.draft?.base?.version === asked.version) refuse('draft_open', 'the open draft repeats this text');
  requireRecent(actor);
  const { reason, ground } = asked;
  const notice: Notice = { at, by: actor.id, event: 'redacted', version: asked.version, entry, reason, ground };
  const gone = new Set(textsToDrop(statement, asked.version, at));
  const changes: Partial<Statement> = {
    redaction: null,
    draft: hasOpenDraft(statement) ? statement.draft : null,
    revisions: statement.revisions.map((item) => (gone.has(item.text) ? { ...item, dropped: true } : item)),
    versions: statement.versions.map((item) => (item.version === asked.version ? { ...item, title: {}, changeNote: {} } : item)),
    notices: [...statement.notices, notice],
  };
  return write(statement, changes, { at, by: actor.id, act: 'redacted', version: asked.version, note: `${ground}: ${reason}`, key });
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

function requireText(statement: Statement, number: number): Version {
  const version = statement.versions[number - 1] ?? refuse('version_unknown', `there is no version ${number}`);
  if (redactionOf(statement.notices, number) !== null) refuse('wrong_state', `version ${number} has no text any more`);
  return version;
}

function requireAsked(statement: Statement, version: number | null): NonNullable<Statement['redaction']> {
  const { redaction } = statement;
  if (redaction === null) refuse('wrong_state', 'nobody asked for a redaction');
  if (version !== null && redaction.version !== version) refuse('revision_stale', `the redaction asked for is of version ${redaction.version}`);
  return redaction;
}
