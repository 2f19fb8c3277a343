import { readStatement } from '../../desk/statement.ts';
import type { Office } from '../../office.ts';
import type { Statement } from '../../statement/facts.ts';
import { speakingTimes } from '../../statement/times.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { page } from '../render.ts';
import { withComment } from './comment-lines.ts';
import { sendCsv } from './csv.ts';
import { idOf, readerOf } from './form.ts';
import { namesOf } from './names.ts';

/** The timeline of acts, refusals included, on screen and to take away. */
export const historyRoutes: DeskRoutes = (app, { office }) => {
  app.get('/desk/statements/:id/history', { config: { canWait: true } }, async (request, reply) => {
    readerOf(request);
    const statement = await readStatement(office, idOf(request));
    return page(request, reply, 'desk/history', {
      statement,
      lines: await history(office, statement, reply.locals.label),
      times: speakingTimes(statement),
      names: await namesOf(office),
    });
  });

  app.get('/desk/statements/:id/history.json', { config: { canWait: true } }, async (request, reply) => {
    readerOf(request);
    const statement = await readStatement(office, idOf(request));
    const { id, reference, revisions, comments } = statement;
    return reply.send({ id, reference, times: speakingTimes(statement), lines: await history(office, statement), revisions, comments });
  });

  app.get('/desk/statements/:id/history.csv', { config: { canWait: true } }, async (request, reply) => {
    readerOf(request);
    const statement = await readStatement(office, idOf(request));
    const rows = (await history(office, statement)).map((line) => [line.at, line.by, line.act, line.revision ?? '', line.version ?? '', line.note]);
    return sendCsv(reply, `history-${statement.id}`, ['at', 'by', 'act', 'revision', 'version', 'note'], [...rows, ...timesRows(statement)]);
  });
};

export type HistoryLine = { at: string; by: string; act: string; revision: number | null; version: number | null; note: string; isRefusal: boolean };

async function history(office: Office, statement: Statement, label = (place: string): string => place): Promise<readonly HistoryLine[]> {
  const acts = statement.timeline.map(({ key: _key, ...line }) => ({ ...line, note: withComment(statement, line.note, label), isRefusal: false }));
  const refusals = await office.outbox.refusals(statement.id, 500);
  const refused = refusals.map(({ at, by, act, code }) => ({ at, by, act, revision: null, version: null, note: code, isRefusal: true }));
  // Newest first, also among lines of one instant.
  return [...acts, ...refused].reverse().sort((left, right) => (left.at < right.at ? 1 : left.at > right.at ? -1 : 0));
}

/** Time to statement as lines of their own: the act says what was measured, the note the minutes. */
function timesRows(statement: Statement): readonly (readonly (string | number)[])[] {
  const { firstPublishedAt, minutesToFirst, flashes } = speakingTimes(statement);
  const first = firstPublishedAt === null ? [] : [[firstPublishedAt, '', 'minutes-to-first-publication', '', 1, minutesToFirst ?? '']];
  const checks = flashes.map(({ version, checkedAt, minutesToCheck }) => [checkedAt ?? '', '', 'minutes-to-second-check', '', version, minutesToCheck ?? '']);
  return [...first, ...checks];
}
