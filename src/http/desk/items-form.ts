import { z } from 'zod';
import { OnrecordError } from '../../errors.ts';
import { Artefact, artefactForms, circulations, type Findings, mostArtefacts } from '../../leak/findings.ts';
import { nextId } from '../../statement/findings.ts';
import type { Language } from '../../statement/schema.ts';
import { parse } from '../zod.ts';
import { type Fields, readWords, text } from './form.ts';

/** Many artefacts at once: one label for all, numbered, and a line of text for each file. */

const Facts = z.object({ form: z.enum(artefactForms), circulation: z.enum(circulations), firstSeenOn: z.iso.date() });
const line = /^onrecord-fp-v1:([0-9a-f]{64})(?:\s+(\d{1,15})(?:\s+(\S+))?)?$/;

/**
 * New artefacts from lines `onrecord-fp-v1:… [size [media type]]`, not verified; a fingerprint that is listed already is passed over.
 * @throws bad_request, bad_text, too_long, each naming its field; a line that cannot be read with its number
 */
export function readItems(fields: Fields, findings: Findings, shown: readonly Language[]): Artefact[] {
  const label = readWords(fields, 'many.label', shown, 560);
  const facts = parse(Facts, { form: text(fields, 'many.form'), circulation: text(fields, 'many.circulation'), firstSeenOn: text(fields, 'many.firstSeenOn') });
  const lines = text(fields, 'many.lines')
    .split(/\r?\n/)
    .map((each) => each.trim());
  const wrong = lines.findIndex((each) => each !== '' && readLine(each) === null);
  const issue = wrong >= 0 ? { code: 'line_unreadable', values: { line: wrong + 1 } } : lines.every((each) => each === '') ? { code: 'missing' } : null;
  if (issue) throw new OnrecordError('bad_request', 'the lines cannot be read', { issues: [{ field: 'many.lines', ...issue }] });
  const known = new Set(findings.artefacts.flatMap((item) => (item.fingerprints ?? []).map(({ value }) => value)));
  const read = lines.flatMap((each) => readLine(each) ?? []);
  const files = read.filter(({ print }, place) => !known.has(print) && read.findIndex((one) => one.print === print) === place);
  if (findings.artefacts.length + files.length > mostArtefacts)
    throw new OnrecordError('bad_request', 'too many items', { issues: [{ field: 'many.lines', code: 'too_many', values: { most: mostArtefacts } }] });
  const first = Number(nextId(findings, 'A').slice(2));
  return files.map(({ print, ...file }, place) => ({
    id: `A-${first + place}`,
    label: Object.fromEntries(Object.entries(label).map(([language, words]) => [language, `${words} ${place + 1}`])),
    ...facts,
    ...file,
    fingerprints: [{ level: 'exact', pipeline: 'onrecord-fp-v1', value: print }],
    verdict: 'unverified',
    confidence: null,
    bases: [],
    because: {},
  }));
}

function readLine(text: string): { print: string; size?: number; mediaType?: string } | null {
  const [, print, size, type] = line.exec(text) ?? [];
  if (print === undefined) return null;
  const mediaType = Artefact.shape.mediaType.safeParse(type).data;
  return { print, ...(size !== undefined && { size: Number(size) }), ...(mediaType !== undefined && { mediaType }) };
}
