import { z } from 'zod';
import type { Agency } from '../../config.ts';
import { type Artefact, artefactForms, bases, type Collection, circulations, collectionFindings, confidences, type Findings } from '../../leak/findings.ts';
import { isUnambiguous, toInstant, toWall } from '../../statement/local-time.ts';
import {
  type Content,
  emptyTexts,
  incidentStatuses,
  type Kind,
  kinds,
  type Language,
  languages,
  phases,
  situations,
  type Texts,
  textFields,
} from '../../statement/schema.ts';
import { parse, plainText } from '../zod.ts';
import { type Fields, text } from './form.ts';

/** The edit form, both ways: content to flat form values, and posted fields back to content. Times are typed in the agency's zone or in UTC. */

export const artefactRows = 12;

const short = plainText(600);
const limits: Record<keyof Texts, z.ZodType<string, string>> = {
  title: plainText(160),
  summary: short,
  known: plainText(20_000),
  unknown: plainText(20_000),
  circulating: plainText(20_000),
  advice: plainText(20_000),
  doing: plainText(20_000),
  changeNote: short,
  wasWrong: plainText(2_000),
  isRight: plainText(2_000),
  nextUpdateReason: short,
};
const mostCharacters = 60_000;

export type TimeField = { at: string; zone: 'local' | 'utc' };

/** An instant as the form shows it: on the agency's clock, or in UTC where that clock shows it twice. */
export function timeValue(instant: string | null, zone: string): TimeField {
  if (instant === null) return { at: '', zone: 'local' };
  return isUnambiguous(instant, zone) ? { at: toWall(instant, zone), zone: 'local' } : { at: toWall(instant, 'UTC'), zone: 'utc' };
}

/** The instant of `name.at` and `name.zone`; null when nothing was typed. @throws bad_time, time_ambiguous */
export function readTime(fields: Fields, name: string, zone: string): string | null {
  const typed = text(fields, `${name}.at`).trim();
  return typed === '' ? null : toInstant(typed, text(fields, `${name}.zone`) === 'utc' ? 'UTC' : zone, name);
}

export function formValues(kind: Kind, content: Content, agency: Agency): Fields {
  const aware = timeValue(content.awareAt, agency.zone);
  const next = timeValue(content.nextUpdate?.type === 'by' ? content.nextUpdate.at : null, agency.zone);
  const { attribution, findings } = content;
  const attributed = attribution.status === 'attributed';
  return {
    kind,
    situation: content.situation,
    phase: content.phase,
    incidentStatus: content.incidentStatus,
    exercise: content.exercise ? 'yes' : '',
    namesPerson: content.namesPerson ? 'yes' : '',
    'awareAt.at': aware.at,
    'awareAt.zone': aware.zone,
    pressContact: content.pressContact,
    peopleContact: content.peopleContact,
    'nextUpdate.type': content.nextUpdate?.type ?? 'by',
    'nextUpdate.at': next.at,
    'nextUpdate.zone': next.zone,
    'attribution.authority': attributed ? attribution.authority : '',
    'attribution.url': attributed ? attribution.url : '',
    correctsVersion: content.correctsVersion === null ? '' : String(content.correctsVersion),
    languages: content.languages,
    ...Object.fromEntries(
      agency.languages.flatMap((language) => textFields.map((name) => [`texts.${language}.${name}`, content.texts[language]?.[name] ?? ''])),
    ),
    ...artefactValues(findings, agency.languages),
    ...collectionValues(findings, agency.languages),
  };
}

const boxes = ['exercise', 'namesPerson', 'languages', 'collection.bases'];

/** Posted fields over the values as they stand: a field that was not posted keeps its value; of the whole form (`form=full`) a box that is absent is unchecked. */
function withPosted(fields: Fields, kind: Kind, before: Content, agency: Agency): Fields {
  const standing = formValues(kind, before, agency);
  const unchecked = text(fields, 'form') === 'full' ? Object.fromEntries(boxes.map((name) => [name, []])) : {};
  return { ...standing, ...unchecked, ...fields };
}

