import type { Issue } from '../errors.ts';
import { type Transition, transitionOf } from './artefact.ts';
import { type ClaimRule, claimIssues, claimRules, claimTransition } from './claim.ts';
import { type CollectionRule, collectionIssues, collectionRules, collectionTransition } from './collection.ts';
import type { Artefact, ChangeKind, Findings, verdicts } from './findings.ts';
import { type Basis, carriesNoVerdict, hasOne, isDeniedAndProved, restsOnDenialAlone, type Step } from './grounds.ts';
import { owesCorrection } from './moves.ts';

/**
 * The verdict state machine (leaks.md, "Model"): what the next version may say of each item, given the version before. Issues are
 * listed for people to mend; words: `issue.<code>`. Two reviewers are the quorum's affair (statement/quorum.ts), the phase readiness's.
 */

type Verdict = (typeof verdicts)[number];
export type Change = Step & { before: Artefact | null; after: Artefact };
export type ArtefactRule = { code: string; field: keyof Artefact; isBroken(change: Change): boolean };

const examined: ReadonlySet<Verdict> = new Set(['authentic', 'altered', 'fabricated', 'indeterminate']);
const originComparisonOrSignature: readonly Basis[] = ['origin_copy_compared', 'dkim_valid', 'pdf_or_code_signature'];
/** A copy to lay beside the item: the origin's own, or the one made public earlier. */
const comparisonCopy: readonly Basis[] = ['origin_copy_compared', 'earlier_public_version'];
const speakForOrigin: readonly Basis[] = ['origin_confirms', 'dkim_valid', 'pdf_or_code_signature'];
/** Changes that leave an item's content as it was: alone they never make it altered. */
const harmless: readonly ChangeKind[] = ['metadata', 'reencoding'];

const altering = ({ changes = [] }: Artefact): readonly ChangeKind[] => changes.filter((change) => !harmless.includes(change));
const changed = ({ before, after }: Change): Transition => transitionOf(before, after);

/** The closed list for artefacts. No two rules refuse the same thing, so that each can be shown to be needed. */
export const artefactRules: readonly ArtefactRule[] = [
  { code: 'authentic_basis', field: 'bases', isBroken: ({ after }) => after.verdict === 'authentic' && !hasOne(after, originComparisonOrSignature) },
  { code: 'permission_missing', field: 'permission', isBroken: ({ after }) => after.verdict === 'authentic' && !after.permission },
  { code: 'authentic_changed', field: 'changes', isBroken: ({ after }) => after.verdict === 'authentic' && altering(after).length > 0 },
  { code: 'altered_basis', field: 'bases', isBroken: ({ after }) => after.verdict === 'altered' && !hasOne(after, comparisonCopy) },
  { code: 'change_missing', field: 'changes', isBroken: ({ after }) => after.verdict === 'altered' && (after.changes ?? []).length === 0 },
  {
    code: 'change_not_altering',
    field: 'changes',
    isBroken: ({ after }) => after.verdict === 'altered' && (after.changes ?? []).length > 0 && altering(after).length === 0,
  },
  { code: 'fabricated_basis', field: 'bases', isBroken: ({ after }) => after.verdict === 'fabricated' && !isDeniedAndProved(after) },
  {
    code: 'basis_contradicts',
    field: 'bases',
    isBroken: ({ after }) =>
      (after.verdict === 'fabricated' && hasOne(after, speakForOrigin)) || (after.verdict === 'authentic' && after.bases.includes('origin_denies')),
  },
  { code: 'tried_missing', field: 'bases', isBroken: ({ after }) => after.verdict === 'indeterminate' && after.bases.length === 0 },
  { code: 'dkim_proof_missing', field: 'dkim', isBroken: ({ after }) => examined.has(after.verdict) && after.bases.includes('dkim_valid') && !after.dkim },
  { code: 'confidence_not_due', field: 'confidence', isBroken: ({ after }) => !examined.has(after.verdict) && after.confidence !== null },
  {
    code: 'confidence_low',
    field: 'confidence',
    isBroken: ({ after }) => examined.has(after.verdict) && (after.confidence === null || after.confidence === 'low'),
  },
  { code: 'denial_alone', field: 'confidence', isBroken: ({ after }) => after.verdict === 'indeterminate' && restsOnDenialAlone(after) },
  { code: 'because_missing', field: 'because', isBroken: ({ after, first }) => after.verdict !== 'unverified' && !after.because[first]?.trim() },
  {
    code: 'nothing_to_withdraw',
    field: 'verdict',
    isBroken: ({ before, after }) => after.verdict === 'withdrawn' && (before === null || before.verdict === 'unverified'),
  },
  // An item that was examined is never again "not compared": it keeps its verdict, or the verdict is withdrawn in public.
  {
    code: 'verdict_dropped',
    field: 'verdict',
    isBroken: ({ before, after }) => after.verdict === 'unverified' && before !== null && before.verdict !== 'unverified',
  },
  {
    code: 'needs_correction',
    field: 'verdict',
    isBroken: (change) =>
      change.after.verdict !== 'unverified' && change.kind !== 'correction' && !carriesNoVerdict(change.kind) && owesCorrection(changed(change)),
  },
  { code: 'verdict_in_this_kind', field: 'verdict', isBroken: (change) => carriesNoVerdict(change.kind) && changed(change) !== 'none' },
];

