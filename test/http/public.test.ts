import { createHash } from 'node:crypto';
import { type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import t, { type Test } from 'tap';
import { createAnswerPublic } from '../../src/http/answer-public.ts';
import { createListener } from '../../src/http/listener.ts';
import { acceptedCodings } from '../../src/http/negotiate.ts';
import { publicSite } from '../../src/http/public-site.ts';
import type { Press } from '../../src/press/press.ts';
import { type Archive, createArchive, openTestPress } from '../support/press-fixtures.ts';
import { sendRaw, statusOf } from '../support/raw-socket.ts';

type Answer = { status: number; headers: IncomingHttpHeaders; names: string[]; body: Buffer };
type Site = {
  url: string;
  press: Press;
  archive: Archive;
  counts: number[];
  ask(path: string, headers?: Record<string, string>, method?: string): Promise<Answer>;
};

async function openSite(t: Test): Promise<Site> {
  const archive = createArchive();
  archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z', texts: { en: {}, fr: {} } });
  archive.publish('2026-0001', { at: '2026-09-14T16:10:00.000Z', texts: { en: {} } });
  const press = await openTestPress(archive, { now: () => Date.parse('2026-09-20T00:00:00.000Z') });
  const [hosts, counts] = [new Set<string>(), [] as number[]];
  const count = (status: number): unknown => counts.push(status);
  const answer = createAnswerPublic({ press, hosts, count });
  const log = { error: (...line: unknown[]) => t.fail('the site logged an error', { line }) };
  const app = publicSite({ press, answer, count, log, listen: (handler) => createListener(handler, { behindProxy: false }) });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  hosts.add(new URL(url).host);
  t.teardown(() => app.close());
  return { url, press, archive, counts, ask: (path, headers = {}, method = 'GET') => send(url, path, headers, method) };
}

function send(url: string, path: string, headers: Record<string, string>, method: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const sent = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const names = response.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
        resolve({ status: response.statusCode ?? 0, headers: response.headers, names, body: Buffer.concat(chunks) });
      });
    });
    sent.on('error', reject).end();
  });
}

