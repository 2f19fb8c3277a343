import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Test } from 'tap';
import { memoryDirectory } from './store-fixtures.ts';

/** Real file systems for tests, made by root: one whose power can be cut, one that is soon full. */

export type LoopDisk = {
  directory: string;
  /** Everything that was not synced is lost, and every later call fails. */
  cutPower(): Promise<void>;
  /** Unmounts and mounts again, as a restart of the machine does. */
  restart(): Promise<void>;
  remove(): Promise<void>;
};
export type Mounts = {
  loopDisk(name: string): Promise<LoopDisk>;
  /** A directory on a file system of so many KiB. */
  smallDisk(name: string, kib: number): Promise<string>;
};

/** Null, and said loudly, where this machine does not let us mount. `what`: the proof that is left out then. */
export async function openMounts(t: Test, what: string): Promise<Mounts | null> {
  const parent = await memoryDirectory(t);
  const helper = spawn('python3', ['-B', join(import.meta.dirname, 'mounts.py')], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const ask = await commander(helper);
  t.teardown(async () => {
    helper.stdin.end();
    if (helper.exitCode === null && helper.pid !== undefined) await once(helper, 'close');
  });
  const place = async (name: string): Promise<{ image: string; directory: string }> => {
    const directory = join(parent, name);
    await mkdir(directory);
    return { image: join(parent, `${name}.img`), directory };
  };
  const mounts: Mounts = {
    loopDisk: async (name) => {
      const { image, directory } = await place(name);
      await ask('format', image, '24', directory);
      return {
        directory,
        cutPower: () => ask('cut', directory),
        restart: async () => {
          await ask('release', directory);
          await ask('again', image, directory);
        },
        remove: async () => {
          await ask('release', directory);
          await rm(image);
        },
      };
    },
    smallDisk: async (name, kib) => {
      const { directory } = await place(name);
      await ask('small', `${kib}`, directory);
      return directory;
    },
  };
  try {
    if (process.getuid?.() !== 0) throw new Error('this is not root');
    await (await mounts.loopDisk('probe')).cutPower();
    return mounts;
  } catch (error) {
    process.stderr.write(`\n*** ${error instanceof Error ? error.message : error}: ${what.toUpperCase()} IS NOT TESTED ***\n\n`);
    return null;
  }
}

type Helper = ChildProcessByStdio<Writable, Readable, null>;

/** Commands are answered in their order. */
async function commander(helper: Helper): Promise<(...command: readonly string[]) => Promise<void>> {
  const failed = once(helper, 'error').then(
    ([error]: unknown[]) => `refused ${error}`,
    () => 'refused',
  );
  helper.stdin.on('error', () => {});
  const answers = createInterface({ input: helper.stdout })[Symbol.asyncIterator]();
  let last: Promise<unknown> = Promise.resolve();
  return (...command) => {
    const answered = last.then(async () => {
      helper.stdin.write(`${command.join('\t')}\n`);
      const answer = await Promise.race([answers.next().then(({ value }) => value ?? 'refused'), failed]);
      if (answer !== 'ok') throw new Error(`${answer}`.replace('refused ', ''));
    });
    last = answered.catch(() => {});
    return answered;
  };
}
