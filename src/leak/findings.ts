import { z } from 'zod';

/** The findings of one version about leaked material: what circulates, and what the agency says of each item. */

export const verdicts = ['unverified', 'authentic', 'altered', 'fabricated', 'indeterminate', 'withdrawn'] as const;
export const collectionFindings = ['unverified', 'may_contain_falsified', 'mixed', 'authentic_sample', 'fabricated'] as const;
export const confidences = ['low', 'moderate', 'high'] as const;
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

const perLanguage = z.strictObject({ fr: z.string().max(600).optional(), en: z.string().max(600).optional() });

export const Artefact = z.strictObject({
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

export const Collection = z.strictObject({
  id: z.string().regex(/^C-[1-9][0-9]{0,3}$/),
  label: perLanguage,
  members: z.array(Artefact.shape.id).max(200),
  finding: z.enum(collectionFindings),
  confidence: z.enum(confidences).nullable(),
  bases: z.array(z.enum(bases)).max(10),
  because: perLanguage,
});

export const Findings = z.strictObject({ artefacts: z.array(Artefact).max(200), collections: z.array(Collection).max(20) });

export type Artefact = z.infer<typeof Artefact>;
export type Collection = z.infer<typeof Collection>;
export type Findings = z.infer<typeof Findings>;

export const noFindings: Findings = { artefacts: [], collections: [] };

/**
 * Whether `after` gives, changes or withdraws a verdict (anything but `unverified`) or a collection finding against `before`
 * (workflow.md, transition 5: such a version needs two approvals). A verdict is the item with all that is said of it: the same
 * word under another label, or with other grounds, is another verdict. Words in a language that `before` lacks are a translation.
 */
export function changesVerdict(before: Findings, after: Findings): boolean {
  const [old, now] = [statedItems(before), statedItems(after)];
  return old.size !== now.size || [...now].some(([id, item]) => !isSameItem(old.get(id), item));
}

type Item = Artefact | Collection;

function statedItems({ artefacts, collections }: Findings): Map<string, Item> {
  const stated = [...artefacts.filter((item) => item.verdict !== 'unverified'), ...collections.filter((item) => item.finding !== 'unverified')];
  return new Map(stated.map((item) => [item.id, item]));
}

function isSameItem(before: Item | undefined, after: Item): boolean {
  if (before === undefined) return false;
  const facts = ({ label: _label, because: _because, ...rest }: Item): string => JSON.stringify(Object.entries(rest).sort());
  const keeps = (words: Item['label'], now: Item['label']): boolean => (words.fr ?? now.fr) === now.fr && (words.en ?? now.en) === now.en;
  return facts(before) === facts(after) && keeps(before.label, after.label) && keeps(before.because, after.because);
}
