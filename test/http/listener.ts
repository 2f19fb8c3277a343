import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import t from 'tap';
import { createListener } from '../../src/http/listener.ts';
import { until } from '../support/place.ts';
import { sendRaw, statusOf } from '../support/raw-socket.ts';
import { openBrowser, openTestServer } from '../support/test-server.ts';

t.test('every site refuses what is not the one canonical form, says nothing about it, and closes', async (t) => {
  const server = await openTestServer(t);
  const sites = { desk: server.deskUrl, operations: server.opsUrl, public: server.publicUrl };
  for (const [name, url] of Object.entries(sites)) {
    const { host } = new URL(url);
    const cases: Record<string, string> = {
      'HTTP/0.9': 'GET /desk/sign-in\r\n\r\n',
      'HTTP/1.0': `GET /desk/sign-in HTTP/1.0\r\nHost: ${host}\r\n\r\n`,
      'an absolute target': `GET http://${host}/desk/sign-in HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      'two hosts': `GET /desk/sign-in HTTP/1.1\r\nHost: ${host}\r\nHost: ${host}\r\n\r\n`,
      'no host': 'GET /desk/sign-in HTTP/1.1\r\n\r\n',
      'a strange host': 'GET /desk/sign-in HTTP/1.1\r\nHost: zzcanary.test\r\n\r\n',
      'an encoded dot': `GET /desk/%2e%2e/zzcanary HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      'an encoded slash': `GET /desk%2Fzzcanary HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      'two slashes': `GET //zzcanary HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      'a semicolon': `GET /desk;zzcanary HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      'a NUL': `GET /desk%00zzcanary HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      'both lengths': `POST /desk/sign-in HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      'a strange method': `ZZCANARY / HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      'an obsolete line fold': `GET / HTTP/1.1\r\nHost: ${host}\r\nX-A: b\r\n zzcanary\r\n\r\n`,
    };
    for (const [form, bytes] of Object.entries(cases)) {
      const answer = await sendRaw(url, bytes);
      t.equal(statusOf(answer), 400, `${name}: ${form}`);
      t.notMatch(answer, /zzcanary|node|fastify|at .*\.js/i, `${name}: ${form}`);
    }
    const large = await sendRaw(url, `GET / HTTP/1.1\r\nHost: ${host}\r\nX-Large: ${'x'.repeat(9_000)}\r\n\r\n`);
    t.equal(statusOf(large), 431, `${name}: large headers`);
  }
});

t.test('a connection nobody uses says how long it stays, longer behind a proxy', async (t) => {
  for (const [behindProxy, seconds] of [
    [false, 5],
    [true, 75],
  ] as const) {
    const listener = createListener((_request, response) => response.end('x'), { behindProxy });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const address: string | AddressInfo | null = listener.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { headers } = await fetch(`http://127.0.0.1:${port}/`);
    t.equal(headers.get('keep-alive'), `timeout=${seconds}`);
    t.match(listener, { maxConnections: 2_000, maxHeadersCount: 100, headersTimeout: 5_000, requestTimeout: 10_000 });
    listener.closeAllConnections();
    await new Promise((resolve) => listener.close(resolve));
  }
});

t.test('bodies stay within their limits; text is not parsed, nor what poisons prototypes', async (t) => {
  const server = await openTestServer(t);
  const browser = openBrowser(server);
  const large = await browser.post('/desk/sign-in', { name: 'ada', password: 'x'.repeat(70_000), code: '1' }, { accept: 'application/json' });
  t.same([large.status, JSON.parse(large.text).code], [413, 'too_long']);
  const send = (type: string, body: string) =>
    fetch(`${server.deskUrl}/desk/sign-in`, { method: 'POST', headers: { origin: server.deskUrl, 'content-type': type, accept: 'application/json' }, body });
  t.equal((await send('text/plain', 'name=ada')).status, 415);
  t.equal((await send('application/json', '{"__proto__":{"x":1}}')).status, 400);
  t.equal((await send('application/json', '{"constructor":{"prototype":{}}}')).status, 400);
  t.equal((await send('application/json', `${'['.repeat(30)}${']'.repeat(30)}`)).status, 400);
  t.equal((await send('application/json', JSON.stringify(Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`k${at}`, 1]))))).status, 400);
  t.equal((await send('application/json', '{"name":')).status, 400);
});

