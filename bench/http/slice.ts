import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What the generator does to one server for a second: 64 connections from the other core. */
export type Target = { url: string; headers: Readonly<Record<string, string>>; cpu(): Promise<number> };
export type Slice = { perSecond: number; cpuMicroseconds: number; p99Ms: number };

const perUnit: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1_000 };

export async function slice(core: number | string, { url, headers, cpu }: Target, seconds = 1, connections = 64, threads = 1): Promise<Slice> {
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const before = await cpu();
  const { stdout } = await run('taskset', ['-c', String(core), 'wrk', `-t${threads}`, `-c${connections}`, `-d${seconds}s`, '--latency', ...given, url]);
  const spent = (await cpu()) - before;
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`${url}: ${stdout}`);
  const requests = Number(/(\d+) requests in/.exec(stdout)?.[1]);
  const [, p99 = '0', unit = 'ms'] = /99%\s+([\d.]+)(us|ms|s)/.exec(stdout) ?? [];
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
    cpuMicroseconds: spent / 1_000 / requests,
    p99Ms: Number(p99) * (perUnit[unit] ?? 1),
  };
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** Slices A B A B …: medians of the ratios of each round, ours over the other's: throughput, and the other's CPU time over ours. */
export type Ratio = { throughput: number; cpu: number; perSecond: number; microseconds: number };
export async function ratio(core: number, ours: Target, other: Target, rounds: number): Promise<Ratio> {
  const pairs: { ours: Slice; other: Slice }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const isFirst = round % 2 === 0;
    const one = await slice(core, isFirst ? ours : other);
    const two = await slice(core, isFirst ? other : ours);
    pairs.push(isFirst ? { ours: one, other: two } : { ours: two, other: one });
  }
  return {
    throughput: median(pairs.map((pair) => pair.ours.perSecond / pair.other.perSecond)),
    cpu: median(pairs.map((pair) => pair.other.cpuMicroseconds / pair.ours.cpuMicroseconds)),
    perSecond: median(pairs.map((pair) => pair.ours.perSecond)),
    microseconds: median(pairs.map((pair) => pair.ours.cpuMicroseconds)),
  };
}
