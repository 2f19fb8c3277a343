import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import t from 'tap';
import type { Resource } from '../../src/press/resource.ts';
import { createTidying } from '../../src/press/tidying.ts';

/** Garbage is looked for after publications, in the quiet, and not while one is made. */

/** As long as it says, and nothing in memory that could press V8. */
const page = (length: number): Resource => ({ bytes: { length } }) as Resource;
const mebibyte = 1_048_576;

t.test('it is asked for once enough was made, when nothing is made any more, and not again before it has ended', async (t) => {
  let asked = 0;
  const collecting = Promise.withResolvers<void>();
  const tidying = createTidying(() => {
    asked += 1;
    return collecting.promise;
  });
  const packing = Promise.withResolvers<void>();
  tidying.made([page(5 * mebibyte), page(6 * mebibyte)], Promise.resolve());
  await setImmediate();
  t.equal(asked, 0);
  tidying.made([page(mebibyte)], packing.promise);
  await setImmediate();
  t.equal(asked, 0);
  packing.resolve();
  await setImmediate();
  t.equal(asked, 1);
  tidying.made([page(13 * mebibyte)], Promise.resolve());
  await setImmediate();
  t.equal(asked, 1);
  collecting.resolve();
  await setImmediate();
  tidying.made([page(1)], Promise.resolve());
  await setImmediate();
  t.equal(asked, 2);
});

t.test('a packing that fails is nothing to it', async (t) => {
  let asked = 0;
  const tidying = createTidying(async () => {
    asked += 1;
  });
  tidying.made([page(12 * mebibyte)], Promise.reject(new Error('it fails')));
  await setImmediate();
  t.equal(asked, 0);
  tidying.made([page(12 * mebibyte)], Promise.resolve());
  await setImmediate();
  t.equal(asked, 1);
});

t.test('V8 then collects, although nothing presses it; unasked it does not', async (t) => {
  const isCollected = async (how: string): Promise<boolean> => {
    const [said] = await once(new Worker(new URL('../support/collected.ts', import.meta.url), { workerData: how, execArgv: [] }), 'message');
    return said;
  };
  t.same(await Promise.all([isCollected('asked'), isCollected('unasked')]), [true, false]);
});
