import t from 'tap';
import { openPublicSite } from '../support/public-site.ts';
import { sendRaw, statusOf } from '../support/raw-socket.ts';

t.test('every answer carries the security headers, each once, and no cookie or server name', async (t) => {
  const site = await openPublicSite(t);
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
  const site = await openPublicSite(t);
  for (const path of ['/feeds/updates.atom', '/feeds/updates.json', '/statements/2026-0001/v/1.json', '/statements/2026-0001/v/1.txt']) {
    const { headers } = await site.ask(path);
    t.match(headers, { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }, path);
  }
  const { headers } = await site.ask('/');
  t.equal(headers['access-control-allow-origin'], undefined);
  t.equal(headers['cross-origin-resource-policy'], 'same-origin');
});

t.test('what is not published and what never was get the same bytes, never stored', async (t) => {
  const site = await openPublicSite(t);
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
  const site = await openPublicSite(t);
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
  const site = await openPublicSite(t);
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
  const site = await openPublicSite(t);
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
  const site = await openPublicSite(t);
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
  const site = await openPublicSite(t);
  await site.ask('/');
  await site.ask('/nothing');
  await site.ask('/search?q=x');
  await site.ask('/', {}, 'POST');
  await site.ask('/fr');
  await site.ask('/', { 'if-none-match': '*' });
  t.strictSame(site.counts, [200, 404, 200, 405, 308, 304]);
});
