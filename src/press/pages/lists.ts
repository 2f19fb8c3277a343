import type { ResourceDraft } from '../resource.ts';
import { type CorrectionLine, correctionLines, type StatementLine, statementLine } from './home.ts';
import { countOfImported } from './imported.ts';
import { hrefOf, htmlPage, type Layout, type LinkModel, layoutOf, type Reading } from './page.ts';

export type CorrectionsModel = { layout: Layout; lines: readonly CorrectionLine[]; more: boolean; archive: LinkModel; policy: LinkModel };
export type ArchiveModel = {
  layout: Layout;
  years: readonly { year: string; months: readonly (LinkModel & { count: string })[] }[];
  search: string;
  imported: (LinkModel & { count: string }) | null;
};
export type MonthModel = {
  layout: Layout;
  month: string;
  lines: readonly StatementLine[];
  newer: LinkModel | null;
  older: LinkModel | null;
  archive: LinkModel;
};

const correctionsShown = 100;
const statementsShown = 100;

/** The register of corrections and withdrawals: the newest hundred; older ones stand in their statements. */
export async function correctionsPage(reading: Reading): Promise<ResourceDraft> {
  const { say } = reading.speech;
  const all = reading.room.record.corrections();
  const model: CorrectionsModel = {
    layout: layoutOf(reading, { page: 'corrections' }, { title: say('public.corrections.title'), description: say('public.corrections.lead') }),
    lines: await correctionLines(reading, all.slice(-correctionsShown)),
    more: all.length > correctionsShown,
    archive: { href: hrefOf(reading, { page: 'archive' }), text: say('public.home.archive') },
    policy: { href: hrefOf(reading, { page: 'text', name: 'corrections-policy' }), text: say('public.page.corrections-policy') },
  };
  return htmlPage(reading, 'public/corrections', model);
}

export function archivePage(reading: Reading): ResourceDraft {
  const { say, month: monthName } = reading.speech;
  const years = new Map<string, (LinkModel & { count: string })[]>();
  for (const [month, references] of reading.room.record.months()) {
    const year = month.slice(0, 4);
    const count = say(references.length === 1 ? 'public.archive.one' : 'public.archive.many', { count: references.length });
    const line = { href: hrefOf(reading, { page: 'month', month, part: 1 }), text: monthName(month), count };
    years.set(year, [...(years.get(year) ?? []), line]);
  }
  const model: ArchiveModel = {
    layout: layoutOf(reading, { page: 'archive' }, { title: say('public.archive.title'), description: say('public.archive.lead') }),
    years: [...years].map(([year, months]) => ({ year, months })),
    search: hrefOf(reading, { page: 'search' }),
    imported:
      reading.room.imported.count() === 0
        ? null
        : { href: hrefOf(reading, { page: 'imported', part: 1 }), text: say('public.imported.title'), count: countOfImported(reading) },
  };
  return htmlPage(reading, 'public/archive', model);
}

/** The numbers of the pages of a month with so many statements. */
export function monthPages(statements: number): readonly number[] {
  return Array.from({ length: Math.ceil(statements / statementsShown) }, (_, index) => index + 1);
}

/** Statements first published in a month, newest first, a hundred a page; undefined where the page would be empty. */
export function monthPage(reading: Reading, month: string, part: number): ResourceDraft | undefined {
  const { say, month: monthName } = reading.speech;
  const { record } = reading.room;
  const references = record.months().find(([name]) => name === month)?.[1] ?? [];
  const end = references.length - (part - 1) * statementsShown;
  if (end <= 0) return undefined;
  const shown = references.slice(Math.max(0, end - statementsShown), end).reverse();
  const link = (to: number, key: string): LinkModel => ({ href: hrefOf(reading, { page: 'month', month, part: to }), text: say(key) });
  const title = say('public.archive.month', { month: monthName(month) });
  const model: MonthModel = {
    layout: layoutOf(reading, { page: 'month', month, part }, { title, description: say('public.archive.lead') }),
    month: monthName(month),
    lines: shown.flatMap((reference) => record.statement(reference) ?? []).map((statement) => statementLine(reading, statement)),
    newer: part > 1 ? link(part - 1, 'public.archive.newer') : null,
    older: end > statementsShown ? link(part + 1, 'public.archive.older') : null,
    archive: { href: hrefOf(reading, { page: 'archive' }), text: say('public.archive.title') },
  };
  return htmlPage(reading, 'public/month', model);
}
