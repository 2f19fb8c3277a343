import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  emptyTexts,
  type Kind,
  kinds,
  type Language,
  languages,
  type Phase,
  phases,
  type Situation,
  situations,
  type TextField,
  type Texts,
  textFields,
} from './statement/schema.ts';

/**
 * First words of a version (content/openings): texts in both languages with slots `[[what]]` that a person has to fill. For a statement's
 * first version they are the whole text; for a later one they replace the fields that they have, and the others stay as published.
 */
export type Opening = {
  name: string;
  /** The kinds of version it is for; `first` stands alone. */
  kinds: readonly Kind[];
  /** Null keeps what the version before says. */
  situation: Situation | null;
  phase: Phase | null;
  /** Most words of the text in one language; null for no limit. */
  words: number | null;
  /** The next update it promises: minutes from now, or none; null leaves it to the author. */
  next: number | 'none' | null;
  texts: Record<Language, Texts>;
  /** What its slots ask for, in the order of the text. */
  slots: Record<Language, readonly string[]>;
};
export type Openings = ReadonlyMap<string, Opening>;

const hours = { h: 60, d: 24 * 60 } as const;
const Head = z.strictObject({
  kinds: z
    .string()
    .transform((list) => list.split(/,\s*/))
    .pipe(z.array(z.enum(kinds)).min(1)),
  situation: z.enum(situations).nullable().default(null),
  phase: z.enum(phases).nullable().default(null),
  words: z.coerce.number().int().positive().nullable().default(null),
  next: z
    .union([z.literal('none'), z.string().regex(/^\d{1,3}[hd]$/)])
    .transform((text) => (text === 'none' ? text : Number.parseInt(text, 10) * hours[text.endsWith('d') ? 'd' : 'h']))
    .nullable()
    .default(null),
});
const slot = /\[\[([^\]\n]{1,200})\]\]/g;

/** Reads and checks all templates once, at start. @throws Error naming the file that is not as it should be */
export function loadOpenings(directory: string): Openings {
  const names = readdirSync(directory)
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -3));
  return new Map(names.sort().map((name) => [name, parseOpening(name, readFileSync(join(directory, `${name}.md`), 'utf8'))]));
}

/** Most words of a text by the template it was opened with. */
export function wordLimitsOf(openings: Openings): ReadonlyMap<string, number> {
  return new Map([...openings].flatMap(([name, { words }]) => (words === null ? [] : [[name, words]])));
}

/** Front matter between `---`, then `# fr` and `# en`, each with `## field` parts. */
export function parseOpening(name: string, text: string): Opening {
  const [, front, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  if (front === undefined || body === undefined) throw new Error(`opening ${name}: no front matter`);
  const head = Head.parse(Object.fromEntries(front.split('\n').map((line) => line.split(/:\s*/, 2))));
  const texts = Object.fromEntries(languages.map((language) => [language, parseTexts(name, body, language)])) as Record<Language, Texts>;
  const slots = Object.fromEntries(languages.map((language) => [language, slotsOf(texts[language])])) as Opening['slots'];
  return { name, ...head, texts, slots };
}

function slotsOf(texts: Texts): readonly string[] {
  return [...new Set(textFields.flatMap((field) => [...texts[field].matchAll(slot)].map((match) => match[1] ?? '')))];
}

function parseTexts(name: string, body: string, language: Language): Texts {
  const part = body.split(/^# /m).find((piece) => piece.startsWith(`${language}\n`));
  if (part === undefined) throw new Error(`opening ${name}: no text in ${language}`);
  const fields = part
    .split(/^## /m)
    .slice(1)
    .map((piece): [TextField, string] => {
      const [field = '', ...lines] = piece.split('\n');
      return [z.enum(textFields).parse(field.trim()), lines.join('\n').trim()];
    });
  return { ...emptyTexts, ...Object.fromEntries(fields) };
}

/** The texts with their slots filled by name; a slot without words stays as it is, for readiness to name. */
export function fillSlots(texts: Texts, words: Readonly<Record<string, string>>): Texts {
  const fill = (text: string): string => text.replaceAll(slot, (whole, name: string) => words[name]?.trim() || whole);
  return Object.fromEntries(Object.entries(texts).map(([field, text]) => [field, fill(text)])) as Texts;
}
