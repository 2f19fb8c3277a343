import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { createListener } from '../../src/http/listener.ts';
import { hire } from '../support/accounts.ts';
import { differenceOf, openAsker } from '../support/exposure/asking.ts';
import { sendRaw, statusOf } from '../support/raw-socket.ts';
import { field, openBrowser, openTestServer, signedIn, type TestServer } from '../support/test-server.ts';

/** The settings of docs/operate.md, "Limits", as somebody at the other end of the wire meets them. */

const sitesOf = ({ publicUrl, deskUrl, opsUrl }: TestServer): Readonly<Record<string, string>> => ({ public: publicUrl, desk: deskUrl, operations: opsUrl });
const head = (url: string): string => `Host: ${new URL(url).host}\r\n`;

/** Resolves with what came and how it ended; `still` where it stands after so many seconds. */
function watch(url: string, bytes: string, seconds: number): Promise<{ ended: boolean; after: number; said: string }> {
  const { hostname, port } = new URL(url);
  const begun = performance.now();
  let said = '';
  return new Promise((resolve) => {
    const socket: Socket = connect(Number(port), hostname, () => socket.write(bytes));
    const done = (ended: boolean): void => {
      resolve({ ended, after: performance.now() - begun, said });
      socket.destroy();
    };
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      said += chunk;
    });
    socket.on('close', () => done(true)).on('error', () => undefined);
    setTimeout(() => done(false), seconds * 1_000);
  });
}

