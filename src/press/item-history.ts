import { type Transition, transitionOf } from '../leak/artefact.ts';
import { claimTransition } from '../leak/claim.ts';
import { collectionTransition } from '../leak/collection.ts';
import { owesCorrection } from '../leak/moves.ts';
import type { PublicStatement, PublicVersion } from '../statement/facts.ts';
import { type FindingItem, itemsOf } from '../statement/findings.ts';
import type { SignedVersion } from '../statement/schema.ts';
import type { VersionTexts } from './versions.ts';

/** How what was said of something moved from version to version. Versions whose text is gone say nothing here. */

export type Said = { version: PublicVersion; signed: SignedVersion; items: ReadonlyMap<string, FindingItem> };
/** The versions `from` to `to` that say the same; `version` is the first of them. */
export type Run<Value> = { value: Value; version: PublicVersion; from: number; to: number };

/** The versions of a statement up to one, with what each says. */
export async function saidUpTo(texts: Pick<VersionTexts, 'signed'>, { versions }: PublicStatement, upTo: number): Promise<readonly Said[]> {
  const told = versions.slice(0, upTo).filter(({ redacted }) => redacted === null);
  return Promise.all(
    told.map(async (version) => {
      const signed = await texts.signed(version.entry);
      return { version, signed, items: new Map(itemsOf(signed.findings).map((item) => [item.id, item])) };
    }),
  );
}

/** Neighbouring versions that say the same, oldest first; versions that say nothing of it (undefined) are passed over. */
export function runsOf<Value>(history: readonly Said[], read: (said: Said) => Value | undefined, isSame: (one: Value, other: Value) => boolean): Run<Value>[] {
  const runs: Run<Value>[] = [];
  for (const said of history) {
    const { version } = said;
    const value = read(said);
    if (value === undefined) continue;
    const last = runs.at(-1);
    if (last && isSame(last.value, value)) last.to = version.version;
    else runs.push({ value, version, from: version.version, to: version.version });
  }
  return runs;
}

/** The verdict of an artefact, or the finding of a collection or a claim. */
export function codeOf(item: FindingItem): string {
  return 'verdict' in item ? item.verdict : item.finding;
}

/** What the newest version that has a text says of an item. */
export function newestOf(history: readonly Said[], id: string): FindingItem | undefined {
  return history.at(-1)?.items.get(id);
}

/** Each change of what is said of an item that owes a correction, also one within the same verdict, such as a basis that is gone. */
export function lossesOf(history: readonly Said[], id: string): readonly { before: FindingItem; after: FindingItem; version: PublicVersion }[] {
  return history.flatMap((said, place) => {
    const [before, after] = [history[place - 1]?.items.get(id), said.items.get(id)];
    return before && after && owesCorrection(movedBy(before, after)) ? [{ before, after, version: said.version }] : [];
  });
}

/** Verdict and confidence of an item, version after version. */
export function linesOf(history: readonly Said[], id: string): Run<FindingItem>[] {
  return runsOf(
    history,
    ({ items }) => items.get(id),
    (one, other) => codeOf(one) === codeOf(other) && one.confidence === other.confidence,
  );
}

/** What happened to one and the same item between two versions. */
export function movedBy(before: FindingItem, after: FindingItem): Transition {
  if ('verdict' in before && 'verdict' in after) return transitionOf(before, after);
  if ('members' in before && 'members' in after) return collectionTransition(before, after);
  if ('about' in before && 'about' in after) return claimTransition(before, after);
  throw new RangeError(`${after.id} is no longer the kind of item that it was`);
}

/** `v3`, or `v1–v2`. */
export function spanOf({ from, to }: Pick<Run<unknown>, 'from' | 'to'>): string {
  return from === to ? `v${from}` : `v${from}–v${to}`;
}
