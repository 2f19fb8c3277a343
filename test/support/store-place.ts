import type { Signer } from '../../src/ledger/note.ts';
import { openEmbeddedStore } from '../../src/store/embedded.ts';
import { openPostgresStore } from '../../src/store/postgres.ts';
import { openDatabase } from '../../src/store/postgres-database.ts';
import type { Store } from '../../src/store/store.ts';

/** The store at a place: a data directory, or the address of a database. Closing it closes all that it was opened with. */
export async function openStoreAt(place: string, signer: Signer, anchorFile: string, overrides: Parameters<typeof openDatabase>[1] = {}): Promise<Store> {
  if (!place.startsWith('postgres:')) return openEmbeddedStore({ directory: place, signer, anchorFile, now: Date.now });
  const database = openDatabase(place, overrides);
  const store = await openPostgresStore({ database, signer, anchorFile }).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  return {
    ...store,
    close: async () => {
      await store.close();
      await database.close();
    },
  };
}
