import { join } from 'node:path';
import { OnrecordError, refuse } from '../errors.ts';
import type { Belongings } from './carrying.ts';
import { realDisk } from './disk.ts';
import { openEmbeddedStore } from './embedded.ts';
import { openEmbeddedClearances } from './embedded-clearances.ts';
import { openEmbeddedOutbox } from './embedded-outbox.ts';
import { openEmbeddedPeople } from './embedded-people.ts';
import { openEmbeddedPrints } from './embedded-prints.ts';
import { openStagedImports } from './embedded-staged-imports.ts';
import { openEmbeddedTimeStamps } from './embedded-time-stamps.ts';
import { readInstallation } from './installation.ts';
import { acquireLock } from './lock.ts';
import type { Signers } from './log.ts';
import { readingDisk } from './reading-disk.ts';

/**
 * What lies in a data directory, which nobody else opens meanwhile and which is not changed: what a start would finish is finished in memory.
 * @param anchorFile null: nothing outside knows how far the log had come @throws store_locked, store_corrupt, rollback_detected, as at a start
 */
export async function openDirectory(directory: string, signers: Signers, anchorFile: string | null): Promise<Belongings> {
  const disk = readingDisk(realDisk);
  const installation = await readInstallation(directory, disk);
  const store = await openEmbeddedStore({ directory, ...signers, anchorFile, now: Date.now, disk });
  try {
    const trouble = store.trouble();
    if (trouble !== null) throw new OnrecordError('rollback_detected', trouble);
    const people = await openEmbeddedPeople({ directory, now: Date.now, disk });
    const outbox = await openEmbeddedOutbox({ directory, disk });
    const prints = await openEmbeddedPrints({ directory, disk });
    const clearances = await openEmbeddedClearances({ directory, disk });
    // The command line changes people beside a service.
    const lock = await acquireLock(directory, 'people-lock', disk);
    return {
      ...{ installation, store, people, outbox, prints, clearances },
      timeStamps: openEmbeddedTimeStamps(join(directory, 'timestamps'), disk),
      staged: openStagedImports({ directory, tell: (line) => refuse('store_corrupt', line), sweeps: false }),
      close: async () => {
        await lock.release();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
