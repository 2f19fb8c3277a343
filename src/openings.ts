import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { emptyTexts, type Language, languages, phases, situations, type TextField, type Texts, textFields } from './statement/schema.ts';

/** The first words of a statement (content/openings): texts in both languages with slots `[[what]]` that a person has to fill. */
export type Opening = {
  name: string;
  situation: (typeof situations)[number];
  phase: (typeof phases)[number];
  texts: Record<Language, Texts>;
  slots: readonly string[];
};
export type Openings = ReadonlyMap<string, Opening>;

const Head = z.strictObject({ situation: z.enum(situations), phase: z.enum(phases) });
const slot = /\[\[([^\]\n]{1,200})\]\]/g;

/** Reads and checks all templates once, at start. @throws Error naming the file that is not as it should be */
export function loadOpenings(directory: string): Openings {
  const names = readdirSync(directory)
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -3));
  return new Map(names.sort().map((name) => [name, parseOpening(name, readFileSync(join(directory, `${name}.md`), 'utf8'))]));
}

/** Front matter between `---`, then `# fr` and `# en`, each with `## field` parts. */
export function parseOpening(name: string, text: string): Opening {
  const [, front, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  if (front === undefined || body === undefined) throw new Error(`opening ${name}: no front matter`);
  const head = Head.parse(Object.fromEntries(front.split('\n').map((line) => line.split(/:\s*/, 2))));
  const texts = Object.fromEntries(languages.map((language) => [language, parseTexts(name, body, language)])) as Record<Language, Texts>;
  const slots = [...new Set([...JSON.stringify(texts[languages[0]]).matchAll(slot)].map((match) => match[1] ?? ''))];
  return { name, ...head, texts, slots };
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
