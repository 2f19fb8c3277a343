import type { FieldChange } from '../../statement/diff.ts';
import type { Speech } from '../speech.ts';

/** What changed of one item: a row for each thing that is said of it otherwise than before. */
export type ItemChanges = { id: string; label: string; state: 'new' | 'gone' | 'changed'; rows: readonly ItemRow[] };
/** `isProse`: in the language whose texts are compared; everything else is in words of the page. */
export type ItemRow = { term: string; before: string; after: string; isProse: boolean };

const field = /^findings\.([ACK]-\d+)(?:\.(because|proof|prints))?$/;
const parts = [
  ...['label', 'text', 'form', 'circulation', 'date', 'members', 'verdict', 'finding', 'claim', 'confidence', 'basis', 'likelihood'],
  ...['change', 'context', 'personal', 'file', 'because', 'proof', 'prints'],
];

const prose: ReadonlySet<string> = new Set(['label', 'text', 'because', 'proof']);

/** Whether a field of a comparison, `findings.A-1` or `findings.A-1.because`, is about an item. */
export const isItemField = (name: string): boolean => field.test(name);

/** The rows of a comparison that are about items, item by item. @param word a value of `because`, `proof` or `prints` as readers see it */
export function itemChanges(speech: Speech, fields: readonly FieldChange[], word: (field: string, value: string) => string): readonly ItemChanges[] {
  const ids = [...new Set(fields.flatMap((row) => field.exec(row.field)?.[1] ?? []))];
  return ids.map((id) => {
    const facts = fields.find((row) => row.field === `findings.${id}`);
    const [before, after] = [readFacts(speech, facts?.before ?? ''), readFacts(speech, facts?.after ?? '')];
    for (const row of fields) {
      const part = row.field.startsWith(`findings.${id}.`) ? field.exec(row.field)?.[2] : undefined;
      if (part === undefined) continue;
      if (row.before) before.set(part, word(row.field, row.before));
      if (row.after) after.set(part, word(row.field, row.after));
    }
    const rows = parts
      .map((part) => ({ isProse: prose.has(part), term: speech.say(`public.diff.part.${part}`), before: before.get(part) ?? '', after: after.get(part) ?? '' }))
      .filter((row) => row.before !== row.after);
    const state = facts?.before === '' ? 'new' : facts?.after === '' ? 'gone' : 'changed';
    return { id, label: after.get('label') ?? before.get('label') ?? '', state, rows };
  });
}

/**
 * What is said of an item between dots: its words, then codes as `verdict:altered`, members, dates and the file's facts. A comparison
 * that an earlier release kept has codes without their family. Nothing is left out: what is no code belongs to the label.
 */
function readFacts({ say, typeset, date, language }: Speech, value: string): Map<string, string> {
  const facts = new Map<string, string>();
  const add = (part: string, text: string, mark: string): unknown => facts.set(part, facts.has(part) ? `${facts.get(part)}${mark}${text}` : text);
  if (value === '') return facts;
  for (const [place, piece] of value.split(' · ').entries()) {
    const [, family = '', code = ''] = /^([a-z]+):([a-z_]+)$/.exec(piece) ?? familyOf(say, piece);
    const bytes = /^(\d+) B$/.exec(piece)?.[1];
    if (place === 0) add('label', typeset(piece), '');
    else if (parts.includes(family)) add(family, say(`public.${family}.${code}`), ', ');
    else if (/^\d{4}-\d{2}-\d{2}$/.test(piece)) add('date', date(piece), ', ');
    else if (/^[ACK]-\d+(?:, [ACK]-\d+)*$/.test(piece)) add('members', piece, ', ');
    else if (bytes) add('file', say('public.artefact.bytes', { size: new Intl.NumberFormat(language).format(Number(bytes)) }), ', ');
    else if (/^[a-z]+\/[\w.+-]+$/.test(piece)) add('file', piece, ', ');
    else add('label', typeset(piece), ' · ');
  }
  return facts;
}

const families = ['form', 'circulation', 'verdict', 'finding', 'claim', 'confidence', 'likelihood', 'change', 'context', 'personal'];

function familyOf(say: Speech['say'], code: string): readonly string[] {
  const family = families.find((name) => say(`public.${name}.${code}`) !== `public.${name}.${code}`);
  return family === undefined ? [] : [code, family, code];
}
