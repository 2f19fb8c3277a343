import { z } from 'zod';

/** The findings of one version about leaked material: what circulates, and what the agency says of each item (leaks.md, "Model"). */

export const verdicts = ['unverified', 'authentic', 'altered', 'fabricated', 'indeterminate', 'withdrawn'] as const;
export const collectionFindings = ['unverified', 'may_contain_falsified', 'mixed', 'authentic_sample', 'fabricated'] as const;
export const claimFindings = ['unverified', 'true', 'partly_true', 'false', 'indeterminate', 'withdrawn'] as const;
export const confidences = ['low', 'moderate', 'high'] as const;
/** How likely a verdict is to be right, in the seven terms of ICD 203; another axis than the quality of its basis. */
export const likelihoods = ['almost_no_chance', 'very_unlikely', 'unlikely', 'roughly_even', 'likely', 'very_likely', 'almost_certain'] as const;
export const artefactForms = ['file', 'email', 'mailbox', 'archive', 'image', 'screenshot', 'text', 'database_extract', 'audio', 'video'] as const;
export const circulations = ['leak_site', 'social_network', 'messaging', 'file_sharing', 'press', 'direct'] as const;
export const bases = [
  'origin_copy_compared',
  'origin_denies',
  'origin_confirms',
  'dkim_valid',
  'pdf_or_code_signature',
  'metadata_inconsistent',
  'internal_contradiction',
  'earlier_public_version',
  'forensic_report',
  'third_party_report',
] as const;
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

export const mostArtefacts = 1_000;
const perLanguage = z.strictObject({ fr: z.string().max(600).optional(), en: z.string().max(600).optional() });
const hex256 = z.string().regex(/^[0-9a-f]{64}$/);

/** `exact` and `text` hold hex of 32 bytes, `sketch` 128 × 16 bits in base64 (fingerprint/sketch.ts). Never the plain SHA-256 of a file. */
export const Fingerprint = z.discriminatedUnion('level', [
  z.strictObject({ level: z.literal('exact'), pipeline: z.literal('onrecord-fp-v1'), value: hex256 }),
  z.strictObject({ level: z.literal('text'), pipeline: z.literal('txt1'), value: hex256 }),
  z.strictObject({ level: z.literal('sketch'), pipeline: z.literal('mh1'), value: z.base64().length(344) }),
]);

/** The data owner's yes to saying "authentic": who gave it, in neutral words, and on which day. */
export const Permission = z.strictObject({ from: perLanguage, givenOn: z.iso.date() });
/** What makes a valid DKIM signature checkable later: selector and domain, the key as published, and when it was captured. */
export const DkimProof = z.strictObject({
  domain: z.string().regex(/^[a-z0-9.-]{1,253}$/),
  selector: z.string().regex(/^[\w.-]{1,120}$/),
  key: z.string().regex(/^[0-9A-Za-z+/=]{40,1200}$/),
  capturedAt: z.iso.datetime(),
});

/** What an artefact was in version 1 of the signed schema. */
export const ArtefactV1 = z.strictObject({
  id: z.string().regex(/^A-[1-9][0-9]{0,3}$/),
  label: perLanguage,
  form: z.enum(artefactForms),
  circulation: z.enum(circulations),
  firstSeenOn: z.iso.date(),
  verdict: z.enum(verdicts),
  confidence: z.enum(confidences).nullable(),
  bases: z.array(z.enum(bases)).max(10),
  because: perLanguage,
});

/** Every field that version 1 did not have is optional, and absent means the same as empty: what was signed before still reads. */
export const Artefact = ArtefactV1.extend({
  mediaType: z
    .string()
    .regex(/^[a-z]+\/[a-z0-9.+-]{1,100}$/)
    .optional(),
  /** Bytes. */
  size: z.int().nonnegative().optional(),
  fingerprints: z.array(Fingerprint).max(6).optional(),
  personalData: z.array(z.enum(personalDataCategories)).max(personalDataCategories.length).optional(),
  changes: z.array(z.enum(changeKinds)).max(changeKinds.length).optional(),
  context: z.array(z.enum(contextFlags)).max(contextFlags.length).optional(),
  likelihood: z.enum(likelihoods).optional(),
  permission: Permission.nullable().optional(),
  dkim: DkimProof.nullable().optional(),
  assertedBy: perLanguage.optional(),
});

export const Collection = z.strictObject({
  id: z.string().regex(/^C-[1-9][0-9]{0,3}$/),
  label: perLanguage,
  members: z.array(Artefact.shape.id).max(mostArtefacts),
  finding: z.enum(collectionFindings),
  confidence: z.enum(confidences).nullable(),
  bases: z.array(z.enum(bases)).max(10),
  because: perLanguage,
});

