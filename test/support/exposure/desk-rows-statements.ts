import type { RefusalCode } from '../../../src/errors.ts';
import type { Statement } from '../../../src/statement/facts.ts';
import type { Role } from '../../../src/statement/schema.ts';
import { isHeld } from './desk-cast.ts';
import { hasWritten, openedBy, type State } from './desk-scenes.ts';
import type { Cell, Fields, Row } from './desk-table.ts';

/** The table's rows for statements. */

export const writers: readonly Role[] = ['author', 'reviewer', 'publisher', 'duty'];
export const readers: readonly Role[] = [...writers, 'auditor'];
export const stoppers: readonly Role[] = ['reviewer', 'publisher', 'duty'];
const editable: readonly State[] = ['draft', 'in_review', 'changes_requested', 'approved', 'flash_draft', 'live_draft'];
const open: readonly State[] = [...editable, 'scheduled', 'publish_failed'];
const drafted: readonly State[] = [...open, 'discarded'];
const live: readonly State[] = ['live', 'live_draft', 'flashed', 'redaction_asked'];
const shown: readonly State[] = [...live, 'doubted', 'withdrawn'];

const seen = (statement: Statement | null): Fields => ({ revision: String(statement?.draft?.revision ?? 1), hash: statement?.draft?.hash ?? '0'.repeat(64) });
const newest = (statement: Statement | null): Fields => ({ version: String(statement?.versions.length || 1) });
const onSeen: Row['body'] = ({ statement }) => seen(statement);
const withReason: Row['body'] = ({ statement }) => ({ ...seen(statement), reason: 'A reason.' });
const onVersion: Row['body'] = ({ statement }) => ({ ...newest(statement), reason: 'A reason.' });
export const at = (now: number, minutes: number): string => new Date(now + minutes * 60_000).toISOString().slice(0, 16);

const wrote = ({ subject, state }: Cell): boolean => state !== null && hasWritten(subject.id, state);
const isSubmitted = (state: State | null): boolean => state === 'in_review' || state === 'approved';
const notOwn = (cell: Cell): RefusalCode | null => (wrote(cell) ? 'same_person' : null);
/** An author, a reviewer or a publisher: duty alone does not touch what is submitted. */
const whoEdits = (cell: Cell): RefusalCode | null => (isSubmitted(cell.state) && !isHeld(cell, 'author', 'reviewer', 'publisher') ? 'role_missing' : null);
const whoDiscards = (cell: Cell): RefusalCode | null => {
  const isOwn = isHeld(cell, 'author') && cell.state !== null && openedBy(cell.state) === cell.subject.id;
  return isOwn || isHeld(cell, 'publisher') ? null : 'role_missing';
};
const whoRecalls = (cell: Cell): RefusalCode | null => (wrote(cell) || isHeld(cell, 'reviewer', 'publisher') ? null : 'role_missing');
const whoResolves = (cell: Cell): RefusalCode | null => (wrote(cell) ? null : 'not_contributor');
const whoAgrees = ({ subject }: Cell): RefusalCode | null => (subject.id === 'pia' ? 'same_person' : null);

const one = (path: string): string => `/desk/statements/:id${path}`;
const read = (path: string, row: Partial<Row> = {}): Row => ({ route: `GET ${one(path)}`, on: 'statement', roles: readers, ...row });
const act = (path: string, row: Partial<Row>): Row => ({ route: `POST ${one(path)}`, on: 'statement', ...row });
const nowhere = ['moved', 'wrong_state'] as const;

const onDrafts: readonly Row[] = [
  act('/drafts', {
    roles: writers,
    states: shown.filter((state) => state !== 'live_draft'),
    otherwise: ['wrong_state', 'draft_open', 'kind_not_allowed', 'version_unknown'],
    body: () => ({ kind: 'update' }),
  }),
  read('/draft', { roles: writers, states: editable, otherwise: nowhere }),
  act('/draft', {
    roles: writers,
    states: editable,
    more: whoEdits,
    keeps: true,
    body: ({ statement }) => ({ ...seen(statement), 'texts.en.advice': 'Do not relay.' }),
  }),
  read('/findings'),
  act('/findings', {
    ...{ roles: writers, states: editable, more: whoEdits, keeps: true },
    body: ({ statement, value }) => ({
      ...{ ...seen(statement), 'many.label.en': 'File', 'many.form': 'file', 'many.circulation': 'leak_site', 'many.firstSeenOn': '2026-11-20' },
      'many.lines': `onrecord-fp-v1:${value.padEnd(64, '0').slice(0, 64)}`,
    }),
  }),
  read('/findings/:item', { roles: writers, states: editable, otherwise: nowhere }),
  act('/findings/:item', {
    roles: writers,
    states: editable,
    more: whoEdits,
    keeps: true,
    body: ({ statement }) => ({ ...seen(statement), 'label.en': 'Another archive' }),
  }),
  act('/findings/:item/removal', {
    ...{ roles: writers, states: editable.filter((state) => state !== 'live_draft' && state !== 'flash_draft'), more: whoEdits, keeps: true },
    ...{ otherwise: ['wrong_state', 'unchanged'], body: onSeen },
  }),
  act('/submission', {
    ...{ roles: writers, states: ['draft', 'changes_requested', 'flash_draft'], otherwise: ['wrong_state', 'not_ready'], body: onSeen },
    more: (cell) => (wrote(cell) ? null : 'not_contributor'),
  }),
  act('/recall', { roles: writers, states: ['in_review', 'approved'], more: whoRecalls, body: onSeen }),
  act('/discard', { states: open, more: whoDiscards, body: withReason }),
  act('/comments', {
    roles: writers,
    states: open,
    otherwise: ['wrong_state', 'revision_stale'],
    body: ({ statement }) => ({ ...seen(statement), place: 'facts', comment: 'Is it?' }),
  }),
  ...(['resolution', 'reopening'] as const).map((end) =>
    act(`/comments/:comment/${end}`, {
      ...{ roles: writers, states: open.filter((state) => state !== 'live_draft'), otherwise: ['wrong_state', 'comment_unknown'] },
      ...(end === 'resolution' && { more: whoResolves }),
    }),
  ),
  read('/presence'),
  act('/presence', { roles: readers, body: () => ({ doing: 'reading' }) }),
  read('/preview', { states: drafted, otherwise: nowhere }),
  read('/preview/:language', { states: drafted, otherwise: nowhere }),
  read('/preview/:language/card', { states: drafted, otherwise: nowhere }),
  read('/preview-links'),
  act('/preview-links', {
    ...{ roles: stoppers, states: open, recent: true },
    body: ({ statement, value }) => ({ ...seen(statement), recipient: 'A reader', reason: 'To see.', hours: '24', key: value.slice(0, 24) }),
  }),
  { route: `POST ${one('/preview-links/:link/revocation')}`, on: 'link', roles: writers },
];

