import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** An answer that a reader takes more slowly than this, for that long, is cut: 2 kB a second still load the largest feed in a minute. */
const least = { bytesPerSecond: 2_048, seconds: 10 };
const everySeconds = 2;

type Pace = { drained: number; slowFor: number };

/** Ends connections whose reader leaves an answer lying: no timeout of the server's counts while a byte passes now and then. */
export function cutSlowReaders(server: Server): void {
  const open = new Map<Socket, Pace>();
  server.on('connection', (socket: Socket) => {
    open.set(socket, { drained: 0, slowFor: 0 });
    socket.once('close', () => open.delete(socket));
  });
  const timer = setInterval(() => {
    for (const [socket, pace] of open) look(socket, pace);
  }, everySeconds * 1_000);
  server.once('close', () => clearInterval(timer));
  timer.unref();
}

function look(socket: Socket, pace: Pace): void {
  const drained = socket.bytesWritten - socket.writableLength;
  const isSlow = socket.writableLength > 0 && drained - pace.drained < least.bytesPerSecond * everySeconds;
  pace.slowFor = isSlow ? pace.slowFor + everySeconds : 0;
  pace.drained = drained;
  if (pace.slowFor >= least.seconds) socket.destroy();
}
