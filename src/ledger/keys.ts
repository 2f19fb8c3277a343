import { refuse } from '../errors.ts';
import type { Entry } from './entry.ts';
import { formatVerifierKey, type VerifierKey } from './note.ts';
import type { Policy, Trust } from './trust.ts';

/** What a log says of its own keys (record.md, "Ledger"): a rotation begins with an entry that adds a key and ends with one that retires the old. */

/** A rotation ends no sooner than this, so that every reader has met both keys. */
export const rotationLastsMs = 90 * 24 * 60 * 60 * 1_000;

/** `added`: the newest key that an entry names, null while the log has its first one. `since`: when the rotation that still runs began. */
export type KeyState = { added: string | null; since: string | null };

/** @param entries all of the current log */
export function keyStateOf(entries: readonly Entry[]): KeyState {
  let state: KeyState = { added: null, since: null };
  for (const { key, at } of entries) {
    if (key?.added != null) state = { added: key.added, since: at };
    if (key?.retired != null) state = { ...state, since: null };
  }
  return state;
}

/** Why the log may not be signed with these keys, or null. `previous` signs beside `signer` exactly while a rotation runs. */
export function keyObjection(entries: readonly Entry[], signer: VerifierKey, previous: VerifierKey | null): string | null {
  const { added, since } = keyStateOf(entries);
  if (added !== null && added !== formatVerifierKey(signer)) return `the log is signed by ${added} now, not by ${formatVerifierKey(signer)}`;
  if (since !== null && previous === null) return 'a rotation runs: the previous key has to sign as well until it is retired';
  if (since === null && previous !== null) return 'no rotation runs: a previous key would sign for nothing';
  return null;
}

export type PolicyRequest = {
  root: VerifierKey;
  issuedAt: string;
  /** The current key first, then the previous one while a rotation runs. */
  logs: readonly VerifierKey[];
  /** The trust note that was served so far; null for the first one. */
  before: Trust | null;
  /** All entries of the current log; `closed` are the logs before it. */
  entries: readonly Entry[];
  closed: readonly { origin: string; size: number }[];
  witnesses?: Policy['witnesses'];
  quorum?: number;
};

/**
 * The policy that the root should sign next: keys that sign now, and each that ever did with the size up to which it is believed.
 * Witnesses stay as they were unless others are given. `key_invalid`: a key of the note before has vanished without a word of the log.
 */
export function nextPolicy({
  root,
  issuedAt,
  logs,
  before,
  entries,
  closed,
  witnesses = before?.witnesses ?? [],
  quorum = before?.quorum ?? 0,
}: PolicyRequest): Policy {
  const texts = logs.map((key) => formatVerifierKey(key));
  const isNow = (key: VerifierKey): boolean => texts.includes(formatVerifierKey(key));
  const lastSizeOf = (key: VerifierKey): number => {
    const index = entries.findIndex((entry) => entry.key?.retired === formatVerifierKey(key));
    const size = index >= 0 ? index : closed.find(({ origin }) => origin === key.name)?.size;
    return size ?? refuse('key_invalid', `${formatVerifierKey(key)} signs no more, and the log does not say since when`);
  };
  const known = before?.retired ?? [];
  const fresh = (before?.logs ?? []).filter((key) => !isNow(key)).map((key) => ({ key, lastSize: lastSizeOf(key) }));
  return { root, issuedAt, logs, retired: [...known, ...fresh], witnesses, quorum };
}
