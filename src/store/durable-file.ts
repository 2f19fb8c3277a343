import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { OnrecordError } from '../errors.ts';
import { sha256 } from '../ledger/hash.ts';
import { type Disk, errnoOf, listIfThere, readIfThere, realDisk } from './disk.ts';

/** Names of temporary files; what a crash leaves of them is swept at boot, or when the part that wrote them is opened. */
export const temporaryName = /^\..+\.tmp$/;

/**
 * Puts these bytes in place of the file, whole or not at all; when it resolves they survive a power cut. `store_write_failed`:
 * nothing changed. `store_poisoned`: the outcome is unknown, and the fsync that failed must not be tried again, since the kernel
 * may call lost pages written.
 * @param beside directory of the same file system in which it is made: one that boot sweeps
 */
export async function writeDurably(path: string, bytes: Uint8Array, disk: Disk = realDisk, beside: string = dirname(path)): Promise<void> {
  const temporary = join(beside, `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await writeNew(temporary, bytes, disk);
  } catch (cause) {
    await disk.remove(temporary).catch(() => {});
    throw new OnrecordError('store_write_failed', `${basename(path)} could not be written`, { cause });
  }
  try {
    await disk.rename(temporary, path);
  } catch (cause) {
    throw await renameFailure(temporary, path, disk, cause);
  }
  await syncDirectory(dirname(path), disk);
}

/** A directory's names, durably; a failure is `store_poisoned`. */
export async function syncDirectory(path: string, disk: Disk): Promise<void> {
  try {
    await disk.syncDirectory(path);
  } catch (cause) {
    throw new OnrecordError('store_poisoned', `whether ${basename(path)} holds its newest files is unknown`, { cause });
  }
}

/** Makes each missing directory of a path, durably. `known` remembers those that need no second look. */
export async function makeDirectories(path: string, known: Set<string>, disk: Disk): Promise<void> {
  if (known.has(path)) return;
  const parent = dirname(path);
  try {
    await disk.makeDirectory(path);
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT' && parent !== path) {
      await makeDirectories(parent, known, disk);
      return makeDirectories(path, known, disk);
    }
    if (errnoOf(cause) !== 'EEXIST') throw new OnrecordError('store_write_failed', `${basename(path)} could not be made`, { cause });
  }
  // Also when it was there: an earlier attempt may have failed between making and syncing it.
  await syncDirectory(parent, disk);
  known.add(path);
}

/** A new file, synced; its name is durable once its directory is. Reading back catches a disk that acknowledges what it did not store. */
export async function writeNew(path: string, bytes: Uint8Array, disk: Disk): Promise<void> {
  const file = await disk.create(path);
  try {
    await file.write(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  if (!sha256(await disk.read(path)).equals(sha256(bytes)))
    throw new OnrecordError('store_write_failed', `the disk gives back other bytes of ${basename(path)} than were written`);
}

/** Removes what a crash left in a directory of files that were never put in place; none where there is no such directory. */
export async function sweepTemporary(directory: string, disk: Disk): Promise<void> {
  for (const name of await listIfThere(disk, directory)) if (temporaryName.test(name)) await removeIfThere(join(directory, name), disk).catch(passDirectory);
}

/** A restore that was interrupted at its very end leaves an empty directory of such a name: unlink(2) refuses it. */
function passDirectory(error: unknown): void {
  if (errnoOf(error) !== 'EISDIR' && errnoOf(error) !== 'EPERM') throw error;
}

export async function removeIfThere(path: string, disk: Disk): Promise<void> {
  await disk.remove(path).catch((error: unknown) => {
    if (errnoOf(error) !== 'ENOENT') throw error;
  });
}

/** A rename that was reported failed may have happened: it has not, as long as the temporary name is there. */
async function renameFailure(temporary: string, path: string, disk: Disk, cause: unknown): Promise<OnrecordError> {
  const isThere = await readIfThere(disk, temporary).then(
    (bytes) => bytes !== undefined,
    () => false,
  );
  if (!isThere) return new OnrecordError('store_poisoned', `whether ${basename(path)} was replaced is unknown`, { cause });
  await disk.remove(temporary).catch(() => {});
  return new OnrecordError('store_write_failed', `${basename(path)} could not be replaced`, { cause });
}
