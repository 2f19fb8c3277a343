import { placeHash } from '../../../src/desk/comment.ts';
import { openNextDraft } from '../../../src/desk/draft.ts';
import { flash } from '../../../src/desk/flash.ts';
import { publish } from '../../../src/desk/publish.ts';
import { requestRedaction } from '../../../src/desk/redact.ts';
import { instant, keptText } from '../../../src/desk/statement.ts';
import { newText } from '../../../src/desk/text.ts';
import { beginRecheck, withdraw } from '../../../src/desk/withdraw.ts';
import type { Office } from '../../../src/office.ts';
import { addComment } from '../../../src/statement/commenting.ts';
import { discardDraft, openStatement, saveDraft, submitDraft } from '../../../src/statement/drafting.ts';
import type { Statement } from '../../../src/statement/facts.ts';
import type { Actor } from '../../../src/statement/guards.ts';
import { failRelease, scheduleDraft } from '../../../src/statement/publishing.ts';
import { approveDraft, sendBack } from '../../../src/statement/reviewing.ts';
import type { Role } from '../../../src/statement/schema.ts';
import { artefact } from '../findings.ts';
import { guard } from '../people.ts';
import { draftOf, readyContent, seenOf, withText } from '../statements.ts';

/** Statements in every state, made as often as they are needed: the text of two people, `amina` who opened it and `nadia`. */

export const states = [
  ...(['draft', 'in_review', 'changes_requested', 'approved', 'scheduled', 'publish_failed', 'discarded', 'flash_draft'] as const),
  ...(['live', 'live_draft', 'doubted', 'withdrawn', 'flashed', 'redaction_asked'] as const),
] as const;
export type State = (typeof states)[number];

const actor = (id: string, ...roles: Role[]): Actor => ({ id, roles, recent: true });
const [amina, nadia, mila] = [actor('amina', 'author'), actor('nadia', 'reviewer'), actor('mila', 'author', 'duty')];
const [claire, jonas, pia] = [actor('claire', 'reviewer'), actor('jonas', 'publisher'), actor('pia', 'publisher')];

/** A statement that nothing has been asked of yet. */
export async function makeStatement(office: Office, state: State): Promise<Statement> {
  if (state === 'flashed') return flashed(office);
  const drafted = isPublic(state) ? 'approved' : state;
  const id = office.random(10).toString('hex');
  const at = instant(office);
  const later = (minutes: number): string => new Date(office.now() + minutes * 60_000).toISOString();
  const findings = { artefacts: [artefact({ label: { en: 'An archive' } })], collections: [] };
  const facts = { awareAt: later(-60), nextUpdate: { type: 'by', at: later(drafted === 'flash_draft' ? 60 : 90) } } as const;
  const content = readyContent({ ...facts, ...(drafted !== 'flash_draft' && { findings }) });
  const [first, second] = [newText(office, 'first', content), newText(office, 'first', withText(content, { doing: 'We are looking.' }))];
  const opened = drafted === 'flash_draft' ? openStatement(id, mila, 'flash', first, at) : openStatement(id, amina, 'holding', first, at);
  const written = drafted === 'flash_draft' ? opened : saveDraft(opened, nadia, 1, second, at);
  const remarked = addComment(written, claire, { ...seenOf(written), place: 'facts', said: placeHash(draftOf(written), 'facts'), words: 'Is it so?' }, at);
  const walked = walk(office, remarked, drafted, later);
  const statement = await office.store.edit(id, () => ({ statement: { ...walked, generation: 0 }, texts: [first, second].map(keptText) }));
  return isPublic(state) ? goPublic(office, await publish(office, jonas, id, seenOf(statement), null), state) : statement;
}

const publicStates: readonly State[] = ['live', 'live_draft', 'doubted', 'withdrawn', 'flashed', 'redaction_asked'];
export const isPublic = (state: State): boolean => publicStates.includes(state);

function walk(office: Office, statement: Statement, state: State, later: (minutes: number) => string): Statement {
  const at = instant(office);
  if (state === 'draft' || state === 'flash_draft') return statement;
  if (state === 'discarded') return discardDraft(statement, amina, seenOf(statement), 'No use.', at);
  const submitted = submitDraft(statement, amina, seenOf(statement), office.house, at);
  if (state === 'in_review') return submitted;
  if (state === 'changes_requested') return sendBack(submitted, claire, seenOf(submitted), 'A reason.', at);
  const approved = approveDraft(submitted, claire, seenOf(submitted), at);
  if (state === 'approved') return approved;
  const holders = new Map([
    ['claire', claire.roles],
    ['jonas', jonas.roles],
  ]);
  const scheduled = scheduleDraft(approved, jonas, seenOf(approved), { releaseAt: later(60), key: 'k' }, { ...guard, holders }, at);
  return state === 'scheduled' ? scheduled : failRelease(scheduled, 'schedule_out_of_range', at);
}

async function goPublic(office: Office, live: Statement, state: State): Promise<Statement> {
  const { id } = live;
  if (state === 'live_draft') return openNextDraft(office, amina, id, 'update');
  if (state === 'doubted') return beginRecheck(office, claire, id, { version: 1, reason: 'A doubt.' }, null);
  if (state === 'withdrawn') return withdraw(office, jonas, id, { version: 1, code: 'facts_wrong', reason: { en: 'It was wrong.' } }, null);
  if (state === 'redaction_asked') {
    return requestRedaction(office, pia, id, { version: 1, ground: 'personal_data', reason: 'A name.' });
  }
  return live;
}

/** Three flashes an hour a person: each has an officer of its own. */
async function flashed(office: Office): Promise<Statement> {
  const drafted = await makeStatement(office, 'flash_draft');
  const officer = actor(`officer-${office.random(6).toString('hex')}`, 'duty');
  return flash(office, officer, drafted.id, seenOf(drafted), 'Urgent.', null);
}

/** Whether this person wrote on the draft, or on the version that owes a second check. */
export function hasWritten(person: string, state: State): boolean {
  if (state === 'live_draft' || state === 'withdrawn') return false;
  return state === 'flash_draft' || state === 'flashed' ? person === 'mila' : person === 'amina' || person === 'nadia';
}

export const openedBy = (state: State): string => (state === 'flash_draft' || state === 'flashed' ? 'mila' : 'amina');
