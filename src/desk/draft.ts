import { setTimeout as sleep } from 'node:timers/promises';
import { type Issue, OnrecordError, refuse } from '../errors.ts';
import { signedContent } from '../ledger/revision.ts';
import type { Office } from '../office.ts';
import { discardDraft, isSameText, keepConflict, openDraft, openStatement, recallDraft, requireKind, saveDraft, submitDraft } from '../statement/drafting.ts';
import type { Draft, Statement } from '../statement/facts.ts';
import type { Actor, Seen } from '../statement/guards.ts';
import type { Content, Kind, Texts } from '../statement/schema.ts';
import { sections } from '../statement/sections.ts';
import { publicState } from '../statement/state.ts';
import { editStatement, instant, keptText, newestText, readStatement, requireNewest } from './statement.ts';
import { tell } from './tell.ts';
import { withTemplate } from './template.ts';
import { newText } from './text.ts';

/** Below this share of free disk only what is public already can be moved: publishing and withdrawing must still fit. */
const leastFree = 0.1;

/** @throws disk_full */
async function requireRoom(office: Office): Promise<void> {
  if ((await office.freeDisk()) < leastFree) refuse('disk_full', 'no new drafts: less than 10 % of the disk is free');
}

/** Opens a statement from a template's text; a flash also on a full disk. @param id a new random id */
export async function openFirstDraft(office: Office, actor: Actor, id: string, template: string, content: Content): Promise<Statement> {
  if (template !== 'flash') await requireRoom(office);
  const text = newText(office, 'first', content);
  const statement = await office.store.edit(id, (current) =>
    current ? { statement: current } : { statement: openStatement(id, actor, template, text, instant(office)), texts: [keptText(text)] },
  );
  office.count('onrecord_acts_total', { act: 'opened' });
  return statement;
}

/**
 * Opens the draft of the next version from the newest one's text; what belonged to that version alone is cleared, and a template
 * brings its words.
 */
export async function openNextDraft(office: Office, actor: Actor, id: string, kind: Kind, template: string | null = null): Promise<Statement> {
  await requireRoom(office);
  const before = await readStatement(office, id);
  requireKind(before, kind);
  const base = await newestText(office, before);
  const next = nextContent(before, base, kind);
  const text = newText(office, kind, template === null ? next : withTemplate(office, next, kind, template));
  const open = (statement: Statement, at: string): Statement => {
    const opened = openDraft(statement, actor, text, base, at, template ?? kind);
    requireNewest(before, statement);
    return opened;
  };
  return editStatement(office, id, open, [text]);
}

/** The newest text as the next draft starts with it: no change note, no correction, and a phase that can be published again. */
export function nextContent(statement: Statement, base: Content, kind: Kind): Content {
  const keepsFacts = kind === 'editorial' || kind === 'translation';
  const phase = publicState(statement) === 'withdrawn' || (base.phase === 'holding' && !keepsFacts) ? 'update' : base.phase;
  const nextUpdate = keepsFacts ? base.nextUpdate : null;
  return { ...base, phase, nextUpdate, correctsVersion: kind === 'correction' ? statement.versions.length : null, texts: withoutNotes(base.texts) };
}

/** Texts without what was said of one version alone. */
export function withoutNotes(texts: Content['texts']): Content['texts'] {
  const cleared = Object.entries(texts).map(([language, words]): [string, Texts] => [language, { ...words, changeNote: '', wasWrong: '', isRight: '' }]);
  return Object.fromEntries(cleared);
}

/**
 * Saves the working text. The loser of a race keeps theirs, also where the draft was scheduled or published meanwhile: it is
 * stored for ever, and the refusal follows.
 * @throws whatever saveDraft refuses
 */
