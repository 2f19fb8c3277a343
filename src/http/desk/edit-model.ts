import { instant } from '../../desk/statement.ts';
import type { Issue } from '../../errors.ts';
import { artefactForms, circulations } from '../../leak/findings.ts';
import type { Office } from '../../office.ts';
import type { Draft, Statement } from '../../statement/facts.ts';
import { type FindingItem, itemsOf } from '../../statement/findings.ts';
import { toWall } from '../../statement/local-time.ts';
import { fieldsBehind } from '../../statement/pace.ts';
import { quorumOf } from '../../statement/quorum.ts';
import { readiness, workOf } from '../../statement/readiness.ts';
import { incidentStatuses, type Kind, type Language, type PerLanguage, phases, situations, type TextField } from '../../statement/schema.ts';
import { sections } from '../../statement/sections.ts';
import { publicState, workState } from '../../statement/state.ts';
import type { Say } from '../../words.ts';
import { artefactRows } from './artefact-rows.ts';
import { formValues } from './draft-form.ts';
import { type Fields, text } from './form.ts';
import { namesOf } from './names.ts';

/** What the edit screen shows: the values typed, the choices, and what still stands between the text and its publication. */
export async function editModel(office: Office, say: Say, statement: Statement, posted: Fields | null, issues: readonly Issue[]): Promise<object> {
  const { agency } = office;
  const { draft } = statement;
  if (draft === null) return {};
  const values = posted ?? formValues(draft.kind, draft.content, agency);
  const ready = readiness(workOf(statement, draft), office.house, instant(office));
  const rows = draft.content.findings.artefacts.length;
  return {
    statement,
    draft,
    work: workState(statement),
    quorum: quorumOf(draft.content, draft.base?.content ?? null),
    value: (name: string): string => text(values, name),
    isChecked: (name: string, value: string): boolean => [values[name] ?? []].flat().includes(value),
    issues,
    ready,
    ...paceModel(office, say, draft),
    sections,
    kinds: kindChoices(statement),
    situations,
    phases: phases.filter((phase) => phase !== 'withdrawn'),
    incidentStatuses,
    artefactForms,
    circulations,
    otherItems: itemsOf(draft.content.findings)
      .filter((item) => !('form' in item) || draft.content.findings.artefacts.indexOf(item) >= artefactRows)
      .map((item) => ({ id: item.id, words: wordsOf(item, agency.languages) })),
    isNoted: draft.content.house !== undefined && (draft.content.house.entity.consulted || draft.content.house.entity.waiver !== ''),
    artefactRows: Math.min(artefactRows, rows + 1),
    today: toWall(instant(office), agency.zone).slice(0, 10),
    names: await namesOf(office),
  };
}

/** Which texts of the other languages are behind, and that in words; an empty sentence where all keep step. */
export function paceModel({ agency }: Office, say: Say, draft: Draft): { behind: Partial<Record<Language, readonly TextField[]>>; behindWords: PerLanguage } {
  const [first, ...others] = agency.languages;
  const behind = others.map((language): [Language, readonly TextField[]] => [language, fieldsBehind(draft, first, language)]);
  const words = behind.map(([language, { length }]): [Language, string] => {
    const values = { language: say(`frame.language.${language}`), count: length };
    return [language, length === 0 ? '' : say(length === 1 ? 'edit.behind_one' : 'edit.behind_many', values)];
  });
  return { behind: Object.fromEntries(behind), behindWords: Object.fromEntries(words) };
}

function wordsOf(item: FindingItem, languages: readonly Language[]): string {
  const words = 'text' in item ? item.text : item.label;
  return languages.map((language) => words[language]).find((text) => text) ?? '';
}

/** Whether the open draft can still be written on. */
export function canEdit({ draft }: Statement): boolean {
  return draft !== null && draft.discarded === null && draft.schedule === null && draft.failure === null;
}

function kindChoices(statement: Statement): readonly Kind[] {
  if (statement.versions.length === 0) return ['first'];
  return publicState(statement) === 'withdrawn' ? ['update', 'correction'] : ['update', 'correction', 'editorial', 'translation'];
}
