import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { blockingRules, type LintInput, type LintIssue, type LintLanguage, type LintRule, warningRules } from '../../src/leak/linter/issue.ts';
import { lint } from '../../src/leak/linter/lint.ts';

/**
 * The corpus of the linter, marked by hand: `⟦B1 words⟧` in a text marks what that rule has to find, `missing` the rules that speak of
 * something absent, once for each issue owed. Everything else found in a text is false. `with` departs from a draft that is in order.
 */

const folder = join(import.meta.dirname, '../corpus/linter');
const unseenFolder = join(import.meta.dirname, '../corpus/linter-unseen');
export const lintRules: readonly LintRule[] = [...blockingRules, ...warningRules];

const Judged = z.strictObject({
  id: z.string(),
  verdict: z.string(),
  confidence: z.enum(['low', 'moderate', 'high']).nullable().default('moderate'),
  bases: z.int().default(1),
  hasBecause: z.boolean().default(true),
  hasPermission: z.boolean().default(true),
  reviewers: z.int().nullable().default(2),
});
const Departure = z.strictObject({
  situation: z.enum(['breach', 'leak', 'leak-falsified', 'impersonation']).optional(),
  phase: z.enum(['holding', 'update', 'interim', 'final', 'withdrawn']).optional(),
  unknowns: z.int().optional(),
  nextUpdate: z.enum(['by', 'until_event', 'none']).nullable().optional(),
  findings: z.array(Judged).optional(),
  attribution: z.strictObject({ authority: z.string(), url: z.string() }).optional(),
  entity: z.strictObject({ consulted: z.boolean(), waiver: z.string() }).optional(),
  claims: z.array(z.string()).optional(),
  personas: z.array(z.string()).optional(),
  fileTitles: z.array(z.string()).optional(),
  hasTriage: z.boolean().optional(),
  inElectionSilence: z.boolean().optional(),
  other: z.string().optional(),
  otherUnknowns: z.int().optional(),
});
const Item = z.strictObject({
  field: z.string().default('advice'),
  text: z.string(),
  with: Departure.default({}),
  missing: z.array(z.enum(lintRules)).default([]),
});
const File = z.array(z.union([z.string().transform((text) => Item.parse({ text })), Item]));
const Allow = z.strictObject({
  urls: z.array(z.string()),
  emails: z.array(z.string()),
  phones: z.array(z.string()),
  handles: z.array(z.string()),
  hashes: z.array(z.string()),
  names: z.array(z.string()),
});

export const corpusAllow = Allow.parse(JSON.parse(readFileSync(join(folder, 'allow.json'), 'utf8')));

type Mark = { rule: LintRule; start: number; end: number };
export type Marked = { name: string; text: string; marks: readonly Mark[]; missing: readonly LintRule[]; input: LintInput };

/** A draft in good order, whose only words are the given fields. */
export function draftOf(language: LintLanguage, fields: LintInput['fields'], departure: Partial<LintInput> = {}): LintInput {
  const order = { situation: 'leak', phase: 'update', unknowns: 1, nextUpdate: 'by', hasTriage: true, inElectionSilence: false } as const;
  const nothing = { findings: [], attribution: null, claims: [], personas: [], fileTitles: [], other: null };
  return { language, fields, ...order, ...nothing, entity: { consulted: true, waiver: '' }, allow: corpusAllow, ...departure };
}

/** What the rules were written beside. */
export function readCorpus(language: LintLanguage): readonly Marked[] {
  return readMarked(folder, language);
}

/** What somebody else wrote, who had read neither the rules nor the corpus. */
export function readUnseen(language: LintLanguage): readonly Marked[] {
  return readMarked(unseenFolder, language);
}

function readMarked(from: string, language: LintLanguage): readonly Marked[] {
  return readdirSync(join(from, language)).flatMap((file) => readFile(join(from, language, file), language));
}

function readFile(path: string, language: LintLanguage): readonly Marked[] {
  return File.parse(JSON.parse(readFileSync(path, 'utf8'))).map(({ field, text, with: departure, missing }, index) => {
    const { plain, marks } = unmark(text);
    const { other, otherUnknowns, ...facts } = departure;
    const second = { language: language === 'fr' ? 'en' : 'fr', fields: { [field]: other ?? '' }, unknowns: otherUnknowns ?? 1 } as const;
    const given = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
    const input = { ...draftOf(language, { [field]: plain }), ...given, other: other === undefined ? null : second };
    return { name: `${language}/${basename(path)} ${index + 1}`, text: plain, marks, missing, input };
  });
}

function unmark(text: string): { plain: string; marks: readonly Mark[] } {
  const marks: Mark[] = [];
  let plain = '';
  for (const part of text.split(/(⟦[^⟧]*⟧)/u)) {
    const [, rule, words] = /^⟦([BW]\d) ([^⟧]*)⟧$/u.exec(part) ?? [];
    if (part.startsWith('⟦') !== (rule !== undefined)) throw new Error(`no mark: ${part}`);
    if (rule !== undefined) marks.push({ rule: z.enum(lintRules).parse(rule), start: plain.length, end: plain.length + (words ?? '').length });
    plain += words ?? part;
  }
  return { plain, marks };
}

export type Tally = { rule: LintRule; marked: number; found: number; right: number; missed: readonly string[]; wrong: readonly string[] };

/** For each rule: how many marks were found, and how many finds were right; both with the texts where not. */
export function tallyCorpus(items: readonly Marked[], run: (input: LintInput) => readonly LintIssue[] = lint): readonly Tally[] {
  const ran = items.map((item) => ({ ...item, issues: run(item.input) }));
  return lintRules.map((rule) => {
    const scores = ran.map((item) => ({ name: item.name, ...score(item, rule) }));
    const sum = (pick: (one: { marked: number; found: number; right: number }) => number): number => scores.reduce((total, one) => total + pick(one), 0);
    return {
      rule,
      marked: sum((one) => one.marked),
      found: sum((one) => one.found),
      right: sum((one) => one.right),
      missed: scores.flatMap((one) => one.missed.map((text) => `${one.name}: ${text}`)),
      wrong: scores.flatMap((one) => one.wrong.map((text) => `${one.name}: ${text}`)),
    };
  });
}

function score({ text, marks, missing, issues }: Marked & { issues: readonly LintIssue[] }, rule: LintRule): Omit<Tally, 'rule'> {
  const [wanted, found] = [marks.filter((mark) => mark.rule === rule), issues.filter((issue) => issue.rule === rule)];
  const placed = found.filter(({ end }) => end > 0);
  const touches = (one: { start: number; end: number }, other: { start: number; end: number }): boolean => one.start < other.end && other.start < one.end;
  const missed = wanted.filter((mark) => !placed.some((issue) => touches(mark, issue))).map((mark) => text.slice(mark.start, mark.end));
  const wrong = placed
    .filter((issue) => !wanted.some((mark) => touches(mark, issue)))
    .map((issue) => `${issue.code} “${text.slice(issue.start, issue.end)}” in: ${text}`);
  const owed = missing.filter((one) => one === rule).length;
  const unplaced = found.length - placed.length;
  return {
    marked: wanted.length + owed,
    found: wanted.length - missed.length + Math.min(owed, unplaced) + wrong.length + Math.max(0, unplaced - owed),
    right: wanted.length - missed.length + Math.min(owed, unplaced),
    missed: [...missed, ...(unplaced < owed ? [`${owed - unplaced} absent in: ${text}`] : [])],
    wrong: [...wrong, ...(unplaced > owed ? [`${unplaced - owed} too many in: ${text}`] : [])],
  };
}
