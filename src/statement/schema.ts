import { z } from 'zod';
import { Findings, noFindings } from '../leak/findings.ts';
import { sections } from './sections.ts';

/** The words of a statement: what a version says, and the facts the house keeps about how it came to be public. */

export const languages = ['fr', 'en'] as const;
export const situations = ['breach', 'leak', 'leak-falsified', 'impersonation'] as const;
export const kinds = ['first', 'update', 'correction', 'editorial', 'translation', 'withdrawal'] as const;
export const phases = ['holding', 'update', 'interim', 'final', 'withdrawn'] as const;
export const incidentStatuses = ['claimed', 'under_investigation', 'confirmed', 'not_confirmed', 'ruled_out'] as const;
export const withdrawalCodes = ['published_in_error', 'facts_wrong', 'exercise_not_marked', 'impersonated', 'other'] as const;
/** Why a version may lose its text: nothing else is enough (record.md, "Redaction"). */
export const redactionGrounds = ['personal_data', 'court_order', 'safety'] as const;
export const roles = ['author', 'reviewer', 'publisher', 'duty', 'auditor', 'administrator'] as const;

/** Every text of one language, in form order. `title` and `summary` are plain, the notes are one plain paragraph each. */
export const textFields = ['title', 'summary', ...sections, 'changeNote', 'wasWrong', 'isRight', 'nextUpdateReason'] as const;

const paragraph = z.string().max(600);
const markdown = z.string().max(20_000);
/** UTC with milliseconds: the one form in which this house writes an instant. */
export const Instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);

export const Texts = z.strictObject({
  title: z.string().max(160),
  summary: paragraph,
  known: markdown,
  unknown: markdown,
  circulating: markdown,
  advice: markdown,
  doing: markdown,
  changeNote: paragraph,
  wasWrong: z.string().max(2_000),
  isRight: z.string().max(2_000),
  nextUpdateReason: paragraph,
});

/** `by`: a promised time. `until_event`: "no date: we will speak when …". `none`: "none, because …". The words are each language's `nextUpdateReason`. */
export const NextUpdate = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('by'), at: Instant }),
  z.strictObject({ type: z.literal('until_event') }),
  z.strictObject({ type: z.literal('none') }),
]);

export const Attribution = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('not_assessed') }),
  z.strictObject({ status: z.literal('attributed'), authority: z.string().min(1).max(200), url: z.url({ protocol: /^https$/ }).max(500) }),
]);

/**
 * What the house notes beside a text and never publishes; the linter reads it. `entity`: whether the organisation concerned was
 * consulted, or why not. `triage`: why this is worth a statement. `personas`, `fileTitles`: names of spreaders and titles they give.
 * `names`: people and organisations that the text names on purpose; they count only where the version is marked as naming somebody.
 */
export const HouseNotes = z.strictObject({
  entity: z.strictObject({ consulted: z.boolean(), waiver: paragraph }),
  triage: paragraph,
  personas: z.array(z.string().min(1).max(120)).max(30),
  fileTitles: z.array(z.string().min(1).max(300)).max(30),
  names: z.array(z.string().min(1).max(120)).max(30),
});

/** The working text of a draft: everything the next version could contain, and the other language's text while it is not yet included. */
export const Content = z.strictObject({
  situation: z.enum(situations),
  phase: z.enum(phases),
  incidentStatus: z.enum(incidentStatuses),
  exercise: z.boolean(),
  namesPerson: z.boolean(),
  awareAt: Instant.nullable(),
  pressContact: paragraph,
  peopleContact: paragraph,
  nextUpdate: NextUpdate.nullable(),
  attribution: Attribution,
  correctsVersion: z.int().positive().nullable(),
  findings: Findings,
  languages: z.array(z.enum(languages)).min(1),
  texts: z.partialRecord(z.enum(languages), Texts),
  /** Absent in texts of before there was such a thing; the same as `noNotes`. */
  house: HouseNotes.optional(),
});

/** What is signed of a version, before the act of publishing adds reference, number, time, previous hash and salt (record.md §1). */
export const SignedContent = z.strictObject({
  schema: z.url(),
  kind: z.enum(kinds),
  phase: z.enum(phases),
  situation: z.enum(situations),
  incident: z.strictObject({ status: z.enum(incidentStatuses), awareAt: Instant.nullable() }),
  exercise: z.boolean(),
  namesPerson: z.boolean(),
  languages: z.array(z.enum(languages)).min(1),
  texts: z.partialRecord(
    z.enum(languages),
    Texts.pick({ title: true, summary: true, known: true, unknown: true, circulating: true, advice: true, doing: true }),
  ),
  changeNote: z.partialRecord(z.enum(languages), z.string()),
  correction: z
    .strictObject({
      version: z.int().positive(),
      wasWrong: z.partialRecord(z.enum(languages), z.string()),
      isRight: z.partialRecord(z.enum(languages), z.string()),
    })
    .nullable(),
  withdrawal: z.strictObject({ code: z.enum(withdrawalCodes), reason: z.partialRecord(z.enum(languages), z.string()) }).nullable(),
  attribution: Attribution,
  findings: Findings,
  nextUpdate: z
    .strictObject({ type: z.enum(['by', 'until_event', 'none']), at: Instant.nullable(), reason: z.partialRecord(z.enum(languages), z.string()) })
    .nullable(),
  contacts: z.strictObject({ press: z.string(), people: z.string() }),
});

/** One published version, as its signed `.json` file holds it. */
export const SignedVersion = SignedContent.extend({
  reference: z.string().regex(/^(EX-)?\d{4}-\d{4,}$/),
  version: z.int().positive(),
  publishedAt: Instant,
  previous: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  salt: z.string().regex(/^[0-9a-f]{32}$/),
});

export type Language = (typeof languages)[number];
export type Situation = (typeof situations)[number];
export type Kind = (typeof kinds)[number];
export type Phase = (typeof phases)[number];
export type WithdrawalCode = (typeof withdrawalCodes)[number];
export type RedactionGround = (typeof redactionGrounds)[number];
export type Role = (typeof roles)[number];
export type TextField = (typeof textFields)[number];
export type Texts = z.infer<typeof Texts>;
export type PerLanguage = Partial<Record<Language, string>>;
export type HouseNotes = z.infer<typeof HouseNotes>;
export type NextUpdate = z.infer<typeof NextUpdate>;
export type Content = z.infer<typeof Content>;
export type SignedContent = z.infer<typeof SignedContent>;
export type SignedVersion = z.infer<typeof SignedVersion>;

export const noNotes: HouseNotes = { entity: { consulted: false, waiver: '' }, triage: '', personas: [], fileTitles: [], names: [] };

export const emptyTexts: Texts = {
  title: '',
  summary: '',
  known: '',
  unknown: '',
  circulating: '',
  advice: '',
  doing: '',
  changeNote: '',
  wasWrong: '',
  isRight: '',
  nextUpdateReason: '',
};

export function emptyContent(first: Language): Content {
  return {
    situation: 'leak',
    phase: 'holding',
    incidentStatus: 'claimed',
    exercise: false,
    namesPerson: false,
    awareAt: null,
    pressContact: '',
    peopleContact: '',
    nextUpdate: null,
    attribution: { status: 'not_assessed' },
    correctsVersion: null,
    findings: noFindings,
    languages: [first],
    texts: { [first]: emptyTexts },
  };
}
