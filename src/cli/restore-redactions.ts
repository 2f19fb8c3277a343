import { entryType } from '../ledger/entry.ts';
import type { Signer } from '../ledger/note.ts';
import { redactAgain, textsToDrop } from '../statement/redaction.ts';
import { redactionOf } from '../statement/state.ts';
import type { Disk } from '../store/disk.ts';
import { openEmbeddedStore } from '../store/embedded.ts';
import type { KnownRedaction } from '../store/redaction-list.ts';
import type { RecordChange, Store } from '../store/store.ts';

/** What a restore says of itself where a person would stand. */
const by = 'restored';

type Place = { directory: string; identity: string; signer: Signer; now: number; disk: Disk };

/**
 * Takes away again what was redacted after the backup was made, and logs it: a rollback must not undo a redaction. Versions that were
 * lost with the rest are passed over. Gives how many texts went.
 */
export async function repeatRedactions({ directory, identity, signer, now, disk }: Place, known: readonly KnownRedaction[]): Promise<number> {
  if (known.length === 0) return 0;
  const store = await openEmbeddedStore({ directory, signer, anchorFile: null, now: () => now, disk });
  try {
    let count = 0;
    for (const redaction of known) if (await repeat(store, identity, redaction)) count += 1;
    return count;
  } finally {
    await store.close();
  }
}

async function repeat(store: Store, identity: string, { statement: reference, version, ground, at: redactedAt }: KnownRedaction): Promise<boolean> {
  const line = (await store.list({ public: true })).find((one) => one.reference === reference);
  const before = line && (await store.read(line.id));
  const there = before?.versions[version - 1];
  // One that came out later has the number of a version that was lost, and is another text.
  if (!line || !before || !there || there.at >= redactedAt || redactionOf(before.notices, version) !== null) return false;
  await store.record(line.id, (current, allot): RecordChange => {
    if (current === undefined) throw new RangeError(`statement ${reference} is gone`);
    const { at, index } = allot.entry();
    const { statement, redacts } = redactAgain(current, { version, ground }, by, { at, entry: index, key: null });
    const facts = [...current.versions, ...current.notices].map(({ entry }) => entry);
    const entry = { type: entryType(identity), event: 'redacted' as const, at, statement: reference, prev: allot.prev(Math.max(...facts)), redacts };
    return { statement, entries: [entry], files: [], drop: textsToDrop(current, version, at) };
  });
  return true;
}
