import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Language, languages } from './statement/schema.ts';

/** Every sentence people read stands in content/words/<language>/*.json, flat keys, `{name}` for values. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;
export type Words = Record<Language, Say>;

const File = z.record(z.string(), z.string());

/** Reads all words once, at start. A key that is missing shows as itself; the tests hold both languages to the same keys. */
export function loadWords(directory: string): Words {
  const read = (language: Language): Say => {
    const folder = join(directory, language);
    const entries = readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => Object.entries(File.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))));
    const sentences = new Map(language === 'fr' ? entries.map(([key, sentence]) => [key, keepTogether(sentence)]) : entries);
    return (key, values = {}) => {
      const sentence = sentences.get(key) ?? key;
      return sentence.includes('{') ? sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) : sentence;
    };
  };
  return Object.fromEntries(languages.map((language) => [language, read(language)])) as Words;
}

/** French no-break spaces before double punctuation and inside guillemets; the files hold plain spaces. */
export function keepTogether(text: string): string {
  return text.replaceAll(/ ([:;!?»])/g, '\u00a0$1').replaceAll('« ', '«\u00a0');
}
