import { isExercise } from '../address.ts';
import { fold } from '../fold.ts';
import type { ResourceDraft } from '../resource.ts';
import type { SearchIndex } from '../search-index.ts';
import { type StatementLine, statementLine } from './home.ts';
import { type ImportedLine, importedLine } from './imported.ts';
import { hrefOf, htmlPage, type Layout, type LinkModel, layoutOf, type Reading } from './page.ts';

export type SearchModel = {
  layout: Layout;
  query: string;
  refused: boolean;
  action: string;
  count: string;
  /** Of each, its title and an excerpt with what was found in them. */
  results: readonly (StatementLine & { found: readonly Piece[]; excerpt: readonly Piece[] })[];
  /** Documents that the agency brought along, where there are any: never among its own statements. */
  imported: { count: string; lines: readonly (ImportedLine & { found: readonly Piece[] })[] } | null;
  older: LinkModel | null;
  newer: LinkModel | null;
};
/** A piece of an excerpt; `hit` pieces are what was searched for. */
export type Piece = { text: string; hit: boolean };

export const longestQuery = 200;
const most = 200;
const shownAtOnce = 20;
const mostImported = 50;

export async function searchPage(reading: Reading, index: SearchIndex, query: string, part: number): Promise<ResourceDraft> {
  const { say, language, typeset } = reading.speech;
  const refused = query.length > longestQuery;
  const asked = refused ? '' : query.trim();
  const found = asked === '' ? [] : index.find(asked, language, most);
  const shown = found.slice((part - 1) * shownAtOnce, part * shownAtOnce);
  const action = hrefOf(reading, { page: 'search' });
  const link = (to: number, key: string): LinkModel => ({ href: `${action}?q=${encodeURIComponent(asked)}&page=${to}`, text: say(key) });
  const layout = layoutOf(reading, { page: 'search' }, { title: say('public.search.title'), description: say('public.search.lead') });
  const model: SearchModel = {
    layout,
    query: asked,
    refused,
    action,
    count: asked === '' ? '' : say(countKey(found.length), { count: found.length }),
    results: shown.flatMap(({ reference, summary, terms }) => {
      const statement = reading.room.record.statement(reference);
      if (statement === undefined || isExercise(reference)) return [];
      const line = statementLine(reading, statement);
      return [{ ...line, found: excerpt(line.title.text, terms), excerpt: excerpt(typeset(summary), terms) }];
    }),
    imported: part === 1 && asked !== '' ? await importedFound(reading, asked) : null,
    newer: part > 1 ? link(part - 1, 'public.search.previous') : null,
    older: found.length > part * shownAtOnce ? link(part + 1, 'public.search.next') : null,
  };
  return htmlPage(reading, 'public/search', model, { cache: asked === '' && !refused ? 'public, max-age=60' : 'no-store' });
}

async function importedFound(reading: Reading, asked: string): Promise<SearchModel['imported']> {
  const { imported } = reading.room;
  if (imported.count() === 0) return null;
  const found = await imported.find(asked, mostImported);
  const lines = found.map(async ({ document, terms }) => {
    const line = await importedLine(reading, document);
    return { ...line, found: excerpt(line.title.text, terms) };
  });
  return { count: reading.speech.say(importedKey(found.length), { count: found.length }), lines: await Promise.all(lines) };
}

function importedKey(count: number): string {
  if (count === 0) return 'public.imported.notFound';
  if (count === mostImported) return 'public.imported.foundMost';
  return count === 1 ? 'public.imported.one' : 'public.imported.many';
}

function countKey(count: number): string {
  if (count === 0) return 'public.search.none';
  return count === 1 ? 'public.search.one' : 'public.search.many';
}

/** A text cut at words that begin with a term that matched, accents folded. */
export function excerpt(text: string, terms: readonly string[]): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const part of text.split(/([\p{L}\p{N}]+)/u)) {
    if (part === '') continue;
    const hit = terms.includes(fold(part));
    const last = pieces.at(-1);
    if (last?.hit === hit) last.text += part;
    else pieces.push({ text: part, hit });
  }
  return pieces;
}
