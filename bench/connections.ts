import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { borrowArchive } from './archive.ts';
import { startPinned } from './http/child.ts';
import { mostRow, type Row, report } from './table.ts';

/** What idle keep-alive connections cost in memory; a listener takes 2,000 and no more (docs/operate.md, "Limits"). Usage: node bench/connections.ts */
const archive = await borrowArchive(200);
const server = await startPinned(0, new URL('./http/onrecord.ts', import.meta.url).pathname, [archive.directory, 'ONRECORD_TRUST_PROXY=127.0.0.1']);
const megabytes = async (): Promise<number> => ((await server.ask('memory')) as { rss: number }).rss / 1e6;

async function open(count: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  for (let n = 0; n < count; n += 1) {
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(`GET /robots.txt HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`);
    await once(socket, 'data');
    sockets.push(socket);
  }
  return sockets;
}
const close = (sockets: readonly Socket[]): void => {
  for (const socket of sockets) socket.destroy();
};

// Twice, so that what only the first connections cost is not counted.
close(await open(1_000));
await new Promise((resolve) => setTimeout(resolve, 2_000));
const rows: Row[] = [];
for (const [count, most] of [
  [1_000, 12],
  [1_900, 23],
] as const) {
  const before = await megabytes();
  const sockets = await open(count);
  rows.push(mostRow(`${count} idle keep-alive connections`, most, 'MB more', Math.max(0, (await megabytes()) - before)));
  close(sockets);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
}
await server.stop();
await archive.remove();
report('connections', rows);
