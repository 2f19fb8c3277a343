import { z } from 'zod';
import type { Statement } from '../statement/facts.ts';
import { textsToDrop } from '../statement/redaction.ts';
import { Content, kinds } from '../statement/schema.ts';
import type { StatementLine } from './store.ts';

/** What every store makes of a statement's document, wherever it is kept. */

/** A working text as it is kept. */
export const WorkingTextDocument = z.strictObject({ kind: z.enum(kinds), content: Content });

/** Addresses that a statement still needs: revisions not dropped, published texts, and those that lost a race; none that a redaction took. */
export function neededTexts(statement: Statement): ReadonlySet<string> {
  const { revisions, versions, timeline, notices } = statement;
  const gone = new Set(notices.flatMap(({ event, version, at }) => (event === 'redacted' ? textsToDrop(statement, version, at) : [])));
  const needed = [
    ...revisions.filter((item) => !item.dropped).map((item) => item.text),
    ...versions.map((version) => version.text),
    ...timeline.filter((line) => line.act === 'conflicted').map((line) => line.note),
  ];
  return new Set(needed.filter((text) => !gone.has(text)));
}

/** Texts of versions that a redaction took: they may go. */
export function redactedTexts(statement: Statement): readonly string[] {
  return statement.notices.flatMap(({ event, version, at }) => (event === 'redacted' ? textsToDrop(statement, version, at) : []));
}

/** The order of lists. */
export function newestChangeFirst(left: StatementLine, right: StatementLine): number {
  if (left.changedAt === right.changedAt) return left.id < right.id ? -1 : 1;
  return left.changedAt < right.changedAt ? 1 : -1;
}
