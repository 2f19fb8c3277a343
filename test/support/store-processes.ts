import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { Test } from 'tap';
import type { Signer } from '../../src/ledger/note.ts';
import { createSigner, newSigningKey } from '../../src/ledger/signer.ts';
import { initialise } from '../../src/store/installation.ts';
import { openDatabase } from '../../src/store/postgres-database.ts';
import { initialiseDatabase } from '../../src/store/postgres-installation.ts';
import type { Store } from '../../src/store/store.ts';
import { nodeCommand } from './node-command.ts';
import { createDatabase, type PostgresServer } from './postgres.ts';
import { memoryDirectory, origin, random } from './store-fixtures.ts';
import { openStoreAt } from './store-place.ts';

/** Where processes publish: `place` is a data directory, or the address of a database. */
export type Site = { place: string; keyFile: string; signer: Signer; open(): Promise<Store> };

/** An empty installation on a real file system, with a key that other processes can read. */
export async function createSite(t: Test): Promise<Site> {
  const parent = await memoryDirectory(t);
  const place = join(parent, 'data');
  await initialise(place, { origin, demonstration: false, now: Date.now, random });
  return siteAt(place, parent);
}

/** An empty installation in a database of its own. */
export async function createDatabaseSite(t: Test, server: PostgresServer): Promise<Site> {
  const place = server.url(await createDatabase(server));
  const database = openDatabase(place);
  await initialiseDatabase(database, { origin, demonstration: false, now: Date.now, random });
  await database.close();
  return siteAt(place, await memoryDirectory(t));
}

async function siteAt(place: string, parent: string): Promise<Site> {
  const keyFile = join(parent, 'key.pem');
  const pem = newSigningKey();
  await writeFile(keyFile, pem, { mode: 0o600 });
  const signer = createSigner(pem, origin);
  return { place, keyFile, signer, open: () => openStoreAt(place, signer, `${keyFile}-anchor`) };
}

export type Child = {
  process: ChildProcessByStdio<Writable, Readable, null>;
  lines: string[];
  said(): Promise<void>;
  /** kill -9 of its whole group. */
  kill(): void;
  ended: Promise<unknown>;
};

/** Compiled modules, so that a process starts in half the time. */
export const compiled = { NODE_COMPILE_CACHE: join(import.meta.dirname, '../../node_modules/.cache/onrecord-compiled') } as const;

/** Starts test/support/store-child.ts on the site. */
export function startChild(site: Pick<Site, 'place' | 'keyFile'>, mode: 'hold' | 'publish' | 'hasty' | 'burst', ...more: readonly string[]): Child {
  return startScript('store-child.ts', [mode, site.place, site.keyFile, ...more]);
}

/** Starts stock lowdb on a file; see test/support/lowdb-child.ts. */
export function startLowdb(file: string, name: string, count: number): Child {
  return startScript('lowdb-child.ts', [file, name, `${count}`]);
}

/** A process in a group of its own. `said` resolves with the next line; `ended` when all it said has arrived. */
export function startScript(name: string, given: readonly string[], environment: Readonly<Record<string, string>> = {}): Child {
  const child = spawn(...nodeCommand(join(import.meta.dirname, name), given), {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...compiled, ...environment },
    detached: true,
  });
  const lines: string[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
  const ended = once(child, 'close');
  const said = async (): Promise<void> => {
    await Promise.race([once(child.stdout, 'data'), ended]);
  };
  const kill = (): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  return { process: child, lines, said, kill, ended };
}
