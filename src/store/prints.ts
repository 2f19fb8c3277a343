/**
 * What was told once and stays as it was told: a version's feed entry, what changed between two versions. Kept when first made, so
 * that neither a new release nor new words nor a new address changes a byte of it (record.md §2).
 */
export interface Prints {
  /** The bytes kept under a name such as `items/12.fr.json`; undefined when there are none. */
  read(name: string): Promise<Buffer | undefined>;
  /** Keeps these bytes, durably, unless something is kept there already; gives what is kept. */
  keep(name: string, bytes: Buffer): Promise<Buffer>;
  /** Every name under which something is kept. */
  names(): Promise<readonly string[]>;
  /** Redaction alone: removes all names that match, durably. */
  remove(matches: (name: string) => boolean): Promise<void>;
}

export const printName = /^[a-z]{1,20}\/[0-9a-z][0-9a-z-]{0,60}(?:\.[a-z]{1,10}){1,2}$/;

/** The name itself. @throws RangeError for what is none */
export function requirePrintName(name: string): string {
  if (!printName.test(name)) throw new RangeError(`no print has the name ${name}`);
  return name;
}
