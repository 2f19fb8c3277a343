import { createHash } from 'node:crypto';
import type { BlockChange, FieldChange, WordChange } from '../../statement/diff.ts';
import type { PublicStatement } from '../../statement/facts.ts';
import { Instant, type Language } from '../../statement/schema.ts';
import { changesBetween } from '../changes.ts';
import type { ResourceDraft } from '../resource.ts';
import { type Speech, typesetFrench } from '../speech.ts';
import { pick, titleOf } from '../spoken.ts';
import { type ItemChanges, isItemField, itemChanges } from './diff-items.ts';
import { hrefOf, htmlPage, type Layout, type LinkModel, layoutOf, type Reading, type Spoken, spoken, type TimeModel } from './page.ts';

export type DiffModel = {
  layout: Layout;
  reference: string;
  title: Spoken;
  statement: string;
  to: number;
  before: LinkModel & { at: TimeModel };
  after: LinkModel & { at: TimeModel };
  note: Spoken;
  /** The language whose texts are compared, where it is not the page's. */
  lang: Language | undefined;
  fields: readonly { name: string; before: string; after: string }[];
  items: readonly ItemChanges[];
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
    to,
    before: end(old),
    after: end(now),
    note: spoken(reading, pick(now.changeNote, speech.language, room.agency.languages)),
    lang: language === speech.language ? undefined : language,
    fields: fields.filter(({ field }) => !isItemField(field)).map((row) => fieldRow(speech, row)),
    items: itemChanges(speech, fields, (field, value) => fieldValue(speech, field, value)),
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
  const word = (value: string): string => (value === '' ? '' : fieldValue(speech, field, value));
  return { name: speech.say(`public.field.${field}`), before: word(before), after: word(after) };
}

function fieldValue(speech: Speech, field: string, value: string): string {
  const { say } = speech;
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
  if (field.endsWith('.prints')) return digestLong(value.replaceAll(/fingerprint:([a-z]+)/g, (_, level: string) => say(`public.fingerprint.${level}`)));
  return speech.typeset(digestLong(value));
}

/** A sketch or a mail key is longer than anybody reads, and must not change unseen. */
function digestLong(value: string): string {
  return value.replaceAll(/[0-9A-Za-z+/]{100,}={0,2}/g, (long) => `SHA-256 ${createHash('sha256').update(long).digest('hex').slice(0, 16)}…`);
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
