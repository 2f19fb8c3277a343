import { scaleOf } from '../leak/review-scale.ts';
import type { PublicStatement } from '../statement/facts.ts';
import type { VersionTexts } from './versions.ts';

/** Ids of the artefacts and claims of a statement that have a page of their own: those which its newest version lists and that lie on a scale. */
export type ClaimList = (statement: PublicStatement) => Promise<readonly string[]>;

/** Each version is read once: what it lists never changes. */
export function createClaimList(texts: Pick<VersionTexts, 'signed'>): ClaimList {
  const known = new Map<number, readonly string[]>();
  return async ({ versions }) => {
    const latest = versions.at(-1);
    if (latest === undefined || latest.redacted !== null) return [];
    const listed = known.get(latest.entry) ?? (await listIn(texts, latest.entry));
    known.set(latest.entry, listed);
    return listed;
  };
}

async function listIn(texts: Pick<VersionTexts, 'signed'>, entry: number): Promise<readonly string[]> {
  const { artefacts, claims = [] } = (await texts.signed(entry)).findings;
  return [...artefacts, ...claims].filter((item) => scaleOf(item) !== null).map(({ id }) => id);
}
