import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, databaseUrl, dataDirectory, type Environment, environment } from './config.ts';
import { OnrecordError } from './errors.ts';
import { anchorPath } from './keys.ts';
import type { Entry } from './ledger/entry.ts';
import type { Signer, VerifierKey } from './ledger/note.ts';
import type { PublicStatement, Statement } from './statement/facts.ts';
import type { Clearances } from './store/clearances.ts';
import { realDisk } from './store/disk.ts';
import { openEmbeddedStore } from './store/embedded.ts';
import { openEmbeddedClearances } from './store/embedded-clearances.ts';
import { loadLog } from './store/embedded-log.ts';
import { openEmbeddedOutbox } from './store/embedded-outbox.ts';
import { openEmbeddedPeople } from './store/embedded-people.ts';
import { openEmbeddedPrints } from './store/embedded-prints.ts';
import { openStagedImports } from './store/embedded-staged-imports.ts';
import { openEmbeddedTimeStamps } from './store/embedded-time-stamps.ts';
import { type Installation, initialise, readInstallation } from './store/installation.ts';
import { keysOf, type Log, type Signers } from './store/log.ts';
import type { Outbox } from './store/outbox.ts';
import type { People } from './store/people.ts';
import { openPostgresStore } from './store/postgres.ts';
import { headChannel } from './store/postgres-changes.ts';
import { openPostgresClearances } from './store/postgres-clearances.ts';
import { openDatabaseClock } from './store/postgres-clock.ts';
import { type Database, openDatabase } from './store/postgres-database.ts';
import { initialiseDatabase, readMarker } from './store/postgres-installation.ts';
import { loadKnownLog } from './store/postgres-log.ts';
import { openPostgresOutbox } from './store/postgres-outbox.ts';
import { openPostgresPeople } from './store/postgres-people.ts';
import { openPostgresPrints, readPostgresPrints } from './store/postgres-prints.ts';
import { openPublicReading, type PublicReading } from './store/postgres-public.ts';
import { requireSchema } from './store/postgres-schema.ts';
import { openPostgresStagedImports } from './store/postgres-staged-imports.ts';
import { openPostgresTallies } from './store/postgres-tallies.ts';
import { openPostgresTimeStamps } from './store/postgres-time-stamps.ts';
import type { Prints } from './store/prints.ts';
import type { StagedImports } from './store/staged-imports.ts';
import type { Store } from './store/store.ts';
import type { Tallies } from './store/tallies.ts';
import type { TimeStamps } from './store/time-stamps.ts';

/** Where a house keeps everything: in a directory, for one process, or in a database that several share. The one place that chooses. */
export type Keeping = {
  store: Store;
  people: People;
  outbox: Outbox;
  prints: Prints;
  timeStamps: TimeStamps;
  staged: StagedImports;
  /** Null where this process alone counts. */
  tallies: Tallies | null;
  clearances(): Promise<Clearances>;
  /** The one clock of the house, milliseconds UTC: the database's, where there is one. */
  now(): number;
  /** Null where no other process can change anything. */
  others: Others | null;
  close(): Promise<void>;
};
/** What other processes commit. */
export type Others = {
  /** Takes it in; gives the statements that changed in public, as they are now, and whether entries of the house came too. */
  catchUp(): Promise<{ statements: readonly PublicStatement[]; hasOwn: boolean }>;
  /** Calls `heard` when there may be something; gives what ends it. */
  listen(heard: () => void): () => Promise<void>;
};
export type StoreOptions = {
  signer: Signer;
  previous?: Signer | null;
  changesKeys?: boolean;
  /** Instead of the house's clock. */
  now?: (() => number) | undefined;
  visit?: (statement: Statement) => void;
  tell?: (line: string) => void;
};

/** What `init` froze. */
export async function readHouse(from: Environment = environment): Promise<Installation> {
  const url = databaseUrl(from);
  return url === null ? readInstallation(dataDirectory(from)) : withDatabase(url, ({ ask }) => readMarker(ask));
}

/** Makes an empty installation where the configuration says. @throws store_exists */
export async function initialiseHouse(beginning: Parameters<typeof initialise>[1], from: Environment = environment): Promise<void> {
  const url = databaseUrl(from);
  if (url === null) await initialise(dataDirectory(from), beginning);
  else await withDatabase(url, (database) => initialiseDatabase(database, beginning));
  // What a host keeps for itself has its place from the beginning.
  await mkdir(dataDirectory(from), { recursive: true, mode: 0o700 });
}

/** The accounts alone, beside a process that serves. */
export async function withPeople<Value>(config: Config, work: (people: People) => Promise<Value>): Promise<Value> {
  if (config.database !== null) return withDatabase(config.database, (database) => work(openPostgresPeople({ database, now: Date.now })));
  const people = await openEmbeddedPeople({ directory: config.dataDirectory, now: Date.now });
  return work(people).finally(() => people.close());
}

/** All logs, proved, beside a process that serves. */
export async function readLogs(config: Config, signers: Signers): Promise<{ log: Log; closed: readonly Log[]; entries: readonly Entry[] }> {
  if (config.database === null) return loadLog({ disk: realDisk, directory: config.dataDirectory, ...signers });
  const { known, entries } = await withDatabase(config.database, ({ ask }) => loadKnownLog(ask, keysOf(signers)));
  return { log: known.log, closed: known.closed, entries };
}

