import type { Register } from '../leak/register.ts';
import type { Entry } from '../ledger/entry.ts';
import type { NewFile } from '../ledger/version-file.ts';
import type { PublicState, Statement, WorkState } from '../statement/facts.ts';
import type { Content, Kind } from '../statement/schema.ts';
import type { KnownRedaction } from './redaction-list.ts';

/**
 * Statements and the ledger. Duties of every implementation:
 * durable — when `edit` or `record` resolves, the change survives a power cut; when it rejects, nothing changed, unless the
 * code is `store_poisoned` (outcome unknown: a store for one process then refuses every further write until it is opened again; one that
 * others change too learns it as it learns what they do);
 * serial — changes of one statement run one after the other, `record` changes of all statements too;
 * idle — a change that gives `current` itself back writes nothing;
 * whole — `record` makes statement, files, entries and checkpoint public together, or none of them; it also removes the files that a
 * redaction names, after the commit and again at opening until they are gone;
 * one register — its states are counted through all logs; a change is given the newest committed one, and may commit the next, whatever
 * other statements publish at the same time. A register that cannot be read is `store_corrupt` at opening;
 * nothing becomes public except through `record`; the house's own entries, about keys, logs and documents that it brings along, through
 * `declare`.
 */
export interface Store {
  /** Index lines of all statements that match, newest change first. */
  list(filter?: { public?: boolean }): Promise<readonly StatementLine[]>;
  read(id: string): Promise<Statement | undefined>;
  /** The whole working text of a revision by its `text` address; undefined once it was dropped. */
  revision(text: string): Promise<WorkingText | undefined>;
  /** Private facts. `change` is pure, runs under the statement's lock; throw in it to refuse. `current` is undefined for a new id. */
  edit(id: string, change: (current: Statement | undefined) => Edit): Promise<Statement>;
  /** Anything public. `change` runs under the ledger's lock, then the statement's. */
  record(id: string, change: (current: Statement | undefined, allot: Allotment) => RecordChange): Promise<Recorded>;
  /** Entries of the house, about no statement, with the signed files that they list. `change` is pure and runs under the ledger's lock; no entry commits nothing. */
  declare(change: (allot: Allotment) => Declaration): Promise<readonly LoggedEntry[]>;
  /** Entries with index > `after` (−1 for all), at most `limit`, each with its exact bytes and the bytes of its signed files, of those named, or of none; and the newest checkpoint. */
  ledger(after: number, limit: number, what?: WantedFiles): Promise<LedgerSlice>;
  /** Redactions known outside of a store that went back in time: what they took is not to be shown. Empty in a sound store. */
  lostRedactions(): readonly KnownRedaction[];
  /** Null when healthy, else why no write is accepted or the anchor could not be written. */
  trouble(): string | null;
  close(): Promise<void>;
}

/** All signed files of an entry, none, or those whose name is wanted: what is not asked for is not read, and cannot be in the way. */
export type WantedFiles = 'files' | 'entries' | ((name: string) => boolean);

export type WorkingText = { kind: Kind; content: Content };
/** `texts`: working texts to keep under their address. `drop`: addresses whose text may go. */
export type Edit = { statement: Statement; texts?: readonly { text: string; body: WorkingText }[]; drop?: readonly string[] };

/** What only the commit can give. The n-th call of `entry` in one change gives the n-th new entry's number and time, strictly rising. */
export type Allotment = {
  /** `index` counts through all logs of the house; facts keep it. */
  entry(): { index: number; at: string };
  /** The number of the log that is written, from 1: above 1 after an accepted rollback. */
  log: number;
  /** What a new entry says as `prev` where the statement's entry before has this number: its index in the current log, null if it is in a closed one. */
  prev(entry: number | null): number | null;
  /** The next gapless number of the year of this commit, `2026-0007`, or `EX-2026-0001`. */
  reference(exercise: boolean): string;
  /** The newest committed state of the register, before this change; null before the first. */
  register(): Register | null;
  /** Whether publishing was frozen when this change had its turn, by whatever process; false where no other process can freeze it. */
  frozen(): boolean;
};
export type { NewFile };
export type RecordChange = Edit & { entries: readonly Entry[]; files: readonly NewFile[] };
export type Declaration = Pick<RecordChange, 'entries' | 'files'>;
export type Recorded = { statement: Statement; entries: readonly LoggedEntry[] };
export type LoggedEntry = { index: number; bytes: Buffer; entry: Entry; files: readonly { name: string; body: Buffer }[] };
/** The log as far as committed. Entries are counted through all logs of the house: those that a restore closed, then the current one. */
export type LedgerSlice = { size: number; checkpoint: string | null; closed: readonly ClosedLog[]; entries: readonly LoggedEntry[] };
/** A log that nothing is added to any more (record.md, "Rollback"): its size and its last checkpoint. */
export type ClosedLog = { origin: string; size: number; checkpoint: string };

/** What lists need of a statement without opening it. */
export type StatementLine = {
  id: string;
  reference: string | null;
  title: string;
  kind: Kind | null;
  work: WorkState;
  public: PublicState;
  version: number;
  exercise: boolean;
  openedAt: string;
  firstPublishedAt: string | null;
  changedAt: string;
  contributors: readonly string[];
  releaseAt: string | null;
  nextUpdateAt: string | null;
  recheckSince: string | null;
  debts: readonly { version: number; because: 'flash' | 'withdrawal'; dueAt: string }[];
  /** Draft revisions saved but not kept for ever: address and time, for the sweep that drops them after 24 h. */
  droppable: readonly { text: string; at: string }[];
};
