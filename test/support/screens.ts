import { ask, disableAccount } from '../../src/desk/accounts.ts';
import { askUnfreeze, freeze } from '../../src/desk/freeze.ts';
import { redact, requestRedaction } from '../../src/desk/redact.ts';
import { hire } from './accounts.ts';
import type { Demonstration } from './demonstration.ts';

/** Every screen of the demonstration, for whatever looks at all of them. */

const pages = [
  '/',
  '/statements/Y-0001',
  '/statements/Y-0001/v/1',
  '/statements/Y-0001/v/2',
  '/statements/Y-0001/versions',
  '/statements/Y-0001/diff/3..4',
  '/statements/Y-0001/diff/5..6',
  '/claims/Y-0001-K-1',
  '/embed/Y-0001',
  '/embed/Y-0002',
  '/check',
  '/statements/Y-0002',
  '/corrections',
  '/register',
  '/vocab',
  '/vocab/verdict',
  '/vocab/withdrawn',
  '/archive',
  '/search?q=base',
  '/verify',
  '/verify?q=Y-0001',
  '/methods',
  '/legal',
  '/accessibility',
  '/press',
  '/nowhere',
];

/** Paths of the public site without a language; the last one leads nowhere. */
export function publicScreens({ office }: Pick<Demonstration, 'office'>): readonly string[] {
  const year = String(new Date(office.now()).getUTCFullYear());
  return pages.map((path) => path.replaceAll('Y-', `${year}-`));
}

/** Version 2 of the first statement loses its text, so that its page is looked at as well. */
export async function redactSecond({ office }: Pick<Demonstration, 'office'>): Promise<void> {
  const id = (await office.store.list()).find(({ reference }) => reference?.endsWith('-0001'))?.id ?? '';
  await hire(office, 'paula', 'publisher');
  const { redaction } = await requestRedaction(office, publisher('paula'), id, { version: 2, ground: 'personal_data', reason: 'It names a person.' });
  await redact(office, publisher('jonas'), id, { version: 2, askedAt: redaction?.at ?? '' }, null);
}

const administrator = (id: string) => ({ id, roles: ['administrator'] as const, recent: true });
const publisher = (id: string) => ({ id, roles: ['publisher'] as const, recent: true });

/** What some screens need to have something to show: a redaction and a grant that wait for a second person. */
export async function askForSeconds({ office }: Pick<Demonstration, 'office'>): Promise<void> {
  const id = (await office.store.list()).find(({ reference }) => reference?.endsWith('-0002'))?.id ?? '';
  await requestRedaction(office, publisher('jonas'), id, { version: 1, ground: 'safety', reason: 'A try.' });
  await ask(office, administrator('oona'), 'amina', { ask: 'role', role: 'reviewer' });
}

/** The house is frozen, its end is asked for and an account is disabled: the paths on which that shows. */
export async function freezeScreens({ office }: Pick<Demonstration, 'office'>): Promise<Readonly<Record<string, readonly string[]>>> {
  await disableAccount(office, administrator('tomas'), 'ines');
  await freeze(office, publisher('jonas'), 'A telephone is gone.');
  await askUnfreeze(office, administrator('tomas'), 'It was found.');
  return { oona: ['/freeze', '/people/ines'] };
}

/** Paths of the desk behind `/desk`, by the person who has something to do there. */
export async function deskScreens({ office }: Pick<Demonstration, 'office'>): Promise<Readonly<Record<string, readonly string[]>>> {
  const lines = await office.store.list();
  const idOf = (reference: string | null): string =>
    lines.find((line) => (reference ? line.reference?.endsWith(reference) : line.reference === null))?.id ?? '';
  const [draft, leak, withdrawn] = [idOf(null), idOf('-0001'), idOf('-0002')].map((id) => `/statements/${id}`);
  const touched = '/quarantine?person=jonas&since.at=2020-01-01T00:00&since.zone=utc';
  return {
    amina: [
      ...['', '/register', '/statements/new', `${draft}`, `${draft}/draft`, `${draft}/preview`, `${draft}/findings`],
      ...[`${draft}/findings/A-1`, `${draft}/findings/C-1`, `${draft}/findings/K-1`],
      ...[`${leak}/findings`, `${leak}`, `${leak}/history`, '/step-up', '/nowhere'],
    ],
    jonas: [
      `${draft}/review`,
      `${draft}/publication`,
      `${draft}/schedule`,
      `${draft}/preview-links`,
      `${leak}/withdrawal`,
      `${leak}/recheck`,
      `${leak}/redaction`,
    ],
    claire: [`${withdrawn}/endorsement`, `${withdrawn}/disavowal`, `${leak}/recheck-end`, `${draft}/release`],
    marek: ['/flash', '/account', '/session'],
    ines: [`${withdrawn}/redaction`, `${withdrawn}`, '/people', '/people/jonas', touched],
    tomas: ['', '/people', '/people/amina', '/people/claire', '/freeze', touched],
  };
}
