import type { RefusalCode } from '../../../src/errors.ts';
import type { Statement } from '../../../src/statement/facts.ts';
import type { Role } from '../../../src/statement/schema.ts';
import type { Subject } from './desk-cast.ts';
import { hasWritten, openedBy, type State, states } from './desk-scenes.ts';

/**
 * Who may do what on the desk, once, in words of its own: every route with what it asks of the person, the session, the statement and the
 * house. P3 holds the desk to it, and a route that is not in it fails the suite.
 */

export type Fields = Readonly<Record<string, string>>;
/** What a route acts on, made afresh for whoever may: a statement, an account, a freeze in force, or nothing. */
export type On = 'statement' | 'account' | 'request' | 'freeze' | 'lift' | 'link' | 'nothing';
export type Cell = { subject: Subject; state: State | null; frozen: boolean };
export type Row = {
  route: string;
  on: On;
  /** One of these roles; none asked where left out. */
  roles?: readonly Role[];
  /** States in which it can be done; all where left out. `otherwise`: what it says in the others. */
  states?: readonly State[];
  otherwise?: readonly string[];
  /** Presence proved within five minutes. */
  recent?: boolean;
  /** Stands still while publishing is frozen. */
  halts?: boolean;
  /** Brings a text, which is kept even where it comes too late. */
  keeps?: boolean;
  /** What else stands in the way. */
  more?(cell: Cell): RefusalCode | null;
  /** What the form brings. */
  body?(facts: { statement: Statement | null; now: number; value: string }): Fields;
  /** Answers without a session. */
  open?: boolean;
  /** What comes where nothing stands in the way, unless it is done or shown. */
  gives?: string;
};

const writers: readonly Role[] = ['author', 'reviewer', 'publisher', 'duty'];
const readers: readonly Role[] = [...writers, 'auditor'];
const stoppers: readonly Role[] = ['reviewer', 'publisher', 'duty'];
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
const at = (now: number, minutes: number): string => new Date(now + minutes * 60_000).toISOString().slice(0, 16);

const wrote = ({ subject, state }: Cell): boolean => state !== null && hasWritten(subject.id, state);
const isHeld = ({ subject }: Cell, ...roles: readonly Role[]): boolean => roles.some((role) => subject.roles.includes(role));
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

const administer = (path: string, row: Partial<Row>): Row => ({ route: `POST /desk/people/:person/${path}`, on: 'account', roles: ['administrator'], ...row });
const look = (path: string, row: Partial<Row> = {}): Row => ({ route: `GET ${path}`, on: 'nothing', ...row });
const overseers: readonly Role[] = ['administrator', 'auditor'];

const onPeople: readonly Row[] = [
  look('/desk/people', { roles: overseers }),
  look('/desk/people/:person', { on: 'account', roles: overseers }),
  ...['json', 'csv'].map((form) => look(`/desk/account-acts.${form}`, { roles: overseers })),
  administer('requests', { recent: true, body: () => ({ ask: 'role', role: 'reviewer' }) }),
  administer('confirmation', { on: 'request', recent: true, body: ({ value }) => ({ request: value }) }),
  administer('refusal', { on: 'request', body: ({ value }) => ({ request: value }) }),
  administer('roles', { recent: true, body: () => ({ role: 'auditor' }) }),
  administer('role-removal', { recent: true, body: () => ({ role: 'author' }) }),
  administer('disabling', { recent: true }),
  administer('sessions-end', {}),
  administer('quarantine', { recent: true, body: ({ now }) => ({ since: new Date(now - 3_600_000).toISOString(), reason: 'A telephone is gone.' }) }),
  look('/desk/quarantine', { roles: ['administrator', 'publisher', 'auditor'] }),
  look('/desk/freeze'),
  { route: 'POST /desk/freeze', on: 'nothing', roles: [...stoppers, 'administrator'], body: () => ({ reason: 'A doubt.' }) },
  { route: 'POST /desk/freeze/lifting', on: 'freeze', roles: ['administrator'], recent: true, body: () => ({ reason: 'It was found.' }) },
  { route: 'POST /desk/freeze/lifting-confirmation', on: 'lift', roles: ['administrator'], recent: true, body: ({ value }) => ({ askedAt: value }) },
  { route: 'POST /desk/freeze/lifting-refusal', on: 'lift', roles: [...stoppers, 'administrator'], body: ({ value }) => ({ askedAt: value }) },
];

