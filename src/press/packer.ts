import { parentPort } from 'node:worker_threads';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { brotliOptions, gzipOptions } from './codings.ts';
import type { Packed, PackTask } from './packing.ts';

/** Runs in a thread of its own: packs what it is sent, in that order. */
parentPort?.on('message', ({ id, coding, bytes }: PackTask) => {
  const made = coding === 'gzip' ? gzipSync(bytes, gzipOptions(bytes)) : brotliCompressSync(bytes, brotliOptions(bytes));
  const packed = Uint8Array.from(made);
  parentPort?.postMessage({ id, packed } satisfies Packed, [packed.buffer]);
});
