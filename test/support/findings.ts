import type { Artefact, Collection, Findings } from '../../src/leak/findings.ts';

/** Items of an invented leak, each verdict with its least basis. */

export const dkim = { domain: 'institut.example', selector: 's2026', key: 'A'.repeat(60), capturedAt: '2026-11-20T10:00:00Z' };
export const permission = { from: { fr: 'L’Institut Lumen' }, givenOn: '2026-11-20' };

export function artefact(facts: Partial<Artefact>): Artefact {
  const plain = { id: 'A-1', label: { fr: 'Courriel du 3 mai' }, form: 'email', circulation: 'leak_site', firstSeenOn: '2026-11-19' } as const;
  return { ...plain, verdict: 'unverified', confidence: null, bases: [], because: {}, ...facts };
}

export function collection(facts: Partial<Collection>): Collection {
  return { id: 'C-1', label: { fr: 'Première série' }, members: [], finding: 'unverified', confidence: null, bases: [], because: {}, ...facts };
}

export const said = { confidence: 'moderate', because: { fr: 'Comparé à l’original conservé par l’Institut.' } } as const;
export const authentic = artefact({ ...said, verdict: 'authentic', bases: ['origin_copy_compared'], permission });
export const altered = artefact({ ...said, verdict: 'altered', bases: ['origin_copy_compared'], changes: ['content'] });
export const fabricated = artefact({ ...said, verdict: 'fabricated', bases: ['origin_denies', 'forensic_report'] });
export const indeterminate = artefact({ ...said, verdict: 'indeterminate', bases: ['metadata_inconsistent'] });
export const withdrawn = artefact({ verdict: 'withdrawn', because: said.because });

export const nothing: Findings = { artefacts: [], collections: [] };