/**
 * Content from posted fields. What the form does not show of the findings (verdicts and their bases) is taken over from `before`.
 * @throws bad_request, bad_text, too_long, bad_time, time_ambiguous, each naming its field
 */
export function readContent(posted: Fields, before: { kind: Kind; content: Content }, agency: Agency): { kind: Kind; content: Content } {
  const fields = withPosted(posted, before.kind, before.content, agency);
  const chosen = parse(Choices, {
    kind: text(fields, 'kind'),
    situation: text(fields, 'situation'),
    phase: text(fields, 'phase'),
    incidentStatus: text(fields, 'incidentStatus'),
    nextUpdateType: text(fields, 'nextUpdate.type') || 'by',
    pressContact: text(fields, 'pressContact'),
    peopleContact: text(fields, 'peopleContact'),
    correctsVersion: text(fields, 'correctsVersion') || null,
  });
  const { kind, nextUpdateType, ...facts } = chosen;
  const at = readTime(fields, 'nextUpdate', agency.zone);
  const [first] = agency.languages;
  const included = [fields.languages ?? []].flat();
  const content: Content = {
    ...facts,
    exercise: text(fields, 'exercise') === 'yes',
    namesPerson: text(fields, 'namesPerson') === 'yes',
    awareAt: readTime(fields, 'awareAt', agency.zone),
    nextUpdate: nextUpdateType === 'by' ? (at === null ? null : { type: 'by', at }) : { type: nextUpdateType },
    attribution: readAttribution(fields),
    languages: agency.languages.filter((language) => language === first || included.includes(language)),
    texts: Object.fromEntries(agency.languages.map((language) => [language, readTexts(fields, language)])),
    findings: readFindings(fields, before.content.findings, agency),
  };
  return { kind, content };
}

const Choices = z.strictObject({
  kind: z.enum(kinds),
  situation: z.enum(situations),
  phase: z.enum(phases),
  incidentStatus: z.enum(incidentStatuses),
  nextUpdateType: z.enum(['by', 'until_event', 'none']),
  pressContact: short,
  peopleContact: short,
  correctsVersion: z.coerce.number().int().positive().nullable(),
});

function readTexts(fields: Fields, language: Language): Texts {
  const schema = z.object(Object.fromEntries(textFields.map((name) => [`texts.${language}.${name}`, limits[name]])));
  const read = parse(schema, Object.fromEntries(textFields.map((name) => [`texts.${language}.${name}`, text(fields, `texts.${language}.${name}`)])));
  const texts = textFields.map((name): [string, string] => [name, read[`texts.${language}.${name}`] ?? '']);
  parse(z.object({ [`texts.${language}`]: z.string().max(mostCharacters) }), { [`texts.${language}`]: texts.map(([, value]) => value).join('') });
  return { ...emptyTexts, ...Object.fromEntries(texts) };
}

const Authority = z.object({ 'attribution.authority': plainText(200), 'attribution.url': z.union([z.literal(''), z.url({ protocol: /^https$/ }).max(500)]) });

function readAttribution(fields: Fields): Content['attribution'] {
  const read = parse(Authority, {
    'attribution.authority': text(fields, 'attribution.authority').trim(),
    'attribution.url': text(fields, 'attribution.url').trim(),
  });
  const [authority, url] = [read['attribution.authority'], read['attribution.url']];
  if (authority === '' && url === '') return { status: 'not_assessed' };
  return parse(z.object({ status: z.literal('attributed'), authority: z.string().min(1), url: z.string().min(1) }), { status: 'attributed', authority, url });
}

function artefactValues({ artefacts }: Findings, shown: readonly Language[]): Fields {
  return Object.fromEntries(
    artefacts.flatMap((item, index): [string, string][] => [
      ...shown.map((language): [string, string] => [`artefacts.${index}.label.${language}`, item.label[language] ?? '']),
      [`artefacts.${index}.form`, item.form],
      [`artefacts.${index}.circulation`, item.circulation],
      [`artefacts.${index}.firstSeenOn`, item.firstSeenOn],
    ]),
  );
}

