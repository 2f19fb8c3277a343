import { percentile, spendNight } from '../test/support/exposure/night.ts';

/** An election night of so many minutes (30 unless told): the load and the service of test/faults/election-night.test.ts, and its figures. */

const minutes = Number(process.argv[2] ?? 30);
if (!(minutes > 0)) throw new RangeError('say how many minutes');
const cpu = process.cpuUsage();
const { met, late, memory, growth, hidden, publications } = await spendNight({
  seconds: minutes * 60,
  publications: Math.max(1, Math.round(minutes)),
  pollsASecond: 80,
  pagesASecond: 30,
});
const used = process.cpuUsage(cpu);
const visible = publications.map((one) => one.visible);
const answered = publications.map((one) => one.answered);
const rows: [string, string | number][] = [
  ['errors', Object.values(met.errors).reduce((sum, count) => sum + count, 0)],
  ['publications, and those that did not show at once', `${publications.length}, ${hidden.length}`],
  ['publication answered, ms: median, p99', `${percentile(answered, 0.5)}, ${percentile(answered, 0.99)}`],
  ['publication seen in page and feed, ms: median, p99', `${percentile(visible, 0.5)}, ${percentile(visible, 0.99)}`],
  ...Object.entries(met.latency).map(([kind, { count, p50, p99, most }]): [string, string] => [
    `${kind}: answers, then ms: median, p99, most`,
    `${count}, ${p50}, ${p99}, ${most}`,
  ]),
  ['event loop late, ms: median, p99, most', `${late.p50}, ${late.p99}, ${late.most}`],
  ['memory in use, MB: first, last, growth a minute', `${memory[0]}, ${memory.at(-1)}, ${growth}`],
  ['endless requests ended, the longest after s', `${met.slow.closed}, ${met.slow.longest}`],
  ['requests sent again on a fresh connection', met.again],
  ['share of a core', `${Math.round((used.user + used.system) / (minutes * 600_000))} %`],
];
for (const [name, value] of rows) process.stdout.write(`${name.padEnd(54)}${value}\n`);
for (const [answer, count] of Object.entries(met.answers).sort()) process.stdout.write(`  ${answer.padEnd(52)}${count}\n`);
for (const [error, count] of Object.entries(met.errors)) process.stdout.write(`  ERROR ${error.padEnd(46)}${count}\n`);
process.exitCode = Object.keys(met.errors).length + hidden.length > 0 ? 1 : 0;
