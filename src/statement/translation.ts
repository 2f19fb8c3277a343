import type { Issue } from '../errors.ts';
import { type FindingWords, mapWords } from '../leak/findings.ts';
import type { Content, Texts } from './schema.ts';
import { sections } from './sections.ts';

const lasting = ['title', 'summary', ...sections] as const satisfies readonly (keyof Texts)[];

/**
 * What a `translation` version changes beyond adding or mending the text of another language: empty when it is one.
 * It takes over every fact, in findings all but the words of the language it adds, and every language that the version before had.
 */
export function translationChanges(before: Content, after: Content): readonly Issue[] {
  const published = (words: FindingWords): FindingWords =>
    Object.fromEntries(before.languages.flatMap((language) => (words[language] === undefined ? [] : [[language, words[language]]])));
  const facts = (content: Content): string => {
    const { texts: _texts, languages: _languages, correctsVersion: _corrects, house: _house, findings, ...rest } = content;
    return JSON.stringify([rest, mapWords(findings, published)]);
  };
  const added = after.languages.filter((language) => !before.languages.includes(language));
  return [
    ...(facts(before) === facts(after) ? [] : [{ field: 'kind', code: 'translation_changes_facts' }]),
    ...(added.length > 0 ? [] : [{ field: 'languages', code: 'translation_adds_nothing' }]),
    ...before.languages.flatMap((language) => {
      if (!after.languages.includes(language)) return [{ field: 'languages', code: 'translation_drops_language', values: { language } }];
      const [old, now] = [before.texts[language], after.texts[language]];
      return lasting.filter((name) => old?.[name] !== now?.[name]).map((name) => ({ field: `texts.${language}.${name}`, code: 'translation_changes_text' }));
    }),
  ];
}
