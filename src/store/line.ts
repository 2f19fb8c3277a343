import type { Statement } from '../statement/facts.ts';
import type { PerLanguage } from '../statement/schema.ts';
import { owedDebts, publicState, recheckSince, workState } from '../statement/state.ts';
import type { StatementLine } from './store.ts';

/** What lists need of a statement. Once it is public its title is the published one, so that no list shows a draft's words as the agency's. */
export function statementLine(statement: Statement): StatementLine {
  const { draft, versions, notices, timeline, revisions } = statement;
  const last = versions.at(-1);
  const work = workState(statement);
  const open = draft !== null && draft.discarded === null ? draft : null;
  const instants = [statement.opened, timeline.at(-1), revisions.at(-1), last, notices.at(-1)].flatMap((fact) => (fact ? [fact.at] : []));
  return {
    id: statement.id,
    reference: statement.reference,
    title: firstWords(last?.title ?? draftTitle(statement), last?.languages ?? draft?.content.languages ?? []),
    kind: open?.kind ?? last?.kind ?? null,
    work,
    public: publicState(statement),
    version: versions.length,
    exercise: statement.reference === null ? (draft?.content.exercise ?? false) : statement.reference.startsWith('EX-'),
    openedAt: statement.opened.at,
    firstPublishedAt: versions[0]?.at ?? null,
    changedAt: instants.sort().at(-1) ?? statement.opened.at,
    contributors: open?.contributors ?? last?.contributors ?? draft?.contributors ?? [],
    releaseAt: work === 'scheduled' ? (draft?.schedule?.releaseAt ?? null) : null,
    nextUpdateAt: last?.kind !== 'withdrawal' && last?.nextUpdate?.type === 'by' ? last.nextUpdate.at : null,
    recheckSince: recheckSince(statement),
    debts: owedDebts(statement).map(({ version, debt }) => ({ version, because: debt.because, dueAt: debt.dueAt })),
    droppable: revisions.filter((item) => !item.kept && !item.dropped && item.revision !== draft?.revision).map(({ text, at }) => ({ text, at })),
  };
}

function draftTitle({ draft }: Statement): PerLanguage {
  const titles: PerLanguage = {};
  for (const language of draft?.content.languages ?? []) titles[language] = draft?.content.texts[language]?.title ?? '';
  return titles;
}

function firstWords(words: PerLanguage, languages: readonly (keyof PerLanguage)[]): string {
  return languages.map((language) => words[language]).find((text) => text !== undefined && text !== '') ?? '';
}
