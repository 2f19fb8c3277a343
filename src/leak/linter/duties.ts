import { type LintInput, type LintIssue, missing } from './issue.ts';

/** What a statement owes apart from its sentences: B3, B8, W4, W6. Fields are those of the desk's form. */
export function judgeDuties(input: Pick<LintInput, 'phase' | 'unknowns' | 'nextUpdate' | 'entity' | 'inElectionSilence' | 'hasTriage'>): readonly LintIssue[] {
  const { phase, unknowns, nextUpdate, entity, inElectionSilence, hasTriage } = input;
  const isOpen = phase !== 'final' && phase !== 'withdrawn';
  const owesTime = phase === 'holding' && nextUpdate !== null && nextUpdate !== 'by';
  return [
    ...(isOpen && unknowns === 0 ? [missing('B3', 'unknown', 'unknowns_missing')] : []),
    ...(phase !== 'withdrawn' && nextUpdate === null ? [missing('B3', 'nextUpdate', 'next_update_missing')] : []),
    ...(owesTime ? [missing('B3', 'nextUpdate', 'next_update_needs_time')] : []),
    ...(!entity.consulted && entity.waiver.trim() === '' ? [missing('B8', 'entity', 'entity_not_consulted')] : []),
    ...(inElectionSilence ? [missing('W4', 'publication', 'election_silence')] : []),
    ...(hasTriage ? [] : [missing('W6', 'triage', 'triage_missing')]),
  ];
}
