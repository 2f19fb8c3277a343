import { z } from 'zod';
import { Artefact, type Collection, confidences, bases as everyBasis } from './findings.ts';

/**
 * What a finding says beyond the fields of the first schema (leaks.md, "Model"). Every new field is optional, and absent means the
 * same as empty, so that a file signed under the first schema still reads; none of them is wired into the signed version yet.
 */

export const changeKinds = ['content', 'selection', 'presentation', 'metadata', 'reencoding', 'redaction'] as const;
export const contextFlags = ['out_of_context', 'partial', 'previously_public', 'misattributed', 'misdated', 'satire'] as const;
/** Kinds of personal data that an item holds; never a value. */
export const personalDataCategories = [
  'identity',
  'contact',
  'birth_date',
  'national_number',
  'bank',
  'credentials',
  'health',
  'location',
  'judicial',
  'opinions',
  'correspondence',
] as const;
export const claimFindings = ['unverified', 'true', 'partly_true', 'false', 'indeterminate', 'withdrawn'] as const;

const text = Artefact.shape.label;
const hex256 = z.string().regex(/^[0-9a-f]{64}$/);

/** `exact` and `text` hold hex of 32 bytes, `sketch` 128 × 16 bits in base64 (fingerprint/sketch.ts). Never the plain SHA-256 of a file. */
export const Fingerprint = z.discriminatedUnion('level', [
  z.strictObject({ level: z.literal('exact'), pipeline: z.literal('onrecord-fp-v1'), value: hex256 }),
  z.strictObject({ level: z.literal('text'), pipeline: z.literal('txt1'), value: hex256 }),
  z.strictObject({ level: z.literal('sketch'), pipeline: z.literal('mh1'), value: z.base64().length(344) }),
]);

/** The data owner's yes to saying "authentic": who gave it, in neutral words, and on which day. */
export const Permission = z.strictObject({ from: text, givenOn: z.iso.date() });
/** What makes a valid DKIM signature checkable later: selector and domain, the key as published, and when it was captured. */
export const DkimProof = z.strictObject({
  domain: z.string().regex(/^[a-z0-9.-]{1,253}$/),
  selector: z.string().regex(/^[\w.-]{1,120}$/),
  key: z.string().regex(/^[0-9A-Za-z+/=]{40,1200}$/),
  capturedAt: z.iso.datetime(),
});

export const ExaminedArtefact = Artefact.extend({
  mediaType: z
    .string()
    .regex(/^[a-z]+\/[a-z0-9.+-]{1,100}$/)
    .optional(),
  size: z.int().nonnegative().optional(),
  fingerprints: z.array(Fingerprint).max(6).optional(),
  personalData: z.array(z.enum(personalDataCategories)).max(personalDataCategories.length).optional(),
  changes: z.array(z.enum(changeKinds)).max(changeKinds.length).optional(),
  context: z.array(z.enum(contextFlags)).max(contextFlags.length).optional(),
  permission: Permission.nullable().optional(),
  dkim: DkimProof.nullable().optional(),
  assertedBy: text.optional(),
});

/** A claim that is made about the incident or an item; its truth is an axis of its own, apart from any authenticity. */
export const Claim = z.strictObject({
  id: z.string().regex(/^K-[1-9][0-9]{0,3}$/),
  text,
  about: z.array(z.string().regex(/^[AC]-[1-9][0-9]{0,3}$/)).max(20),
  finding: z.enum(claimFindings),
  confidence: z.enum(confidences).nullable(),
  bases: z.array(z.enum(everyBasis)).max(10),
  because: text,
});

export type ExaminedArtefact = z.infer<typeof ExaminedArtefact>;
export type Claim = z.infer<typeof Claim>;
export type ChangeKind = (typeof changeKinds)[number];

export const transitions = ['none', 'first', 'strengthened', 'weakened', 'reversed', 'withdrawn'] as const;
export type Transition = (typeof transitions)[number];

/**
 * What happened to an artefact's verdict between two versions (leaks.md, "Model"). `first`: a verdict where none stood, also after a
 * withdrawal. `reversed`: another of authentic, altered, fabricated. `weakened`: no longer decided, or the same verdict with less
 * behind it: lower confidence, a basis, a kind of change or a fingerprint gone. `none`: other words at most.
 */
export function transitionOf(before: ExaminedArtefact | null, after: ExaminedArtefact): Transition {
  const [old, now] = [before?.verdict ?? 'unverified', after.verdict];
  if (now === 'withdrawn') return old === 'withdrawn' || old === 'unverified' ? 'none' : 'withdrawn';
  if (now === 'unverified') return old === 'unverified' ? 'none' : 'weakened';
  if (before === null || old === 'unverified' || old === 'withdrawn') return 'first';
  if (old === now) return compareGrounds(before, after);
  if (old === 'indeterminate') return 'strengthened';
  return now === 'indeterminate' ? 'weakened' : 'reversed';
}

/** How the grounds of one and the same verdict or finding moved. */
export function compareGrounds(before: ExaminedArtefact | Collection, after: ExaminedArtefact | Collection): Transition {
  const step = rankOf(after) - rankOf(before);
  const [old, now] = [groundsOf(before), groundsOf(after)];
  if (step < 0 || [...old].some((ground) => !now.has(ground))) return 'weakened';
  return step > 0 || now.size > old.size ? 'strengthened' : 'none';
}

function rankOf({ confidence }: ExaminedArtefact | Collection): number {
  return confidence === null ? 0 : 1 + confidences.indexOf(confidence);
}

function groundsOf(item: ExaminedArtefact | Collection): ReadonlySet<string> {
  const prints = 'form' in item ? (item.fingerprints ?? []).map(({ level, value }) => `${level} ${value}`) : [];
  const changes = 'form' in item ? (item.changes ?? []) : [];
  return new Set([...item.bases, ...changes, ...prints]);
}
