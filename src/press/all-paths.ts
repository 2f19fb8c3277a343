import type { Language } from '../statement/schema.ts';
import { type Place, pathOf } from './address.ts';
import type { Contents, StatementContents } from './contents.ts';
import { csafVersionName } from './csaf/names.ts';

/**
 * Every public path with the stamp of what it is made from. Left out is what is made for one question: search and verify with a query, a
 * comparison that nothing links, proofs between two sizes of the log, and a partial tile once its tile is full.
 */
export function allPaths(contents: Contents): ReadonlyMap<string, string> {
  const { language, others, parts, statements, proofs } = contents;
  return new Map([
    ...parts.flatMap(({ stamp, paths }) => paths.map((path) => [path, stamp] as const)),
    ...statements.flatMap((statement) => [
      ...pathsOfStatement(statement, [language, ...others]).map((path) => [path, statement.stamp] as const),
      ...versionsOf(statement).map((version) => [`/statements/${statement.reference}/v/${version}.tlog-proof`, proofs] as const),
    ]),
  ]);
}

/** Pictures and proofs: nobody waits for them, and one from a moment ago is no error. */
export function isLate(path: string): boolean {
  return path.endsWith('.png') || path.endsWith('.tlog-proof');
}

function pathsOfStatement(statement: StatementContents, languages: readonly [Language, ...Language[]]): readonly string[] {
  const { reference, corrected, claims, csaf } = statement;
  const versions = versionsOf(statement);
  const places: readonly Place[] = [
    ...(['statement', 'versions', 'timemap', 'statementFeed', 'badge', 'embed'] as const).map((page) => ({ page, reference })),
    ...versions.flatMap((version) => (['version', 'card'] as const).map((page) => ({ page, reference, version }))),
    ...versions.slice(1).map((to) => ({ page: 'diff', reference, from: to - 1, to }) as const),
    ...corrected.map(({ from, to }) => ({ page: 'diff', reference, from, to }) as const),
    ...claims.map((item) => ({ page: 'claim', reference, item }) as const),
  ];
  return [
    ...languages.flatMap((language) => places.map((place) => pathOf(place, language, languages[0]))),
    ...versions.flatMap((version) => ['json', 'txt'].map((form) => `/statements/${reference}/v/${version}.${form}`)),
    ...csaf.flatMap((spoken) => spoken.versions.map((version) => csafVersionName(reference, version, spoken.language, languages[0]))),
    `/api/v1/statements/${reference}`,
  ];
}

function versionsOf({ versions }: StatementContents): readonly number[] {
  return Array.from({ length: versions }, (_, index) => index + 1);
}
