import { type ChildProcess, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Test } from 'tap';
import { freePort } from './free-port.ts';
import { nodeCommand } from './node-command.ts';
import { quickDirectory } from './quick-directory.ts';

/** An empty place for an installation, in which the command line is run as an operator runs it. */

const main = join(import.meta.dirname, '../../bin/onrecord.js');

export type Running = { child: ChildProcess; ended: Promise<number | null>; said(): string };
type Extra = Readonly<Record<string, string>>;

export async function openPlace(t: Test) {
  const directory = await quickDirectory('serve');
  t.teardown(() => rm(directory, { recursive: true }));
  const [open, desk, operations] = [await freePort(), await freePort(), await freePort()];
  const env = {
    ONRECORD_DATA_DIR: join(directory, 'data'),
    ONRECORD_PUBLIC_PORT: `${open}`,
    ONRECORD_DESK_PORT: `${desk}`,
    ONRECORD_OPS_PORT: `${operations}`,
    ONRECORD_LOG_LEVEL: 'silent',
  };
  const start = (args: readonly string[], extra: Extra = {}): Running =>
    follow(spawn(...nodeCommand(main, args), { env: { ...env, ...extra }, cwd: directory }));
  const run = async (args: readonly string[], extra: Extra = {}) => {
    const { ended, said } = start(args, extra);
    return { code: await ended, said: said() };
  };
  const isReady = async (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${operations}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  return { directory, env, start, run, isReady, deskUrl: `http://localhost:${desk}`, publicUrl: `http://localhost:${open}` };
}

/** Resolves once it is so; rejects when it is not within the patience of a slow machine. */
export async function until(isSo: () => Promise<boolean>, patienceMs = 60_000, everyMs = 50): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`still not so after ${patienceMs / 1_000} seconds`);
    await sleep(everyMs);
  }
}

function follow(child: ChildProcess): Running {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return { child, ended: new Promise((resolve) => child.on('close', resolve)), said: () => text };
}
