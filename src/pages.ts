import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textPages } from './press/address.ts';
import type { StandingTexts } from './press/press.ts';
import type { Language, languages } from './statement/schema.ts';

/** Reads the standing pages of the public site once, at start: content/pages/<name>.<language>.md. @throws Error where one is missing */
export function loadPages(directory: string): StandingTexts {
  const read = (name: string): Record<Language, string> => {
    const text = (language: Language): string => readFileSync(join(directory, `${name}.${language}.md`), 'utf8');
    return { fr: text('fr'), en: text('en') } satisfies Record<(typeof languages)[number], string>;
  };
  const [methods, policy, legal, privacy, accessibility, press] = textPages;
  return {
    [methods]: read(methods),
    [policy]: read(policy),
    [legal]: read(legal),
    [privacy]: read(privacy),
    [accessibility]: read(accessibility),
    [press]: read(press),
  };
}