t.test('paths are exact: no other case, no trailing slash, no long parameter', async (t) => {
  const server = await openTestServer(t);
  const browser = openBrowser(server);
  for (const path of ['/DESK/sign-in', '/desk/sign-in/', `/desk/statements/${'a'.repeat(81)}`]) t.not((await browser.get(path)).status, 200, path);
});

t.test('operations answer three addresses and no other', async (t) => {
  const server = await openTestServer(t);
  const get = async (path: string) => {
    const response = await fetch(`${server.opsUrl}${path}`);
    return { status: response.status, text: await response.text() };
  };
  t.same(await get('/livez'), { status: 200, text: '{"live":true}\n' });
  t.same(JSON.parse((await get('/readyz')).text), { ready: true, reasons: [], warnings: [] });
  t.match((await get('/metrics')).text, /onrecord_public_answers_total/);
  for (const path of ['/', '/toString', '/__proto__', '/desk']) t.equal((await get(path)).status, 404, path);
});

t.test('while it ends it is not ready any more', async (t) => {
  const server = await openTestServer(t);
  const ending = server.close(500);
  const response = await fetch(`${server.opsUrl}/readyz`);
  t.equal(response.status, 503);
  t.match(await response.json(), { ready: false, reasons: ['ending'] });
  await ending;
  await t.rejects(fetch(`${server.publicUrl}/`));
});

t.test('a server that ends does not wait for who never asked; who asked is answered', async (t) => {
  const answers: string[] = [];
  const [listener, asked] = await new Promise<[Server, ServerResponse]>((resolve) => {
    const opened = createListener((_request, response) => resolve([opened, response]), { behindProxy: true });
    opened.listen(0, '127.0.0.1', () => {
      const { port } = opened.address() as AddressInfo;
      connect(port, '127.0.0.1', function (this: Socket) {
        this.on('data', (chunk) => answers.push(chunk.toString())).write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      });
    });
  });
  const { port } = listener.address() as AddressInfo;
  const silent = connect(port, '127.0.0.1').resume();
  await once(listener, 'connection');
  const left = once(silent, 'close');
  const begun = performance.now();
  const ended = new Promise<void>((resolve) => listener.close(() => resolve()));
  await left;
  t.ok(performance.now() - begun < 10_000, 'sooner than one is given up that keeps still while all is open');
  t.notOk(asked.destroyed);
  asked.setHeader('connection', 'close').end('here you are');
  await Promise.all([ended, until(async () => answers.join('').includes('here you are'))]);
});

t.test('a crowd of requests in one packet is cut, and no more of it is answered than people send; one after the other, there is no limit', async (t) => {
  let answered = 0;
  const listener = createListener(
    (_request, response) => {
      answered += 1;
      response.end('x');
    },
    { behindProxy: false },
  );
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  t.teardown(() => listener.close());
  const { port } = listener.address() as AddressInfo;
  const one = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';

  const crowd = connect(port, '127.0.0.1');
  const isCut = new Promise<void>((resolve) => crowd.once('close', () => resolve()));
  crowd.on('error', () => undefined).resume();
  crowd.write(one.repeat(1_000));
  await isCut;
  t.ok(answered <= 16, `${answered} of 1,000`);

  answered = 0;
  const patient = connect(port, '127.0.0.1');
  let text = '';
  patient.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    if (!text.endsWith('x')) return;
    text = '';
    if (answered < 60) patient.write(one.repeat(4));
    else patient.destroy();
  });
  patient.write(one);
  await new Promise<void>((resolve) => patient.once('close', () => resolve()));
  t.ok(answered >= 60, `${answered} one after the other`);
});
