import type { FindingWords } from '../leak/findings.ts';
import { type Register, standingOf } from '../leak/register.ts';
import type { Office } from '../office.ts';
import { itemsOf } from '../statement/findings.ts';
import type { StatementLine } from '../store/store.ts';
import { newestText, readStatement } from './statement.ts';

/** One public item as the desk lists it: what stands of it, its label, and whether an open draft is about to say something else. */
export type RegisterLine = RegisterRow & { statement: StatementLine; label: FindingWords; draft: string | null };
type RegisterRow = {
  reference: string;
  id: string;
  /** Whose words the verdict takes: an artefact's `verdict` or a collection's `finding`. */
  family: 'verdict' | 'finding';
  verdict: string;
  confidence: string | null;
  version: number;
  at: string;
  /** Levels of its fingerprints; null for a collection, which has none. */
  levels: readonly string[] | null;
};
export type RegisterList = { state: number; total: number; part: number; parts: number; lines: readonly RegisterLine[] };

const shownAtOnce = 100;

/** The register with the work on it, the last to change first, a hundred at once. @param part from 1 */
export async function listRegister(office: Office, part: number): Promise<RegisterList> {
  const register = office.press.register()?.register ?? null;
  const all = rowsOf(register).toSorted((one, other) => other.at.localeCompare(one.at));
  const parts = Math.max(1, Math.ceil(all.length / shownAtOnce));
  const shown = all.slice((part - 1) * shownAtOnce, part * shownAtOnce);
  const statements = new Map((await office.store.list({ public: true })).map((line) => [line.reference, line]));
  const texts = new Map<string, Pick<RegisterLine, 'label' | 'draft'>>();
  for (const reference of new Set(shown.map((row) => row.reference))) {
    const line = statements.get(reference);
    if (line) for (const [id, said] of await saidOf(office, line)) texts.set(`${reference} ${id}`, said);
  }
  const lines = shown.flatMap((row): RegisterLine[] => {
    const statement = statements.get(row.reference);
    const { label = {}, draft = null } = texts.get(`${row.reference} ${row.id}`) ?? {};
    return statement ? [{ ...row, statement, label, draft: draft === row.verdict ? null : draft }] : [];
  });
  return { state: register?.register ?? 0, total: all.length, part, parts, lines };
}

function rowsOf(register: Register | null): readonly RegisterRow[] {
  const artefacts = (register?.artefacts ?? []).map((item): RegisterRow => {
    const levels = item.fingerprints.map(({ level }) => level);
    return { ...standingOf(item), reference: item.statement, id: item.artefact, family: 'verdict', levels };
  });
  const collections = (register?.collections ?? []).map((item): RegisterRow => {
    const { finding, ...standing } = standingOf(item);
    return { ...standing, verdict: finding, reference: item.statement, id: item.collection, family: 'finding', levels: null };
  });
  return [...collections, ...artefacts];
}

/** What the newest public text and the open draft say of each item of a statement. */
async function saidOf(office: Office, { id }: StatementLine): Promise<readonly (readonly [string, Pick<RegisterLine, 'label' | 'draft'>])[]> {
  const statement = await readStatement(office, id);
  const { findings } = await newestText(office, statement);
  const drafted = new Map(statement.draft?.discarded === null ? itemsOf(statement.draft.content.findings).map((item) => [item.id, item]) : []);
  return itemsOf(findings).flatMap((item) => {
    const draft = drafted.get(item.id);
    const verdict = draft && ('verdict' in draft ? draft.verdict : draft.finding);
    return 'label' in item ? [[item.id, { label: item.label, draft: verdict ?? null }] as const] : [];
  });
}
