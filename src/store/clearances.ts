import { z } from 'zod';

/** What a CSAF document went through before it was listed: the validator, and the OpenPGP signature. */
export type Clearance = {
  /** The signed file, `/statements/2026-0007/v/2.csaf.json`, and the SHA-256 (hex) of the bytes that were cleared. */
  name: string;
  sha256: string;
  sha512: string;
  /** When it was cleared. */
  at: string;
  /** Fingerprint and armoured detached signature; null in a house without an OpenPGP key. */
  signature: { key: string; armored: string } | null;
};
/** What is kept in memory of one. */
export type ClearanceHead = Pick<Clearance, 'sha256' | 'at'> & { key: string | null };

/**
 * Kept beside the record, by the name of the signed file; a newer one of the same name counts. Whatever is lost is made again from the
 * record and the key: a clearance that cannot be read is none.
 */
export interface Clearances {
  head(name: string): ClearanceHead | undefined;
  read(name: string): Promise<Clearance | undefined>;
  /** Every name that is cleared. */
  names(): readonly string[];
  /** Resolves when it is on the disk. */
  keep(clearances: readonly Clearance[]): Promise<void>;
  /** Resolves when nothing is being written. */
  close(): Promise<void>;
}

/** One as it is kept. */
export const ClearanceLine = z.strictObject({
  name: z.string(),
  sha256: z.string(),
  sha512: z.string(),
  at: z.string(),
  signature: z.strictObject({ key: z.string(), armored: z.string() }).nullable(),
});

export function headOf({ sha256, at, signature }: Clearance): ClearanceHead {
  return { sha256, at, key: signature?.key ?? null };
}

/** Kept as long as the process lasts. */
export function openMemoryClearances(): Clearances {
  const kept = new Map<string, Clearance>();
  return {
    head: (name) => {
      const found = kept.get(name);
      return found && headOf(found);
    },
    read: async (name) => kept.get(name),
    names: () => [...kept.keys()],
    keep: async (clearances) => {
      for (const one of clearances) kept.set(one.name, one);
    },
    close: async () => {},
  };
}
