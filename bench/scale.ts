import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { serveEnvironment, serveFlags } from '../bin/serve-flags.js';
import { borrowArchive } from './archive.ts';
import { type Pinned, startPinned } from './http/child.ts';
import { ratio, slice, type Target } from './http/slice.ts';
import { mostRow, ratioRow, report } from './table.ts';

/**
 * The same at 10 and at 50,000 versions: start, memory, publications, desk, search, and what a page and a feed cost readers. Making the
 * large archive takes half an hour the first time. Usage: node bench/scale.ts [VERSIONS]
 */
const run = promisify(execFile);
const versions = Number(process.argv[2] ?? 50_000);
type Cost = Record<
  'statements' | 'startMs' | 'rssMb' | 'advanceMedian' | 'visibleP99' | 'listP95' | 'openP95' | 'saveP95' | 'searchP95' | 'searchLoopMax',
  number
>;

async function costOf(size: number): Promise<Cost> {
  const archive = await borrowArchive(size);
  const { stdout } = await run(process.execPath, [...serveFlags, ...process.execArgv, new URL('./scale-of.ts', import.meta.url).pathname, archive.directory], {
    env: { ...serveEnvironment, ...process.env },
  });
  await archive.remove();
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

const [small, middle, large] = [await costOf(10), await costOf(500), await costOf(versions)];

const archives = [await borrowArchive(10), await borrowArchive(versions)] as const;
const script = new URL('./http/onrecord.ts', import.meta.url).pathname;
const [few, many] = [await startPinned(0, script, [archives[0].directory]), await startPinned(0, script, [archives[1].directory])];
const reads: Record<string, number> = {};
for (const path of ['/accessibility', '/feeds/exercise.atom']) {
  const target = ({ port, cpu }: Pinned): Target => ({ url: `http://127.0.0.1:${port}${path}`, headers: { 'Accept-Encoding': 'gzip' }, cpu });
  for (const server of [few, many]) await slice(1, target(server), 3);
  reads[path] = (await ratio(1, target(many), target(few), 11)).cpu;
}
for (const server of [few, many]) await server.stop();
for (const archive of archives) await archive.remove();

const at = `${large.statements} statements (${versions} versions)`;
report(
  'scale',
  [
    mostRow(`start with ${at}`, 5_000, 'ms', large.startMs),
    mostRow(`memory after it`, 350, 'MB', large.rssMb),
    mostRow(`memory at ${middle.statements} statements`, 120, 'MB', middle.rssMb),
    mostRow(`commit to visible in page and feed, p99, at ${at}`, 100, 'ms', large.visibleP99),
    mostRow(`making pages for a publication, ${at} / 2 statements`, 1.3, '×', large.advanceMedian / small.advanceMedian),
    mostRow('desk: list, p95', 30, 'ms', large.listP95),
    mostRow('desk: open, p95', 30, 'ms', large.openP95),
    mostRow('desk: save a draft, p95', 30, 'ms', large.saveP95),
    mostRow('search, p95', 50, 'ms', large.searchP95),
    mostRow('longest wait of the event loop while searching', 20, 'ms', large.searchLoopMax),
    ...Object.entries(reads).map(([path, cpu]) => ratioRow(`${path} at ${versions} versions / at 10`, 0.97, cpu, ' CPU')),
  ],
  { small, middle, large },
);