const onDesk: readonly Row[] = [
  look('/', { open: true, gives: 'moved' }),
  look('/desk'),
  look('/desk/register', { roles: readers }),
  look('/desk/account'),
  look('/desk/session'),
  look('/desk/step-up'),
  look('/desk/statements/new', { roles: writers }),
  { route: 'POST /desk/statements', on: 'nothing', roles: writers, body: () => ({ template: 'holding' }) },
  look('/desk/flash', { roles: ['duty'] }),
  {
    ...{ route: 'POST /desk/flash', on: 'nothing', roles: ['duty'], recent: true, halts: true },
    body: ({ now }) => ({
      ...{ situation: 'leak', reason: 'Urgent.', 'awareAt.at': at(now, -10), 'awareAt.zone': 'utc', 'nextUpdate.at': at(now, 60), 'nextUpdate.zone': 'utc' },
      ...{ 'slots.en.organisation': 'the harbour', 'slots.en.fact': 'An intrusion is reported.', 'slots.en.circulation': 'An archive.' },
    }),
  },
  { route: 'POST /desk/notices/:notice', on: 'nothing', gives: 'not_found' },
  { route: 'POST /desk/account/sessions-end', on: 'nothing' },
  { route: 'POST /desk/sign-out', on: 'nothing' },
  { route: 'POST /desk/step-up', on: 'nothing', gives: 'bad_request' },
  { route: 'POST /desk/language', on: 'nothing', open: true, body: () => ({ language: 'en' }) },
  look('/desk/sign-in', { open: true, more: ({ subject }) => (isIn(subject) ? ('moved' as RefusalCode) : null) }),
  ...['/desk/sign-in', '/desk/sign-in/again'].map((path): Row => ({ route: `POST ${path}`, on: 'nothing', open: true, gives: 'bad_request' })),
  look('/desk/preview-links/:secret', { open: true, gives: 'not_found' }),
];

export const deskTable: readonly Row[] = [...onDesk, ...onDrafts, ...onReview, ...onPublic, ...onPeople];

/** Whether this person is signed in at all. */
export const isIn = ({ account, session }: Subject): boolean => account === undefined && (session === undefined || session === 'stale');

/** Everything that stands in the way in this cell; empty where the person may. One of them has to be the answer. */
export function reasonsAgainst(row: Row, cell: Cell): readonly string[] {
  const { subject, state, frozen } = cell;
  if (row.open !== true && !isIn(subject)) return ['not_signed_in'];
  const isContent = row.route.includes('/desk/statements/:id');
  return [
    ...(isContent && !isHeld(cell, ...readers) ? ['role_missing'] : []),
    ...(row.roles && !isHeld(cell, ...row.roles) ? ['role_missing'] : []),
    ...(row.states && state !== null && !row.states.includes(state) ? (row.otherwise ?? ['wrong_state']) : []),
    ...(row.recent && subject.session === 'stale' ? ['step_up_needed'] : []),
    ...(row.halts && frozen ? ['frozen'] : []),
    ...(row.more ? [row.more(cell)].filter((code) => code !== null) : []),
  ];
}

/** Refused, and yet the text that was brought may be kept. */
export const mayKeep = (row: Row, cell: Cell): boolean => row.keeps === true && isIn(cell.subject) && isHeld(cell, ...writers);

export const isAct = ({ route }: Row): boolean => route.startsWith('POST ');

/** Every cell of a row: each person, in each state, with the house frozen and not where something is done. */
export function cellsOf(row: Row, subjects: readonly Subject[]): readonly Cell[] {
  const places: readonly (State | null)[] = row.on === 'statement' ? states : [null];
  const houses = isAct(row) && row.on === 'statement' ? [false, true] : [row.on === 'freeze' || row.on === 'lift'];
  return subjects.flatMap((subject) => places.flatMap((state) => houses.map((frozen) => ({ subject, state, frozen }))));
}
