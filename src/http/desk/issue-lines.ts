import type { FastifyReply } from 'fastify';
import type { Issue } from '../../errors.ts';

/** One thing to mend, in words: where, what, by which rule, and the way out. `start` and `end` are its place in the field's text. */
export type IssueLine = { field: string; where: string; words: string; wayOut: string; rule: string; start: number; end: number };

/** The list that the page shows, for the script that keeps it up to date. */
export function issueLines(reply: FastifyReply, issues: readonly Issue[]): readonly IssueLine[] {
  const { say, label, wayOut } = reply.locals;
  return issues.map((issue) => ({
    field: issue.field,
    where: label(issue.field),
    words: say(`issue.${issue.code}`, issue.values),
    wayOut: wayOut(issue.code),
    rule: String(issue.values?.rule ?? ''),
    start: Number(issue.values?.start ?? 0),
    end: Number(issue.values?.end ?? 0),
  }));
}
