import { OnrecordError } from '../errors.ts';
import { signCheckpoint } from '../ledger/checkpoint.ts';
import { type Entry, encodeEntry, parseEntry } from '../ledger/entry.ts';
import { createHashList, type HashList } from '../ledger/hash-list.ts';
import type { Signer } from '../ledger/note.ts';
import { appendLeaf, emptyTree, leafHash, rootOf, type Tree } from '../ledger/tree.ts';
import type { LoggedEntry } from './store.ts';

/** One log in memory, as far as committed, wherever it is kept; replaced as a whole at each commit. Of `leaves`, which the next one goes on with, the first `size` are this one's. */
export type Log = {
  /** The house's number of its first entry: entries are counted through all logs. */
  begin: number;
  size: number;
  tree: Tree;
  leaves: HashList;
  lastAt: string | null;
  checkpoint: string | null;
};
/** `previous` signs beside `signer` while a key is rotated. */
export type Signers = { signer: Signer; previous: Signer | null };

/** A log without entries that begins behind those before it; `lastAt` is the instant of the last of these. */
export function emptyLog(begin: number, lastAt: string | null): Log {
  return { begin, lastAt, size: 0, tree: emptyTree, leaves: createHashList(), checkpoint: null };
}

export function keysOf({ signer, previous }: Signers): readonly Signer[] {
  return previous === null ? [signer] : [signer, previous];
}

/** The log with these lines, and their entries. @throws store_corrupt where they go back in time, or are none */
export function readLines(log: Log, lines: readonly Buffer[]): { log: Log; entries: readonly Entry[] } {
  const entries = lines.map(parseEntry);
  if (entries.some((entry, index) => entry.at <= (entries[index - 1]?.at ?? log.lastAt ?? ''))) throw corrupt('the log goes back in time');
  return { log: growLog(log, lines, entries), entries };
}

/** The log with these entries, signed: not yet stored anywhere. */
export function nextLog(signers: Signers, log: Log, entries: readonly Entry[]): { next: Log & { checkpoint: string }; lines: readonly Buffer[] } {
  const lines = entries.map(encodeEntry);
  const grown = growLog(log, lines, entries);
  const checkpoint = signCheckpoint({ origin: signers.signer.name, size: grown.size, root: rootOf(grown.tree) }, ...keysOf(signers));
  return { next: { ...grown, checkpoint }, lines };
}

/** What it writes behind the committed leaves is written over by the next change, unless this one commits. */
function growLog(log: Log, lines: readonly Buffer[], entries: readonly Entry[]): Log {
  let tree = log.tree;
  for (const [place, line] of lines.entries()) {
    const leaf = leafHash(line);
    log.leaves.set(log.size + place, leaf);
    tree = appendLeaf(tree, leaf);
  }
  return { ...log, size: log.size + lines.length, tree, lastAt: entries.at(-1)?.at ?? log.lastAt };
}

/** A log goes on from a closed one exactly when its first entry says so, with the size and root that are there. @throws store_corrupt */
export function checkOpening([first]: readonly Entry[], before: Log | undefined): void {
  const named = first?.restored?.closed;
  if (before === undefined && named === undefined) return;
  const isTheSame = before !== undefined && named !== undefined && named.size === before.size && named.root === rootOf(before.tree).toString('hex');
  if (!isTheSame || !before.checkpoint?.startsWith(`${named.origin}\n${named.size}\n${rootOf(before.tree).toString('base64')}\n`))
    throw corrupt('the log does not go on from the one that was closed');
}

/** The root that the log had at an earlier size, 32 bytes. */
export function rootAt(log: Log, size: number): Buffer {
  let tree = emptyTree;
  for (let index = 0; index < size; index += 1) tree = appendLeaf(tree, leafAt(log, index));
  return rootOf(tree);
}

/** The hash of the log's `index`-th entry, from 0. @throws RangeError where it has none */
export function leafAt({ leaves, size }: Log, index: number): Buffer {
  const leaf = index < size ? leaves.at(index) : undefined;
  if (leaf === undefined) throw new RangeError(`no entry ${index}`);
  return leaf;
}

/** An entry whose bytes the log vouches for; whoever counts or hashes them need not wait until they are understood. */
export function unread(index: number, bytes: Buffer): LoggedEntry {
  let entry: Entry | undefined;
  return {
    index,
    bytes,
    files: [],
    get entry() {
      entry ??= parseEntry(bytes);
      return entry;
    },
  };
}

export function corrupt(why: string): OnrecordError {
  return new OnrecordError('store_corrupt', why);
}
