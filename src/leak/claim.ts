import type { Issue } from '../errors.ts';
import { compareGrounds, type Transition } from './artefact.ts';
import type { Claim } from './findings.ts';
import { carriesNoVerdict, restsOnDenialAlone, type Step } from './grounds.ts';
import { moveOfVerdict, owesCorrection } from './moves.ts';

/** `listed`: the ids of every artefact and collection of the same version. */
export type ClaimChange = Step & { before: Claim | null; after: Claim; listed: ReadonlySet<string> };
export type ClaimRule = { code: string; field: keyof Claim; isBroken(change: ClaimChange): boolean };

/** What happened to a claim's finding between two versions: as with an artefact's verdict, the truth of it instead of its authenticity. */
export function claimTransition(before: Claim | null, after: Claim): Transition {
  const move = moveOfVerdict(before?.finding ?? 'unverified', after.finding);
  return move === 'same' ? compareGrounds(before ?? after, after) : move;
}

const isStated = ({ finding }: Claim): boolean => finding !== 'unverified';
const isFound = ({ finding }: Claim): boolean => finding !== 'unverified' && finding !== 'withdrawn';

/** The closed list for claims. */
export const claimRules: readonly ClaimRule[] = [
  { code: 'missing', field: 'text', isBroken: ({ after, first }) => !after.text[first]?.trim() },
  { code: 'basis_missing', field: 'bases', isBroken: ({ after }) => isFound(after) && after.bases.length === 0 },
  { code: 'denial_alone', field: 'confidence', isBroken: ({ after }) => isFound(after) && restsOnDenialAlone(after) },
  { code: 'confidence_low', field: 'confidence', isBroken: ({ after }) => isFound(after) && (after.confidence === null || after.confidence === 'low') },
  { code: 'confidence_not_due', field: 'confidence', isBroken: ({ after }) => !isFound(after) && after.confidence !== null },
  { code: 'because_missing', field: 'because', isBroken: ({ after, first }) => after.finding !== 'unverified' && !after.because[first]?.trim() },
  { code: 'member_unknown', field: 'about', isBroken: ({ after, listed }) => after.about.some((id) => !listed.has(id)) },
  {
    code: 'nothing_to_withdraw',
    field: 'finding',
    isBroken: ({ before, after }) => after.finding === 'withdrawn' && (before === null || before.finding === 'unverified'),
  },
  {
    code: 'verdict_dropped',
    field: 'finding',
    isBroken: ({ before, after }) => after.finding === 'unverified' && before !== null && before.finding !== 'unverified',
  },
  // The words are the claim: judged in other words, it would be another claim under the same number.
  {
    code: 'claim_rewritten',
    field: 'text',
    isBroken: ({ before, after, kind }) =>
      before !== null &&
      isStated(before) &&
      kind !== 'correction' &&
      (['fr', 'en'] as const).some((code) => before.text[code] !== undefined && before.text[code] !== after.text[code]),
  },
  {
    code: 'needs_correction',
    field: 'finding',
    isBroken: ({ before, after, kind }) =>
      after.finding !== 'unverified' && kind !== 'correction' && !carriesNoVerdict(kind) && owesCorrection(claimTransition(before, after)),
  },
  {
    code: 'verdict_in_this_kind',
    field: 'finding',
    isBroken: ({ before, after, kind }) => carriesNoVerdict(kind) && claimTransition(before, after) !== 'none',
  },
];

/** What one claim's next state still lacks; fields are `findings.<id>.<field>`. Codes: those of `claimRules`. */
export function claimIssues(change: ClaimChange, rules: readonly ClaimRule[] = claimRules): readonly Issue[] {
  return rules.filter((rule) => rule.isBroken(change)).map(({ code, field }) => ({ field: `findings.${change.after.id}.${field}`, code }));
}