export async function saveText(office: Office, actor: Actor, id: string, revision: number, kind: Kind, content: Content): Promise<Statement> {
  const text = newText(office, kind, content);
  const before = await readStatement(office, id);
  try {
    const saved = await editStatement(office, id, (statement, at) => saveDraft(statement, actor, revision, text, at), [text]);
    if (saved.timeline.at(-1)?.act === 'approvals-void' && saved.generation !== before.generation) await tellApprovalsVoid(office, actor, before, saved);
    return saved;
  } catch (error) {
    const isLate = error instanceof OnrecordError && (error.code === 'revision_stale' || error.code === 'wrong_state');
    if (isLate && !isSameText(before, text)) {
      await editStatement(office, id, (statement, at) => keepConflict(statement, actor, revision, text, at), [text]);
    }
    throw error;
  }
}

export async function submit(office: Office, actor: Actor, id: string, seen: Seen): Promise<Statement> {
  const statement = await readStatement(office, id);
  if (statement.draft !== null) {
    await requireRenderable(office, statement.draft.content);
    await requireValidCsaf(office, statement, statement.draft);
  }
  return editStatement(office, id, (statement, at) => submitDraft(statement, actor, seen, office.house, at));
}

/** A text that takes the Markdown gate too long would stand in public as plain text. @throws not_ready naming each section */
async function requireRenderable(office: Office, { languages, texts }: Content): Promise<void> {
  const parts = languages.flatMap((language) => sections.map((section) => ({ field: `texts.${language}.${section}`, text: texts[language]?.[section] ?? '' })));
  const issues: Issue[] = [];
  for (const { field, text } of parts) {
    await office.markdown(text).catch((error: unknown) => {
      if (!(error instanceof OnrecordError)) throw error;
      issues.push({ field, code: 'too_complex' });
    });
  }
  if (issues.length > 0) throw new OnrecordError('not_ready', 'a section cannot be rendered in time', { issues });
}

/** No submission waits longer for a validator that does not answer. */
const validatorPatienceMs = 2_000;

/**
 * A document that CSAF validators would refuse is never listed (record.md, "Commit order"). The reference is only known at publication. A
 * validator that fails says nothing against a text. @throws not_ready with each place in the document
 */
async function requireValidCsaf({ csaf, agency, now, log }: Office, { reference, versions }: Statement, { kind, content }: Draft): Promise<void> {
  if (csaf === null || content.exercise) return;
  const at = new Date(Math.max(now(), Date.parse(versions.at(-1)?.at ?? '') + 1 || 0)).toISOString();
  const newest = { version: versions.length + 1, kind, languages: content.languages, at };
  const signed = signedContent(kind, content, agency.origin);
  const files = csaf.filesOf({ reference: reference ?? '2000-0001', versions: [...versions, newest], signed, salt: '0'.repeat(32) });
  const checks = Promise.all(files.map(({ body }) => csaf.check(body))).catch((error: unknown) => {
    log.error({ err: error }, 'the CSAF validator failed; the text goes on');
    return [];
  });
  const objections = (await Promise.race([checks, sleep(validatorPatienceMs, [], { ref: false })])).flat();
  const issues = objections.map(({ path, message }) => ({ field: 'csaf', code: 'csaf_invalid', values: { path, message } }));
  if (issues.length > 0) throw new OnrecordError('not_ready', 'the CSAF document is not valid', { issues });
}

export function recall(office: Office, actor: Actor, id: string, seen: Seen): Promise<Statement> {
  return editStatement(office, id, (statement, at) => recallDraft(statement, actor, seen, at));
}

export function discard(office: Office, actor: Actor, id: string, seen: Seen, reason: string): Promise<Statement> {
  return editStatement(office, id, (statement, at) => discardDraft(statement, actor, seen, reason, at));
}

async function tellApprovalsVoid(office: Office, actor: Actor, before: Statement, saved: Statement): Promise<void> {
  const draft = before.draft;
  const concerned = [draft?.opened.by, draft?.submission?.by, ...(draft?.approvals.map((approval) => approval.by) ?? [])];
  const to = concerned.filter((id): id is string => id !== undefined && id !== actor.id);
  await tell(office, to, 'approvals_void', saved, { by: actor.id });
}
