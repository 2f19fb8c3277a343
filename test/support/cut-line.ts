import { connect, createServer, type Socket } from 'node:net';
import type { Test } from 'tap';

/**
 * A line to a server that can be cut at a point: `before` what the client sends for the n-th time arrives, `after` it was answered and
 * before the answer comes back, or `silent`: nothing comes back any more and nobody hangs up. The next connection is sound again.
 */
export type CutLine = { port: number; arm(cut: Cut | null): void; hasCut(): boolean };
export type Cut = { at: number; how: 'before' | 'after' | 'silent' };

export async function openCutLine(t: Test, port: number): Promise<CutLine> {
  let armed: Cut | null = null;
  let sent = 0;
  let isCut = false;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect({ host: '127.0.0.1', port });
    let isDeaf = false;
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', end);
      socket.on('close', () => sockets.delete(socket));
    }
    client.on('data', (bytes) => {
      sent += 1;
      const isHere = armed !== null && !isCut && sent === armed.at;
      if (!isHere) {
        upstream.write(bytes);
        return;
      }
      isCut = true;
      if (armed?.how === 'before') return end();
      isDeaf = true;
      if (armed?.how === 'after') upstream.once('data', end);
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (!isDeaf) client.write(bytes);
    });
    client.on('end', () => upstream.end());
    upstream.on('end', () => {
      if (!isDeaf) client.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    arm: (cut) => {
      [armed, sent, isCut] = [cut, 0, false];
    },
    hasCut: () => isCut,
  };
}
