import { sha256Hex } from '../../ledger/hash.ts';
import type { PublicStatement } from '../../statement/facts.ts';
import type { Contents, StatementContents } from '../contents.ts';
import { blockPaths, checkpointPaths, lastingPaths, sharedPaths } from '../house-paths.ts';
import type { PageInstant } from '../instant.ts';
import { lastEntry } from '../record.ts';
import type { ResourceDraft } from '../resource.ts';
import { recheckPatienceMs } from './banners.ts';
import { boxStaysMs } from './correction-box.ts';
import type { Pressroom } from './page.ts';

/** `/contents.json`: what the site holds, and what each part of it was made from. */
export async function contentsFile(room: Pressroom, instant: PageInstant): Promise<ResourceDraft> {
  const { record, log, agency } = room;
  const real = [...record.newest()];
  const exercises = new Set(agency.languages.flatMap((language) => record.exercises(language).map(({ reference }) => reference)));
  const known = [...real, ...exercises].flatMap((reference) => record.statement(reference) ?? []);
  const statements = await Promise.all(known.map((statement) => contentsOf(room, statement, instant)));
  const redactions = record.hollows().size;
  const { begin, size, checkpoint } = log.current();
  const passed = known.reduce((sum, statement) => sum + passedMoments(statement, instant), 0);
  const proofs = checkpoint === null ? '' : sha256Hex(checkpoint).slice(0, 16);
  const [language, ...others] = agency.languages;
  const contents: Contents = {
    language,
    others,
    redactions,
    proofs,
    parts: [
      { stamp: '', paths: [...(await lastingPaths(room))] },
      { stamp: `${begin + size}.${passed}`, paths: [...sharedPaths(room)] },
      { stamp: `${redactions}`, paths: [...blockPaths(room)] },
      { stamp: proofs, paths: [...checkpointPaths(room)] },
    ],
    statements,
  };
  const body = `${JSON.stringify(contents)}\n`;
  return { type: 'application/json', body, cache: 'public, max-age=5', crossOrigin: true, nextChangeAt: instant.nextChangeAt() };
}

async function contentsOf(room: Pressroom, statement: PublicStatement, instant: PageInstant): Promise<StatementContents> {
  const { reference, versions } = statement;
  return {
    reference,
    stamp: `${lastEntry(statement)}.${passedMoments(statement, instant)}`,
    versions: versions.length,
    corrected: versions.flatMap(({ version, correctsVersion: from }) => (from !== null && from < version - 1 ? [{ from, to: version }] : [])),
    claims: [...(await room.claims(statement))],
  };
}

/** How many of the moments at which some page of the statement changes by itself are past: deadlines, and the days that notices stay. */
function passedMoments({ versions, notices }: PublicStatement, instant: PageInstant): number {
  const moments = [
    ...versions.flatMap(({ nextUpdate, debt, kind, at }) => [
      ...(nextUpdate?.type === 'by' ? [Date.parse(nextUpdate.at)] : []),
      ...(debt === null ? [] : [Date.parse(debt.dueAt)]),
      ...(kind === 'correction' ? [Date.parse(at) + boxStaysMs] : []),
    ]),
    ...notices.filter(({ event }) => event === 'recheck').map(({ at }) => Date.parse(at) + recheckPatienceMs),
  ];
  return moments.filter((moment) => instant.isPast(moment)).length;
}
