import type { PublicStatement, PublicVersion } from '../statement/facts.ts';
import type { Kind, Language } from '../statement/schema.ts';

/** What a statement has said in one language: the rules of the second language (record.md §2). */

/** Whether a version stands in the feeds of a language: it brings text in it, or withdraws what was said in it. */
export function appearsIn({ versions }: PublicStatement, version: PublicVersion, language: Language): boolean {
  if (version.languages.includes(language)) return true;
  return version.kind === 'withdrawal' && versions.some((earlier) => earlier.version < version.version && earlier.languages.includes(language));
}

/**
 * What a version is to readers of one language. A version may bring them what others have read before, so it is for them the
 * weightiest of what they missed: no correction is hidden behind a translation or a later update.
 */
export function kindFor({ versions }: PublicStatement, version: PublicVersion, language: Language): Kind {
  if (version.kind === 'withdrawal') return 'withdrawal';
  const earlier = versions.slice(0, version.version - 1);
  const spokeAt = earlier.findLast((one) => one.languages.includes(language))?.version ?? 0;
  if (spokeAt === 0) return version.kind === 'translation' ? 'first' : version.kind;
  const kinds = [...earlier.slice(spokeAt), version].map((one) => one.kind);
  return (['correction', 'update', 'editorial'] as const).find((kind) => kinds.includes(kind)) ?? version.kind;
}

export function isCorrectionFor(statement: PublicStatement, version: PublicVersion, language: Language): boolean {
  return ['correction', 'withdrawal'].includes(kindFor(statement, version, language));
}

/** The newest version up to and including `upTo` with text in the language. */
export function newestIn({ versions }: PublicStatement, language: Language, upTo: number): PublicVersion | undefined {
  return versions.findLast((version) => version.version <= upTo && version.languages.includes(language));
}

/** The words of a language, or else of the first language that has any. */
export function pick(
  words: Partial<Record<Language, string>>,
  language: Language,
  languages: readonly Language[],
): { text: string; language: Language } | undefined {
  for (const code of [language, ...languages]) {
    const text = words[code];
    if (text) return { text, language: code };
  }
  return undefined;
}

/** A statement's title as of a version, in a language if it ever had one there. */
export function titleOf(statement: PublicStatement, upTo: number, language: Language, languages: readonly Language[]): { text: string; language: Language } {
  const version = statement.versions[upTo - 1];
  const spoken = newestIn(statement, language, upTo)?.title[language];
  const own = version?.title[language] ?? (version?.kind === 'withdrawal' ? spoken : undefined);
  const title = own ? { text: own, language } : pick(version?.title ?? {}, language, languages);
  return title ?? { text: statement.reference, language };
}
