import { z } from 'zod';
import type { ImportedDocument } from '../imports/document.ts';
import { fold } from './fold.ts';

/** What lists and search need of an original, so that neither has to read whole documents. `words`: what it is found by, folded, each once, a space on both sides. */
export const Gist = z.object({ title: z.string(), lang: z.string().optional(), publisher: z.string(), words: z.string() });
export type Gist = z.infer<typeof Gist>;

const longestTitle = 400;
/** Longer than any that is shown (RFC 5646). */
const longestLanguage = 40;
const mostWeaknesses = 500;
const longestWords = 20_000;

/** Of what a document is called, by whom, its id, and the weaknesses that it names. */
export function gistOf({ document: { title, lang, publisher, tracking }, vulnerabilities }: ImportedDocument): Gist {
  const weaknesses = vulnerabilities.slice(0, mostWeaknesses).flatMap(({ cve, title: weakness }) => [cve, weakness]);
  const text = [title, publisher.name, tracking.id, ...weaknesses].filter(Boolean).join(' ').slice(0, longestWords);
  const words = [...new Set(wordsOf(text))].join(' ');
  return { title: title.slice(0, longestTitle), lang: lang?.slice(0, longestLanguage), publisher: publisher.name.slice(0, longestTitle), words: ` ${words} ` };
}

/** The words of a text as gists hold them and as people ask for them. */
export function wordsOf(text: string): readonly string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** The words of a gist that those of a question find, each itself and from three letters on what begins with it; null unless each finds one. */
export function foundIn({ words }: Gist, asked: readonly string[]): readonly string[] | null {
  const sought = asked.map((word) => (word.length > 2 ? ` ${word}` : ` ${word} `));
  if (!sought.every((part) => words.includes(part))) return null;
  return sought.flatMap((part) => {
    const found: string[] = [];
    for (let at = words.indexOf(part); at >= 0; at = words.indexOf(part, at + 1)) found.push(words.slice(at + 1, words.indexOf(' ', at + 1)));
    return found;
  });
}
