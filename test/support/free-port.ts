import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Where no machine takes the ports of connections that go out (32768 and more), and no browser refuses to ask. */
const [first, beyond] = [16_384, 32_768];

/**
 * A port of this machine that nothing listens on. It is for a process that begins later: of the ports that the machine itself gives out, one
 * could be a connection's by then.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(first, beyond);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
