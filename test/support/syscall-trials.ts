import { spawnSync } from 'node:child_process';
import type { Test } from 'tap';
import { z } from 'zod';
import { memoryDirectory } from './store-fixtures.ts';
import { startScript } from './store-processes.ts';

/** Drives test/support/syscall-child.ts: system calls of a publication that fail in the kernel. */

/** strace has to be there, and has to be let: in a container it often is not. */
export const hasStrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

const Line = z.union([
  z.object({ at: z.string(), isHit: z.boolean(), code: z.string().nullable(), wrong: z.array(z.string()) }),
  z.object({ careless: z.array(z.string()) }),
  z.object({ points: z.number(), wanted: z.number() }),
  z.object({ ended: z.literal(true) }),
]);

export type SyscallFaults = { tried: number; refused: number; wrong: readonly string[]; careless: number };

/** A call that wakes the main thread cannot fail without ending the process: then the next trial goes on in a fresh one. */
const mostDeaths = 5;

export async function runSyscallFaults(t: Test, count: number): Promise<SyscallFaults> {
  const parent = await memoryDirectory(t);
  const result = { tried: 0, refused: 0, wrong: [] as string[], careless: 0 };
  let from = 0;
  for (let deaths = 0; deaths <= mostDeaths; deaths += 1) {
    const child = startScript('syscall-child.ts', [parent, `${count}`, `${from}`], { UV_THREADPOOL_SIZE: '1' });
    t.teardown(() => child.kill());
    await child.ended;
    const said = child.lines.map((line) => Line.parse(JSON.parse(line)));
    for (const line of said) {
      if ('careless' in line && line.careless.length > 0) result.careless += 1;
      if (!('at' in line)) continue;
      from += 1;
      // Where the thread had less to do than the time before, nothing failed.
      if (!line.isHit) continue;
      result.tried += 1;
      if (line.code !== null) result.refused += 1;
      result.wrong.push(...line.wrong.map((words) => `${line.at}, ${line.code}: ${words}`));
    }
    if (said.some((line) => 'ended' in line)) return result;
    from += 1;
  }
  result.wrong.push(`the process died more than ${mostDeaths} times`);
  return result;
}
