import { instant } from '../../desk/statement.ts';
import type { Issue } from '../../errors.ts';
import type { Transition } from '../../leak/artefact.ts';
import { namesNoFalsifiedItem } from '../../leak/collection.ts';
import * as codes from '../../leak/findings.ts';
import { type FindingChange, findingChanges } from '../../leak/verdict.ts';
import type { Office } from '../../office.ts';
import type { Draft, Statement } from '../../statement/facts.ts';
import { type FindingItem, itemsOf, nextId } from '../../statement/findings.ts';
import { readiness, workOf } from '../../statement/readiness.ts';
import { workState } from '../../statement/state.ts';
import { canEdit } from './edit-model.ts';
import { compactIds } from './finding-form.ts';
import { type Fields, text } from './form.ts';

/** What the screens of leaked material show. */

/** Readiness of one item: issues by their field within it. */
export function issuesOfItem(office: Office, statement: Statement, draft: Draft, id: string): { issues: readonly Issue[]; warnings: readonly Issue[] } {
  const ready = readiness(workOf(statement, draft), office.house, instant(office));
  const own = (issues: readonly Issue[]): readonly Issue[] => issues.filter(isAbout(id)).map((issue) => ({ ...issue, field: withinItem(issue.field) }));
  return { issues: own(ready.issues), warnings: own(ready.warnings) };
}

const isAbout =
  (id: string) =>
  ({ field }: Issue): boolean =>
    field === `findings.${id}` || field.startsWith(`findings.${id}.`);

/** A field of one item as its own form names it; what is about the item as a whole is about its verdict. */
function withinItem(field: string): string {
  return `item.${field.replace(/^findings\.\w-\d+\.?/, '') || 'verdict'}`;
}

export type ItemLine = { id: string; item: FindingItem; verdict: string; change: VerdictChange | null; issues: number; isPublic: boolean };

/** Every item of the draft, or of the newest public text where there is no draft; `posted` and `mend`: of the form that adds many. */
export async function findingsModel(office: Office, statement: Statement, posted: Fields, mend: readonly Issue[]): Promise<object> {
  const { draft } = statement;
  const last = statement.versions.at(-1);
  const content = draft?.content ?? (last && (await office.store.revision(last.text))?.content);
  const findings = content?.findings ?? codes.noFindings;
  const base = draft === null ? findings : (draft.base?.content.findings ?? codes.noFindings);
  const changes = new Map((draft ? verdictChanges(draft) : []).map((change) => [change.id, change]));
  const issues = draft === null ? [] : readiness(workOf(statement, draft), office.house, instant(office)).issues;
  const published = new Set(itemsOf(base).map(({ id }) => id));
  const lines = itemsOf(findings).map((item): ItemLine => {
    const own = issues.filter(isAbout(item.id));
    return { id: item.id, item, verdict: verdictOf(item), change: changes.get(item.id) ?? null, issues: own.length, isPublic: published.has(item.id) };
  });
  return {
    statement,
    draft,
    work: workState(statement),
    editable: canEdit(statement),
    artefacts: lines.filter(({ item }) => 'form' in item),
    collections: lines.filter(({ item }) => 'members' in item),
    claims: lines.filter(({ item }) => 'text' in item),
    next: { artefact: nextId(findings, 'A'), collection: nextId(findings, 'C'), claim: nextId(findings, 'K') },
    codes,
    issues: mend,
    value: (name: string): string => text(posted, name),
    today: instant(office).slice(0, 10),
    namesNone: (item: codes.Collection): boolean => namesNoFalsifiedItem(item, findings.artefacts),
  };
}

export function verdictOf(item: FindingItem): string {
  return 'verdict' in item ? item.verdict : item.finding;
}

export function itemModel(office: Office, statement: Statement, draft: Draft, item: FindingItem, values: Fields, mend: readonly Issue[]): object {
  const { findings } = draft.content;
  const isListed = itemsOf(findings).some(({ id }) => id === item.id);
  const before = itemsOf(draft.base?.content.findings ?? codes.noFindings).find(({ id }) => id === item.id) ?? null;
  return {
    statement,
    draft,
    work: workState(statement),
    item,
    before,
    isListed,
    codes,
    artefacts: findings.artefacts,
    /** Beyond this many, members are written as ranges instead of ticked. */
    memberBoxes: 60,
    ranges: compactIds([values.members ?? []].flat().filter((id) => /^A-\d+$/.test(id))),
    about: [values.about ?? []].flat(),
    collections: findings.collections,
    issues: mend,
    ready: isListed ? issuesOfItem(office, statement, draft, item.id) : { issues: [], warnings: [] },
    value: (name: string): string => text(values, name),
    isChecked: (name: string, value: string): boolean => [values[name] ?? []].flat().includes(value),
    isWithdrawable: before !== null && verdictOf(before) !== 'unverified',
  };
}

/** A verdict that this draft changes, as the reviewer reads it first; `restated` where the verdict stays and other words or grounds stand behind it. */
export type VerdictChange = Omit<FindingChange, 'transition'> & { transition: Transition | 'restated'; item: FindingItem; before: FindingItem | null };

export function verdictChanges({ base, content }: Draft): readonly VerdictChange[] {
  const old = base?.content.findings ?? codes.noFindings;
  const [now, known] = [itemsOf(content.findings), itemsOf(old)];
  const moved = findingChanges(old, content.findings);
  const restated = codes.restatedItems(old, content.findings).filter((id) => !moved.some((change) => change.id === id));
  const changes = new Map<string, Omit<VerdictChange, 'item' | 'before'>>(moved.map((change) => [change.id, change]));
  for (const item of now)
    if (restated.includes(item.id)) changes.set(item.id, { id: item.id, from: verdictOf(item), to: verdictOf(item), transition: 'restated' });
  return [...changes.values()].flatMap((change) => {
    const item = now.find(({ id }) => id === change.id);
    return item ? [{ ...change, item, before: known.find(({ id }) => id === change.id) ?? null }] : [];
  });
}
