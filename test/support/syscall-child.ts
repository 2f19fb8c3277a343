import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeSync } from 'node:fs';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { outcomeOf, wrongAfter } from './fault-outcome.ts';
import { openFaultyPlace, publishUnderFault } from './faulty-place.ts';

/**
 * Runs with one thread for files (UV_THREADPOOL_SIZE=1), so that the n-th call of a kind is the same one each time. strace is put on that
 * thread alone and makes one of its system calls fail. Says a line of JSON for each trial from number FROM on.
 */
const [parent = '', count = '0', from = '0'] = process.argv.slice(2);

const calls = ['openat', 'read', 'pread64', 'write', 'fsync', 'close', 'rename', 'unlink', 'link', 'mkdir', 'truncate', 'ftruncate', 'statx', 'getdents64'];
const errors = ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS'] as const;
const say = (line: unknown): number => writeSync(1, `${JSON.stringify(line)}\n`);

/** libuv names its threads. */
async function fileThread(): Promise<string> {
  await stat(parent);
  const threads = readdirSync('/proc/self/task');
  return threads.find((id) => readFileSync(`/proc/self/task/${id}/comm`, 'utf8').startsWith('libuv-worker')) ?? 'none';
}
const thread = await fileThread();
const output = join(parent, 'strace.out');

/** Does the work while strace watches the thread; gives what strace wrote. */
async function under(expressions: readonly string[], work: () => Promise<unknown>): Promise<string> {
  const strace: ChildProcess = spawn('strace', ['-p', thread, '-y', '-o', output, ...expressions.flatMap((expression) => ['-e', expression])]);
  if (strace.stderr === null) throw new Error('strace says nothing');
  const [said]: unknown[] = await once(strace.stderr, 'data');
  if (!`${said}`.includes('attached')) throw new Error(`${said}`);
  await work();
  strace.kill('SIGINT');
  await once(strace, 'close');
  return readFile(output, 'utf8');
}

let places = 0;
async function freshPlace(): Promise<string> {
  places += 1;
  const place = join(parent, `place-${from}-${places}`);
  await mkdir(place);
  return place;
}

type Point = { call: string; nth: number };

/** Every system call of one publication, but those by which the thread wakes the main one. */
async function pointsOfPublication(): Promise<readonly Point[]> {
  const place = await freshPlace();
  const open = await openFaultyPlace(place);
  let traced = '';
  await publishUnderFault(open, parent, async (publish) => {
    traced = await under([`trace=${calls.join(',')}`], publish);
  });
  await rm(place, { recursive: true });
  const seen = new Map<string, number>();
  return traced.split('\n').flatMap((line) => {
    const call = /^(\w+)\(/.exec(line)?.[1] ?? '';
    if (!calls.includes(call)) return [];
    const nth = (seen.get(call) ?? 0) + 1;
    seen.set(call, nth);
    return line.includes('[eventfd]') ? [] : [{ call, nth }];
  });
}

async function faultAt({ call, nth }: Point, error: string): Promise<void> {
  const place = await freshPlace();
  let traced = '';
  const { code, wrong } = await publishUnderFault(await openFaultyPlace(place), parent, async (publish) => {
    traced = await under([`trace=${call}`, `inject=${call}:error=${error}:when=${nth}`], publish);
  });
  await rm(place, { recursive: true });
  say({ at: `${call} ${nth} ${error}`, isHit: traced.includes('(INJECTED)'), code, wrong });
}

/** Stock lowdb, changed before its write, under the same faults. */
async function faultUnderLowdb(call: string, error: string): Promise<void> {
  const file = join(await freshPlace(), 'statements.json');
  const low = new Low<{ version: number }>(new JSONFile(file), { version: 1 });
  await low.write();
  low.data.version = 2;
  let isDone = true;
  await under([`trace=${call}`, `inject=${call}:error=${error}:when=1+`], async () => {
    isDone = (await outcomeOf(low.write())).isDone;
  });
  const kept: { version: number } = JSON.parse(await readFile(file, 'utf8'));
  say({ careless: wrongAfter({ isDone, code: isDone ? null : 'lowdb' }, { before: 1, memory: low.data.version, disk: kept.version }) });
}

const points = await pointsOfPublication();
const all = errors.flatMap((_, turn) => points.map((point, place) => ({ point, error: errors[(place + turn) % errors.length] ?? 'EIO' })));
const wanted = Math.min(Number(count), all.length);
const chosen = Array.from({ length: wanted }, (_, n) => all[Math.floor((n * all.length) / wanted)]);
say({ points: points.length, wanted });
for (const trial of chosen.slice(Number(from))) if (trial) await faultAt(trial.point, trial.error);
for (const call of ['openat', 'rename']) for (const error of ['ENOSPC', 'EROFS']) await faultUnderLowdb(call, error);
say({ ended: true });
