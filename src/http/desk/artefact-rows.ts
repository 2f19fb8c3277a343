import { z } from 'zod';
import { type Artefact, artefactForms, circulations, type Findings } from '../../leak/findings.ts';
import { nextId } from '../../statement/findings.ts';
import type { Language } from '../../statement/schema.ts';
import { parse } from '../zod.ts';
import { type Fields, readWords, text } from './form.ts';

/** The first artefacts as rows of the edit form, for fast hands: label, form, where it circulates, since when. All the rest has its own screen. */

export const artefactRows = 12;

export function artefactValues({ artefacts }: Findings, shown: readonly Language[]): Fields {
  return Object.fromEntries(
    artefacts
      .slice(0, artefactRows)
      .flatMap((item, index): [string, string][] => [
        ...shown.map((language): [string, string] => [`artefacts.${index}.label.${language}`, item.label[language] ?? '']),
        [`artefacts.${index}.form`, item.form],
        [`artefacts.${index}.circulation`, item.circulation],
        [`artefacts.${index}.firstSeenOn`, item.firstSeenOn],
      ]),
  );
}

/** Rows in order are, …; a row beyond the known ones counts once it has a label. What the rows do not show is taken over. */
export function readArtefactRows(fields: Fields, before: Findings, shown: readonly Language[]): Findings {
  const known = Array.from({ length: artefactRows }, (_, index) => readRow(fields, index, before.artefacts[index], shown)).filter((item) => item !== null);
  const artefacts = [...known, ...before.artefacts.slice(artefactRows)];
  // A new row takes the number after the highest: an item taken out of a draft leaves a gap.
  let number = Number(nextId(before, 'A').slice(2));
  return { ...before, artefacts: artefacts.map((item) => (item.id === '' ? { ...item, id: `A-${number++}` } : item)) };
}

const Row = z.object({ form: z.enum(artefactForms), circulation: z.enum(circulations), firstSeenOn: z.iso.date() });

function readRow(fields: Fields, index: number, before: Artefact | undefined, shown: readonly Language[]): Artefact | null {
  const label = readWords(fields, `artefacts.${index}.label`, shown);
  if (before === undefined && Object.keys(label).length === 0) return null;
  const name = (field: string): string => `artefacts.${index}.${field}`;
  const named = z.object({
    [name('form')]: Row.shape.form,
    [name('circulation')]: Row.shape.circulation,
    [name('firstSeenOn')]: Row.shape.firstSeenOn,
  });
  const given = Object.fromEntries(['form', 'circulation', 'firstSeenOn'].map((field) => [name(field), text(fields, name(field))]));
  parse(named, given);
  const row = Row.parse({ form: given[name('form')], circulation: given[name('circulation')], firstSeenOn: given[name('firstSeenOn')] });
  const judged = before ?? { verdict: 'unverified' as const, confidence: null, bases: [], because: {} };
  return { ...judged, id: before?.id ?? '', label, ...row };
}
