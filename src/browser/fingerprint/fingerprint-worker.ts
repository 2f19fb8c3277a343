import { sha256 } from '@noble/hashes/sha2.js';
import { fingerprintOfDigest } from '../../leak/fingerprint/exact.ts';
import { encodeSketch, sketchOf } from '../../leak/fingerprint/sketch.ts';
import { fingerprintOfWords, readText } from '../../leak/fingerprint/text.ts';
import { createHasher } from './hasher.ts';
import type { Job, Levels, Order, Prints, Report } from './messages.ts';
import { isMailFile, textOf } from './read-words.ts';

/** The worker that fingerprints files, one after the other: eight mebibytes in memory at a time, whatever their size. */

const sliceBytes = 8 * 1024 * 1024;
const given = new Set<number>();
let line: Promise<void> = Promise.resolve();

addEventListener('message', ({ data }: MessageEvent<Order>) => {
  if ('cancel' in data) {
    given.delete(data.id);
    return;
  }
  given.add(data.id);
  line = line.then(() => work(data.id, data.job));
});

const report = (message: Report): void => postMessage(message);

async function work(id: number, job: Job): Promise<void> {
  try {
    const prints = job.what === 'text' ? { ...noPrints, ...wordPrints(job.text, job.levels) } : await filePrints(id, job);
    report(prints === null ? { id, state: 'failed', reason: 'cancelled' } : { id, state: 'done', prints });
  } catch {
    report({ id, state: 'failed', reason: 'unreadable' });
  }
  given.delete(id);
}

const noPrints: Prints = { size: null, mediaType: null, exact: null, text: null, sketch: null, reading: 'not_asked' };

/** Null where the page gave the job up. */
async function filePrints(id: number, { file, name, levels }: Extract<Job, { what: 'file' }>): Promise<Prints | null> {
  const digest = await digestOf(
    file,
    () => given.has(id),
    (done) => report({ id, state: 'progress', done, total: file.size }),
  );
  if (digest === null) return null;
  const mediaType = isMailFile(file, name) ? 'message/rfc822' : file.type || null;
  const prints = { ...noPrints, size: file.size, mediaType, exact: fingerprintOfDigest(digest, sha256) };
  if (!levels.text && !levels.sketch) return prints;
  const text = await textOf(file, name);
  if (text === null) return { ...prints, reading: 'not_text' };
  if (text === 'too_long') return { ...prints, reading: 'too_long' };
  return { ...prints, ...wordPrints(text, levels) };
}

/** SHA-256 of a file in slices; the next one is read while this one is hashed. Null where it is no longer wanted. */
async function digestOf(file: Blob, isWanted: () => boolean, tell: (done: number) => void): Promise<Uint8Array | null> {
  const hasher = await createHasher();
  const slice = (from: number): Promise<ArrayBuffer> => file.slice(from, from + sliceBytes).arrayBuffer();
  let next = slice(0);
  for (let from = 0; from < file.size; from += sliceBytes) {
    const bytes = new Uint8Array(await next);
    next = slice(from + sliceBytes);
    if (!isWanted()) return null;
    hasher.update(bytes);
    tell(Math.min(from + sliceBytes, file.size));
  }
  return isWanted() ? hasher.digest() : null;
}

function wordPrints(text: string, levels: Levels): Pick<Prints, 'text' | 'sketch' | 'reading'> {
  const read = readText(text);
  if ('refused' in read) return { text: null, sketch: null, reading: read.refused };
  return {
    text: levels.text ? fingerprintOfWords(read.words, sha256) : null,
    sketch: levels.sketch ? encodeSketch(sketchOf(read.words)) : null,
    reading: 'read',
  };
}
