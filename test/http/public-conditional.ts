import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import t from 'tap';
import { acceptedCodings } from '../../src/http/negotiate.ts';
import { openPublicSite } from '../support/public-site.ts';

t.test('a signed file is served byte for byte, with its own type', async (t) => {
  const site = await openPublicSite(t);
  for (const { name, sha256, bytes, type } of site.archive.statements()[0]?.versions[0]?.files ?? []) {
    for (const coding of ['identity', 'gzip', 'br']) {
      const answer = await site.ask(name, { 'accept-encoding': coding });
      const body =
        answer.headers['content-encoding'] === 'gzip'
          ? gunzipSync(answer.body)
          : answer.headers['content-encoding'] === 'br'
            ? brotliDecompressSync(answer.body)
            : answer.body;
      t.equal(createHash('sha256').update(body).digest('hex'), sha256);
      t.equal(body.length, bytes);
      t.match(answer.headers, { 'content-type': type, 'cache-control': 'public, max-age=300, no-transform' });
    }
  }
});

t.test('each coding has its own strong tag, the same content, and HEAD says the same as GET', async (t) => {
  const site = await openPublicSite(t);
  await site.press.settled();
  const tags = new Set<string>();
  const plain = await site.ask('/feeds/updates.atom');
  t.equal(plain.headers['content-encoding'], undefined);
  for (const [coding, unpack] of [
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ] as const) {
    const answer = await site.ask('/feeds/updates.atom', { 'accept-encoding': coding });
    t.equal(answer.headers['content-encoding'], coding);
    t.ok(unpack(answer.body).equals(plain.body), coding);
    t.equal(Number(answer.headers['content-length']), answer.body.length);
    tags.add(String(answer.headers.etag));
    const head = await site.ask('/feeds/updates.atom', { 'accept-encoding': coding }, 'HEAD');
    t.equal(head.body.length, 0);
    const { date: _one, ...own } = answer.headers;
    const { date: _other, ...same } = head.headers;
    t.strictSame(same, own);
  }
  tags.add(String(plain.headers.etag));
  t.equal(tags.size, 3);
  for (const tag of tags) t.match(tag, /^"[\w-]+"$/);
  t.equal(plain.headers.vary, 'Accept-Encoding');
});

t.test('Accept-Encoding is read with its weights', async (t) => {
  const cases: [string | undefined, string][] = [
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip;q=1.0, br;q=0.5', 'gzip'],
    ['gzip, br;q=0', 'gzip'],
    ['identity', 'identity'],
    ['identity;q=0.5, gzip;q=0.4', 'identity'],
    ['*', 'br'],
    ['*;q=0, gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['gzip;q=0', 'identity'],
    ['identity;q=0', 'identity'],
    ['deflate', 'identity'],
    ['gzip;q=bad, x', 'identity'],
    [`${'x, '.repeat(2_000)}gzip`, 'identity'],
  ];
  for (const [header, expected] of cases) t.equal(acceptedCodings(header)[0], expected, String(header).slice(0, 40));
});

t.test('a reader that has the bytes gets 304: one tag, a list, weak, any coding, and the star', async (t) => {
  const site = await openPublicSite(t);
  await site.press.settled();
  for (const path of ['/', '/feeds/updates.atom', '/statements/2026-0001', '/statements/2026-0001/versions', '/statements/2026-0001/v/1.json']) {
    await site.ask(path);
    await site.press.settled();
    const tag = String((await site.ask(path, { 'accept-encoding': 'gzip' })).headers.etag);
    for (const given of [tag, `W/${tag}`, `"other", ${tag}`, `"a,b",W/"c" , W/${tag},"d"`, '*']) {
      const answer = await site.ask(path, { 'accept-encoding': 'gzip, br', 'if-none-match': given });
      t.equal(answer.status, 304, `${path} ${given}`);
      t.equal(answer.body.length, 0);
      t.ok(answer.headers.etag && answer.headers['cache-control'] && answer.headers.vary, path);
      t.equal((await site.ask(path, { 'if-none-match': given }, 'HEAD')).status, 304);
    }
    for (const given of ['"other"', tag.slice(1, -1), `"x${tag.slice(1)}`, '', 'W/*'])
      t.equal((await site.ask(path, { 'if-none-match': given })).status, 200, `${path} ${given}`);
  }
});

t.test('a poller sees a publication with its next poll, and 304 between', async (t) => {
  const site = await openPublicSite(t);
  let tag = '';
  const poll = async (): Promise<number> => {
    const answer = await site.ask('/feeds/updates.atom', { 'if-none-match': tag });
    tag = String(answer.headers.etag);
    return answer.status;
  };
  t.strictSame([await poll(), await poll()], [200, 304]);
  await site.press.advance(site.archive.publish('2026-0001', { at: '2026-09-15T16:10:00.000Z' }));
  t.strictSame([await poll(), await poll()], [200, 304]);
});
