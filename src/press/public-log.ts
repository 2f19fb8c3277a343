import { type Entry, type ImportedEntry, isImportedEntry, parseEntry } from '../ledger/entry.ts';
import type { SubtreeHash } from '../ledger/proof.ts';
import { createSubtrees, type Subtrees } from '../ledger/subtrees.ts';
import { leafHash } from '../ledger/tree.ts';
import type { LedgerSlice } from '../store/store.ts';

/** One log of the house: the current one, or one that a restore closed. `begin` is the house's number of its first entry. */
export type LogPart = { begin: number; size: number; checkpoint: string | null; hashOf: SubtreeHash };

/** The logs as readers may ask for them: what one checkpoint signs, and nothing behind it. */
export type PublicLog = {
  /** Takes in what was committed since; size and checkpoint of the current log then belong together. */
  catchUp(): Promise<void>;
  current(): LogPart;
  /** Closed logs, oldest first. */
  closed(): readonly LogPart[];
  /** The log that holds the entry with this number of the house. */
  partOf(entry: number): LogPart | undefined;
  /** Entries of the house in the order of the logs: changes of keys, and logs that go on from a lost one; `index` counts in their own log. */
  houseEvents(): readonly HouseEvent[];
  /** The index of an entry in its own log: what people read beside a version. */
  indexOf(entry: number): number;
  /** The exact bytes of `count` entries from the house's number `first`. */
  entries(first: number, count: number): Promise<readonly Buffer[]>;
  /** Adds the signatures of a note whose text is the current checkpoint's; false when it is another one's or brings nothing new. */
  addSignatures(note: string): boolean;
};
export type HouseEvent = { index: number; entry: Entry };
export type ReadEntries = (after: number, limit: number) => Promise<Omit<LedgerSlice, 'entries'> & { entries: readonly { bytes: Buffer }[] }>;

const atOnce = 1_000;
const houseMarks = ['"event":"key"', '"event":"restored"', '"event":"imported"'];

/** @param takeImported is given each entry of an imported document with its number, in order; again where a log was closed meanwhile */
export function createPublicLog(read: ReadEntries, takeImported: (number: number, entry: ImportedEntry) => unknown = () => {}): PublicLog {
  let closed: readonly LogPart[] = [];
  let known = 0;
  const events: HouseEvent[] = [];
  let subtrees: Subtrees = createSubtrees();
  let current: LogPart = { begin: 0, size: 0, checkpoint: null, hashOf: subtrees.hashOf };

  /** Entries up to the end of one log; those of the next wait for its own tree. */
  async function fill(part: Subtrees, begin: number, size: number): Promise<void> {
    while (part.size() < size) {
      const { entries } = await read(begin + part.size() - 1, Math.min(atOnce, size - part.size()));
      if (entries.length === 0) throw new RangeError(`no entry ${begin + part.size()}`);
      for (const { bytes } of entries) {
        if (houseMarks.some((mark) => bytes.includes(mark))) takeHouseEvent(begin, part.size(), parseEntry(bytes));
        part.append(leafHash(bytes));
      }
      known = begin + part.size();
    }
  }

  function takeHouseEvent(begin: number, index: number, entry: Entry): void {
    if (isImportedEntry(entry)) takeImported(begin + index, entry);
    else if (entry.key !== undefined || entry.restored !== undefined) events.push({ index, entry });
  }

  async function openClosed(slice: Omit<LedgerSlice, 'entries'>): Promise<void> {
    const parts: LogPart[] = [];
    let begin = 0;
    for (const { size, checkpoint } of slice.closed) {
      const tree = createSubtrees();
      await fill(tree, begin, size);
      parts.push({ begin, size, checkpoint, hashOf: tree.hashOf });
      begin += size;
    }
    closed = parts;
    subtrees = createSubtrees();
    current = { begin, size: 0, checkpoint: null, hashOf: subtrees.hashOf };
  }

  const partOf = (entry: number): LogPart | undefined => [...closed, current].find(({ begin, size }) => entry >= begin && entry < begin + size);

  return {
    catchUp: async () => {
      const slice = await read(known - 1, 0);
      if (slice.closed.length !== closed.length) await openClosed(slice);
      await fill(subtrees, current.begin, slice.size - current.begin);
      if (slice.size - current.begin !== current.size) current = { ...current, size: slice.size - current.begin, checkpoint: slice.checkpoint };
    },
    current: () => current,
    closed: () => closed,
    partOf,
    houseEvents: () => events,
    indexOf: (entry) => entry - (partOf(entry) ?? current).begin,
    entries: async (first, count) => (await read(first - 1, count)).entries.map(({ bytes }) => bytes),
    addSignatures: (note) => {
      const mine = current.checkpoint;
      const end = note.indexOf('\n\n') + 2;
      if (mine === null || end < 2 || !mine.startsWith(note.slice(0, end))) return false;
      const fresh = note
        .slice(end)
        .split(/(?<=\n)/)
        .filter((line) => line !== '' && !mine.slice(end - 1).includes(`\n${line}`));
      if (fresh.length > 0) current = { ...current, checkpoint: mine + fresh.join('') };
      return fresh.length > 0;
    },
  };
}
