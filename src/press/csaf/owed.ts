import type { Clearance } from '../../store/clearances.ts';
import type { Candidate, Owner } from './candidates.ts';
import type { CsafParts } from './tree.ts';

/** Documents that have to be validated and signed before they are listed: what publications bring, and what another key has signed. */
export type Owed = {
  /** Owes the newest document of each list of these, unless it is cleared; whatever else of them was owed is not any more. */
  owe(owners: Iterable<Owner>): void;
  /** Owes what these brought and clears it; resolves when that is done, has failed, or takes too long and goes on. Never rejects. */
  clear(owners: readonly Owner[]): Promise<void>;
  /** Clears some of what is owed, what failed last after all others. Never rejects. */
  goOn(): Promise<void>;
  count(): number;
  /** Why the first of those that failed did; null where none has. */
  failure(): string | null;
};

const clearedAtOnce = 20;
/** A publication waits no longer for its document: it is listed a moment later. */
const patienceMs = 1_000;

/** @param cleared told the keys of those whose documents were cleared */
export function createOwed(
  { clearances, clear, keys: openPgp }: Pick<CsafParts, 'clearances' | 'clear' | 'keys'>,
  { readSigned, now, cleared }: { readSigned(entry: number, name: string): Promise<Buffer>; now(): number; cleared(owners: readonly string[]): void },
): Owed {
  const owed = new Map<string, Candidate & { failed: string | null }>();
  /** What is owed of each owner. */
  const names = new Map<string, readonly string[]>();
  const inHand = new Set<string>();

  function owe(owners: Iterable<Owner>): void {
    for (const { key, lists } of owners) {
      for (const name of names.get(key) ?? []) owed.delete(name);
      names.delete(key);
      for (const list of lists) {
        const [newest] = list();
        const head = newest && clearances.head(newest.name);
        if (newest === undefined || (head?.sha256 === newest.sha256 && head.key === openPgp.signing)) continue;
        owed.set(newest.name, { ...newest, failed: null });
        names.set(key, [...(names.get(key) ?? []), newest.name]);
      }
    }
  }

  /** `fresh`: made here; else another process has cleared the same bytes with the same key, and that is what readers are shown. */
  async function clearOne({ entry, name, sha256, isBrought }: Candidate): Promise<{ clearance: Clearance; fresh: boolean }> {
    const there = await clearances.read(name);
    if (there?.sha256 === sha256 && (there.signature?.key ?? null) === openPgp.signing) return { clearance: there, fresh: false };
    const made = await clear(await readSigned(entry, name), isBrought);
    return { clearance: { name, sha256, at: new Date(now()).toISOString(), ...made }, fresh: true };
  }

  async function clearThese(wanted: readonly Candidate[]): Promise<void> {
    for (const { name } of wanted) inHand.add(name);
    const settled = await Promise.allSettled(wanted.map(clearOne));
    const done = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const made = done.flatMap(({ clearance, fresh }) => (fresh ? [clearance] : []));
    const kept = await Promise.allSettled(made.length > 0 ? [clearances.keep(made)] : []);
    const [unkept] = kept.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    for (const [place, candidate] of wanted.entries()) {
      const result = settled[place];
      const reason = result?.status === 'rejected' ? result.reason : unkept;
      inHand.delete(candidate.name);
      // What is not owed any more was overtaken, by a newer version or by a redaction.
      if (!owed.delete(candidate.name) || reason === undefined) continue;
      owed.set(candidate.name, { ...candidate, failed: reason instanceof Error ? reason.message : String(reason) });
    }
    if (unkept === undefined && done.length > 0) cleared(wanted.map(({ owner }) => owner));
  }

  return {
    owe,
    async clear(owners) {
      owe(owners);
      const keys = new Set(owners.map(({ key }) => key));
      const fresh = [...keys].flatMap((key) => names.get(key) ?? []).flatMap((name) => (inHand.has(name) ? [] : (owed.get(name) ?? [])));
      if (fresh.length === 0) return;
      const { promise: patience, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, patienceMs);
      await Promise.race([clearThese(fresh), patience]);
      clearTimeout(timer);
    },
    goOn: () => clearThese([...owed.values()].filter(({ name }) => !inHand.has(name)).slice(0, clearedAtOnce)),
    count: () => owed.size,
    failure: () => [...owed.values()].find(({ failed }) => failed !== null)?.failed ?? null,
  };
}
