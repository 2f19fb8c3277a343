import { transitions } from '../leak/artefact.ts';
import {
  artefactForms,
  bases,
  changeKinds,
  circulations,
  claimFindings,
  collectionFindings,
  confidences,
  contextFlags,
  likelihoods,
  personalDataCategories,
  verdicts,
} from '../leak/findings.ts';
import { noticeEvents } from '../ledger/entry.ts';
import type { FindingItem } from '../statement/findings.ts';
import { incidentStatuses, kinds, phases, situations } from '../statement/schema.ts';

/**
 * Every code that the record says in public, by family: at `/vocab/{family}/{code}`. Where the words of a code stand: label under
 * `<words>.<code>`, definition under `<words>.<code>.definition`, title and lead of the family under `public.vocab.<name>`.
 */
export type Family = { name: string; words: string; codes: readonly string[] };
export type Term = { family: Family; code: string };

const ofArtefacts: Family = { name: 'verdict', words: 'public.verdict', codes: verdicts };
const ofCollections: Family = { name: 'collection-finding', words: 'public.finding', codes: collectionFindings };
const ofClaims: Family = { name: 'claim-finding', words: 'public.claim', codes: claimFindings };

export const families: readonly Family[] = [
  ofArtefacts,
  ofCollections,
  ofClaims,
  { name: 'verdict-change', words: 'public.transition', codes: transitions.filter((code) => code !== 'none') },
  { name: 'basis', words: 'public.basis', codes: bases },
  { name: 'confidence', words: 'public.confidence', codes: confidences },
  { name: 'likelihood', words: 'public.likelihood', codes: likelihoods },
  { name: 'change', words: 'public.change', codes: changeKinds },
  { name: 'context', words: 'public.context', codes: contextFlags },
  { name: 'incident', words: 'public.incident', codes: incidentStatuses },
  { name: 'situation', words: 'public.situation', codes: situations },
  { name: 'kind', words: 'public.kind', codes: kinds },
  { name: 'phase', words: 'public.phase', codes: phases },
  { name: 'notice', words: 'public.noticeKind', codes: noticeEvents },
  { name: 'form', words: 'public.form', codes: artefactForms },
  { name: 'circulation', words: 'public.circulation', codes: circulations },
  { name: 'personal-data', words: 'public.personal', codes: personalDataCategories },
];

/** The family of what is found of such an item. */
export function familyOf(item: FindingItem): Family {
  if ('verdict' in item) return ofArtefacts;
  return 'members' in item ? ofCollections : ofClaims;
}

/** Feeds have always told the findings on collections under the scheme of verdicts. */
const alsoUnder: Readonly<Record<string, string>> = { verdict: 'collection-finding' };

/** The families whose codes stand under this name: its own first; none for an unknown name. */
export function familiesUnder(name: string): readonly Family[] {
  return families.filter((family) => family.name === name || family.name === alsoUnder[name]).sort((one) => (one.name === name ? -1 : 1));
}

function termUnder(name: string, code: string): Term | undefined {
  const family = familiesUnder(name).find(({ codes }) => codes.includes(code));
  return family && { family, code };
}

/** The terms at `/vocab/{name}/{code}`, or, without a code, wherever `name` stands as one. */
export function termsUnder(name: string, code: string | null): readonly Term[] {
  return code === null ? termsOf(name) : [termUnder(name, code)].filter((term) => term !== undefined);
}

/** Every term with this code: one word may mean different things of a verdict, a claim and a change. */
function termsOf(code: string): readonly Term[] {
  return families.filter(({ codes }) => codes.includes(code)).map((family) => ({ family, code }));
}
