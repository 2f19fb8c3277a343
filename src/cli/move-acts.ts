import { join } from 'node:path';
import { type Environment, environment, readConfig } from '../config.ts';
import { OnrecordError, refuse } from '../errors.ts';
import { loadSigners } from '../keys.ts';
import { type Belongings, carry, type EmptyPlace, type Inventory } from '../store/carrying.ts';
import { type Disk, realDisk } from '../store/disk.ts';
import { removeIfThere } from '../store/durable-file.ts';
import { openDirectory } from '../store/embedded-belongings.ts';
import { syncTree } from '../store/embedded-copy.ts';
import { writeDocument } from '../store/embedded-document.ts';
import { openEmptyDirectory, removeLocks } from '../store/embedded-move-in.ts';
import { type Installation, readInstallation } from '../store/installation.ts';
import type { Signers } from '../store/log.ts';
import { Moved, movedName } from '../store/moved.ts';
import { openTransaction } from '../store/postgres-belongings.ts';
import { type Database, openDatabase } from '../store/postgres-database.ts';
import { readMarker } from '../store/postgres-installation.ts';
import { lockTables, markMoved, openEmptyTables } from '../store/postgres-move-in.ts';
import { requireSchema } from '../store/postgres-schema.ts';
import { withProgress } from './progress.ts';
import { abandon, claimPlace, type Place, putInPlace } from './restore-place.ts';

export type Move = Inventory & { from: string; to: string };

/** One transaction lasts as long as the move. */
const patient = { statement_timeout: '0', idle_in_transaction_session_timeout: '0' };

/** @throws store_exists, store_corrupt, store_locked, rollback_detected, key_invalid; nothing is left in the database then */
export async function moveIntoDatabase(from: string, to: string, given: Environment = environment, disk: Disk = realDisk): Promise<Move> {
  const { signers, anchorFile } = await readKeys(await readInstallation(from, disk), from, given);
  const database = openDatabase(to, patient);
  try {
    await requireSchema(database);
    const source = await openDirectory(from, signers, anchorFile);
    try {
      return await database.change(async (ask) => {
        const moved = await carryProved(source, await openEmptyTables(ask), () => openTransaction(ask, signers, null));
        const name = nameOf(to);
        // Before the commit: at no time can both places be used.
        await writeDocument(join(from, movedName), markOf(name, moved), Moved, disk);
        return { from, to: name, ...moved };
      });
    } catch (error) {
      // Where nobody knows whether the database has it, neither place may go on by itself.
      if (!(error instanceof OnrecordError && error.code === 'store_poisoned')) await removeIfThere(join(from, movedName), disk);
      throw error;
    } finally {
      await source.close();
    }
  } finally {
    await database.close();
  }
}

/** @throws store_exists, store_corrupt, busy, rollback_detected, key_invalid; no directory is left then */
export async function moveIntoDirectory(from: string, to: string, given: Environment = environment, disk: Disk = realDisk): Promise<Move> {
  const locking = openDatabase(from, patient);
  const reading = openDatabase(from, { ...patient, default_transaction_isolation: 'repeatable read' });
  let place: Place | null = null;
  try {
    await requireSchema(locking);
    const { signers, anchorFile } = await readKeys(await readMarker(locking.ask), to, given);
    const { moved, built } = await locking.change(async (ask) => {
      await lockTables(ask);
      const built = await claimPlace(to, disk, 'moving');
      place = built;
      const inventory = await reading.change(async (inside) => build(await openTransaction(inside, signers, anchorFile), built, signers));
      // Before the directory is in its place: at no time can both be used.
      await markMoved(ask, markOf(to, inventory));
      return { moved: inventory, built };
    });
    await putInPlace(built, disk).catch((error: unknown) => takeMarkBack(locking, error));
    return { from: nameOf(from), to, ...moved };
  } catch (error) {
    if (place !== null) await abandon(place);
    throw error;
  } finally {
    await reading.close();
    await locking.close();
  }
}

async function build(source: Belongings, { beside }: Place, signers: Signers): Promise<Inventory> {
  const inventory = await carryProved(source, await openEmptyDirectory(beside), () => openDirectory(beside, signers, null));
  await removeLocks(beside);
  // Before the old place is marked: what takes its place must not be lost with the power.
  await syncTree(realDisk, beside);
  return inventory;
}

async function takeMarkBack(database: Database, error: unknown): Promise<never> {
  await database.change((ask) => markMoved(ask, null));
  throw error;
}

/** Everything into the empty place, and read there again. */
async function carryProved(source: Belongings, to: EmptyPlace, reopen: () => Promise<Belongings>): Promise<Inventory> {
  const total = (await source.store.ledger(-1, 0)).size + (await source.store.list()).length;
  const given = await withProgress('Moving', total, (step) => carry(source, to, step));
  const there = await reopen();
  const found = await withProgress('Proving', total, (step) => carry(there, null, step)).finally(() => there.close());
  return found.digest === given.digest && found.checkpoint === given.checkpoint ? given : refuse('store_corrupt', 'what arrived is not what was sent');
}

/** The keys that sign now, since they have to be those that the log itself names. */
async function readKeys(installation: Installation, directory: string, given: Environment): Promise<{ signers: Signers; anchorFile: string | null }> {
  const config = readConfig(installation, { ...given, ONRECORD_DATA_DIR: directory });
  if (config.signingKey === null)
    throw new OnrecordError(
      'key_invalid',
      'the key of this demonstration lies in its data directory and is in no database: name it in ONRECORD_SIGNING_KEY_FILE',
    );
  return { signers: await loadSigners(config), anchorFile: config.anchorFile };
}

function markOf(to: string, { entries }: Inventory): Moved {
  return { to, at: new Date().toISOString(), size: entries };
}

/** A database's address without who signs in there. */
function nameOf(address: string): string {
  const { host, pathname } = new URL(address);
  return `postgres://${host}${pathname}`;
}
