import { join } from 'node:path';
import { refuse } from '../errors.ts';
import { signCheckpoint } from '../ledger/checkpoint.ts';
import { type Entry, encodeEntry, entryType, parseEntry } from '../ledger/entry.ts';
import { logName } from '../ledger/log-name.ts';
import { hasSignature, keyIdOf, parseVerifierKey, type Signer, type VerifierKey } from '../ledger/note.ts';
import { createSigner } from '../ledger/signer.ts';
import { rootOfEntries } from '../ledger/tree.ts';
import { normaliseText, textIssue } from '../statement/text-gate.ts';
import { nextReference } from '../store/allotment.ts';
import type { Disk } from '../store/disk.ts';
import { writeDurably } from '../store/durable-file.ts';
import { writeDocument } from '../store/embedded-document.ts';
import { closedNames, currentName } from '../store/embedded-log.ts';
import type { Proved } from '../store/embedded-prove.ts';
import { currentLog, type HouseLog, rootOfLog } from '../store/house-log.ts';
import { Installation, markerName } from '../store/installation.ts';

export type Rollback = { note: string; newKey: string; knownKeys: readonly VerifierKey[]; missing: number; now: number };
export type Burned = readonly { first: string; last: string }[];

const mostCharacters = 280;

/** The public sentence about an accepted rollback: one line of clean text. @throws reason_missing, too_long, bad_text */
export function readRollbackNote(text: string): string {
  const note = normaliseText(text).trim();
  if (note === '') return refuse('reason_missing', 'an accepted rollback needs a public sentence that says why');
  if ([...note].length > mostCharacters) return refuse('too_long', `the public sentence has at most ${mostCharacters} characters`);
  return textIssue(note) === null && !/[\n\t]/.test(note) ? note : refuse('bad_text', 'the public sentence holds a character that no public text may hold');
}

/**
 * Closes the log of a copy where it stands and begins the next one under a new key, with the one entry that says so. Interrupted, it
 * leaves a directory that does not open. Gives the references that are never given again. @throws key_invalid: this key signed before
 */
export async function beginNextLog(directory: string, proved: Proved, rollback: Rollback, disk: Disk): Promise<Burned> {
  const { logs, installation } = proved;
  const old = currentLog(logs);
  if (old.checkpoint === null) return refuse('wrong_state', 'nothing is in the log of this backup: there is nothing to go on from');
  const origin = logName(installation.origin, logs.length + 1);
  const signer = createSigner(rollback.newKey, origin);
  requireNewKey(signer, logs, rollback.knownKeys);
  const burned = burnedReferences(readReferences(logs), rollback);
  const entry: Entry = {
    type: entryType(installation.origin),
    event: 'restored',
    at: new Date(Math.max(rollback.now, lastInstant(old) + 1)).toISOString(),
    restored: { closed: { origin: old.origin, size: old.entries.length, root: rootOfLog(old).toString('hex') }, burned: [...burned], note: rollback.note },
  };
  const line = encodeEntry(entry);
  const checkpoint = signCheckpoint({ origin, size: 1, root: rootOfEntries([line]) }, signer);
  const names = closedNames(logs.length);
  const ledger = join(directory, 'ledger');
  await disk.rename(join(ledger, currentName), join(ledger, names.entries));
  await disk.rename(join(ledger, 'checkpoint'), join(ledger, names.checkpoint));
  await writeDurably(join(ledger, currentName), Buffer.concat([line, Buffer.from('\n')]), disk);
  await writeDurably(join(ledger, 'checkpoint'), Buffer.from(checkpoint), disk);
  await writeDocument(join(directory, markerName), { ...installation, log: origin }, Installation, disk);
  return burned;
}

/** A key that signed before could be asked to vouch for both histories. */
function requireNewKey({ publicKey }: Signer, logs: readonly HouseLog[], known: readonly VerifierKey[]): void {
  const named = logs.flatMap(({ entries }) => entries.map(parseEntry)).flatMap(({ key }) => [key?.added, key?.retired]);
  const all = [...known, ...named.flatMap((text) => (text ? [parseVerifierKey(text)] : []))];
  const hasSigned = logs.some(({ origin, checkpoint }) => checkpoint !== null && hasSignature(checkpoint, origin, keyIdOf(origin, publicKey)));
  if (hasSigned || all.some((key) => key.publicKey.equals(publicKey)))
    refuse('key_invalid', 'the new log needs a key that never signed before: onrecord key new');
}

function lastInstant({ entries }: HouseLog): number {
  const last = entries.at(-1);
  return last === undefined ? 0 : Date.parse(parseEntry(last).at);
}

/** References that the logs name, and the last ones of ranges that were burned before. */
function readReferences(logs: readonly HouseLog[]): readonly string[] {
  const entries = logs.flatMap((log) => log.entries.map(parseEntry));
  return entries.flatMap(({ statement, restored }) => [...(statement === undefined ? [] : [statement]), ...(restored?.burned.map(({ last }) => last) ?? [])]);
}

/** Each lost entry may have taken a number of either series: none of them is given again. */
function burnedReferences(taken: readonly string[], { missing, now }: Rollback): Burned {
  if (missing === 0) return [];
  const year = new Date(now).getUTCFullYear();
  return [false, true].map((exercise) => ({
    first: nextReference(taken, { exercise, year }),
    last: nextReference(taken, { exercise, year }, missing),
  }));
}
