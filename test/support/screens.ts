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
  const publisher = (name: string) => ({ id: name, roles: ['publisher'] as const, recent: true });
  const { redaction } = await requestRedaction(office, publisher('paula'), id, { version: 2, ground: 'personal_data', reason: 'It names a person.' });
  await redact(office, publisher('jonas'), id, { version: 2, askedAt: redaction?.at ?? '' }, null);
}

/** A redaction is asked for, so that the screen on which a second publisher agrees has something to show. */
export async function askForRedaction({ office }: Pick<Demonstration, 'office'>): Promise<void> {
  const id = (await office.store.list()).find(({ reference }) => reference?.endsWith('-0002'))?.id ?? '';
  await requestRedaction(office, { id: 'jonas', roles: ['publisher'], recent: true }, id, { version: 1, ground: 'safety', reason: 'A try.' });
}

/** Paths of the desk behind `/desk`, by the person who has something to do there. */
export async function deskScreens({ office }: Pick<Demonstration, 'office'>): Promise<Readonly<Record<string, readonly string[]>>> {
  const lines = await office.store.list();
  const idOf = (reference: string | null): string =>
    lines.find((line) => (reference ? line.reference?.endsWith(reference) : line.reference === null))?.id ?? '';
  const [draft, leak, withdrawn] = [idOf(null), idOf('-0001'), idOf('-0002')].map((id) => `/statements/${id}`);
  return {
    amina: [
      ...['', '/register', '/statements/new', `${draft}`, `${draft}/draft`, `${draft}/preview`, `${draft}/findings`],
      ...[`${draft}/findings/A-1`, `${draft}/findings/C-1`, `${draft}/findings/K-1`],
      ...[`${leak}/findings`, `${leak}`, `${leak}/history`, '/step-up', '/nowhere'],
    ],
    jonas: [`${draft}/review`, `${draft}/publication`, `${draft}/schedule`, `${leak}/withdrawal`, `${leak}/recheck`, `${leak}/redaction`],
    claire: [`${withdrawn}/endorsement`, `${withdrawn}/disavowal`, `${leak}/recheck-end`, `${draft}/release`],
    marek: ['/flash'],
    ines: [`${withdrawn}/redaction`, `${withdrawn}`],
  };
}
