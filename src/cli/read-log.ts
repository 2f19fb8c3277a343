import { refuse } from '../errors.ts';
import type { Checkpoint } from '../ledger/checkpoint.ts';
import { type Entry, parseEntry } from '../ledger/entry.ts';
import { parseEntryBundle, tilePath, tileWidth } from '../ledger/tile.ts';
import { rootOfEntries } from '../ledger/tree.ts';

/** The bytes at a public path such as `/log/checkpoint`. */
export type ReadPath = (path: string) => Promise<Buffer>;

/** Every entry of the log whose tiles lie under `prefix`. `hash_mismatch`: they have not the root that this head names. */
export async function readLogEntries(read: ReadPath, prefix: string, { size, root }: Pick<Checkpoint, 'size' | 'root'>): Promise<readonly Buffer[]> {
  const entries: Buffer[] = [];
  while (entries.length < size) {
    const width = Math.min(tileWidth, size - entries.length);
    const path = `${prefix}${tilePath({ level: 'entries', index: entries.length / tileWidth, width })}`;
    entries.push(...(parseEntryBundle(await read(path), width) ?? refuse('hash_mismatch', `${path} is no tile`)));
  }
  return rootOfEntries(entries).equals(root) ? entries : refuse('hash_mismatch', `the entries under ${prefix} are not those that the checkpoint signs`);
}

/** The end of the log before this one, as its first entry names it; undefined in the first log. */
export function closedBefore([first]: readonly Buffer[]): NonNullable<Entry['restored']>['closed'] | undefined {
  return first && parseEntry(first).restored?.closed;
}
