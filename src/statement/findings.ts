import { refuse } from '../errors.ts';
import type { Artefact, Claim, Collection, Findings } from '../leak/findings.ts';
import type { Content } from './schema.ts';

/** Acts on the findings of a working text: one item put in its place, or a draft's own item taken out again. */

export type FindingItem = Artefact | Collection | Claim;

/** Every item of the findings: artefacts, collections, claims. */
export function itemsOf({ artefacts, collections, claims = [] }: Findings): readonly FindingItem[] {
  return [...artefacts, ...collections, ...claims];
}

/** The id that a new item of this family (`A`, `C`, `K`) takes: one above the highest. */
export function nextId(findings: Findings, family: string): string {
  const numbers = itemsOf(findings).flatMap(({ id }) => (id.startsWith(family) ? [Number(id.slice(2))] : []));
  return `${family}-${Math.max(0, ...numbers) + 1}`;
}

/** A new item with this id, nothing said of it; a collection begins with every artefact that is listed. */
export function emptyItem(id: string, today: string, listed: readonly string[]): FindingItem {
  const nothing = { confidence: null, bases: [], because: {} };
  if (id.startsWith('C')) return { id, label: {}, members: [...listed], finding: 'unverified', ...nothing };
  if (id.startsWith('K')) return { id, text: {}, about: [], finding: 'unverified', ...nothing };
  return { id, label: {}, form: 'file', circulation: 'leak_site', firstSeenOn: today, verdict: 'unverified', ...nothing };
}

/** The findings with this item in its place, or at the end. @throws bad_request where the id is neither known nor the next one */
export function putItem(findings: Findings, item: FindingItem): Findings {
  const isKnown = itemsOf(findings).some(({ id }) => id === item.id);
  if (!isKnown && item.id !== nextId(findings, item.id.charAt(0))) refuse('bad_request', `there is no item ${item.id}`, [{ field: 'id', code: 'invalid' }]);
  const put = <Item extends FindingItem>(items: readonly Item[], one: Item): Item[] =>
    isKnown ? items.map((old) => (old.id === one.id ? one : old)) : [...items, one];
  if ('text' in item) return { ...findings, claims: put(findings.claims ?? [], item) };
  if ('members' in item) return { ...findings, collections: put(findings.collections, item) };
  return { ...findings, artefacts: put(findings.artefacts, item) };
}

/** The findings without an item that was never published, and without mention of it. @throws wrong_state for one that is public */
export function dropItem(findings: Findings, base: Content | null, id: string): Findings {
  if (base !== null && itemsOf(base.findings).some((item) => item.id === id))
    refuse('wrong_state', `${id} is public: its verdict can be withdrawn, not the item`);
  const others = <Item extends { id: string }>(items: readonly Item[]): Item[] => items.filter((item) => item.id !== id);
  const without = (ids: readonly string[]): string[] => ids.filter((one) => one !== id);
  const { artefacts, collections, claims, ...rest } = findings;
  return {
    ...rest,
    artefacts: others(artefacts),
    collections: others(collections).map((item) => ({ ...item, members: without(item.members) })),
    ...(claims?.some((item) => item.id !== id) && { claims: others(claims).map((item) => ({ ...item, about: without(item.about) })) }),
  };
}
