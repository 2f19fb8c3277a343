import { instant } from '../../desk/statement.ts';
import type { Issue } from '../../errors.ts';
import { artefactForms, bases, circulations, collectionFindings, confidences } from '../../leak/findings.ts';
import type { Office } from '../../office.ts';
import type { Statement } from '../../statement/facts.ts';
import { toWall } from '../../statement/local-time.ts';
import { quorumOf } from '../../statement/quorum.ts';
import { readiness } from '../../statement/readiness.ts';
import { incidentStatuses, type Kind, phases, sections, situations } from '../../statement/schema.ts';
import { publicState, workState } from '../../statement/state.ts';
import { artefactRows, formValues } from './draft-form.ts';
import { type Fields, text } from './form.ts';
import { namesOf } from './names.ts';

/** What the edit screen shows: the values typed, the choices, and what still stands between the text and its publication. */
export async function editModel(office: Office, statement: Statement, posted: Fields | null, issues: readonly Issue[]): Promise<object> {
  const { agency } = office;
  const { draft } = statement;
  if (draft === null) return {};
  const values = posted ?? formValues(draft.kind, draft.content, agency);
  const ready = readiness(draft.kind, draft.content, statement.versions.length, agency.languages[0], instant(office));
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
    sections,
    kinds: kindChoices(statement),
    situations,
    phases: phases.filter((phase) => phase !== 'withdrawn'),
    incidentStatuses,
    artefactForms,
    circulations,
    collectionFindings: collectionFindings.filter((finding) => finding === 'unverified' || finding === 'may_contain_falsified'),
    confidences,
    bases,
    artefactRows: Math.min(artefactRows, rows + 2),
    today: toWall(instant(office), agency.zone).slice(0, 10),
    names: await namesOf(office),
  };
}

function kindChoices(statement: Statement): readonly Kind[] {
  if (statement.versions.length === 0) return ['first'];
  return publicState(statement) === 'withdrawn' ? ['update', 'correction'] : ['update', 'correction', 'editorial', 'translation'];
}
