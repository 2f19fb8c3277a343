import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that Linux (32768 and more), macOS and Windows give to connections that go out, and where no browser refuses to ask. */
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
