import { findAssertions } from './assertions.ts';
import { findAttributions } from './attribution.ts';
import * as attribution from './attribution-words.ts';
import { foldText, lowered } from './fold.ts';
import type { LintInput, LintLanguage } from './issue.ts';
import { findLocators } from './locators.ts';
import { findNames } from './person-names.ts';
import { findPersonalData } from './personal-data.ts';
import { findTraces } from './traces.ts';
import { en } from './verdict-words-en.ts';
import { fr } from './verdict-words-fr.ts';
import { findWording } from './wording.ts';

const ofAttribution = Object.values(attribution)
  .flat()
  .filter((word) => word instanceof RegExp);

/** A sentence in each language that the rules have to read to its end. */
const sentences = {
  fr: "Les fichiers sont faux et l'attaque vient d'un groupe, dit Jean Martin.",
  en: 'The files are false and the attack comes from a group, says John Smith.',
} as const;

/**
 * Makes the linter's patterns compile, once for a process, a few at a time: each step takes some hundredths of a second, and whoever serves
 * lets others in between. Afterwards they stay compiled.
 * @param input of a draft without findings and without an attribution; its language and fields do not matter
 */
export function* warmLinter(input: Omit<LintInput, 'language' | 'fields'>): Generator<void> {
  for (const language of ['fr', 'en'] as const) {
    const { text } = foldText(sentences[language]);
    const { signs, ...rest } = language === 'fr' ? fr : en;
    for (const pattern of [...signs.map(({ words }) => words), ...Object.values(rest), ...ofAttribution]) yield void lowered(text).search(pattern);
    for (const find of findersOf(text, { ...input, language, fields: {} }, language)) yield void find();
  }
}

function findersOf(text: string, input: LintInput, language: LintLanguage): readonly (() => unknown)[] {
  return [
    () => findAssertions(text, input),
    () => findAttributions(text, input),
    () => findLocators(text, input.allow),
    () => findPersonalData(text, input.allow),
    () => findNames(text, new Set()),
    () => findTraces(text, input),
    () => findWording(text, language),
  ];
}
