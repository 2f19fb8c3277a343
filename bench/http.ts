import { request } from 'node:http';
import { borrowArchive } from './archive.ts';
import type { BareAnswer } from './http/bare.ts';
import { type Pinned, startPinned } from './http/child.ts';
import { type Ratio, ratio, slice, type Target } from './http/slice.ts';

/**
 * Page and feed in every coding, and the 304 of a poller, beside a bare node:http that answers the same bytes with the same headers.
 * Servers on one core, the generator (wrk) on the other. Usage: node bench/http.ts [VERSIONS] [ROUNDS]
 */
const [versions, rounds] = [Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 11)];
const [servers, generator] = [0, 1];

type Raw = { status: number; headers: string[]; body: Buffer };
function fetchRaw(port: number, path: string, headers: Record<string, string>): Promise<Raw> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.rawHeaders, body: Buffer.concat(parts) }));
    })
      .on('error', reject)
      .end();
  });
}

/** What node:http adds by itself. */
const own = new Set(['date', 'connection', 'keep-alive']);
async function teach(bare: Pinned, { status, headers, body }: Raw): Promise<void> {
  const kept = headers.flatMap((name, index) => (index % 2 === 0 && !own.has(name.toLowerCase()) ? [name, headers[index + 1] ?? ''] : []));
  await bare.ask({ status, headers: kept, body: body.toString('base64') } satisfies BareAnswer);
}

const archive = await borrowArchive(versions);
const onrecord = await startPinned(servers, new URL('./http/onrecord.ts', import.meta.url).pathname, [archive.directory]);
const bare = await startPinned(servers, new URL('./http/bare.ts', import.meta.url).pathname);
const twin = await startPinned(servers, new URL('./http/bare.ts', import.meta.url).pathname);
const targetOf = ({ port, cpu }: Pinned, path: string, headers: Record<string, string>): Target => ({ url: `http://127.0.0.1:${port}${path}`, headers, cpu });

const rows: { what: string; ours: Ratio; control: Ratio }[] = [];
try {
  for (const [kind, path] of [
    ['page', '/'],
    ['feed', '/feeds/updates.atom'],
  ] as const) {
    for (const coding of ['identity', 'gzip', 'br', '304'] as const) {
      const headers: Record<string, string> = coding === 'identity' ? {} : { 'accept-encoding': coding === '304' ? 'gzip' : coding };
      const first = await fetchRaw(onrecord.port, path, headers);
      if (coding === '304') headers['if-none-match'] = first.headers[first.headers.findIndex((name) => name.toLowerCase() === 'etag') + 1] ?? '';
      const answer = await fetchRaw(onrecord.port, path, headers);
      for (const one of [bare, twin]) await teach(one, answer);
      const same = await fetchRaw(bare.port, path, headers);
      if (!same.body.equals(answer.body) || same.headers.length !== answer.headers.length) throw new Error(`${kind} ${coding}: other bytes`);
      for (const one of [onrecord, bare, twin]) await slice(generator, targetOf(one, path, headers), rows.length === 0 ? 5 : 1);
      const ours = await ratio(generator, targetOf(onrecord, path, headers), targetOf(bare, path, headers), rounds);
      const control = await ratio(generator, targetOf(twin, path, headers), targetOf(bare, path, headers), Math.ceil(rounds / 3));
      rows.push({ what: `${kind} ${coding}`, ours, control });
      process.stdout.write(
        `${`${kind} ${coding} (${answer.status}, ${answer.body.length} B, ${answer.headers.length / 2} headers)`.padEnd(48)} throughput ${ours.throughput.toFixed(3)}  cpu ${ours.cpu.toFixed(3)}  A/A ${control.throughput.toFixed(3)} ${control.cpu.toFixed(3)}   ${Math.round(ours.perSecond)}/s  ${ours.microseconds.toFixed(1)} µs\n`,
      );
    }
  }
} finally {
  for (const one of [onrecord, bare, twin]) await one.stop();
  await archive.remove();
}
