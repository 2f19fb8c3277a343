import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { serveEnvironment, serveFlags } from '../../bin/serve-flags.js';

/** A process pinned to a core, with the CPU time that it took: nanoseconds of all its threads and of its children's. */
export type Pinned = {
  process: ChildProcess;
  port: number;
  said: Readonly<Record<string, number>>;
  /** Sends a message and waits for the answer. */
  ask(message: unknown): Promise<unknown>;
  cpu(): Promise<number>;
  stop(): Promise<void>;
};

/** With the flags of a service, the bare one too, and those that this process was given. */
export async function startPinned(core: number | string, script: string, args: readonly string[] = []): Promise<Pinned> {
  const child = spawn('taskset', ['-c', String(core), process.execPath, ...serveFlags, ...process.execArgv, script, ...args], {
    env: { ...serveEnvironment, ...process.env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const heard = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const fail = (code: number | null): void => reject(new Error(`${script} ended with ${code}`));
      child.once('exit', fail);
      child.once('message', (message) => {
        child.off('exit', fail);
        resolve(message);
      });
    });
  const said = (await heard()) as Record<string, number>;
  return {
    process: child,
    port: said.port ?? 0,
    said,
    ask: (message) => {
      const answer = heard();
      child.send(message as object);
      return answer;
    },
    cpu: () => cpuOf(child.pid ?? 0),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await ended;
    },
  };
}

/** CPU time of a process, its threads and its children, in nanoseconds, as the kernel's scheduler counts it. */
export async function cpuOf(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  let sum = 0;
  for (const thread of threads) {
    const [ran = '0'] = (await readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').catch(() => '0')).split(' ');
    sum += Number(ran);
    const children = await readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '');
    for (const child of children.split(' ').filter((each) => each.trim() !== '')) sum += await cpuOf(Number(child));
  }
  return sum;
}
