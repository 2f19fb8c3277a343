import { z } from 'zod';
import {
  Artefact,
  artefactForms,
  bases,
  Claim,
  Collection,
  changeKinds,
  circulations,
  claimFindings,
  collectionFindings,
  confidences,
  contextFlags,
  type Fingerprint,
  likelihoods,
  personalDataCategories,
  verdicts,
} from '../../leak/findings.ts';
import { exactTag } from '../../leak/fingerprint/exact.ts';
import type { FindingItem } from '../../statement/findings.ts';
import type { Language } from '../../statement/schema.ts';
import { parse } from '../zod.ts';
import { type Fields, readWords, text } from './form.ts';

/** The forms of one artefact, collection or claim, both ways. Field names are those of leak/findings.ts; each language's words carry its code. */

/** Boxes that are unchecked in a whole form (`whole=yes`) that does not post them. */
export const findingBoxes = ['bases', 'changes', 'context', 'personalData', 'members', 'about', 'print.own'];

export function itemValues(item: FindingItem, shown: readonly Language[]): Fields {
  const words = (name: string, said: Artefact['label'] = {}): Fields =>
    Object.fromEntries(shown.map((language) => [`${name}.${language}`, said[language] ?? '']));
  const grounds = { confidence: item.confidence ?? '', bases: item.bases, ...words('because', item.because) };
  if ('text' in item) return { ...grounds, ...words('text', item.text), about: item.about, finding: item.finding };
  if ('members' in item) return { ...grounds, ...words('label', item.label), members: item.members, finding: item.finding };
  const found = (level: Fingerprint['level']): string => item.fingerprints?.find((one) => one.level === level)?.value ?? '';
  const print = (level: Fingerprint['level']): string => (level === 'exact' && found(level) ? exactTag : '') + found(level);
  return {
    ...grounds,
    ...words('label', item.label),
    ...words('assertedBy', item.assertedBy),
    ...words('permission.from', item.permission?.from),
    'permission.givenOn': item.permission?.givenOn ?? '',
    form: item.form,
    circulation: item.circulation,
    firstSeenOn: item.firstSeenOn,
    mediaType: item.mediaType ?? '',
    size: item.size === undefined ? '' : String(item.size),
    'print.exact': print('exact'),
    'print.text': print('text'),
    'print.sketch': print('sketch'),
    'print.own': print('text') === '' ? '' : 'yes',
    personalData: item.personalData ?? [],
    verdict: item.verdict,
    changes: item.changes ?? [],
    context: item.context ?? [],
    likelihood: item.likelihood ?? '',
    'dkim.domain': item.dkim?.domain ?? '',
    'dkim.selector': item.dkim?.selector ?? '',
    'dkim.key': item.dkim?.key ?? '',
    'dkim.capturedAt': item.dkim?.capturedAt.replace(/(?::00)?(?:\.000)?Z$/, '') ?? '',
  };
}

/** Ids as people write many of them: `A-1..A-40, A-52`. What is no range stays as it is, for its own check. */
export function expandIds(written: readonly string[]): string[] {
  const parts = written.flatMap((text) => text.split(/[\s,;]+/)).filter((part) => part !== '');
  return [
    ...new Set(
      parts.flatMap((part) => {
        const [, from, to] = /^A-([1-9]\d{0,3})(?:\.\.|…|–)A-([1-9]\d{0,3})$/.exec(part) ?? [];
        const count = Number(to) - Number(from) + 1;
        return count > 0 ? Array.from({ length: count }, (_, place) => `A-${Number(from) + place}`) : [part];
      }),
    ),
  ];
}

/** The reverse: neighbours in a row as one range. */
export function compactIds(ids: readonly string[]): string {
  const runs: { from: number; to: number }[] = [];
  for (const number of ids.map((id) => Number(id.slice(2))).toSorted((one, other) => one - other)) {
    const last = runs.at(-1);
    if (last?.to === number - 1) last.to = number;
    else runs.push({ from: number, to: number });
  }
  return runs.map(({ from, to }) => (from === to ? `A-${from}` : `A-${from}..A-${to}`)).join(', ');
}

const list = (fields: Fields, name: string): string[] => [fields[name] ?? []].flat().filter((value) => value !== '');
const orNull = <Shape extends z.ZodType>(shape: Shape) => z.union([z.literal('').transform(() => null), shape]);
const Grounds = z.object({ confidence: orNull(z.enum(confidences)), bases: z.array(z.enum(bases)) });

/** The item of a whole set of fields. @throws bad_request, bad_text, too_long, each naming its field */
export function readItem(id: string, fields: Fields, shown: readonly Language[]): FindingItem {
  const grounds = {
    ...parse(Grounds, { confidence: text(fields, 'confidence'), bases: list(fields, 'bases') }),
    because: readWords(fields, 'because', shown),
  };
  if (id.startsWith('C')) {
    const shape = z.object({ finding: z.enum(collectionFindings), members: Collection.shape.members });
    const read = parse(shape, { finding: text(fields, 'finding'), members: expandIds(list(fields, 'members')) });
    return { id, label: readWords(fields, 'label', shown), ...read, ...grounds };
  }
  if (id.startsWith('K')) {
    const shape = z.object({ finding: z.enum(claimFindings), about: Claim.shape.about });
    const read = parse(shape, { finding: text(fields, 'finding'), about: expandIds(list(fields, 'about')) });
    return { id, text: readWords(fields, 'text', shown), ...read, ...grounds };
  }
  return readArtefact(id, fields, grounds, shown);
}

