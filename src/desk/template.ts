import { refuse } from '../errors.ts';
import type { Office } from '../office.ts';
import { fillSlots } from '../openings.ts';
import { type Content, emptyContent, type Language, type Situation } from '../statement/schema.ts';

/** The first text of a statement from a template of content/openings, with the agency's contacts. @throws bad_request for a template that does not exist */
export function firstContent(office: Office, template: string, choice: { situation?: Situation; exercise: boolean }): Content {
  const opening = office.openings.get(template);
  if (opening === undefined || template === 'flash') refuse('bad_request', 'there is no such template', [{ field: 'template', code: 'invalid' }]);
  const { agency } = office;
  return {
    ...emptyContent(agency.languages[0]),
    situation: choice.situation ?? opening.situation,
    phase: opening.phase,
    exercise: choice.exercise,
    pressContact: agency.pressContact,
    peopleContact: agency.peopleContact,
    texts: Object.fromEntries(agency.languages.map((language) => [language, opening.texts[language]])),
  };
}

export type FlashFacts = {
  situation: Situation;
  awareAt: string | null;
  nextUpdateAt: string | null;
  exercise: boolean;
  slots: Partial<Record<Language, Readonly<Record<string, string>>>>;
};

/** The flash text: the fixed template with its slots filled; a second language is included only when all of its slots are. */
export function flashContent(office: Office, facts: FlashFacts): Content {
  const opening = office.openings.get('flash') ?? refuse('flash_template', 'the flash template is missing');
  const { agency } = office;
  const [first] = agency.languages;
  const isFilled = (language: Language): boolean => opening.slots.every((slot) => (facts.slots[language]?.[slot] ?? '').trim() !== '');
  return {
    ...emptyContent(first),
    situation: facts.situation,
    exercise: facts.exercise,
    awareAt: facts.awareAt,
    nextUpdate: facts.nextUpdateAt === null ? null : { type: 'by', at: facts.nextUpdateAt },
    pressContact: agency.pressContact,
    peopleContact: agency.peopleContact,
    languages: agency.languages.filter((language) => language === first || isFilled(language)),
    texts: Object.fromEntries(agency.languages.map((language) => [language, fillSlots(opening.texts[language], facts.slots[language] ?? {})])),
  };
}
