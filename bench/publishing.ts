import { borrowArchive } from './archive.ts';
import { startPinned } from './http/child.ts';
import { median, type Slice, slice, type Target } from './http/slice.ts';
import { mostRow, report } from './table.ts';

/** How long readers wait while somebody publishes without a pause, beside how long they wait when nobody does. Usage: node bench/publishing.ts [VERSIONS] */
const archive = await borrowArchive(Number(process.argv[2] ?? 200));
const server = await startPinned(0, new URL('./http/onrecord.ts', import.meta.url).pathname, [archive.directory]);
const target: Target = { url: `http://127.0.0.1:${server.port}/`, headers: { 'Accept-Encoding': 'gzip' }, cpu: server.cpu };
await slice(1, target, 5);
const pairs: { quiet: Slice; busy: Slice }[] = [];
let published = 0;
for (let round = 0; round < 7; round += 1) {
  const quiet = await slice(1, target, 2, 16);
  await server.ask('publish');
  const busy = await slice(1, target, 2, 16);
  published = ((await server.ask('rest')) as { published: number }).published;
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  pairs.push({ quiet, busy });
}
await server.stop();
await archive.remove();
const p99 = median(pairs.map(({ quiet, busy }) => busy.p99Ms / quiet.p99Ms));
const row = mostRow('p99 of reads while publishing without a pause / of quiet', 2, '×', p99);
const [quiet, busy] = [median(pairs.map((pair) => pair.quiet.p99Ms)), median(pairs.map((pair) => pair.busy.p99Ms))];
report('publishing', [{ ...row, measured: `${row.measured} (${quiet.toFixed(1)} and ${busy.toFixed(1)} ms, ${published} published)` }], { pairs });
