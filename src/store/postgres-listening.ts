import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const againAfterMs = 1_000;

/** On a connection of its own, made again whenever it ends, until somebody stops it. */
export function listenOn(options: pg.ClientConfig, channel: string, heard: () => void): () => Promise<void> {
  const stopped = new AbortController();
  const { signal } = stopped;
  const once = async (): Promise<void> => {
    const client = new pg.Client(options);
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    const end = (): void => void client.end().catch(() => {});
    client.on('error', () => {});
    client.on('notification', heard);
    try {
      await client.connect();
      // To end one that was not connected yet does nothing.
      signal.addEventListener('abort', end);
      if (signal.aborted) return;
      await client.query(`listen ${pg.escapeIdentifier(channel)}`);
      heard();
      await ended;
    } catch {
      // It is made again.
    } finally {
      signal.removeEventListener('abort', end);
      end();
    }
  };
  const running = (async (): Promise<void> => {
    while (!signal.aborted) {
      await once();
      await sleep(againAfterMs, undefined, { signal }).catch(() => {});
    }
  })();
  return () => {
    stopped.abort();
    return running;
  };
}
