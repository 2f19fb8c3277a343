import type { Role } from '../../../src/statement/schema.ts';
import { isIn } from './desk-cast.ts';
import { at, readers, stoppers, writers } from './desk-rows-statements.ts';
import type { Row } from './desk-table.ts';

/** The table's rows for people, the freeze and the desk itself. */

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

const publish = (path: string, row: Partial<Row>): Row => ({ route: `POST /desk/imports/:batch/${path}`, on: 'batch', roles: ['publisher'], ...row });
const digest = ({ value }: { value: string }): Record<string, string> => ({ digest: value });

const onImports: readonly Row[] = [
  look('/desk/imports', { roles: readers }),
  look('/desk/imports/:batch', { on: 'batch', roles: readers }),
  look('/desk/imports/:batch/:place', { on: 'batch', roles: readers }),
  publish('request', { recent: true, body: digest }),
  publish('confirmation', { on: 'batch-request', recent: true, halts: true, body: digest }),
  publish('removal', {}),
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
  look('/desk/sign-in', { open: true, more: ({ subject }) => (isIn(subject) ? 'moved' : null) }),
  ...['/desk/sign-in', '/desk/sign-in/again'].map((path): Row => ({ route: `POST ${path}`, on: 'nothing', open: true, gives: 'bad_request' })),
  look('/desk/preview-links/:secret', { open: true, gives: 'not_found' }),
];

export const houseRows: readonly Row[] = [...onDesk, ...onImports, ...onPeople];