/** A claim that is made about the incident or an item; its truth is an axis of its own, apart from any authenticity. */
export const Claim = z.strictObject({
  id: z.string().regex(/^K-[1-9][0-9]{0,3}$/),
  text: perLanguage,
  about: z.array(z.string().regex(/^[AC]-[1-9][0-9]{0,3}$/)).max(20),
  finding: z.enum(claimFindings),
  confidence: z.enum(confidences).nullable(),
  bases: z.array(z.enum(bases)).max(10),
  because: perLanguage,
});

export const FindingsV1 = z.strictObject({
  artefacts: z.array(ArtefactV1).max(200),
  collections: z.array(Collection.extend({ members: z.array(Artefact.shape.id).max(200) })).max(20),
});
export const Findings = z.strictObject({
  artefacts: z.array(Artefact).max(mostArtefacts),
  collections: z.array(Collection).max(20),
  claims: z.array(Claim).max(20).optional(),
});

export type Artefact = z.infer<typeof Artefact>;
export type Fingerprint = z.infer<typeof Fingerprint>;
export type Collection = z.infer<typeof Collection>;
export type Claim = z.infer<typeof Claim>;
export type Findings = z.infer<typeof Findings>;
export type FindingWords = z.infer<typeof perLanguage>;
export type ChangeKind = (typeof changeKinds)[number];

export const noFindings: Findings = { artefacts: [], collections: [] };

/** Whether version 1 of the signed schema has a place for all of these findings. */
export function fitsFirstSchema(findings: Findings): boolean {
  return FindingsV1.safeParse(findings).success;
}

/** The findings with each text in its languages replaced; nothing else changes. */
export function mapWords({ artefacts, collections, claims, ...rest }: Findings, change: (words: FindingWords) => FindingWords): Findings {
  const said = <Item extends { because: FindingWords }>(item: Item): Item => ({ ...item, because: change(item.because) });
  return {
    ...rest,
    artefacts: artefacts.map(({ permission, assertedBy, ...item }) => ({
      ...said(item),
      label: change(item.label),
      ...(permission && { permission: { ...permission, from: change(permission.from) } }),
      ...(assertedBy && { assertedBy: change(assertedBy) }),
    })),
    collections: collections.map((item) => ({ ...said(item), label: change(item.label) })),
    ...(claims && { claims: claims.map((item) => ({ ...said(item), text: change(item.text) })) }),
  };
}

/**
 * Whether `after` gives, changes or withdraws a verdict (anything but `unverified`), a collection's or a claim's finding against `before`
 * (workflow.md, transition 5: such a version needs two approvals). A verdict is the item with all that is said of it: the same
 * word under another label, or with other grounds, is another verdict. Words in a language that `before` lacks are a translation.
 */
export function changesVerdict(before: Findings, after: Findings): boolean {
  const [old, now] = [statedItems(before), statedItems(after)];
  return old.size !== now.size || [...now].some(([id, item]) => !isSameItem(old.get(id), item));
}

/** Ids of items with a verdict or finding of which `after` says something else than `before`, be it a label, a reason or a basis. */
export function restatedItems(before: Findings, after: Findings): readonly string[] {
  const old = statedItems(before);
  return [...statedItems(after)].flatMap(([id, item]) => (old.has(id) && !isSameItem(old.get(id), item) ? [id] : []));
}

function statedItems({ artefacts, collections, claims = [] }: Findings): Map<string, Findings> {
  return new Map<string, Findings>([
    ...artefacts.filter(({ verdict }) => verdict !== 'unverified').map((item): [string, Findings] => [item.id, { ...noFindings, artefacts: [item] }]),
    ...collections.filter(({ finding }) => finding !== 'unverified').map((item): [string, Findings] => [item.id, { ...noFindings, collections: [item] }]),
    ...claims.filter(({ finding }) => finding !== 'unverified').map((item): [string, Findings] => [item.id, { ...noFindings, claims: [item] }]),
  ]);
}

function isSameItem(before: Findings | undefined, after: Findings): boolean {
  if (before === undefined) return false;
  const [old, now] = [takeWords(before), takeWords(after)];
  const isKept = (words: FindingWords, index: number): boolean => {
    const said = now.words[index] ?? {};
    return (words.fr ?? said.fr) === said.fr && (words.en ?? said.en) === said.en;
  };
  return old.facts === now.facts && old.words.every(isKept);
}

/** An item's words in their order, and all the rest of it as one text; empty and absent fields are the same. */
function takeWords(findings: Findings): { facts: string; words: readonly FindingWords[] } {
  const words: FindingWords[] = [];
  const rest = mapWords(findings, (said) => {
    words.push(said);
    return {};
  });
  const items = [...rest.artefacts, ...rest.collections, ...(rest.claims ?? [])];
  const facts = items.map((item) => Object.entries(item).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)));
  return { facts: JSON.stringify(facts.map((entries) => entries.sort(([one], [other]) => (one < other ? -1 : 1)))), words };
}