function collectionValues({ collections }: Findings, shown: readonly Language[]): Fields {
  const [collection] = collections;
  if (collection === undefined) return {};
  const perLanguage = shown.flatMap((language): [string, string][] => [
    [`collection.label.${language}`, collection.label[language] ?? ''],
    [`collection.because.${language}`, collection.because[language] ?? ''],
  ]);
  return {
    ...Object.fromEntries(perLanguage),
    'collection.finding': collection.finding,
    'collection.confidence': collection.confidence ?? '',
    'collection.bases': collection.bases,
  };
}

const ArtefactRow = z.object({ form: z.enum(artefactForms), circulation: z.enum(circulations), firstSeenOn: z.iso.date() });

/** Rows in order are, …; a row beyond the known ones counts once it has a label. */
function readFindings(fields: Fields, before: Findings, { languages: shown }: Agency): Findings {
  const artefacts = Array.from({ length: artefactRows }, (_, index) => readArtefact(fields, index, before.artefacts[index], shown)).filter(
    (item) => item !== null,
  );
  const collection = readCollection(fields, artefacts, shown);
  return {
    artefacts: [...artefacts, ...before.artefacts.slice(artefactRows)],
    collections: [...(collection ? [collection] : []), ...before.collections.slice(1)],
  };
}

function readArtefact(fields: Fields, index: number, before: Artefact | undefined, shown: readonly Language[]): Artefact | null {
  const label = readWords(fields, `artefacts.${index}.label`, shown);
  if (before === undefined && Object.keys(label).length === 0) return null;
  const name = (field: string): string => `artefacts.${index}.${field}`;
  const named = z.object({
    [name('form')]: ArtefactRow.shape.form,
    [name('circulation')]: ArtefactRow.shape.circulation,
    [name('firstSeenOn')]: ArtefactRow.shape.firstSeenOn,
  });
  const given = Object.fromEntries(['form', 'circulation', 'firstSeenOn'].map((field) => [name(field), text(fields, name(field))]));
  parse(named, given);
  const row = ArtefactRow.parse({ form: given[name('form')], circulation: given[name('circulation')], firstSeenOn: given[name('firstSeenOn')] });
  const judged = before ?? { verdict: 'unverified' as const, confidence: null, bases: [], because: {} };
  return { id: `A-${index + 1}`, label, ...row, verdict: judged.verdict, confidence: judged.confidence, bases: judged.bases, because: judged.because };
}

const CollectionFields = z.object({
  'collection.finding': z.enum(collectionFindings),
  'collection.confidence': z.union([z.literal(''), z.enum(confidences)]),
  'collection.bases': z.array(z.enum(bases)),
});

function readCollection(fields: Fields, artefacts: readonly Artefact[], shown: readonly Language[]): Collection | null {
  const label = readWords(fields, 'collection.label', shown);
  const read = parse(CollectionFields, {
    'collection.finding': text(fields, 'collection.finding') || 'unverified',
    'collection.confidence': text(fields, 'collection.confidence'),
    'collection.bases': [fields['collection.bases'] ?? []].flat(),
  });
  const finding = read['collection.finding'];
  if (finding === 'unverified' && Object.keys(label).length === 0) return null;
  const because = readWords(fields, 'collection.because', shown);
  return {
    id: 'C-1',
    label,
    members: artefacts.map((item) => item.id),
    finding,
    confidence: read['collection.confidence'] || null,
    bases: read['collection.bases'],
    because,
  };
}

function readWords(fields: Fields, name: string, shown: readonly Language[]): Partial<Record<Language, string>> {
  const names = shown.map((language) => `${name}.${language}`);
  const read = parse(z.object(Object.fromEntries(names.map((key) => [key, short]))), Object.fromEntries(names.map((key) => [key, text(fields, key).trim()])));
  const known = languages.map((language): [Language, string] => [language, read[`${name}.${language}`] ?? '']);
  return Object.fromEntries(known.filter(([, words]) => words !== ''));
}
