import type { Office } from '../../office.ts';
import { diffBlocks } from '../../statement/diff.ts';
import type { Statement } from '../../statement/facts.ts';
import { textFields } from '../../statement/schema.ts';
import { formValues } from './draft-form.ts';
import { type Fields, text } from './form.ts';
import { namesOf } from './names.ts';

/**
 * Mine, theirs and what both started from, section by section. The form below it saves on their revision; both texts are kept
 * whatever is chosen.
 */
export async function conflictModel(office: Office, statement: Statement, mine: Fields): Promise<object> {
  const { draft } = statement;
  if (draft === null) return { statement, rows: [], rest: [] };
  const theirs = formValues(draft.kind, draft.content, office.agency);
  const base = await baseValues(office, statement, Number(text(mine, 'revision')));
  const longTexts = office.agency.languages.flatMap((language) => textFields.map((name) => `texts.${language}.${name}`));
  const differing = longTexts.filter((name) => text(mine, name) !== text(theirs, name));
  const rows = differing.map((name) => ({
    name,
    mine: text(mine, name),
    theirs: text(theirs, name),
    base: base ? text(base, name) : null,
    changes: diffBlocks(text(theirs, name), text(mine, name)),
  }));
  const ignored = new Set([...differing, 'revision', 'hash', 'after', 'key']);
  const rest = Object.entries({ ...mine })
    .filter(([name]) => !ignored.has(name))
    .flatMap(([name, value]) => [value].flat().map((item) => ({ name, value: item })));
  const facts = Object.keys(theirs)
    .filter((name) => !longTexts.includes(name) && name in mine && String(mine[name]) !== String(theirs[name]))
    .map((name) => ({ name, mine: String(mine[name]), theirs: String(theirs[name]) }));
  const by = statement.revisions.findLast((item) => item.revision === draft.revision)?.by ?? '';
  return { statement, draft, rows, facts, rest, by, names: await namesOf(office) };
}

async function baseValues(office: Office, statement: Statement, revision: number): Promise<Fields | null> {
  const saved = statement.revisions.find((item) => item.revision === revision);
  const kept = saved && (await office.store.revision(saved.text));
  return kept ? formValues(kept.kind, kept.content, office.agency) : null;
}
