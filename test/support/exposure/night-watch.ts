import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Load, Met } from './night-load.ts';

/** What is watched in the process of the server while another one asks it. */

export type Watched = {
  met: Met;
  errors: number;
  /** Megabytes that are in use after a collection, at even times. */
  memory: readonly number[];
  /** Megabytes a minute by which that grows, the first third left out. */
  growth: number;
  /** Milliseconds by which the event loop was late. */
  late: { p50: number; p99: number; most: number };
};

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Runs the load and watches this process meanwhile. `samples`: how often memory is measured. */
export async function watchNight(load: Load, samples = 10): Promise<Watched> {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  const child = spawn(process.execPath, [join(import.meta.dirname, 'night-load.ts'), JSON.stringify(load)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  delay.enable();
  const [memory, every] = [[] as number[], (load.seconds * 1_000) / samples];
  for (let sample = 0; sample < samples; sample += 1) {
    await sleep(every);
    // A collection of ours is no lateness of the server's.
    delay.disable();
    collect();
    memory.push(inUse());
    delay.enable();
  }
  const code = await ended;
  delay.disable();
  if (code !== 0) throw new Error(`the load ended with ${code}`);
  const met: Met = JSON.parse(said);
  const ms = (nanoseconds: number): number => Math.round(nanoseconds / 100_000) / 10;
  const late = { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), most: ms(delay.max) };
  const errors = Object.values(met.errors).reduce((sum, count) => sum + count, 0);
  return { met, errors, memory, growth: slopeOf(memory.slice(Math.floor(samples / 3)), every / 60_000), late };
}

function inUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return Math.round((heapUsed + external) / 100_000) / 10;
}

/** By the median of the slopes between all pairs (Theil and Sen): one odd sample does not tilt it. */
function slopeOf(values: readonly number[], step: number): number {
  const slopes = values.flatMap((one, at) => values.slice(at + 1).map((other, further) => (other - one) / ((further + 1) * step)));
  slopes.sort((a, b) => a - b);
  return Math.round((slopes[Math.floor(slopes.length / 2)] ?? 0) * 10) / 10;
}