const Facts = z.object({
  form: z.enum(artefactForms),
  circulation: z.enum(circulations),
  firstSeenOn: z.iso.date(),
  mediaType: orNull(Artefact.shape.mediaType.unwrap()),
  size: orNull(z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER)),
  verdict: z.enum(verdicts),
  likelihood: orNull(z.enum(likelihoods)),
  personalData: z.array(z.enum(personalDataCategories)),
  changes: z.array(z.enum(changeKinds)),
  context: z.array(z.enum(contextFlags)),
});

function readArtefact(id: string, fields: Fields, grounds: Pick<Artefact, 'confidence' | 'bases' | 'because'>, shown: readonly Language[]): Artefact {
  const names = ['form', 'circulation', 'firstSeenOn', 'mediaType', 'size', 'verdict', 'likelihood'];
  const lists = ['personalData', 'changes', 'context'];
  const given = [...names.map((name) => [name, text(fields, name).trim()]), ...lists.map((name) => [name, list(fields, name)])];
  const { mediaType, size, likelihood, personalData, changes, context, ...facts } = parse(Facts, Object.fromEntries(given));
  const asserted = readWords(fields, 'assertedBy', shown);
  const [fingerprints, permission, dkim] = [readPrints(fields), readPermission(fields, shown), readDkim(fields)];
  // An empty field is left out, so that an item without the register's facts stays what it was in the first schema.
  return {
    id,
    label: readWords(fields, 'label', shown),
    ...facts,
    ...grounds,
    ...(mediaType !== null && { mediaType }),
    ...(size !== null && { size }),
    ...(fingerprints.length > 0 && { fingerprints }),
    ...(personalData.length > 0 && { personalData }),
    ...(changes.length > 0 && { changes }),
    ...(context.length > 0 && { context }),
    ...(likelihood !== null && { likelihood }),
    ...(permission && { permission }),
    ...(dkim && { dkim }),
    ...(Object.keys(asserted).length > 0 && { assertedBy: asserted }),
  };
}

const hex = orNull(z.string().regex(/^[0-9a-f]{64}$/));
/** As the desk and the command line write it, tag first: nobody takes a plain SHA-256 for a fingerprint. Null where nothing is written. */
const exactPrint = z
  .string()
  .superRefine((typed, context) => {
    if (typed !== '' && !/^onrecord-fp-v1:[0-9a-f]{64}$/.test(typed)) context.addIssue({ code: 'custom', params: { code: 'print_untagged' } });
  })
  .transform((typed) => (typed === '' ? null : typed.slice(exactTag.length)));
const Prints = z.object({ 'print.exact': exactPrint, 'print.text': hex, 'print.sketch': orNull(z.base64().length(344)) });

/**
 * Fingerprints of the words can be reversed for short and templated texts: they count only where the author says that this is a long text
 * of its own (`print.own`).
 */
function readPrints(fields: Fields): Fingerprint[] {
  const names = ['print.exact', 'print.text', 'print.sketch'];
  const read = parse(Prints, Object.fromEntries(names.map((name) => [name, text(fields, name).trim()])));
  const own = text(fields, 'print.own') === 'yes';
  const [exact, words, sketch] = [read['print.exact'], own ? read['print.text'] : null, own ? read['print.sketch'] : null];
  return [
    ...(exact === null ? [] : [{ level: 'exact', pipeline: 'onrecord-fp-v1', value: exact } as const]),
    ...(words === null ? [] : [{ level: 'text', pipeline: 'txt1', value: words } as const]),
    ...(sketch === null ? [] : [{ level: 'sketch', pipeline: 'mh1', value: sketch } as const]),
  ];
}

function readPermission(fields: Fields, shown: readonly Language[]): Artefact['permission'] {
  const [from, given] = [readWords(fields, 'permission.from', shown), text(fields, 'permission.givenOn').trim()];
  if (Object.keys(from).length === 0 && given === '') return null;
  const read = parse(z.object({ 'permission.givenOn': z.iso.date() }), { 'permission.givenOn': given });
  return { from, givenOn: read['permission.givenOn'] };
}

const Dkim = z.object({
  'dkim.domain': z.string().regex(/^[a-z0-9.-]{1,253}$/),
  'dkim.selector': z.string().regex(/^[\w.-]{1,120}$/),
  'dkim.key': z.string().regex(/^[0-9A-Za-z+/=]{40,1200}$/),
  'dkim.capturedAt': z.iso.datetime({ local: true }),
});

/** The capture time is UTC, as key records are. */
function readDkim(fields: Fields): Artefact['dkim'] {
  const names = ['dkim.domain', 'dkim.selector', 'dkim.key', 'dkim.capturedAt'];
  const given = names.map((name): [string, string] => [name, text(fields, name).replaceAll(/\s+/g, '')]);
  if (given.every(([, value]) => value === '')) return null;
  const read = parse(Dkim, Object.fromEntries(given));
  const capturedAt = `${read['dkim.capturedAt'].slice(0, 16)}:00Z`;
  return { domain: read['dkim.domain'], selector: read['dkim.selector'], key: read['dkim.key'], capturedAt };
}
