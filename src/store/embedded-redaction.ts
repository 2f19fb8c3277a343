import { join } from 'node:path';
import type { Entry } from '../ledger/entry.ts';
import type { Statement } from '../statement/facts.ts';
import { readIfThere } from './disk.ts';
import type { Vault } from './embedded-record.ts';
import { dropTexts, readStatement } from './embedded-shelf.ts';
import { redactedTexts } from './statement-document.ts';

/** Takes away what redactions took: signed files and working texts. What the disk does not let go of is told, and tried again. */

/** After a commit: what these entries name, the statement's texts, and what was left before. */
export async function removeRedacted(vault: Vault, entries: readonly Entry[], statement: Statement | null): Promise<void> {
  const { undeleted, redacted } = vault;
  const names = entries.flatMap((entry) => entry.redacts?.files ?? []);
  for (const name of names) {
    redacted.add(name);
    undeleted.files.add(name);
  }
  if (names.length > 0 && statement !== null) undeleted.texts.set(statement.id, statement);
  await removeLeft(vault);
}

/** At opening: everything that any redaction ever took, for a crash may have come between the commit and the removal. */
export async function removeAllRedacted(vault: Vault, statements: readonly string[]): Promise<void> {
  for (const name of vault.redacted) vault.undeleted.files.add(name);
  for (const id of statements) {
    const statement = await readStatement(vault.shelf, id);
    if (statement) vault.undeleted.texts.set(id, statement);
  }
  await removeLeft(vault);
}

async function removeLeft({ directory, disk, shelf, undeleted, tell }: Vault): Promise<void> {
  for (const name of [...undeleted.files]) {
    const path = join(directory, 'record', name);
    try {
      if ((await readIfThere(disk, path)) !== undefined) await disk.remove(path);
      undeleted.files.delete(name);
    } catch (error) {
      tell(`the redacted file ${name} is still on the disk: ${error instanceof Error ? error.message : error}`);
    }
  }
  for (const [id, statement] of [...undeleted.texts]) {
    const left = await dropTexts(shelf, statement, redactedTexts(statement));
    if (left.length === 0) undeleted.texts.delete(id);
    else tell(`${left.length} working texts of a redacted version are still on the disk`);
  }
}
