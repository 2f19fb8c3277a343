import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { brotliCompress, gzip } from 'node:zlib';
import { OnrecordError } from '../errors.ts';
import { brotliOptions, gzipOptions, isLarge } from './codings.ts';

/** What goes to the thread that packs, and what comes back. */
export type PackTask = { id: number; coding: 'gzip' | 'br'; bytes: Uint8Array };
export type Packed = { id: number; packed: Uint8Array<ArrayBuffer> };

const onPool = { gzip: promisify(gzip), br: promisify(brotliCompress) } as const;

/**
 * Away from the main thread: in one thread for all of this process, since zlib's own way onto other threads takes a tenth of a millisecond of
 * the main thread each time, a fifth of a publication. What is large takes that way: nothing stands in line behind it.
 * @param bytes in memory of their own; a part of more is sent with all of it
 * @throws OnrecordError `busy` where the thread ended
 */
export function pack(coding: PackTask['coding'], bytes: Buffer): Promise<Buffer> {
  if (isLarge(bytes)) return coding === 'gzip' ? onPool.gzip(bytes, gzipOptions(bytes)) : onPool.br(bytes, brotliOptions(bytes));
  const thread = packer ?? hire();
  const answer = Promise.withResolvers<Buffer>();
  count += 1;
  thread.postMessage({ id: count, coding, bytes } satisfies PackTask);
  waiting.set(count, answer);
  // Whoever waits keeps the process alive; a thread without work does not.
  thread.ref();
  return answer.promise;
}

const waiting = new Map<number, PromiseWithResolvers<Buffer>>();
let packer: Worker | null = null;
let count = 0;

function hire(): Worker {
  const limits = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 4 };
  const hired = new Worker(new URL('./packer.ts', import.meta.url), { name: 'packer', resourceLimits: limits, execArgv: [] });
  packer = hired;
  hired.on('message', ({ id, packed }: Packed) => {
    waiting.get(id)?.resolve(Buffer.from(packed.buffer));
    waiting.delete(id);
    if (waiting.size === 0) hired.unref();
  });
  const giveUp = (): void => {
    if (packer !== hired) return;
    packer = null;
    const left = [...waiting.values()];
    waiting.clear();
    for (const { reject } of left) reject(new OnrecordError('busy', 'the thread that packs has ended'));
  };
  hired.on('error', giveUp);
  hired.on('exit', giveUp);
  return hired;
}
