import type { Artefact, bases as basisCodes, Collection } from './findings.ts';

/** What the rules for artefacts and for collections share: kinds of version, and what a basis supports (leaks.md, "Model"). */

export type VersionKind = 'first' | 'update' | 'correction' | 'editorial' | 'translation' | 'withdrawal';
/** `first`: the agency's first language, in which every reason is owed. */
export type Step = { kind: VersionKind; first: 'fr' | 'en' };
export type Basis = (typeof basisCodes)[number];

const independent: readonly Basis[] = ['metadata_inconsistent', 'internal_contradiction', 'earlier_public_version', 'forensic_report', 'third_party_report'];

export function hasOne({ bases }: { bases: readonly Basis[] }, wanted: readonly Basis[]): boolean {
  return bases.some((basis) => wanted.includes(basis));
}

/** The origin's denial with one independent technical or documentary basis beside it: the least basis of `fabricated`. */
export function isDeniedAndProved(item: { bases: readonly Basis[] }): boolean {
  return item.bases.includes('origin_denies') && hasOne(item, independent);
}

/** The origin's denial alone never exceeds low confidence, and so supports no finding. */
export function restsOnDenialAlone({ bases, confidence }: Pick<Collection, 'bases' | 'confidence'>): boolean {
  return bases.length > 0 && bases.every((basis) => basis === 'origin_denies') && (confidence === 'moderate' || confidence === 'high');
}

/** Kinds of version that carry no change of a verdict at all. */
export function carriesNoVerdict(kind: VersionKind): boolean {
  return kind === 'editorial' || kind === 'translation' || kind === 'withdrawal';
}

/** Whether a verdict names an item as falsified. Of other files only types are taken here: browsers run this one. */
export function isFalsified(verdict: Artefact['verdict']): boolean {
  return verdict === 'altered' || verdict === 'fabricated';
}