async function listenerBehind(t: Test, behindProxy: boolean): Promise<string> {
  const server = createListener((_request, response) => response.end('x'), { behindProxy });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

t.test('connections are counted: the 2,001st is turned away, and there is room again when one leaves', async (t) => {
  const url = await listenerBehind(t, false);
  const { hostname, port } = new URL(url);
  const open: Socket[] = [];
  t.teardown(() => open.forEach((socket) => void socket.destroy()));
  for (let count = 0; count < 2_000; count += 100) {
    await Promise.all(
      Array.from({ length: 100 }, () => new Promise<void>((resolve, reject) => open.push(connect(Number(port), hostname, resolve).on('error', reject)))),
    );
  }
  t.equal(await sendRaw(url, `GET / HTTP/1.1\r\n${head(url)}\r\n`).catch(() => ''), '', 'one too many');
  open.pop()?.destroy();
  const again = async (): Promise<string> => sendRaw(url, `GET / HTTP/1.1\r\n${head(url)}Connection: close\r\n\r\n`).catch(() => '');
  let answer = '';
  for (let tries = 0; tries < 100 && answer === ''; tries += 1) {
    answer = await again();
    if (answer === '') await sleep(50);
  }
  t.equal(statusOf(answer), 200, 'and room again');
});

t.test('headers have a number and a size, and a second Host hides behind no flood', async (t) => {
  const server = await openTestServer(t);
  for (const [name, url] of Object.entries(sitesOf(server))) {
    const many = (count: number): string => Array.from({ length: count }, (_, at) => `x-${at}: 1\r\n`).join('');
    const ask = async (more: string): Promise<number> => statusOf(await sendRaw(url, `GET /livez HTTP/1.1\r\n${head(url)}${more}Connection: close\r\n\r\n`));
    t.not(await ask(many(60)), 431, `${name}: sixty headers`);
    t.ok([400, 431].includes(await ask(`${many(120)}Host: zzcanary.test\r\n`)), `${name}: a second Host after 120 headers`);
    t.equal(await ask(`X: ${'x'.repeat(8_192)}\r\n`), 431, `${name}: more than 8,192 bytes`);
    for (const target of ['/a%5cb', '/a\\b', '/%2E%2e/a', '/a/../b', '/a/.', '/a%00', '/a;b', '//a', 'a', '*', '/a b', '/é']) {
      const answer = await sendRaw(url, `GET ${target} HTTP/1.1\r\n${head(url)}\r\n`);
      t.equal(statusOf(answer), 400, `${name}: ${target}`);
      t.match(answer, /\r\nConnection: close\r\n/i, `${name}: ${target} closes`);
    }
  }
});

t.test('nothing follows an answer that is the last one, or that is still being sent', async (t) => {
  const server = await openTestServer(t);
  for (const [name, url] of Object.entries(sitesOf(server))) {
    for (const request of [
      `TRACE / HTTP/1.1\r\n${head(url)}\r\nzzcanary`,
      `POST /livez HTTP/1.1\r\n${head(url)}Transfer-Encoding: chunked\r\n\r\n3\r\nzzcanary\r\n`,
    ]) {
      const answer = await sendRaw(url, request);
      t.equal(answer.split('HTTP/1.1 ').length, 2, `${name}: one answer to ${request.slice(0, 5)}`);
    }
  }
  const large = createListener((_request, response) => response.writeHead(200, { 'content-length': 4_000_000 }).end(Buffer.alloc(4_000_000, 'x')), {
    behindProxy: false,
  });
  await new Promise<void>((resolve) => large.listen(0, '127.0.0.1', resolve));
  t.teardown(() => large.close());
  const address = large.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const cut = await sendRaw(url, `GET / HTTP/1.1\r\n${head(url)}\r\nzzcanary\r\n\r\n`).catch(() => '');
  t.notMatch(cut.slice(20), /HTTP\/1\.1/, 'no second answer in the middle of the first');
});

t.test('bodies have a size by what they are for', async (t) => {
  const server = await openTestServer(t, { ONRECORD_PREVIEW_LINKS: 'yes' });
  await hire(server.office, 'ada', 'author');
  const ada = await signedIn(server, 'ada');
  const token = field(await ada.get('/desk'), '_csrf');
  const created = await ada.post('/desk/statements', { _csrf: token, template: 'holding' });
  const id = /statements\/(\w+)\//.exec(created.headers.get('location') ?? '')?.[1] ?? '';
  const send = async (path: string, size: number): Promise<number> =>
    (await ada.post(path, { _csrf: token, pad: 'x'.repeat(size) }, { accept: 'application/json' })).status;
  const one = `/desk/statements/${id}`;
  for (const path of [
    '/desk/sign-in',
    '/desk/language',
    '/desk/statements',
    `${one}/submission`,
    `${one}/comments`,
    `${one}/preview-links`,
    '/desk/flash',
    '/desk/freeze',
  ])
    t.same([(await send(path, 60_000)) === 413, await send(path, 66_000)], [false, 413], path);
  for (const path of [`${one}/draft`, `${one}/findings`, `${one}/findings/A-1`, '/desk/sign-in/again', '/desk/step-up'])
    t.same([(await send(path, 900_000)) === 413, await send(path, 1_050_000)], [false, 413], path);
});

t.test('forms and JSON have a depth and a number of fields; types that nobody asked for are not read', async (t) => {
  const server = await openTestServer(t);
  const post = async (type: string, body: string): Promise<number> =>
    (
      await fetch(`${server.deskUrl}/desk/language`, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin: server.deskUrl, 'content-type': type, accept: 'application/json' },
        body,
      })
    ).status;
  const [json, form] = ['application/json', 'application/x-www-form-urlencoded'];
  const fields = (count: number): string => ['language=en', ...Array.from({ length: count - 1 }, (_, at) => `k${at}=1`)].join('&');
  t.equal(await post(form, fields(200)), 303);
  t.equal(await post(form, fields(201)), 400);
  const deep = (depth: number): string => `{"language":"en","a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
  t.equal(await post(json, deep(20)), 303);
  t.equal(await post(json, deep(21)), 400);
  for (const body of ['{"language":"en","__proto__":{"a":1}}', '{"language":"en","constructor":{"prototype":{"a":1}}}', '{"language":"en"', ''])
    t.equal(await post(json, body), 400, body);
  for (const type of ['text/plain', 'text/html', 'multipart/form-data; boundary=x', 'application/xml', 'application/octet-stream'])
    t.equal(await post(type, 'language=en'), 415, type);
});

t.test('addresses are exact: 80 characters of a parameter, no other case, no slash at the end', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'author');
  const ada = await signedIn(server, 'ada');
  const code = async (path: string): Promise<string> => JSON.parse((await ada.get(path, { accept: 'application/json' })).text).code;
  t.equal(await code(`/desk/statements/${'a'.repeat(80)}`), 'statement_unknown');
  const long = await ada.get(`/desk/statements/${'a'.repeat(81)}`);
  t.same([long.status, long.text, long.headers.get('x-content-type-options')], [400, 'Bad Request\n', 'nosniff']);
  for (const path of ['/desk/Account', '/desk/account/', '/Desk/account']) t.equal(await code(path), 'not_found', path);
  const asker = openAsker(server.publicUrl, new URL(server.publicUrl).host);
  const missing = await asker.ask({ method: 'GET', path: '/nowhere' });
  for (const path of ['/METHODS', `/${'a'.repeat(4_000)}`, '/statements/2026-9999', '/%F0%9F%92%A3']) {
    const answer = await asker.ask({ method: 'GET', path });
    t.equal(differenceOf(missing, answer), null, `${path.slice(0, 40)}: the same bytes as any other address that leads nowhere`);
  }
  asker.close();
  for (const [name, url] of Object.entries(sitesOf(server))) {
    const answer = await sendRaw(url, `GET /%zz HTTP/1.1\r\n${head(url)}Connection: close\r\n\r\n`);
    t.notMatch(answer, /zz|Error|fastify/i, `${name}: an address that cannot be decoded`);
  }
});

t.test('every answer of the desk carries its headers, and none says what made it', async (t) => {
  const server = await openTestServer(t, { ONRECORD_DESK_URL: 'https://desk.test', ONRECORD_TRUST_PROXY: '127.0.0.1', ONRECORD_PREVIEW_LINKS: 'yes' });
  const asker = openAsker(server.deskUrl, 'desk.test', 2);
  const proxied = { 'x-forwarded-proto': 'https' };
  const expected = {
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'strict-transport-security': 'max-age=63072000',
    'cache-control': 'private, no-store',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'x-frame-options': 'DENY',
  };
  const questions = [
    ...['/desk', '/desk/sign-in', '/desk/nowhere', '/nowhere', '/desk/statements/aaaaaaaaaaaa/preview/en', `/desk/preview-links/${'a'.repeat(43)}`].map(
      (path) => ({ method: 'GET', path }),
    ),
    { method: 'POST', path: '/desk/sign-in', body: 'name=a' },
    { method: 'DELETE', path: '/desk' },
    { method: 'POST', path: '/desk/language', body: 'language=en' },
  ];
  for (const { method, path, ...rest } of questions) {
    const { headers } = await asker.ask({
      method,
      path,
      headers: { ...proxied, 'content-type': 'application/x-www-form-urlencoded', origin: 'https://desk.test' },
      ...rest,
    });
    const lines = new Map(headers.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]));
    // The preview alone is framed, by the desk itself.
    const wanted = { ...expected, ...(path.endsWith('/preview/en') && { 'x-frame-options': 'SAMEORIGIN' }) };
    for (const [name, value] of Object.entries(wanted)) t.equal(lines.get(name)?.split(';')[0], value.split(';')[0], `${method} ${path}: ${name}`);
    t.match(lines.get('content-security-policy'), /^default-src 'none';.*base-uri 'none'/, `${method} ${path}: its policy`);
    t.notOk(lines.has('server') || lines.has('x-powered-by') || lines.has('access-control-allow-origin'), `${method} ${path}: nothing more`);
    if (path === '/desk/language') t.match(lines.get('set-cookie'), /^__Host-desk-language=en; Max-Age=31536000; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    else t.notOk(lines.has('set-cookie'), `${method} ${path}: no cookie`);
  }
  asker.close();
});

t.test('no header of a request makes anybody somebody else', async (t) => {
  const server = await openTestServer(t, {}, { perAddress: 3, overall: 300 });
  const attempt = async (at: number): Promise<number> =>
    (
      await openBrowser(server).post(
        '/desk/sign-in',
        { name: 'ada', password: 'x', code: '1' },
        { 'x-forwarded-for': `10.0.0.${at}`, forwarded: `for=10.0.0.${at}`, 'x-real-ip': `10.0.0.${at}` },
      )
    ).status;
  const statuses: number[] = [];
  for (let at = 0; at < 5; at += 1) statuses.push(await attempt(at));
  t.same(statuses, [401, 401, 401, 429, 429], 'without a proxy an address is that of the connection');
});

// These wait for ten seconds and for fifteen: side by side, and last, since whatever comes behind them would be run so as well.
t.jobs = 2;

t.test('whoever waits is ended: headers first, then bodies, then idle connections; behind a proxy they stay', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'author');
  const ada = await signedIn(server, 'ada');
  const cookie = `Cookie: onrecord=${ada.cookies.get('onrecord')}\r\nOrigin: ${server.deskUrl}\r\n`;
  const [direct, proxied] = [await listenerBehind(t, false), await listenerBehind(t, true)];
  const body = 'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nname=';
  const whole = (url: string): string => `GET / HTTP/1.1\r\n${head(url)}\r\n`;
  const patience = 11.8;
  const seen = Object.fromEntries(
    await Promise.all(
      Object.entries({
        ...Object.fromEntries(Object.entries(sitesOf(server)).map(([name, url]) => [`headers, ${name}`, [url, `GET / HTTP/1.1\r\n${head(url)}X-Slow: `]])),
        ...Object.fromEntries(Object.entries(sitesOf(server)).map(([name, url]) => [`nothing, ${name}`, [url, '']])),
        'half a line, operations': [server.opsUrl, 'GET /livez HTT'],
        'no host, public': [server.publicUrl, 'GET / HTTP/1.1\r\n'],
        'body, nobody': [server.deskUrl, `POST /desk/sign-in HTTP/1.1\r\n${head(server.deskUrl)}Origin: ${server.deskUrl}\r\n${body}`],
        'body, signed in': [server.deskUrl, `POST /desk/statements HTTP/1.1\r\n${head(server.deskUrl)}${cookie}${body}`],
        'body, public': [server.publicUrl, `POST / HTTP/1.1\r\n${head(server.publicUrl)}${body}`],
        'idle, direct': [direct, whole(direct)],
        'idle, behind a proxy': [proxied, whole(proxied)],
      } as const).map(async ([name, [url = '', bytes = '']]) => [name, await watch(url, bytes, patience)] as const),
    ),
  );
  for (const name of Object.keys(seen)) t.equal(seen[name]?.ended, name !== 'idle, behind a proxy', name);
  for (const name of ['public', 'desk', 'operations']) t.equal(statusOf(seen[`headers, ${name}`]?.said ?? ''), 408, `headers, ${name}`);
  for (const name of ['half a line, operations', 'no host, public']) t.equal(statusOf(seen[name]?.said ?? ''), 408, name);
  // Both stand at ten seconds.
  for (const name of ['body, nobody', 'body, signed in'])
    t.ok([408, 503].includes(statusOf(seen[name]?.said ?? '')), `${name}: cut by the listener or by the limit of its handler`);
  t.equal(statusOf(seen['body, public']?.said ?? ''), 405, 'the public site waits for no body');
  t.match(seen['idle, direct']?.said, /Keep-Alive: timeout=5\r\n/);
  t.match(seen['idle, behind a proxy']?.said, /Keep-Alive: timeout=75\r\n/);
  const after = (name: string): number => seen[name]?.after ?? 0;
  t.ok(after('headers, desk') < after('body, signed in') && after('body, public') < after('headers, desk'), 'in that order');
});

t.test(
  'a reader who leaves an answer lying is cut off, and so is a request that nothing answers for fifteen seconds; one who reads slowly but steadily is not',
  async (t) => {
    const megabytes = Buffer.alloc(32 * 1024 * 1024, 'x');
    const server = createListener(({ url }, response) => url === '/never' || response.end(megabytes), { behindProxy: true });
    const served = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      served.add(socket);
      socket.once('close', () => served.delete(socket));
    });
    server.listen({ host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
    t.teardown(() => server.close());
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const ask = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const forgotten = connect(port, '127.0.0.1', () => forgotten.write('GET /never HTTP/1.1\r\nHost: localhost\r\n\r\n'));
    const begun = performance.now();
    const givenUp = new Promise<number>((resolve) => forgotten.once('close', () => resolve(performance.now() - begun)));
    const lazy = connect(port, '127.0.0.1', () => lazy.write(ask));
    const steady = connect(port, '127.0.0.1', () => steady.write(ask));
    let taken = 0;
    lazy.pause();
    steady.on('data', (chunk: Buffer) => {
      taken += chunk.length;
      steady.pause();
    });
    // Both keep the connection from idling: a byte now and then is all that a timeout looks at.
    const drip = setInterval(() => {
      if (lazy.writable) lazy.write('\r\n');
      steady.resume();
    }, 100);
    t.teardown(() => clearInterval(drip));
    const cut = new Promise((resolve) => lazy.once('close', resolve));
    lazy.on('error', () => undefined);
    steady.on('error', () => undefined);
    const resumed = setTimeout(() => lazy.resume(), 14_000);
    await cut;
    clearTimeout(resumed);
    t.notOk(lazy.bytesRead >= megabytes.length, 'it never got the rest');
    const after = await givenUp;
    t.ok(after > 13_000 && after < 30_000, `${after} ms`);
    t.ok(taken > 0 && taken < megabytes.length);
    // Asked at the server: what lies in the kernel still comes after a cut.
    const left = [...served].filter(({ destroyed }) => !destroyed);
    t.same(
      left.map(({ remotePort }) => remotePort),
      [steady.localPort],
      'only the steady one is still served',
    );
    steady.destroy();
  },
);
