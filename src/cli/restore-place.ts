import { rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OnrecordError, refuse } from '../errors.ts';
import { demonstrationFiles } from '../keys.ts';
import { sha256Hex } from '../ledger/hash.ts';
import { dataName, type Manifest } from '../store/backup-manifest.ts';
import { type Disk, errnoOf } from '../store/disk.ts';
import { makeDirectories, removeIfThere, writeNew } from '../store/durable-file.ts';
import { copiedParts, syncTree } from '../store/embedded-copy.ts';
import { installationParts, markerName } from '../store/installation.ts';
import { restoredMarker } from '../witness/embedded-witness.ts';

/** Where a restore or a move builds, so that an interrupted one leaves nothing that boots. */
export type Place = { directory: string; beside: string; isThere: boolean };

/** What an interrupted one may have moved out of there. Without a marker beside it, it belongs to no installation. */
const movedNames: readonly string[] = [...copiedParts, 'imports', ...Object.values(demonstrationFiles)];

/** @param work names what it is built for @throws store_exists: the data directory holds something */
export async function claimPlace(directory: string, disk: Disk, work: 'restoring' | 'moving' = 'restoring'): Promise<Place> {
  const inside = `.${work}.tmp`;
  const names = await disk.list(directory).catch((error: unknown) => (errnoOf(error) === 'ENOENT' ? null : Promise.reject(error)));
  const isInterrupted = names?.includes(inside) === true && !names.includes(markerName);
  const left = names?.filter((name) => isInterrupted && movedNames.includes(name)) ?? [];
  const foreign = names?.find((name) => name !== 'lost+found' && name !== inside && !left.includes(name));
  if (foreign !== undefined) throw new OnrecordError('store_exists', `${directory} holds ${foreign}: only an absent or empty data directory is filled`);
  // A volume cannot be replaced by a rename: then the work is done inside, and the marker moves last.
  const beside = names === null ? `${directory}.${work}` : join(directory, inside);
  for (const path of [...left.map((name) => join(directory, name)), beside]) await rm(path, { recursive: true, force: true });
  return { directory, beside, isThere: names !== null };
}

/** Copies a backup's data, each file held against the manifest. @throws store_corrupt */
export async function copyIn({ beside }: Place, backup: string, { files }: Manifest, disk: Disk): Promise<void> {
  const known = new Set<string>();
  for (const part of installationParts) await makeDirectories(join(beside, part), known, disk);
  for (const { path, bytes, sha256 } of files) {
    const body = await disk.read(join(backup, dataName, path));
    if (body.length !== bytes || sha256Hex(body) !== sha256) return refuse('store_corrupt', `${path} is not the file that was backed up`);
    await makeDirectories(dirname(join(beside, path)), known, disk);
    await writeNew(join(beside, path), body, disk);
  }
}

/** A witness that forgot what it cosigned could cosign a fork: it stays silent until it has a new key (docs/operate.md). */
export async function silenceWitness({ beside }: Place, disk: Disk): Promise<void> {
  await makeDirectories(join(beside, 'witness'), new Set(), disk);
  const path = join(beside, 'witness', restoredMarker);
  await removeIfThere(path, disk);
  await writeNew(path, Buffer.from('This state is from a backup. See "Backups and the anchor" in docs/operate.md.\n'), disk);
}

/** Makes what was built the data directory. */
export async function putInPlace({ directory, beside, isThere }: Place, disk: Disk): Promise<void> {
  await syncTree(disk, beside);
  if (!isThere) {
    await rename(beside, directory);
    return disk.syncDirectory(dirname(directory));
  }
  const names = (await disk.list(beside)).filter((name) => name !== markerName);
  for (const name of names) await rename(join(beside, name), join(directory, name));
  await disk.syncDirectory(directory);
  await rename(join(beside, markerName), join(directory, markerName));
  await rmdir(beside);
  await disk.syncDirectory(directory);
}

export async function abandon({ beside }: Place): Promise<void> {
  await rm(beside, { recursive: true, force: true });
}
