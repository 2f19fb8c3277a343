import MiniSearch from 'minisearch';
import type { Language } from '../statement/schema.ts';
import { isExercise } from './address.ts';
import { fold } from './fold.ts';
import type { PublicRecord } from './record.ts';
import { newestIn } from './spoken.ts';
import type { VersionTexts } from './versions.ts';

/** Titles and summaries of the newest public text of each statement, one index a language. */
export type SearchIndex = {
  /** Indexes a statement's newest texts in place of older ones. */
  put(reference: string): Promise<void>;
  /** References that match every word, latest public change first, with the plain summary. */
  find(query: string, language: Language, limit: number): readonly Found[];
};
export type Found = { reference: string; summary: string; terms: readonly string[] };

type Line = { id: string; title: string; summary: string };

export function createSearchIndex(record: PublicRecord, texts: VersionTexts, languages: readonly Language[]): SearchIndex {
  const indexes = new Map(languages.map((language) => [language, newIndex()]));

  async function lineOf(reference: string, language: Language): Promise<Line | undefined> {
    const statement = record.statement(reference);
    const version = statement && newestIn(statement, language, statement.versions.length);
    if (version === undefined) return undefined;
    const { texts: spoken } = await texts.signed(version.entry);
    return { id: reference, title: spoken[language]?.title ?? '', summary: spoken[language]?.summary ?? '' };
  }

  return {
    async put(reference) {
      if (isExercise(reference)) return;
      for (const [language, index] of indexes) {
        const line = await lineOf(reference, language);
        if (line === undefined) continue;
        if (index.has(reference)) index.replace(line);
        else index.add(line);
      }
    },
    find(query, language, limit) {
      const results = indexes.get(language)?.search(query, { prefix: (term) => term.length > 2, combineWith: 'AND' }) ?? [];
      const order = (reference: string): number => record.statement(reference)?.versions.at(-1)?.entry ?? 0;
      return results
        .toSorted((a, b) => order(String(b.id)) - order(String(a.id)))
        .slice(0, limit)
        .map((result) => ({ reference: String(result.id), summary: String(result.summary ?? ''), terms: result.terms }));
    },
  };
}

const awaited = 500;

/** Indexes all statements, newest first. The first 500 are awaited; the rest follows in the background, a few at a time. */
export async function fillIndex(index: SearchIndex, statements: readonly { reference: string }[]): Promise<void> {
  const references = statements.map(({ reference }) => reference).toSorted((a, b) => (a < b ? 1 : -1));
  await fill(index, references.slice(0, awaited));
  void fill(index, references.slice(awaited));
}

async function fill(index: SearchIndex, references: readonly string[]): Promise<void> {
  for (let at = 0; at < references.length; at += 8) {
    // A text that cannot be read is missing in search alone; its own page says why.
    await Promise.allSettled(references.slice(at, at + 8).map((reference) => index.put(reference)));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function newIndex(): MiniSearch<Line> {
  return new MiniSearch<Line>({
    fields: ['id', 'title', 'summary'],
    storeFields: ['summary'],
    // Null drops the empty term.
    processTerm: (term) => fold(term) || null,
    tokenize: (text) => text.split(/[^\p{L}\p{N}]+/u),
  });
}
