import { cpus } from 'node:os';
import { borrowArchive } from './archive.ts';
import { type Pinned, startPinned } from './http/child.ts';
import { ratio, slice, type Target } from './http/slice.ts';
import { mostRow, type Row, report } from './table.ts';

/**
 * Several processes that answer readers, beside one that does all: CPU time of a request on one core, and throughput of two readers on
 * two cores where two more are left for the generator. Usage: node bench/workers.ts
 */
const [servers, generator] = [0, 1];
const script = new URL('./http/onrecord.ts', import.meta.url).pathname;
const target = ({ port, cpu }: Pinned): Target => ({ url: `http://127.0.0.1:${port}/`, headers: { 'Accept-Encoding': 'gzip' }, cpu });

const archives = [await borrowArchive(200), await borrowArchive(200)] as const;
const single = await startPinned(servers, script, [archives[0].directory]);
const shared = await startPinned(servers, script, [archives[1].directory, 'ONRECORD_WORKERS=1']);
for (const server of [single, shared]) await slice(generator, target(server), 5);
const { cpu, throughput } = await ratio(generator, target(shared), target(single), 11);
const rows: Row[] = [mostRow('CPU time of a request, one reader beside the writer / one process', 1.1, '×', 1 / cpu)];
await shared.stop();
await single.stop();
for (const archive of archives) await archive.remove();

if (cpus().length >= 4) {
  const archive = await borrowArchive(200);
  const one = await startPinned('0', script, [archive.directory, 'ONRECORD_WORKERS=1']);
  await slice('2-3', target(one), 5, 64, 2);
  const before = await slice('2-3', target(one), 5, 64, 2);
  await one.stop();
  const two = await startPinned('0-1', script, [archive.directory, 'ONRECORD_WORKERS=2']);
  await slice('2-3', target(two), 5, 64, 2);
  const after = await slice('2-3', target(two), 5, 64, 2);
  await two.stop();
  await archive.remove();
  const factor = after.perSecond / before.perSecond;
  rows.push({ what: 'throughput of two readers on two cores / one on one', target: '≥ 1.7 ×', measured: `${factor.toFixed(2)} ×`, isMet: factor >= 1.7 });
} else rows.push({ what: 'throughput of two readers on two cores', target: '≥ 1.7 ×', measured: 'needs four cores: not measured', isMet: null });
report('workers', rows, { throughput });
