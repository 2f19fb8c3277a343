import type { FindingWords } from '../leak/findings.ts';
import { type RegisterItem, standingOf, type VerdictLine } from '../leak/register.ts';
import type { Office } from '../office.ts';
import type { StatementLine } from '../store/store.ts';
import { newestText, readStatement } from './statement.ts';

/** One public artefact as the desk lists it: with its label, and whether an open draft is about to say something else of it. */
export type RegisterLine = {
  statement: StatementLine;
  item: RegisterItem;
  standing: VerdictLine;
  label: FindingWords;
  /** What the open draft says of it now, where that is another verdict. */
  draft: string | null;
};
export type RegisterList = { state: number; total: number; part: number; parts: number; lines: readonly RegisterLine[] };

const shownAtOnce = 100;

/** The register with the work on it, the last to change first, a hundred at once. @param part from 1 */
export async function listRegister(office: Office, part: number): Promise<RegisterList> {
  const head = office.press.register();
  const all = (head?.register.artefacts ?? []).toSorted((one, other) => standingOf(other).at.localeCompare(standingOf(one).at));
  const parts = Math.max(1, Math.ceil(all.length / shownAtOnce));
  const shown = all.slice((part - 1) * shownAtOnce, part * shownAtOnce);
  const statements = new Map((await office.store.list({ public: true })).map((line) => [line.reference, line]));
  const texts = new Map<string, Pick<RegisterLine, 'label' | 'draft'>>();
  for (const reference of new Set(shown.map((item) => item.statement))) {
    const line = statements.get(reference);
    if (line) for (const [id, said] of await saidOf(office, line)) texts.set(`${reference} ${id}`, said);
  }
  const lines = shown.flatMap((item) => {
    const statement = statements.get(item.statement);
    const standing = standingOf(item);
    const { label = {}, draft = null } = texts.get(`${item.statement} ${item.artefact}`) ?? {};
    return statement ? [{ statement, item, standing, label, draft: draft === standing.verdict ? null : draft }] : [];
  });
  return { state: head?.register.register ?? 0, total: all.length, part, parts, lines };
}

/** What the newest public text and the open draft say of each artefact of a statement. */
async function saidOf(office: Office, { id }: StatementLine): Promise<readonly (readonly [string, Pick<RegisterLine, 'label' | 'draft'>])[]> {
  const statement = await readStatement(office, id);
  const { findings } = await newestText(office, statement);
  const drafted = statement.draft?.discarded === null ? statement.draft.content.findings.artefacts : [];
  return findings.artefacts.map((item) => [item.id, { label: item.label, draft: drafted.find((one) => one.id === item.id)?.verdict ?? null }] as const);
}