t.test('every answer carries the security headers, each once, and no cookie or server name', async (t) => {
  const site = await openSite(t);
  const { headers: first } = await site.ask('/');
  const tag = String(first.etag);
  const requests: [string, Record<string, string>?, string?][] = [
    ...[['/'], ['/', { 'if-none-match': tag }], ['/fr'], ['/nothing'], ['/', {}, 'POST'], ['/feeds/updates.atom'], ['/statements/2026-0001/v/1.json']],
    ...[
      ['/search?q=a'],
      ['/verify?q=2026-0001'],
      ['/statements/2026-0001/diff/1..2'],
      ['/robots.txt'],
      ['/statements/2026-0001/versions', {}, 'HEAD'],
      ['/', { host: 'evil.example' }],
    ],
  ] as [string, Record<string, string>?, string?][];
  for (const [path, headers, method] of requests) {
    const answer = await site.ask(path, headers, method);
    const at = `${method ?? 'GET'} ${path} ${answer.status}`;
    t.match(answer.headers['content-security-policy'], /^default-src 'none'; script-src 'self';.*frame-ancestors 'none'$/, at);
    t.match(answer.headers['strict-transport-security'], /^max-age=\d{8}/, at);
    t.match(answer.headers, { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-opener-policy': 'same-origin' }, at);
    t.ok('permissions-policy' in answer.headers && 'cross-origin-resource-policy' in answer.headers, at);
    t.notOk(
      ['set-cookie', 'server', 'x-powered-by', 'last-modified'].some((name) => answer.names.includes(name)),
      at,
    );
    t.equal(new Set(answer.names).size, answer.names.length, at);
  }
});

t.test('feeds and signed files are open to other sites, pages are not', async (t) => {
  const site = await openSite(t);
  for (const path of ['/feeds/updates.atom', '/feeds/updates.json', '/statements/2026-0001/v/1.json', '/statements/2026-0001/v/1.txt']) {
    const { headers } = await site.ask(path);
    t.match(headers, { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }, path);
  }
  const { headers } = await site.ask('/');
  t.equal(headers['access-control-allow-origin'], undefined);
  t.equal(headers['cross-origin-resource-policy'], 'same-origin');
});

t.test('a signed file is served byte for byte, with its own type', async (t) => {
  const site = await openSite(t);
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
  const site = await openSite(t);
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
  const site = await openSite(t);
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
  const site = await openSite(t);
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

t.test('what is not published and what never was get the same bytes, never stored', async (t) => {
  const site = await openSite(t);
  const paths = [
    '/statements/2026-0002',
    '/statements/2026-0001/v/3',
    '/statements/2026-0001/v/3.json',
    '/nothing',
    '/%61bc',
    '/feeds/none.atom',
    '/archive/2020/01',
    '/desk',
    '/search/x',
  ];
  const bodies = await Promise.all(paths.map((path) => site.ask(path)));
  for (const [index, answer] of bodies.entries()) {
    const path = paths[index] ?? '';
    t.equal(answer.status, 404, path);
    t.ok(answer.body.equals(bodies[0]?.body ?? Buffer.alloc(0)), path);
    const { date: _date, ...headers } = answer.headers;
    const { date: _other, ...first } = bodies[0]?.headers ?? {};
    t.strictSame(headers, first, path);
    t.equal(answer.headers['cache-control'], 'no-store');
    t.equal(answer.headers.etag, undefined);
  }
  const french = await site.ask('/fr/nothing');
  t.equal(french.headers['content-language'], 'fr');
});

t.test('unknown queries are ignored, one trailing slash and a bare language are redirected without them', async (t) => {
  const site = await openSite(t);
  t.ok((await site.ask('/statements/2026-0001?utm_source=x')).body.equals((await site.ask('/statements/2026-0001')).body));
  for (const [path, target] of [
    ['/fr', '/fr/'],
    ['/fr?a=b', '/fr/'],
    ['/archive/', '/archive'],
    ['/fr/statements/2026-0001/?x=%0d%0a', '/fr/statements/2026-0001'],
    ['/search/?q=x', '/search'],
  ] as const) {
    const answer = await site.ask(path);
    t.equal(answer.status, 308, path);
    t.equal(answer.headers.location, target);
  }
  for (const path of ['/en', '/en/', '/desk/', '/nothing/']) t.equal((await site.ask(path)).status, 404, path);
});

t.test('only GET and HEAD; a body changes nothing', async (t) => {
  const site = await openSite(t);
  for (const path of ['/', '/nothing', '/search?q=x', '/statements/2026-0001/versions'])
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']) {
      const answer = await site.ask(path, {}, method);
      t.equal(answer.status, 405, `${method} ${path}`);
      t.equal(answer.headers.allow, 'GET, HEAD');
    }
  const { host } = new URL(site.url);
  const raw = await sendRaw(site.url, `GET / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc`);
  t.equal(statusOf(raw), 200);
});

t.test('a request that is not in its one form is refused before anything is looked up', async (t) => {
  const site = await openSite(t);
  const { host } = new URL(site.url);
  const lines = (target: string, ...headers: string[]): string =>
    `GET ${target} HTTP/1.1\r\n${[`Host: ${host}`, ...headers].map((line) => `${line}\r\n`).join('')}\r\n`;
  const table: Record<string, string> = {
    'HTTP/1.0': `GET / HTTP/1.0\r\nHost: ${host}\r\n\r\n`,
    'absolute form': lines(`http://${host}/`),
    'no host': 'GET / HTTP/1.1\r\n\r\n',
    'two hosts': lines('/', `Host: ${host}`),
    'two hosts, one in capitals': lines('/', 'HOST: evil.example'),
    'another host': 'GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n',
    'our host with another port': 'GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n',
    'encoded dots': lines('/statements/%2e%2e/x'),
    'plain dots': lines('/statements/../archive'),
    'encoded slash': lines('/statements%2f2026-0001'),
    'encoded backslash': lines('/statements%5C2026-0001'),
    'encoded NUL': lines('/statements/2026-0001%00'),
    'two slashes': lines('//archive'),
    'a semicolon': lines('/archive;a=b'),
    'a backslash': lines('/\\archive'),
    asterisk: 'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n',
  };
  for (const [name, bytes] of Object.entries(table)) {
    const answer = await sendRaw(site.url, bytes);
    t.equal(statusOf(answer), 400, name);
    t.match(answer, /connection: close/i, name);
    t.notMatch(answer, /evil|statements/, name);
  }
  const encoded = await sendRaw(site.url, lines('/verify?q=https%3A%2F%2Fa.example%2F..%2Fb;c//', 'Connection: close'));
  t.equal(statusOf(encoded), 200, 'a query may hold what a path may not');
});

t.test('pages of versions name their relations, and standing pages answer in both languages', async (t) => {
  const site = await openSite(t);
  const { headers } = await site.ask('/statements/2026-0001/v/1');
  for (const relation of ['latest-version', 'successor-version', 'version-history']) t.match(headers.link, `rel="${relation}"`);
  t.notMatch(String(headers.link), 'predecessor');
  for (const page of ['methods', 'corrections-policy', 'legal', 'privacy', 'accessibility', 'press'])
    for (const prefix of ['', '/fr']) {
      const answer = await site.ask(`${prefix}/${page}`);
      t.equal(answer.status, 200, `${prefix}/${page}`);
      t.equal(answer.headers['content-language'], prefix ? 'fr' : 'en');
    }
});

t.test('every answer is counted once', async (t) => {
  const site = await openSite(t);
  await site.ask('/');
  await site.ask('/nothing');
  await site.ask('/search?q=x');
  await site.ask('/', {}, 'POST');
  await site.ask('/fr');
  await site.ask('/', { 'if-none-match': '*' });
  t.strictSame(site.counts, [200, 404, 200, 405, 308, 304]);
});
