import { setTimeout as sleep } from 'node:timers/promises';
import { borrowArchive } from './archive.ts';
import { type Pinned, startPinned } from './http/child.ts';
import { ratio, slice, type Target } from './http/slice.ts';
import { ratioRow, report } from './table.ts';

/** Whether a process that idled between bursts is as fast as a fresh one: ten cycles of one second of load and twelve of rest. Usage: node bench/idle.ts [CYCLES] */
const cycles = Number(process.argv[2] ?? 10);
const [servers, generator] = [0, 1];
const script = new URL('./http/onrecord.ts', import.meta.url).pathname;
const target = ({ port, cpu }: Pinned): Target => ({ url: `http://127.0.0.1:${port}/`, headers: { 'Accept-Encoding': 'gzip' }, cpu });

const [one, two] = [await borrowArchive(200), await borrowArchive(200)];
const aged = await startPinned(servers, script, [one.directory]);
await slice(generator, target(aged), 5);
for (let cycle = 0; cycle < cycles; cycle += 1) {
  await slice(generator, target(aged));
  await sleep(12_000);
}
const fresh = await startPinned(servers, script, [two.directory]);
await slice(generator, target(fresh), 5);
const measured = await ratio(generator, target(aged), target(fresh), 11);
for (const server of [aged, fresh]) await server.stop();
for (const archive of [one, two]) await archive.remove();
report(
  'idle',
  [
    ratioRow(
      `after ${cycles} cycles of 1 s burst and 12 s idle, against a fresh process`,
      0.97,
      measured.cpu,
      ` CPU (throughput ${measured.throughput.toFixed(3)})`,
    ),
  ],
  { flags: process.execArgv, measured },
);
