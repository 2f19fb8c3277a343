import { refuse } from '../errors.ts';
import type { Office } from '../office.ts';
import { fillSlots, type Opening } from '../openings.ts';
import {
  type Content,
  emptyContent,
  emptyTexts,
  type HouseNotes,
  type Kind,
  type Language,
  type NextUpdate,
  noNotes,
  type Situation,
  type Texts,
} from '../statement/schema.ts';

type Slots = Partial<Record<Language, Readonly<Record<string, string>>>>;

export type FirstFacts = {
  situation?: Situation;
  exercise: boolean;
  awareAt?: string | null;
  /** What the house notes and never publishes. */
  notes?: HouseNotes;
  /** Words for the template's slots; what is left out stays open, for readiness to name. */
  slots?: Slots;
};

/** The first text of a statement from a template of content/openings, with the agency's contacts. @throws bad_request for a template that does not exist */
export function firstContent(office: Office, template: string, facts: FirstFacts): Content {
  const opening = requireFirst(office, template);
  const { agency } = office;
  const empty = emptyContent(agency.languages[0]);
  return {
    ...empty,
    situation: facts.situation ?? opening.situation ?? empty.situation,
    phase: opening.phase ?? empty.phase,
    awareAt: facts.awareAt ?? null,
    nextUpdate: promised(office, opening),
    exercise: facts.exercise,
    pressContact: agency.pressContact,
    peopleContact: agency.peopleContact,
    ...filled(office, opening, facts.slots ?? {}),
    ...(facts.notes && { house: facts.notes }),
  };
}

/** A template that opens a statement and that anybody may choose. @throws bad_request */
export function requireFirst(office: Office, template: string): Opening {
  const opening = office.openings.get(template);
  if (!opening?.kinds.includes('first') || template === 'flash') refuse('bad_request', 'there is no such template', [{ field: 'template', code: 'invalid' }]);
  return opening;
}

/** The template's texts with their slots filled; another language than the first is included only when all of its slots are. */
function filled({ agency }: Office, { texts, slots }: Opening, words: Slots): Pick<Content, 'languages' | 'texts'> {
  const [first] = agency.languages;
  const isFilled = (language: Language): boolean => slots[language].every((slot) => (words[language]?.[slot] ?? '').trim() !== '');
  return {
    languages: agency.languages.filter((language) => language === first || isFilled(language)),
    texts: Object.fromEntries(agency.languages.map((language) => [language, fillSlots(texts[language], words[language] ?? {})])),
  };
}

/**
 * A next version's text with what a template brings: its texts over those of the version before, its phase, and its promise.
 * @throws bad_request for a template that does not exist or is for another kind
 */
export function withTemplate(office: Office, content: Content, kind: Kind, template: string): Content {
  const opening = office.openings.get(template);
  if (!opening?.kinds.includes(kind) || kind === 'first') refuse('bad_request', 'there is no such template', [{ field: 'template', code: 'invalid' }]);
  const over = (language: Language): Texts => {
    const brought = Object.entries(opening.texts[language]).filter(([, text]) => text !== '');
    return { ...emptyTexts, ...content.texts[language], ...Object.fromEntries(brought) };
  };
  return {
    ...content,
    situation: opening.situation ?? content.situation,
    phase: opening.phase ?? content.phase,
    nextUpdate: promised(office, opening) ?? content.nextUpdate,
    texts: Object.fromEntries(office.agency.languages.map((language) => [language, over(language)])),
  };
}

/** What a template promises, on the next full five minutes before it would be too late. */
function promised(office: Office, { next }: Opening): NextUpdate | null {
  if (next === null) return null;
  if (next === 'none') return { type: 'none' };
  const step = 5 * 60_000;
  return { type: 'by', at: new Date(Math.floor((office.now() + next * 60_000) / step) * step).toISOString() };
}

export type FlashFacts = {
  situation: Situation;
  awareAt: string | null;
  nextUpdateAt: string | null;
  exercise: boolean;
  /** Why this cannot wait, which stands for having consulted anybody. */
  reason: string;
  slots: Slots;
};

/** The flash text: the fixed template with its slots filled. */
export function flashContent(office: Office, facts: FlashFacts): Content {
  const opening = office.openings.get('flash') ?? refuse('flash_template', 'the flash template is missing');
  const { agency } = office;
  return {
    ...emptyContent(agency.languages[0]),
    situation: facts.situation,
    exercise: facts.exercise,
    awareAt: facts.awareAt,
    nextUpdate: facts.nextUpdateAt === null ? null : { type: 'by', at: facts.nextUpdateAt },
    pressContact: agency.pressContact,
    peopleContact: agency.peopleContact,
    ...filled(office, opening, facts.slots),
    house: { ...noNotes, entity: { consulted: false, waiver: facts.reason.slice(0, 600) }, triage: facts.reason.slice(0, 600) },
  };
}
