import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:net';
import type { Logger } from 'pino';
import { OnrecordError } from '../errors.ts';
import type { Press } from '../press/press.ts';
import type { Resource } from '../press/resource.ts';
import type { FromReader, ReaderSite, Shown, ToReader } from './reader-messages.ts';

export type ReadersOptions = {
  press: Pick<Press, 'cold' | 'ask' | 'missing' | 'follow' | 'counts'>;
  site: ReaderSite;
  count(status: number, count: number): void;
  log: Pick<Logger, 'error' | 'info'>;
};

/** Processes that share the public port and show what this one renders. */
export type Readers = {
  /** How many answer now. */
  up(): number;
  close(patienceMs: number): Promise<void>;
};

/** A reader that does not show a publication by then is ended: what it shows is no longer true. */
const patienceMs = 250;
const pauseMs = 1_000;

type Reader = { process: ChildProcess; isUp: boolean; hasEnded: Promise<void>; shown: Map<number, () => void> };

/** Starts `wanted` readers; resolves when all of them listen. @throws config_invalid when the port is taken, and whatever keeps a reader from starting */
export async function startReaders(wanted: number, { press, site, count, log }: ReadersOptions): Promise<Readers> {
  const readers = new Set<Reader>();
  const hot = new Map<string, Resource>();
  const counted = new Map<string, number>(press.counts());
  let swaps = 0;
  let isClosing = false;

  const send = (reader: Reader, message: ToReader): void => {
    if (reader.process.connected) reader.process.send(message, () => undefined);
  };
  const end = (reader: Reader, why: string): void => {
    log.error({ reader: reader.process.pid }, `a reader is ended: ${why}`);
    reader.process.kill('SIGKILL');
  };

  for (const [path, resource] of press.follow({ swap, packed })) hot.set(path, resource);

  async function swap(fresh: ReadonlyMap<string, Resource>, gone: readonly string[]): Promise<void> {
    for (const path of gone) hot.delete(path);
    for (const [path, resource] of fresh) hot.set(path, resource);
    const counts = [...press.counts()].filter(([reference, versions]) => counted.get(reference) !== versions);
    for (const [reference, versions] of counts) counted.set(reference, versions);
    swaps += 1;
    const id = swaps;
    await Promise.all([...readers].map((reader) => show(reader, { type: 'swap', id, hot: [...fresh], gone, counts })));
  }

  function packed(path: string, resource: Resource): void {
    for (const reader of readers) send(reader, { type: 'packed', path, resource });
  }

  /** Resolves when this reader shows it, or is gone. */
  async function show(reader: Reader, message: Extract<ToReader, { type: 'swap' }>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    reader.shown.set(message.id, resolve);
    // One that is only starting listens to nobody yet.
    const late = setTimeout(
      () => {
        // Where this process itself was late, the word may be here and not read yet.
        setImmediate(() => {
          if (reader.shown.has(message.id)) end(reader, 'it did not show a publication in time');
        });
      },
      reader.isUp ? patienceMs : 10_000,
    );
    send(reader, message);
    await Promise.race([promise, reader.hasEnded]);
    clearTimeout(late);
    reader.shown.delete(message.id);
  }

  async function answer(reader: Reader, { id, path, query }: Extract<FromReader, { type: 'find' }>): Promise<void> {
    try {
      const resource = (await press.ask(path, new URLSearchParams(query))) ?? (await press.cold(path));
      send(reader, { type: 'found', id, found: resource === undefined ? { none: 'missing' } : { resource } });
    } catch (error) {
      const isBusy = error instanceof OnrecordError && error.code === 'busy';
      if (!isBusy) log.error({ err: error }, 'a public page could not be made');
      send(reader, { type: 'found', id, found: { none: isBusy ? 'busy' : 'failed' } });
    }
  }

  function hire(): Promise<void> {
    const child = fork(new URL('./reader-process.ts', import.meta.url), { serialization: 'advanced', env: {}, execArgv: [] });
    const ended = Promise.withResolvers<void>();
    const up = Promise.withResolvers<void>();
    const reader: Reader = { process: child, isUp: false, hasEnded: ended.promise, shown: new Map() };
    readers.add(reader);
    child.on('message', (message: FromReader) => {
      if (message.type === 'shown') reader.shown.get(message.id)?.();
      else if (message.type === 'find') void answer(reader, message);
      else if (message.type === 'answered') for (const [status, number] of message.counts) count(status, number);
      else if (message.type === 'failed') up.reject(new Error(`a reader could not listen: ${message.code}`));
      else {
        reader.isUp = true;
        up.resolve();
      }
    });
    child.on('exit', (code, signal) => {
      readers.delete(reader);
      ended.resolve();
      up.reject(new Error(`a reader ended: ${code ?? signal}`));
      if (isClosing || !reader.isUp) return;
      log.error({ code, signal }, 'a reader ended; another one takes its place');
      setTimeout(replace, pauseMs).unref();
    });
    const missing = site.languages.map((language) => [language, press.missing(language === site.languages[0] ? '/' : `/${language}/`)] as const);
    send(reader, { type: 'open', hot: [...hot] satisfies Shown, counts: [...counted], missing, site });
    return up.promise;
  }

  function replace(): void {
    if (isClosing) return;
    hire().catch((error: unknown) => {
      log.error({ err: error }, 'a reader does not start');
      setTimeout(replace, pauseMs).unref();
    });
  }

  async function close(patience: number): Promise<void> {
    isClosing = true;
    const all = [...readers];
    for (const reader of all) send(reader, { type: 'close', patienceMs: patience });
    const cut = setTimeout(() => {
      for (const reader of all) reader.process.kill('SIGKILL');
    }, patience + pauseMs);
    await Promise.all(all.map((reader) => reader.hasEnded));
    clearTimeout(cut);
  }

  try {
    await Promise.all(Array.from({ length: wanted }, hire));
  } catch (error) {
    isClosing = true;
    for (const reader of readers) reader.process.kill('SIGKILL');
    throw error;
  }
  return { up: () => [...readers].filter(({ isUp }) => isUp).length, close };
}

/** Binds a port for a moment without sharing it: gives its number, or the error of one that another program holds. */
export function claimPort({ host, port }: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}