/** What waits to be brought along, beside a process that serves. */
export async function withStagedImports<Value>(
  { database: url, dataDirectory: directory }: Config,
  work: (staged: StagedImports) => Promise<Value>,
): Promise<Value> {
  return url === null ? work(openStagedImports({ directory })) : withDatabase(url, (database) => work(openPostgresStagedImports(database)));
}

/** Statements and ledger, and what was told of them. Whoever opens closes. */
export async function openStore(config: Config, options: StoreOptions): Promise<Pick<Keeping, 'store' | 'prints' | 'close'>> {
  const anchorFile = anchorPath(config);
  if (config.database === null) {
    const directory = config.dataDirectory;
    const store = await openEmbeddedStore({ directory, anchorFile, ...options, now: options.now ?? Date.now });
    return closing(store, async () => ({ store, prints: await openEmbeddedPrints({ directory }), close: () => store.close() }));
  }
  const database = await openHouseDatabase(config.database);
  const store = await closing(database, () => openPostgresStore({ database, anchorFile, ...given(options) }));
  return { store, prints: openPostgresPrints(database), close: () => closeAll([store, database]) };
}

export function openKeeping(config: Config, options: StoreOptions): Promise<Keeping> {
  return config.database === null ? keepInDirectory(config, options) : keepInDatabase(config, config.database, options);
}

async function keepInDirectory(config: Config, options: StoreOptions): Promise<Keeping> {
  const { dataDirectory: directory } = config;
  const { now = Date.now, tell } = options;
  const { store, prints } = await openStore(config, options);
  return closing(store, async () => {
    const people = await openEmbeddedPeople({ directory, now });
    const outbox = await openEmbeddedOutbox({ directory });
    return {
      ...{ store, prints, people, outbox, now, others: null, tallies: null },
      timeStamps: openEmbeddedTimeStamps(join(directory, 'timestamps')),
      staged: openStagedImports({ directory, ...(tell && { tell }) }),
      clearances: () => openEmbeddedClearances({ directory }),
      close: () => closeAll([outbox, people, store]),
    };
  });
}

async function keepInDatabase(config: Config, url: string, options: StoreOptions): Promise<Keeping> {
  // What a host keeps for itself: its operators' door, and what it asks witnesses.
  await mkdir(config.dataDirectory, { recursive: true, mode: 0o700 });
  const database = await openHouseDatabase(url);
  return closing(database, async () => {
    const clock = await openDatabaseClock(database);
    const now = options.now ?? clock.now;
    const store = await openPostgresStore({ database, anchorFile: anchorPath(config), ...given(options) });
    const people = openPostgresPeople({ database, now });
    const outbox = openPostgresOutbox(database);
    return {
      ...{ store, people, outbox, now },
      prints: openPostgresPrints(database),
      timeStamps: openPostgresTimeStamps(database),
      tallies: openPostgresTallies(database),
      staged: openPostgresStagedImports(database, options.tell),
      clearances: () => openPostgresClearances(database),
      others: { catchUp: store.catchUp, listen: (heard) => database.listen(headChannel, heard) },
      close: async () => {
        clock.stop();
        await closeAll([outbox, people, store, database]);
      },
    };
  });
}

/** What a server without a desk reads of a database; its login can read nothing else. */
export type PublicKeeping = Pick<Keeping, 'prints' | 'timeStamps' | 'clearances' | 'now' | 'close'> & {
  store: Pick<PublicReading, 'ledger' | 'trouble'>;
  statements: readonly PublicStatement[];
  others: Others;
};

/** @param keys that sign the log @throws config_invalid without a database */
export async function openPublicKeeping({ database: url }: Config, keys: readonly VerifierKey[]): Promise<PublicKeeping> {
  if (url === null)
    throw new OnrecordError('config_invalid', 'a public server reads a database', { issues: [{ field: 'ONRECORD_DATABASE_URL', code: 'missing' }] });
  const database = await openHouseDatabase(url);
  return closing(database, async () => {
    const clock = await openDatabaseClock(database);
    const store = await openPublicReading(database, keys);
    return {
      ...{ store, statements: store.statements, now: clock.now },
      prints: readPostgresPrints(database),
      timeStamps: openPostgresTimeStamps(database),
      clearances: () => openPostgresClearances(database),
      others: { catchUp: store.catchUp, listen: (heard) => database.listen(headChannel, heard) },
      close: async () => {
        clock.stop();
        await database.close();
      },
    };
  });
}

/** The options without a clock that is not given. */
function given({ now, ...options }: StoreOptions): Omit<StoreOptions, 'now'> & { now?: () => number } {
  return now === undefined ? options : { ...options, now };
}

async function openHouseDatabase(url: string): Promise<Database> {
  const database = openDatabase(url);
  await closing(database, () => requireSchema(database));
  return database;
}

async function withDatabase<Value>(url: string, work: (database: Database) => Promise<Value>): Promise<Value> {
  const database = await openHouseDatabase(url);
  return work(database).finally(() => database.close());
}

/** What `open` gives; where it fails, what was opened before is closed. */
async function closing<Value>(before: { close(): Promise<void> }, open: () => Promise<Value>): Promise<Value> {
  try {
    return await open();
  } catch (error) {
    await before.close();
    throw error;
  }
}

async function closeAll(parts: readonly { close(): Promise<void> }[]): Promise<void> {
  for (const part of parts) await part.close();
}