const onReview: readonly Row[] = [
  read('/review', { states: drafted, otherwise: nowhere }),
  act('/approval', { roles: ['reviewer'], states: ['in_review', 'approved'], more: notOwn, recent: true, body: onSeen }),
  act('/return', { roles: ['reviewer'], states: ['in_review'], body: withReason }),
  ...['publication', 'schedule', 'release'].map((screen) => read(`/${screen}`, { states: drafted, otherwise: nowhere })),
  act('/publication', { roles: ['publisher'], states: ['approved', 'publish_failed'], recent: true, halts: true, body: onSeen }),
  act('/schedule', {
    ...{ roles: ['publisher'], states: ['approved', 'publish_failed'], recent: true },
    body: ({ statement, now }) => ({ ...seen(statement), 'releaseAt.at': at(now, 60), 'releaseAt.zone': 'utc' }),
  }),
  act('/schedule-cancellation', { roles: stoppers, states: ['scheduled', 'publish_failed'], body: onSeen }),
  act('/release', { roles: ['publisher', 'duty'], states: ['scheduled'], recent: true, halts: true, body: withReason }),
  read('/flash', { roles: ['duty'] }),
  act('/flash', { roles: ['duty'], states: ['flash_draft'], otherwise: ['wrong_state', 'flash_template'], recent: true, halts: true, body: withReason }),
];

const afterwards = ['wrong_state', 'version_unknown', 'debt_missing'] as const;
const onPublic: readonly Row[] = [
  ...['withdrawal', 'endorsement', 'disavowal', 'recheck', 'recheck-end'].map((screen) => read(`/${screen}`, { states: shown, otherwise: ['moved'] })),
  act('/withdrawal', {
    ...{ roles: stoppers, states: [...live, 'doubted'], otherwise: afterwards, recent: true },
    body: ({ statement }) => ({ ...newest(statement), code: 'facts_wrong', 'reason.en': 'It was wrong.' }),
  }),
  act('/endorsement', {
    ...{ roles: ['reviewer'], states: ['flashed', 'withdrawn'], otherwise: afterwards, recent: true, more: notOwn },
    body: ({ statement }) => ({ ...newest(statement), hash: statement?.versions.at(-1)?.hash ?? '0'.repeat(64) }),
  }),
  act('/disavowal', {
    ...{ roles: ['reviewer'], states: ['flashed', 'withdrawn'], otherwise: afterwards, recent: true },
    body: ({ statement }) => ({ ...newest(statement), reason: 'No.', next: 'correction' }),
  }),
  act('/recheck', { roles: stoppers, states: live, otherwise: afterwards, body: onVersion }),
  act('/recheck-end', { roles: stoppers, states: ['doubted'], otherwise: afterwards, body: onVersion }),
  read('/redaction'),
  act('/redaction', {
    ...{ roles: ['publisher'], states: shown.filter((state) => state !== 'redaction_asked'), otherwise: afterwards, recent: true },
    body: ({ statement }) => ({ ...newest(statement), ground: 'safety', reason: 'A name.' }),
  }),
  act('/redaction-refusal', { roles: ['publisher'], states: ['redaction_asked'] }),
  act('/redaction-approval', {
    ...{ roles: ['publisher'], states: ['redaction_asked'], recent: true, halts: true, more: whoAgrees },
    body: ({ statement, now }) => ({ ...newest(statement), askedAt: statement?.redaction?.at ?? new Date(now).toISOString() }),
  }),
  read(''),
  ...['/history', '/history.json', '/history.csv'].map((path) => read(path)),
];

export const statementRows: readonly Row[] = [...onDrafts, ...onReview, ...onPublic];
