import { LRUCache } from 'lru-cache';
import type { Agency } from '../config.ts';
import type { PublicStatement, PublicVersion } from '../statement/facts.ts';
import type { SignedVersion } from '../statement/schema.ts';
import { sections } from '../statement/sections.ts';
import { readAddress } from './address.ts';
import { fold } from './fold.ts';
import type { ImportedShelf } from './imported-shelf.ts';
import type { PublicRecord, RegisterRef, VersionRef } from './record.ts';
import type { VersionTexts } from './versions.ts';

/** What somebody asks of `/verify`: a reference, an address of ours, a file's hash or short code, or words that are said to be ours. */
export type Question =
  | { kind: 'reference'; reference: string; version: number | null }
  /** Words that cite an address of ours, as our own citation does: the address is checked, the words around it are not. */
  | { kind: 'citation'; path: string }
  | { kind: 'url'; path: string | null }
  | { kind: 'hash'; digits: string }
  | { kind: 'text'; words: string }
  | { kind: 'too_short' | 'too_long' };
export type Match = { statement: PublicStatement; version: PublicVersion };

export const longestQuestion = 500;
const shortestWords = 20;
const versionsSearched = 300;
const matchesShown = 5;

export function readQuestion(query: string, { publicUrl }: Agency): Question | null {
  const asked = query.trim();
  if (asked === '') return null;
  if (asked.length > longestQuestion) return { kind: 'too_long' };
  const [, year, number, version] = /^(?:\p{L}+\s+)?((?:EX-)?\d{4})[-/](\d{4,9})(?:,?\s*(?:v|version)\s*(\d{1,6}))?$/iu.exec(asked) ?? [];
  if (year && number) return { kind: 'reference', reference: `${year}-${number}`.toUpperCase(), version: version ? Number(version) : null };
  const digits = asked
    .replace(/^sha-?256[:\s]+/i, '')
    .replaceAll(/[-\s]/g, '')
    .toLowerCase();
  if (/^([0-9a-f]{12}|[0-9a-f]{64})$/.test(digits)) return { kind: 'hash', digits };
  if (/^\/(statements|register|imported)[/.]/.test(asked)) return { kind: 'url', path: asked };
  if (/^https?:\/\//i.test(asked)) return { kind: 'url', path: pathUnder(asked, publicUrl) };
  const cited = /https?:\/\/[^\s,;)»”"]+/i.exec(asked)?.[0];
  const path = cited ? pathUnder(cited, publicUrl) : null;
  if (path !== null) return { kind: 'citation', path };
  const words = foldWords(asked);
  return words.length < shortestWords ? { kind: 'too_short' } : { kind: 'text', words };
}

/** Versions of ours that a question means, newest first. Words are looked for in the newest 300 versions. */
export function createVerifier(record: PublicRecord, texts: VersionTexts, languages: Agency['languages']): (question: Question) => Promise<readonly Match[]> {
  // As many as are looked through: folding is done once a version, never again for each question.
  const folded = new LRUCache<number, string>({ max: versionsSearched });

  async function wordsOf({ entry }: VersionRef): Promise<string> {
    if (record.hollows().has(entry)) return '';
    const known = folded.get(entry);
    if (known !== undefined) return known;
    const made = publicWords(await texts.signed(entry));
    folded.set(entry, made);
    return made;
  }

  async function withWords(words: string): Promise<readonly Match[]> {
    const found: VersionRef[] = [];
    for (const [place, ref] of newestVersions(record, languages).entries()) {
      if (place % 16 === 15) await new Promise((resolve) => setImmediate(resolve));
      if ((await wordsOf(ref)).includes(words)) found.push(ref);
      if (found.length >= matchesShown) break;
    }
    return found.flatMap((ref) => versionAt(record, ref.reference, ref.version));
  }

  return async (question) => {
    if (question.kind === 'reference') return versionAt(record, question.reference, question.version);
    if (question.kind === 'citation') return atPath(record, question.path, languages);
    if (question.kind === 'url') return question.path === null ? [] : atPath(record, question.path, languages);
    if (question.kind === 'text') return withWords(question.words);
    if (question.kind !== 'hash') return [];
    const ref = record.file(question.digits);
    return ref ? versionAt(record, ref.reference, ref.version) : [];
  };
}

/** The original that was brought along which a question means by its hash or the address of it or its document; undefined for anything else. */
export function importedAsked(imported: ImportedShelf, question: Question, languages: Agency['languages']): ReturnType<ImportedShelf['withHash']> {
  if (question.kind === 'hash') return imported.withHash(question.digits);
  const path = question.kind === 'url' || question.kind === 'citation' ? question.path : null;
  const address = path === null ? undefined : readAddress(path, languages);
  if (address?.page !== 'importedDocument' && address?.page !== 'importedFile') return undefined;
  const document = imported.at(address);
  const original = document?.originals.at(address.page === 'importedDocument' || address.k === null ? -1 : address.k - 1);
  return document && original && { document, original };
}

/** The state of the register that a question means by hash, short code or address of one of its files; undefined for anything else. */
export function registerAsked(record: PublicRecord, question: Question, languages: Agency['languages']): RegisterRef | undefined {
  const states = record.registers();
  if (question.kind === 'hash') {
    const { digits } = question;
    return states.find(({ files }) => files.some(({ name, sha256 }) => sha256 === digits || (name.endsWith('.json') && sha256.startsWith(digits))));
  }
  const address = question.kind === 'url' && question.path !== null ? readAddress(question.path, languages) : undefined;
  if (address?.page !== 'registerFile') return undefined;
  return address.state === null ? states.at(-1) : states.find(({ state }) => state === address.state);
}

function pathUnder(address: string, publicUrl: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return url.host === new URL(publicUrl).host ? url.pathname : null;
}

function atPath(record: PublicRecord, path: string, languages: Agency['languages']): readonly Match[] {
  const address = readAddress(path, languages);
  if (address === undefined || !('reference' in address)) return [];
  if ('version' in address) return versionAt(record, address.reference, address.version);
  return versionAt(record, address.reference, address.page === 'diff' ? address.to : null);
}

/** Null asks for the newest. */
function versionAt(record: PublicRecord, reference: string, version: number | null): readonly Match[] {
  const statement = record.statement(reference);
  const found = statement?.versions.at(version === null ? -1 : version - 1);
  return statement && found ? [{ statement, version: found }] : [];
}

function newestVersions(record: PublicRecord, languages: Agency['languages']): readonly VersionRef[] {
  const all = languages.flatMap((language) => [...record.updates(language).slice(-versionsSearched), ...record.exercises(language).slice(-versionsSearched)]);
  return [...new Map(all.map((ref) => [ref.entry, ref])).values()].sort((a, b) => b.entry - a.entry).slice(0, versionsSearched);
}

function publicWords(signed: SignedVersion): string {
  const all = signed.languages.flatMap((language) => {
    const texts = signed.texts[language];
    return [texts?.title, texts?.summary, ...sections.map((section) => texts?.[section]), signed.changeNote[language], signed.withdrawal?.reason[language]];
  });
  return foldWords(all.filter((text) => text !== undefined).join(' \n '));
}

/** Lower case, no accents, nothing but letters and digits with one space between: quotes survive typography and Markdown. */
function foldWords(text: string): string {
  return fold(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
