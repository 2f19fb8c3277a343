import type { Draft } from './facts.ts';
import { type Content, type Language, languages, type TextField, textFields } from './schema.ts';

/** Whether the languages of a draft keep step: which texts of another language are older than the words they translate. */

/** The revision in which a text last changed, by language and field; a text untouched since the draft was opened is absent. */
export type Touched = Draft['touched'];

/** What is touched after a save. @param revision number of the revision that the save makes */
export function touchedAfter(touched: Touched, before: Content, after: Content, revision: number): Touched {
  const changed = (language: Language): readonly TextField[] =>
    textFields.filter((name) => (before.texts[language]?.[name] ?? '') !== (after.texts[language]?.[name] ?? ''));
  const entries = languages.map((language): [Language, Partial<Record<TextField, number>>] => {
    const now = changed(language).map((name): [TextField, number] => [name, revision]);
    return [language, { ...touched[language], ...Object.fromEntries(now) }];
  });
  return Object.fromEntries(entries.filter(([, fields]) => Object.keys(fields).length > 0));
}

/**
 * The fields in which another language is behind the first one: there are words to translate, and they changed after its own last did.
 * A save that changes both keeps step.
 * @param first the language that is written first
 */
export function fieldsBehind({ content, touched }: Pick<Draft, 'content' | 'touched'>, first: Language, language: Language): readonly TextField[] {
  if (language === first) return [];
  return textFields.filter((name) => {
    const words = content.texts[first]?.[name] ?? '';
    return words.trim() !== '' && (touched[first]?.[name] ?? 0) > (touched[language]?.[name] ?? 0);
  });
}
