import t from 'tap';
import { createListener } from '../../src/http/listener.ts';
import { percentile, spendNight } from '../support/exposure/night.ts';
import { watchNight } from '../support/exposure/night-watch.ts';
import { isFull, keepsPromise, trials } from '../support/promises.ts';

/** P8: it stays up on election night. `node bench/election-night.ts 30` is the same for half an hour, with its figures as a table. */

const seconds = trials({ commit: 32, full: 1_800 });
const publications = trials({ commit: 6, full: 30 });
/** Megabytes a minute: what a publication leaves in memory for good, and noise. */
const growthAllowed = (each: number): number => 10 + each * 6;

await t.test('control: a server that fails once in a thousand answers, and one that forgets nothing, are seen', async (t) => {
  const kept: Buffer[] = [];
  let count = 0;
  const server = createListener(
    (_request, response) => {
      count += 1;
      kept.push(Buffer.alloc(32 * 1024, count));
      response.writeHead(count % 1_000 === 500 ? 500 : 200, { etag: `"${count}"` }).end('A page');
    },
    { behindProxy: false },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const publicUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const watched = await watchNight({ publicUrl, host: new URL(publicUrl).host, deskUrl: null, seconds: 6, paths: ['/'], pollsASecond: 150, pagesASecond: 150 });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  t.ok(watched.errors > 0, 'an error in a thousand answers');
  t.ok(watched.growth > growthAllowed(10), `${watched.growth} MB a minute`);
  t.equal(kept.length, count);
});

await t.test('readers, archives, attackers and publications at once: no error, and everything published shows', async (t) => {
  const night = await spendNight({ seconds, publications, pollsASecond: 80, pagesASecond: 30 });
  const { met, late, growth, memory, hidden } = night;
  t.same(met.errors, {}, 'no reader met an error');
  t.same(hidden, [], 'every publication was in page and feed when the act had answered');
  t.equal(night.publications.length, publications);
  t.ok(growth < growthAllowed((publications * 60) / seconds), `memory grows by ${growth} MB a minute: ${memory.join(', ')}`);
  t.ok(met.slow.closed > 0 && met.slow.longest < 30, 'requests that never end were ended');
  t.ok(
    Object.keys(met.answers).some((answer) => answer.startsWith('sign-in 429')),
    'the flood of sign-ins met its limit',
  );
  if (isFull) t.ok(late.p99 < 50, `the event loop is late by ${late.p99} ms at the 99th percentile`);
  const reads = Object.values(met.latency).reduce((sum, { count }) => sum + count, 0);
  t.comment(
    JSON.stringify({
      ...met,
      late,
      growth,
      memory,
      visible: percentile(
        night.publications.map(({ visible }) => visible),
        0.99,
      ),
    }),
  );
  keepsPromise(t, {
    promise: 'P8',
    what: `answers in ${seconds} s of election night, ${publications} publications; event loop late by ${late.p99} ms (p99), reads ${Object.entries(met.latency)
      .map(([kind, { p99 }]) => `${kind} ${p99} ms`)
      .join(', ')} (p99)`,
    trials: reads,
    violations: night.errors + hidden.length,
    control: 'one 500 in a thousand answers and 32 kB kept for each: both seen',
  });
});
