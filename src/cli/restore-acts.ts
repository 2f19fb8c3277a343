import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, dataDirectory, type Environment, environment, readConfig } from '../config.ts';
import { OnrecordError, refuse } from '../errors.ts';
import { anchorPath, demonstrationFiles, loadTrust } from '../keys.ts';
import { formatVerifierKey, hasSignature, type VerifierKey } from '../ledger/note.ts';
import { createSigner } from '../ledger/signer.ts';
import type { Trust } from '../ledger/trust.ts';
import { write } from '../statement/guards.ts';
import { workState } from '../statement/state.ts';
import { dataName, type Manifest, readManifest } from '../store/backup-manifest.ts';
import { type Disk, readIfThere, realDisk } from '../store/disk.ts';
import { writeAnchor } from '../store/embedded-anchor.ts';
import { type Proved, proveStore, proveWith } from '../store/embedded-prove.ts';
import { createShelf, loadShelf, writeStatement } from '../store/embedded-shelf.ts';
import { countEntries, currentLog } from '../store/house-log.ts';
import { readInstallation } from '../store/installation.ts';
import { readRedactions } from '../store/redaction-list.ts';
import { type Belief, createBelief, readPems } from './restore-belief.ts';
import { type Completed, completeFrom } from './restore-complete.ts';
import { type Known, missingBehind, readAnchor, readNewest } from './restore-known.ts';
import { abandon, claimPlace, copyIn, type Place, putInPlace, silenceWitness } from './restore-place.ts';
import { repeatRedactions } from './restore-redactions.ts';
import { type Burned, beginNextLog, readRollbackNote } from './restore-rollback.ts';
import { openSource } from './restore-source.ts';

/** How a restore knows that it does not begin a second history. */
export type Way =
  | { way: 'newest'; newest: string }
  | { way: 'complete-from'; source: string }
  | { way: 'accept-rollback'; note: string; newKeyFile: string; newest: string | null };
export type RestoreRequest = { backup: string; way: Way; given: readonly VerifierKey[]; now: number; from?: Environment };
export type Restored = {
  directory: string;
  manifest: Manifest;
  /** Of the log that goes on, and its size. */
  origin: string;
  size: number;
  completed: Omit<Completed, 'logs'> | null;
  burned: Burned;
  /** Drafts whose release was scheduled: somebody has to decide again. */
  unscheduled: number;
  /** Texts that were redacted after the backup was made, and are now again. */
  repeated: number;
};
type Work = { config: Config; belief: Belief; trust: Trust | null; pems: readonly string[]; place: Place; disk: Disk; proved: Proved; anchor: Known | null };
/** What the way made of the copy. */
type Outcome = { completed: Completed | null; burned: Burned; newKey: string | null };

/** The word for a backup from before anything was published. */
export const nothing = 'nothing';

/** Restores into the configured data directory, and advances the anchor. Whatever fails before the end leaves no data directory. */
export async function restoreBackup({ backup, way, given, now, from = environment }: RestoreRequest): Promise<Restored> {
  const disk = realDisk;
  const manifest = await readManifest(disk, backup);
  const data = join(backup, dataName);
  const config = readConfig(await readInstallation(data, disk), from);
  const trust = await loadTrust({ ...config, dataDirectory: data }, true);
  const pems = await readPems(config, data);
  const belief = createBelief(pems, trust, given);
  const place = await claimPlace(dataDirectory(from), disk);
  try {
    await copyIn(place, backup, manifest, disk);
    const proved = await proveStore(place.beside, belief(config.logOrigin), disk);
    requireSame(manifest, proved);
    const anchor = await readAnchor(anchorPath(config), config.agency.origin, belief);
    const work = { config, belief, trust, pems, place, disk, proved, anchor };
    const outcome = await takeWay(work, way, now);
    const final = await finish(work, outcome, now);
    const { origin, checkpoint, entries } = currentLog(final.proved.logs);
    await putInPlace(place, disk);
    if (checkpoint !== null) await advance(disk, anchorPath(config), checkpoint);
    const { completed, burned } = outcome;
    return {
      ...{ directory: place.directory, manifest, origin, size: entries.length, burned, unscheduled: final.unscheduled, repeated: final.repeated },
      completed: completed && { entries: completed.entries, versions: completed.versions, statements: completed.statements },
    };
  } catch (error) {
    await abandon(place);
    throw error;
  }
}

async function advance(disk: Disk, path: string, checkpoint: string): Promise<void> {
  await writeAnchor(disk, path, checkpoint).catch((cause: unknown) => {
    throw new OnrecordError('store_write_failed', `the data is restored, but the anchor ${path} is not: copy ledger/checkpoint there before the start`, {
      cause,
    });
  });
}

function takeWay(work: Work, way: Way, now: number): Promise<Outcome> {
  switch (way.way) {
    case 'newest':
      return provedNewest(work, way.newest);
    case 'complete-from':
      return complete(work, way.source);
    case 'accept-rollback':
      return acceptRollback(work, way, now);
  }
}

