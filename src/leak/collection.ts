import type { Issue } from '../errors.ts';
import { compareGrounds, type Transition } from './artefact.ts';
import type { Artefact, Collection } from './findings.ts';
import { carriesNoVerdict, isDeniedAndProved, isFalsified, restsOnDenialAlone, type Step } from './grounds.ts';
import { moveOfCollection, owesCorrection } from './moves.ts';

export type CollectionChange = Step & { before: Collection | null; after: Collection; artefacts: readonly Artefact[] };
export type CollectionRule = { code: string; field: keyof Collection; isBroken(change: CollectionChange): boolean };

/**
 * What happened to a collection's finding between two versions (leaks.md, "Model"). There is no withdrawn finding: back to
 * `unverified` is the withdrawal. "May contain" grows into "mixed" or "fabricated" once items are named; any other move reverses.
 */
export function collectionTransition(before: Collection | null, after: Collection): Transition {
  const move = moveOfCollection(before?.finding ?? 'unverified', after.finding);
  return move === 'same' ? compareGrounds(before ?? after, after) : move;
}

/** Whether "no specific item identified so far" has to stand beside the finding: no listed member is altered or fabricated. */
export function namesNoFalsifiedItem(collection: Collection, artefacts: readonly Artefact[]): boolean {
  return collection.finding === 'may_contain_falsified' && !memberVerdicts({ after: collection, artefacts }).some(isFalsified);
}

const isStated = ({ finding }: Collection): boolean => finding !== 'unverified';

function memberVerdicts({ after, artefacts }: Pick<CollectionChange, 'after' | 'artefacts'>): readonly Artefact['verdict'][] {
  return artefacts.filter(({ id }) => after.members.includes(id)).map(({ verdict }) => verdict);
}

const isMixed = (verdicts: readonly Artefact['verdict'][]): boolean => verdicts.includes('authentic') && verdicts.some(isFalsified);
const wasWithdrawn = ({ before, after }: CollectionChange): boolean => collectionTransition(before, after) === 'withdrawn';

/** The closed list for collections; each finding names the items it rests on. */
export const collectionRules: readonly CollectionRule[] = [
  { code: 'basis_missing', field: 'bases', isBroken: ({ after }) => isStated(after) && after.finding !== 'fabricated' && after.bases.length === 0 },
  { code: 'fabricated_basis', field: 'bases', isBroken: ({ after }) => after.finding === 'fabricated' && !isDeniedAndProved(after) },
  { code: 'denial_alone', field: 'confidence', isBroken: ({ after }) => isStated(after) && after.finding !== 'fabricated' && restsOnDenialAlone(after) },
  { code: 'confidence_low', field: 'confidence', isBroken: ({ after }) => isStated(after) && (after.confidence === null || after.confidence === 'low') },
  { code: 'confidence_not_due', field: 'confidence', isBroken: ({ after }) => !isStated(after) && after.confidence !== null },
  {
    code: 'because_missing',
    field: 'because',
    isBroken: (change) => (isStated(change.after) || wasWithdrawn(change)) && !change.after.because[change.first]?.trim(),
  },
  { code: 'mixed_without_items', field: 'finding', isBroken: (change) => change.after.finding === 'mixed' && !isMixed(memberVerdicts(change)) },
  {
    code: 'sample_without_item',
    field: 'finding',
    isBroken: (change) => change.after.finding === 'authentic_sample' && !memberVerdicts(change).includes('authentic'),
  },
  {
    code: 'fabricated_without_item',
    field: 'finding',
    isBroken: (change) => change.after.finding === 'fabricated' && !memberVerdicts(change).includes('fabricated'),
  },
  {
    code: 'member_contradicts',
    field: 'finding',
    isBroken: (change) => {
      const verdicts = memberVerdicts(change);
      if (change.after.finding === 'authentic_sample') return verdicts.some(isFalsified);
      return change.after.finding === 'fabricated' && verdicts.some((verdict) => verdict === 'authentic' || verdict === 'altered');
    },
  },
  {
    code: 'member_unknown',
    field: 'members',
    isBroken: ({ after, artefacts }) => after.members.some((member) => !artefacts.some(({ id }) => id === member)),
  },
  {
    code: 'member_deleted',
    field: 'members',
    isBroken: ({ before, after }) => (before?.members ?? []).some((member) => !after.members.includes(member)),
  },
  {
    code: 'needs_correction',
    field: 'finding',
    isBroken: ({ before, after, kind }) => kind !== 'correction' && !carriesNoVerdict(kind) && owesCorrection(collectionTransition(before, after)),
  },
  {
    code: 'verdict_in_this_kind',
    field: 'finding',
    isBroken: ({ before, after, kind }) => carriesNoVerdict(kind) && collectionTransition(before, after) !== 'none',
  },
];

/** What one collection's next state still lacks; fields are `findings.<id>.<field>`. Codes: those of `collectionRules`. */
export function collectionIssues(change: CollectionChange, rules: readonly CollectionRule[] = collectionRules): readonly Issue[] {
  return rules.filter((rule) => rule.isBroken(change)).map(({ code, field }) => ({ field: `findings.${change.after.id}.${field}`, code }));
}
