import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demonstrationFiles } from '../src/keys.ts';
import { sha256Hex } from '../src/ledger/hash.ts';
import { createDatabase, openPostgres } from '../test/support/postgres.ts';
import { borrowArchive } from './archive.ts';
import { startPinned } from './http/child.ts';
import { type Row, report } from './table.ts';

/**
 * Archives of bench/archive.ts into a PostgreSQL of this machine and back, by the command itself: what it takes each way, and whether log
 * and signed files are byte-equal; of the small one the whole static mirror too. Usage: node bench/move.ts [VERSIONS], or with the mirror
 * of all of it, which takes a third of a second for each: node bench/move.ts VERSIONS VERSIONS_OF_EACH_STATEMENT
 */
const small = 200;
const large = Number(process.argv[2] ?? 50_000);
const each = process.argv[3];
const main = join(import.meta.dirname, '../bin/onrecord.js');

type Ran = { seconds: number; megabytes: number; said: string };

/** A command of the operator, and the most memory that it had. */
async function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  const begun = performance.now();
  const child = spawn(process.execPath, [main, ...args], { env });
  let [said, complaints, kilobytes] = ['', '', 0];
  child.stdout.setEncoding('utf8').on('data', (part: string) => (said += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (complaints += part));
  const timer = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    kilobytes = Math.max(kilobytes, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
  }, 100);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`onrecord ${args.join(' ')}: ${code}\n${said}${complaints}`);
  return { seconds: (performance.now() - begun) / 1_000, megabytes: kilobytes / 1_000, said };
}

/** Every file below a directory with its hash. */
async function treeOf(directory: string): Promise<ReadonlyMap<string, string>> {
  const tree = new Map<string, string>();
  for (const name of await readdir(directory, { recursive: true }))
    if ((await stat(join(directory, name))).isFile()) tree.set(name, sha256Hex(await readFile(join(directory, name))));
  return tree;
}

const isSame = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string> | undefined): boolean =>
  one.size === other?.size && [...one].every(([name, hash]) => other.get(name) === hash);

/** The static mirror of what lies at a place, as told at one instant. */
async function mirrorOf(env: Readonly<Record<string, string>>, now: number): Promise<ReadonlyMap<string, string>> {
  const directory = await mkdtemp(join(tmpdir(), 'onrecord-mirror-'));
  const variables = Object.entries({ ...env, NOW: `${now}` }).map(([name, value]) => `${name}=${value}`);
  const server = await startPinned('0-63', join(import.meta.dirname, 'http/onrecord.ts'), [env.ONRECORD_DATA_DIR ?? '', ...variables]);
  try {
    await run(['export', directory, '--from', `http://127.0.0.1:${server.port}`, '--host', 'localhost:8080'], {});
    return await treeOf(join(directory, 'current'));
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

const ends: (() => unknown)[] = [];
const server = await openPostgres({ teardown: (end: () => unknown) => ends.push(end) });

async function thereAndBack(versions: number, isMirrored: boolean, ofEach?: number): Promise<readonly Row[]> {
  const archive = await borrowArchive(versions, ofEach);
  const { directory } = archive;
  const [back, host] = [`${directory}-back`, `${directory}-host`];
  const url = server.url(await createDatabase(server));
  const environment = (changes: Readonly<Record<string, string>>): Record<string, string> => ({
    ONRECORD_ANCHOR_FILE: `${directory}.anchor`,
    ONRECORD_LANGUAGES: 'en,fr',
    ONRECORD_LOG_LEVEL: 'silent',
    ONRECORD_SIGNING_KEY_FILE: join(directory, demonstrationFiles.key),
    ONRECORD_TRUST_FILE: join(directory, demonstrationFiles.trust),
    ...changes,
  });
  const places = {
    first: { ONRECORD_DATA_DIR: directory },
    database: { ONRECORD_DATA_DIR: host, ONRECORD_DATABASE_URL: url },
    back: { ONRECORD_DATA_DIR: back },
  };
  const now = Date.now();
  const mirror = async (at: keyof typeof places) => (isMirrored ? mirrorOf(environment(places[at]), now) : new Map<string, string>());
  const before = await mirror('first');
  const there = await run(['move', '--from', directory, '--to', url, '--json'], environment({}));
  const between = await mirror('database');
  const here = await run(['move', '--from', url, '--to', back, '--json'], environment({}));
  const after = await mirror('back');
  const [into, out] = [JSON.parse(there.said), JSON.parse(here.said)];
  const parts = await Promise.all([directory, back].flatMap((at) => ['record', 'ledger'].map((part) => treeOf(join(at, part)))));
  const [record = new Map(), ledger = new Map(), recordBack, ledgerBack] = parts;
  for (const path of [back, host]) await rm(path, { recursive: true, force: true });
  await archive.remove();
  const row = (what: string, measured: string, isMet: boolean | null = null): Row => ({ what: `${versions} versions: ${what}`, target: '', measured, isMet });
  const taken = ({ seconds, megabytes }: Ran): string => `${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB`;
  return [
    row('statements', `${into.statements}`),
    row('into the database', taken(there)),
    row('back into a directory', taken(here)),
    row('checkpoint and digest the same', into.digest, into.digest === out.digest && into.checkpoint === out.checkpoint),
    row('log and signed files byte-equal', `${record.size} files`, isSame(record, recordBack) && isSame(ledger, ledgerBack)),
    ...(isMirrored ? [row('static mirror byte-equal in all three places', `${before.size} files`, isSame(before, between) && isSame(before, after))] : []),
  ];
}

const rows =
  each === undefined
    ? [await thereAndBack(small, true), ...(large === small ? [] : [await thereAndBack(large, false)])]
    : [await thereAndBack(large, true, Number(each))];
report('move', rows.flat());
for (const end of ends) await end();