/** Nothing newer is public than what the backup holds. */
async function provedNewest({ config, belief, proved, anchor }: Work, newest: string): Promise<Outcome> {
  const { logs } = proved;
  if (newest === nothing && countEntries(logs) > 0) refuse('bad_request', 'this backup has publications: what was the newest checkpoint?');
  const said = newest === nothing ? [] : [await readNewest(newest, config.agency.origin, belief)];
  for (const known of [...(anchor ? [anchor] : []), ...said]) {
    const missing = missingBehind(logs, known);
    const { entries } = currentLog(logs);
    if (missing > 0)
      refuse(
        'rollback_detected',
        `${known.from} knows ${known.size} entries, this backup holds ${entries.length}: publications are missing. Fetch them with --complete-from`,
      );
  }
  return { completed: null, burned: [], newKey: null };
}

/** Fetches what is missing; the result must reach the anchor. */
async function complete({ place, disk, proved, belief, anchor }: Work, where: string): Promise<Outcome> {
  const completed = await completeFrom({ directory: place.beside, disk, random: randomBytes }, proved, openSource(where), belief);
  if (anchor !== null && missingBehind(completed.logs, anchor) > 0)
    refuse('rollback_detected', `${anchor.from} knows ${anchor.size} entries, ${where} has ${currentLog(completed.logs).entries.length}: it is not the newest`);
  return { completed, burned: [], newKey: null };
}

/** The missing publications are lost: the log is closed where the backup ends, and the next one begins. */
async function acceptRollback(work: Work, { note, newKeyFile, newest }: Extract<Way, { way: 'accept-rollback' }>, now: number): Promise<Outcome> {
  const { config, belief, trust, pems, place, disk, proved, anchor } = work;
  const text = readRollbackNote(note);
  const said = newest === null ? null : await readNewest(newest, config.agency.origin, belief);
  const known = [anchor, said].filter((one) => one !== null);
  if (known.length === 0) refuse('rollback_detected', 'how far had the public log come? There is no anchor: name the newest checkpoint known with --newest');
  const missing = Math.max(...known.map((one) => missingBehind(proved.logs, one)));
  const newKey = await readFile(newKeyFile, 'utf8').catch((cause: Error) => refuse('not_found', cause.message));
  const { origin } = currentLog(proved.logs);
  const knownKeys = [...pems.map((pem) => createSigner(pem, origin)), ...(trust?.logs ?? []), ...(trust?.retired.map(({ key }) => key) ?? [])];
  const burned = await beginNextLog(place.beside, proved, { note: text, newKey, knownKeys, missing, now }, disk);
  return { completed: null, burned, newKey };
}

/** Nothing may go out by a clock that somebody stopped since the backup; then all is proved again, under the keys that will sign. */
async function finish(
  { config, pems, place, disk, proved }: Work,
  { newKey }: Outcome,
  now: number,
): Promise<{ proved: Proved; unscheduled: number; repeated: number }> {
  const directory = place.beside;
  const unscheduled = await takeBackSchedules(directory, disk, new Date(now).toISOString());
  await silenceWitness(place, disk);
  if (config.agency.demonstration && config.signingKey === null && newKey !== null) {
    await writeFile(join(directory, demonstrationFiles.key), newKey);
    await rm(join(directory, demonstrationFiles.trust), { force: true });
  }
  const installation = await readInstallation(directory, disk);
  const name = installation.log ?? installation.origin;
  const [current, previous] = newKey === null ? pems : [newKey];
  if (current === undefined) throw new OnrecordError('key_invalid', 'no signing key is configured');
  const signer = createSigner(current, name);
  const note = await readIfThere(disk, join(directory, 'ledger', 'checkpoint'));
  if (note !== undefined && !hasSignature(note.toString(), name, signer.keyId))
    refuse('key_invalid', `the log is signed by another key than the configured one, ${formatVerifierKey(signer)}`);
  const listed = newKey === null ? [] : await readRedactions(disk, anchorPath(config));
  const repeated = await repeatRedactions({ directory, identity: installation.origin, signer, now, disk }, listed);
  const keys = { signer, previous: previous === undefined ? null : createSigner(previous, name), changesKeys: false };
  const again = await proveWith(directory, installation, keys, disk);
  if (again.statements < proved.statements) refuse('store_corrupt', 'a statement was lost on the way');
  return { proved: again, unscheduled, repeated };
}

async function takeBackSchedules(directory: string, disk: Disk, at: string): Promise<number> {
  const shelf = createShelf(disk, directory);
  const changed: Parameters<typeof write>[0][] = [];
  await loadShelf(shelf, (statement) => {
    const { draft } = statement;
    if (draft === null || workState(statement) !== 'scheduled') return;
    changed.push(write(statement, { draft: { ...draft, schedule: null } }, { at, by: 'restored', act: 'unscheduled' }));
  });
  for (const statement of changed) await writeStatement(shelf, statement);
  return changed.length;
}

function requireSame(manifest: Manifest, { logs, installation }: Proved): void {
  const { checkpoint, origin, entries } = currentLog(logs);
  const isSame = manifest.checkpoint === checkpoint && manifest.log === origin && manifest.size === entries.length && manifest.origin === installation.origin;
  if (!isSame) refuse('store_corrupt', 'the manifest tells of another log than the backup holds');
}
