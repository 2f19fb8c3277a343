import { setImmediate } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import t from 'tap';
import { createBrotliQueue } from '../../src/press/brotli-queue.ts';
import { ownBytes } from '../../src/press/own-bytes.ts';
import { packedOf } from '../../src/press/packed.ts';
import { pack } from '../../src/press/packing.ts';
import { makeResource } from '../../src/press/resource.ts';

/** Public bytes in their codings. */

t.test('whatever is packed comes out again, in both codings and of any size', async (t) => {
  const text = fc.oneof(
    fc.uint8Array({ maxLength: 3_000 }),
    fc.string({ unit: 'grapheme', maxLength: 3_000 }).map((said) => Buffer.from(said)),
  );
  const property = fc.asyncProperty(text, fc.integer({ min: 1, max: 400 }), async (bytes, times) => {
    const body = ownBytes(Buffer.concat(Array.from({ length: times }, () => bytes)));
    const [gzip, brotli] = await Promise.all([pack('gzip', body), pack('br', body)]);
    return gunzipSync(gzip).equals(body) && brotliDecompressSync(brotli).equals(body);
  });
  await t.resolves(fc.assert(property, { numRuns: 60 }));
});

t.test('bytes that packing does not make shorter go out as they are, and a picture is not packed again', async (t) => {
  const html = { type: 'text/html; charset=utf-8', cache: '' };
  t.equal((await makeResource({ ...html, body: 'x' })).gzip, null);
  const page = await makeResource({ ...html, body: 'Said again. '.repeat(100) });
  t.equal(gunzipSync(page.gzip ?? '').toString(), 'Said again. '.repeat(100));
  t.equal(await packedOf({ ...page, type: 'image/png' }, 'br'), null);
});

t.test('what is kept lies in memory of its own', async (t) => {
  for (const body of ['a word', Buffer.from('a word'), Buffer.alloc(200_000).subarray(7, 90), 'é'.repeat(100_000), '']) {
    const own = ownBytes(body);
    t.same(own, Buffer.from(body));
    t.equal(own.buffer.byteLength, own.length);
  }
});

t.test('a thread that ends takes what it had in hand, and the next page starts another', async (t) => {
  // A process has one such thread: this one is of a second copy of the module.
  const again = new URL('../../src/press/packing.ts?again', import.meta.url).href;
  const own: { pack: typeof pack } = await import(again);
  const started: Worker[] = [];
  const note = (worker: Worker): void => void started.push(worker);
  process.on('worker', note);
  t.teardown(() => process.off('worker', note));
  const lost = t.rejects(own.pack('gzip', ownBytes('x'.repeat(1_000_000))), { code: 'busy' });
  await setImmediate();
  t.equal(started.length, 1);
  await started[0]?.terminate();
  await lost;
  t.equal(gunzipSync(await own.pack('gzip', ownBytes('said again'))).toString(), 'said again');
  t.equal(started.length, 2);
});

t.test('what cannot be packed is shown unpacked, and those behind it are packed', async (t) => {
  const html = { type: 'text/html; charset=utf-8', cache: '' };
  const lost = await makeResource({ ...html, body: 'Lost. '.repeat(100) });
  const said = await makeResource({ ...html, body: 'Said. '.repeat(100) });
  structuredClone(null, { transfer: [lost.bytes.buffer as ArrayBuffer] });
  const queue = createBrotliQueue();
  for (const resource of [lost, said]) queue.add(resource, { stillWanted: () => true, done: () => {} });
  await queue.settled();
  t.equal(lost.brotli, null);
  t.equal(brotliDecompressSync(said.brotli ?? '').toString(), 'Said. '.repeat(100));
});
