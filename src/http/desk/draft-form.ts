import { z } from 'zod';
import type { Agency } from '../../config.ts';
import { isUnambiguous, toInstant, toWall } from '../../statement/local-time.ts';
import {
  type Content,
  emptyTexts,
  incidentStatuses,
  type Kind,
  kinds,
  type Language,
  phases,
  situations,
  type Texts,
  textFields,
} from '../../statement/schema.ts';
import { parse, plainText } from '../zod.ts';
import { artefactValues, readArtefactRows } from './artefact-rows.ts';
import { type Fields, overStanding, text } from './form.ts';
import { houseValues, readHouse } from './house-form.ts';

/** The edit form, both ways: content to flat form values, and posted fields back to content. Times are typed in the agency's zone or in UTC. */

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
    ...houseValues(content),
  };
}

const boxes = ['exercise', 'namesPerson', 'languages', 'house.consulted'];

/**
 * Content from posted fields. What the form does not show of the findings (verdicts, collections, claims) is taken over from `before`.
 * @throws bad_request, bad_text, too_long, bad_time, time_ambiguous, each naming its field
 */
export function readContent(posted: Fields, before: { kind: Kind; content: Content }, agency: Agency): { kind: Kind; content: Content } {
  const fields = overStanding(posted, formValues(before.kind, before.content, agency), boxes);
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
  const house = readHouse(fields, before.content.house);
  const content: Content = {
    ...facts,
    exercise: text(fields, 'exercise') === 'yes',
    namesPerson: text(fields, 'namesPerson') === 'yes',
    awareAt: readTime(fields, 'awareAt', agency.zone),
    nextUpdate: nextUpdateType === 'by' ? (at === null ? null : { type: 'by', at }) : { type: nextUpdateType },
    attribution: readAttribution(fields),
    languages: agency.languages.filter((language) => language === first || included.includes(language)),
    texts: Object.fromEntries(agency.languages.map((language) => [language, readTexts(fields, language)])),
    findings: readArtefactRows(fields, before.content.findings, agency.languages),
    ...(house && { house }),
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