export type Rules = { artefacts: readonly ArtefactRule[]; collections: readonly CollectionRule[]; claims: readonly ClaimRule[]; keepsAll: boolean };
export const everyRule: Rules = { artefacts: artefactRules, collections: collectionRules, claims: claimRules, keepsAll: true };

/** What one artefact's next state still lacks; fields are `findings.<id>.<field>`. Codes: those of `artefactRules`. */
export function artefactIssues(change: Change, rules: readonly ArtefactRule[] = artefactRules): readonly Issue[] {
  return rules.filter((rule) => rule.isBroken(change)).map(({ code, field }) => ({ field: `findings.${change.after.id}.${field}`, code }));
}

/**
 * What stands between the findings of the version before and those of the next: every artefact, collection and claim by its
 * rules, and nothing gone. Codes: those of `artefactRules`, `collectionRules` and `claimRules`, `item_deleted`, `id_repeated`. Empty: may be published.
 */
export function findingsIssues(before: Findings, after: Findings, step: Step, rules: Rules = everyRule): readonly Issue[] {
  const ids = itemIds(after);
  const known = new Set(ids);
  const gone = itemIds(before).filter((id) => !known.has(id));
  const twice = [...known].filter((id) => ids.indexOf(id) !== ids.lastIndexOf(id));
  return [
    ...(rules.keepsAll ? gone.map((id) => ({ field: `findings.${id}`, code: 'item_deleted' })) : []),
    ...twice.map((id) => ({ field: `findings.${id}`, code: 'id_repeated' })),
    ...after.artefacts.flatMap((item) => artefactIssues({ ...step, before: find(before.artefacts, item.id), after: item }, rules.artefacts)),
    ...after.collections.flatMap((item) =>
      collectionIssues({ ...step, before: find(before.collections, item.id), after: item, artefacts: after.artefacts }, rules.collections),
    ),
    ...(after.claims ?? []).flatMap((item) => claimIssues({ ...step, before: find(before.claims ?? [], item.id), after: item, listed: known }, rules.claims)),
  ];
}

function itemIds({ artefacts, collections, claims = [] }: Findings): readonly string[] {
  return [...artefacts, ...collections, ...claims].map(({ id }) => id);
}

export type FindingChange = { id: string; from: string | null; to: string; transition: Transition };

/** What changed in the findings, in their order, for the review screen, the history and the feeds; unchanged items are left out. */
export function findingChanges(before: Findings, after: Findings): readonly FindingChange[] {
  const artefacts = after.artefacts.map((item) => {
    const old = find(before.artefacts, item.id);
    return { id: item.id, from: old?.verdict ?? null, to: item.verdict, transition: transitionOf(old, item) };
  });
  const collections = after.collections.map((item) => {
    const old = find(before.collections, item.id);
    return { id: item.id, from: old?.finding ?? null, to: item.finding, transition: collectionTransition(old, item) };
  });
  const claims = (after.claims ?? []).map((item) => {
    const old = find(before.claims ?? [], item.id);
    return { id: item.id, from: old?.finding ?? null, to: item.finding, transition: claimTransition(old, item) };
  });
  return [...collections, ...artefacts, ...claims].filter(({ transition }) => transition !== 'none');
}

function find<Item extends { id: string }>(items: readonly Item[], id: string): Item | null {
  return items.find((item) => item.id === id) ?? null;
}
