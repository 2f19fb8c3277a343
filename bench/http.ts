import { borrowArchive } from './archive.ts';
import type { BareAnswer } from './http/bare.ts';
import { type Case, casesOf, fetchRaw, ownHeaders } from './http/cases.ts';
import { type Pinned, startPinned } from './http/child.ts';
import { startNginx } from './http/nginx.ts';
import { type Ratio, ratio, slice, type Target } from './http/slice.ts';
import { type Row, ratioRow, report } from './table.ts';

/**
 * A page and a feed in every coding, and the 304 of a poller: beside a bare node:http that answers the same bytes with the same headers,
 * beside nginx serving them as files (where it is installed), and beside other systems whose addresses ONRECORD_BENCH_PEERS names
 * (`ghost=http://127.0.0.1:2368/,wordpress=http://…`). Servers on one core, the generator (wrk) on the other; slices of a second, A B B A,
 * medians of the ratios of each round, and the same server twice as a control. Usage: node bench/http.ts [VERSIONS] [ROUNDS]
 */
const [versions, rounds] = [Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 11)];
const [servers, generator] = [0, 1];
const scriptOf = (name: string): string => new URL(`./http/${name}.ts`, import.meta.url).pathname;

async function teach(bare: Pinned, { path, headers, answer }: Case): Promise<void> {
  const told: BareAnswer = { status: answer.status, headers: ownHeaders(answer), body: answer.body.toString('base64') };
  await bare.ask(told);
  const same = await fetchRaw(bare.port, path, headers);
  if (same.status !== answer.status || !same.body.equals(answer.body) || same.headers.length !== answer.headers.length)
    throw new Error('the bare server answers something else');
}

const archive = await borrowArchive(versions);
const onrecord = await startPinned(servers, scriptOf('onrecord'), [archive.directory]);
const [bare, twin] = [await startPinned(servers, scriptOf('bare')), await startPinned(servers, scriptOf('bare'))];
const cases = await casesOf(onrecord.port);
const nginx = await startNginx(servers, cases);
const rows: Row[] = [];
const details: Record<string, Ratio> = {};
const show = ({ throughput, microseconds }: Ratio): string => ` CPU (throughput ${throughput.toFixed(3)}; ${microseconds.toFixed(1)} µs)`;
function note(row: Row, ratioOf: Ratio): void {
  rows.push(row);
  details[row.what] = ratioOf;
  process.stdout.write(`${row.what.padEnd(44)} ${row.measured}\n`);
}

try {
  for (const each of cases) {
    const target = ({ port, cpu }: Pick<Pinned, 'port' | 'cpu'>): Target => ({ url: `http://127.0.0.1:${port}${each.path}`, headers: each.headers, cpu });
    for (const one of [bare, twin]) await teach(one, each);
    for (const one of [onrecord, bare, twin]) await slice(generator, target(one), each === cases[0] ? 5 : 1);
    const ours = await ratio(generator, target(onrecord), target(bare), rounds);
    note(ratioRow(`${each.what} / bare node:http`, 0.97, ours.cpu, show(ours)), ours);
    const control = await ratio(generator, target(twin), target(bare), Math.ceil(rounds / 2));
    note({ what: `control: bare / bare, ${each.what}`, target: '1.00', measured: `${control.cpu.toFixed(3)}${show(control)}`, isMet: null }, control);
    if (nginx === null || each.what.endsWith('br')) continue;
    const other = target(nginx);
    if (each.what.endsWith('304')) {
      const held = await fetchRaw(nginx.port, each.path, { 'Accept-Encoding': 'gzip' });
      other.headers = { 'Accept-Encoding': 'gzip', 'If-None-Match': held.headers[held.headers.findIndex((name) => name.toLowerCase() === 'etag') + 1] ?? '' };
    }
    const beside = await ratio(generator, target(onrecord), other, rounds);
    note(ratioRow(`${each.what} / nginx with files`, each.what.endsWith('304') ? 0.53 : 0.62, beside.cpu, show(beside)), beside);
  }
  for (const peer of (process.env.ONRECORD_BENCH_PEERS ?? '').split(',').filter(Boolean)) {
    const [name = '', url = ''] = peer.split('=', 2);
    const none = async (): Promise<number> => 0;
    const page = cases.find(({ what }) => what === 'page identity');
    if (page === undefined) continue;
    const ours = await slice(generator, { url: `http://127.0.0.1:${onrecord.port}/`, headers: {}, cpu: none }, 8);
    const theirs = await slice(generator, { url, headers: {}, cpu: none }, 8, 8);
    const factor = ours.perSecond / theirs.perSecond;
    rows.push({
      what: `page / ${name}, 8 s slices`,
      target: '≥ 800 × (must: 200 ×)',
      measured: `${factor.toFixed(0)} × (${theirs.perSecond.toFixed(1)}/s)`,
      isMet: factor >= 200,
    });
  }
} finally {
  for (const one of [onrecord, bare, twin]) await one.stop();
  await nginx?.stop();
  await archive.remove();
}
report('http', rows, { details });
