import { sha256Hex } from '../../ledger/hash.ts';
import type { PublicStatement, PublicVersion } from '../../statement/facts.ts';
import type { Language } from '../../statement/schema.ts';
import type { Contents, StatementContents } from '../contents.ts';
import { csafFiles } from '../csaf/address.ts';
import { pathInTree } from '../csaf/lists.ts';
import { csafRoot, csafVersionName, csafWhite } from '../csaf/names.ts';
import { securityExpiry } from '../csaf/resources.ts';
import type { CsafTree, TreeDocument } from '../csaf/tree.ts';
import { blockPaths, checkpointPaths, importedPaths, lastingPaths, sharedPaths } from '../house-paths.ts';
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
      { stamp: `${room.imported.count()}`, paths: [...importedPaths(room)] },
      { stamp: proofs, paths: [...checkpointPaths(room)] },
      ...(room.csaf === null ? [] : [csafPart(room.csaf, instant)]),
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
    csaf: room.csaf === null ? [] : csafVersions(statement, room.agency.languages),
  };
}

/** Everything below `/.well-known`, which changes with the tree, and in security.txt with the clock. */
function csafPart(tree: CsafTree, instant: PageInstant): Contents['parts'][number] {
  const documents = tree.documents();
  const years = [...new Set(documents.map(({ year }) => year))];
  const forms = (document: TreeDocument): readonly string[] => ['', '.sha256', '.sha512', ...(document.isSigned ? ['.asc'] : [])];
  const stamp = sha256Hex(JSON.stringify([documents.map(({ name, clearedAt }) => [name, clearedAt]), securityExpiry(tree, instant)])).slice(0, 16);
  const paths = [
    ...csafFiles,
    ...years.map((year) => `${csafWhite}/${year}/`),
    ...documents.flatMap((document) => forms(document).map((form) => `${csafWhite}/${pathInTree(document)}${form}`)),
    ...tree.parts.keys.listed.map(({ fingerprint }) => `${csafRoot}/openpgp/${fingerprint}.asc`),
  ];
  return { stamp, paths };
}

function csafVersions({ reference, versions }: PublicStatement, languages: readonly [Language, ...Language[]]): StatementContents['csaf'] {
  const has = ({ version, files }: PublicVersion, language: Language): boolean =>
    files.some(({ name }) => name === csafVersionName(reference, version, language, languages[0]));
  return languages.map((language) => ({ language, versions: versions.filter((version) => has(version, language)).map(({ version }) => version) }));
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
