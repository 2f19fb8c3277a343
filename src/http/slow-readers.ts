import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** An answer that a reader takes more slowly than this, for that long, is cut: 2 kB a second still load the largest feed in a minute. */
const least = { bytesPerSecond: 2_048, seconds: 10 };
/** A request that is not answered or never came, on a connection on which nothing moves, is given up after this. */
const longestStillSeconds = 15;
/** A closing server waits so long for somebody who connected and has not asked yet; a browser that connects ahead never does. */
const longestSilentSeconds = 3;
const everySeconds = 1;

type Pace = { drained: number; moved: number; slowFor: number; stillFor: number; silentFor: number };

/**
 * Ends connections whose reader leaves an answer lying, and those on which an answer, or the first request, does not come. In place of a timeout of the sockets:
 * that counts as life whatever byte passes now and then, and setting it again for each request costs each reader.
 * @param isWaiting whether a request of this connection is not answered yet, or none has come
 */
export function cutSlowReaders(server: Server, isWaiting: (socket: Socket) => boolean): void {
  const open = new Map<Socket, Pace>();
  server.on('connection', (socket: Socket) => {
    open.set(socket, { drained: 0, moved: 0, slowFor: 0, stillFor: 0, silentFor: 0 });
    socket.once('close', () => open.delete(socket));
  });
  const look = (): void => {
    for (const [socket, pace] of open) {
      const isSilent = !server.listening && socket.bytesRead === 0;
      pace.silentFor = isSilent ? pace.silentFor + everySeconds : 0;
      if (pace.silentFor >= longestSilentSeconds || isTooSlow(socket, pace, isWaiting)) socket.destroy();
    }
  };
  // Once what has arrived is read: where the loop is late, a timer comes before it.
  const timer = setInterval(() => setImmediate(look), everySeconds * 1_000);
  server.once('close', () => clearInterval(timer));
  timer.unref();
}

function isTooSlow(socket: Socket, pace: Pace, isWaiting: (socket: Socket) => boolean): boolean {
  const drained = takenBytes(socket);
  const moved = drained + socket.bytesRead;
  const isSlow = socket.writableLength > 0 && drained - pace.drained < least.bytesPerSecond * everySeconds;
  pace.slowFor = isSlow ? pace.slowFor + everySeconds : 0;
  pace.stillFor = moved === pace.moved && isWaiting(socket) ? pace.stillFor + everySeconds : 0;
  pace.drained = drained;
  pace.moved = moved;
  return pace.slowFor >= least.seconds || pace.stillFor >= longestStillSeconds;
}

/** How much of what was written the kernel has taken. `writableLength` falls only when a whole write is done, however long; the handle knows better, and is what node:net looks at for its own timeouts. */
function takenBytes(socket: Socket): number {
  const handle: unknown = Reflect.get(socket, '_handle');
  if (handle instanceof Object && 'bytesWritten' in handle && 'writeQueueSize' in handle) {
    const { bytesWritten, writeQueueSize } = handle;
    if (typeof bytesWritten === 'number' && typeof writeQueueSize === 'number') return bytesWritten - writeQueueSize;
  }
  return socket.bytesWritten - socket.writableLength;
}
