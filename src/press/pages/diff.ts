import { createHash } from 'node:crypto';
import type { BlockChange, FieldChange, WordChange } from '../../statement/diff.ts';
import type { PublicStatement } from '../../statement/facts.ts';
import { Instant, type Language } from '../../statement/schema.ts';
import { changesBetween } from '../changes.ts';
import type { ResourceDraft } from '../resource.ts';
import { type Speech, typesetFrench } from '../speech.ts';
import { pick, titleOf } from '../spoken.ts';
import { hrefOf, htmlPage, type Layout, type LinkModel, layoutOf, type Reading, type Spoken, spoken, type TimeModel } from './page.ts';

export type DiffModel = {
  layout: Layout;
  reference: string;
  title: Spoken;
  statement: string;
  before: LinkModel & { at: TimeModel };
  after: LinkModel & { at: TimeModel };
  note: Spoken;
  /** The language whose texts are compared, where it is not the page's. */
  lang: Language | undefined;
  fields: readonly { name: string; before: string; after: string }[];
  sections: readonly { title: string; parts: readonly DiffPart[] }[];
};
/** A run of unchanged blocks is folded. */
export type DiffPart =
  | { type: 'same'; texts: readonly string[] }
  | { type: 'added' | 'removed'; text: string }
  | { type: 'changed'; words: readonly WordChange[] };

/** The readable difference of two versions; undefined unless both exist and have their text, and `from` is the earlier one. */
export async function diffPage(reading: Reading, statement: PublicStatement, from: number, to: number): Promise<ResourceDraft | undefined> {
  const { speech, room } = reading;
  const { reference, versions } = statement;
  const [old, now] = [versions[from - 1], versions[to - 1]];
  if (old === undefined || now === undefined || from >= to || old.redacted || now.redacted) return undefined;
  const both = [speech.language, ...room.agency.languages].find((code) => old.languages.includes(code) && now.languages.includes(code));
  const language = both ?? speech.language;
  const { fields, blocks } = await changesBetween(room, { reference, before: old, after: now }, language);
  const end = ({ version, at }: typeof old): DiffModel['before'] => ({
    href: hrefOf(reading, { page: 'version', reference, version }),
    text: speech.say('public.version', { version }),
    at: speech.time(at),
  });
  const heading = speech.say('public.diff.title', { reference, from, to });
  const title = spoken(reading, titleOf(statement, to, speech.language, room.agency.languages));
  const model: DiffModel = {
    layout: layoutOf(reading, { page: 'diff', reference, from, to }, { title: heading, description: title.text }),
    reference,
    title,
    statement: hrefOf(reading, { page: 'statement', reference }),
    before: end(old),
    after: end(now),
    note: spoken(reading, pick(now.changeNote, speech.language, room.agency.languages)),
    lang: language === speech.language ? undefined : language,
    fields: fields.map((row) => fieldRow(speech, row)),
    sections: blocks.map(({ section, changes }) => ({ title: speech.say(`public.section.${section}`), parts: foldSame(changes, language) })),
  };
  return htmlPage(reading, 'public/diff', model, { cache: 'public, max-age=300' });
}

const coded = new Map([
  ['phase', 'phase'],
  ['situation', 'situation'],
  ['incidentStatus', 'incident'],
]);

function fieldRow(speech: Speech, { field, before, after }: FieldChange): DiffModel['fields'][number] {
  const [, finding, part] = /^findings\.([ACK]-\d+)(?:\.(because|proof|prints))?$/.exec(field) ?? [];
  const name = finding ? speech.say(part ? `public.field.${part}` : 'public.field.finding', { id: finding }) : speech.say(`public.field.${field}`);
  const word = (value: string): string => fieldValue(speech, field, value);
  return { name, before: word(before), after: word(after) };
}

function fieldValue(speech: Speech, field: string, value: string): string {
  const { say } = speech;
  if (value === '') return say('public.field.empty');
  const prefix = coded.get(field);
  if (prefix) return say(`public.${prefix}.${value}`);
  if (Instant.safeParse(value).success) return speech.time(value).text;
  if (field === 'languages')
    return value
      .split(', ')
      .map((code) => say(`public.language.${code}`))
      .join(', ');
  if (field === 'attribution' && value === 'not_assessed') return say('public.attribution.not_assessed');
  if (field === 'nextUpdate') return value.replace(/^(until_event|none)(?:: )?/, (_, type: string) => `${say(`public.next.${type}`)} `).trim();
  if (/^findings\.[ACK]-\d+$/.test(field)) return findingValue(speech, value);
  if (field.endsWith('.prints')) return digestLong(value.replaceAll(/fingerprint:([a-z]+)/g, (_, level: string) => say(`public.fingerprint.${level}`)));
  return speech.typeset(digestLong(value));
}

/** A sketch or a mail key is longer than anybody reads, and must not change unseen. */
function digestLong(value: string): string {
  return value.replaceAll(/[0-9A-Za-z+/]{100,}={0,2}/g, (long) => `SHA-256 ${createHash('sha256').update(long).digest('hex').slice(0, 16)}…`);
}

/**
 * Codes between dots, `verdict:altered`, become words; labels, dates and member lists stay. A comparison that was kept by an earlier
 * release has codes without their family.
 */
function findingValue({ say, typeset, date }: Speech, value: string): string {
  const [label = '', ...codes] = value.split(' · ');
  const families = ['form', 'circulation', 'verdict', 'finding', 'claim', 'confidence', 'likelihood', 'change', 'context', 'personal', 'fingerprint'];
  const word = (code: string): string => {
    if (/^\d{4}-\d{2}-\d{2}$/.test(code)) return date(code);
    if (/^[a-z]+:[a-z_]+$/.test(code)) return say(`public.${code.replace(':', '.')}`);
    const key = families.map((family) => `public.${family}.${code}`).find((one) => say(one) !== one);
    return key === undefined ? code : say(key);
  };
  return [typeset(label), ...codes.map(word)].join(' · ');
}

function foldSame(changes: readonly BlockChange[], language: Language): readonly DiffPart[] {
  const set = (text: string): string => (language === 'fr' ? typesetFrench(text) : text);
  const parts: (DiffPart & { texts?: string[] })[] = [];
  for (const change of changes) {
    const last = parts.at(-1);
    if (change.type === 'changed') parts.push({ type: 'changed', words: change.words.map((word) => ({ ...word, text: set(word.text) })) });
    else if (change.type !== 'same') parts.push({ type: change.type, text: set(change.text) });
    else if (last?.type === 'same') last.texts = [...last.texts, set(change.text)];
    else parts.push({ type: 'same', texts: [set(change.text)] });
  }
  return parts;
}
