import { Writable } from 'node:stream';
import { type Logger, pino } from 'pino';
import t from 'tap';
import { z } from 'zod';
import { disablePerson } from '../../src/desk/person.ts';
import { formatVerifierKey } from '../../src/ledger/note.ts';
import { newSigningKey } from '../../src/ledger/signer.ts';
import { hire, passwordOf } from '../support/accounts.ts';
import { sendRaw, statusOf } from '../support/raw-socket.ts';
import { logSigner } from '../support/test-log.ts';
import { credentials, field, openBrowser, openTestServer, signedIn } from '../support/test-server.ts';

const minute = 60_000;

/** The whole of what a browser has to be told with an answer that is no page. */
const bare = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

const headersOf = (raw: string): Record<string, string> =>
  Object.fromEntries(
    (raw.split('\r\n\r\n', 1)[0] ?? '')
      .split('\r\n')
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );

const logTo = (lines: string[]): Logger =>
  pino(
    { level: 'info', base: null },
    new Writable({
      write: (chunk, _encoding, done) => {
        lines.push(String(chunk));
        done();
      },
    }),
  );

t.test('what is no page carries its headers too: operations, witness, and what is refused before it is looked at', async (t) => {
  const witness = {
    ONRECORD_WITNESS_PORT: '0',
    ONRECORD_WITNESS_KEY: newSigningKey(),
    ONRECORD_WITNESS_LOGS: `log ${formatVerifierKey(logSigner('other.agency.test'))}`,
  };
  const server = await openTestServer(t, witness);
  const { deskUrl, opsUrl, publicUrl, witnessUrl } = server;
  const get = (url: string, path: string): string => `GET ${path} HTTP/1.1\r\nHost: ${new URL(url).host}\r\nConnection: close\r\n\r\n`;
  for (const [url, path] of [
    ...['/livez', '/readyz', '/metrics', '/nothing'].map((path) => [opsUrl, path] as const),
    [witnessUrl ?? '', '/nothing'],
    [witnessUrl ?? '', '/add-checkpoint'],
  ] as const) {
    const raw = await sendRaw(url, get(url, path));
    t.ok(statusOf(raw) > 0, path);
    t.match(headersOf(raw), bare, path);
    t.match(headersOf(raw)['content-type'], /^(text\/plain; .*charset=utf-8|application\/json)$/, path);
  }
  for (const url of [deskUrl, opsUrl, publicUrl, witnessUrl ?? ''])
    for (const [name, bytes] of Object.entries({
      parser: 'NO SUCH THING\r\n\r\n',
      host: 'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
    })) {
      const raw = await sendRaw(url, bytes);
      t.equal(statusOf(raw), 400, name);
      const { 'content-security-policy': policy, ...rest } = headersOf(raw);
      t.match(policy, /^default-src 'none'.*frame-ancestors 'none'/, `${url} ${name}`);
      t.match(rest, { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' }, `${url} ${name}`);
    }
});

t.test('every answer of the desk carries its headers, whether it is a page, a file or a refusal; behind TLS for its subdomains as well', async (t) => {
  const server = await openTestServer(t, { ONRECORD_DESK_URL: 'https://desk.test', ONRECORD_TRUST_PROXY: '127.0.0.1' });
  const browser = openBrowser(server);
  const signIn = await browser.get('/desk/sign-in');
  const [file = ''] = /\/assets\/[^"]+\.css/.exec(signIn.text) ?? [];
  const answers = {
    page: signIn,
    file: await browser.get(file),
    redirect: await browser.get('/desk'),
    missing: await browser.get('/nothing'),
    'cross-site': await browser.post('/desk/sign-in', {}, { origin: 'https://evil.example' }),
    json: await browser.get('/desk', { accept: 'application/json' }),
  };
  for (const [name, { headers }] of Object.entries(answers)) {
    t.match(headers.get('content-security-policy'), /^default-src 'none';.*base-uri 'none';frame-ancestors 'none'/, name);
    t.equal(headers.get('strict-transport-security'), 'max-age=63072000; includeSubDomains', name);
    t.equal(headers.get('x-content-type-options'), 'nosniff', name);
    t.equal(headers.get('referrer-policy'), 'same-origin', name);
    t.ok(headers.has('permissions-policy') && headers.has('cross-origin-opener-policy'), name);
    t.equal(headers.get('server'), null, name);
  }
});

t.test('the language that a person chose is kept in a cookie bound to host and https, which no script reads', async (t) => {
  const server = await openTestServer(t, { ONRECORD_DESK_URL: 'https://desk.test', ONRECORD_TRUST_PROXY: '127.0.0.1' });
  const proxied = { origin: server.deskUrl.replace('http:', 'https:'), 'x-forwarded-proto': 'https' };
  const browser = openBrowser(server);
  const chosen = await browser.post('/desk/language', { language: 'en' }, proxied);
  t.match(chosen.headers.getSetCookie(), [/^__Host-desk-language=en; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Strict$/]);
  t.match((await browser.get('/desk/sign-in')).text, '<html lang="en">');
});

t.test('signing out ends the session for whoever holds its id, and clears what the browser keeps behind its back button', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'author');
  const ada = await signedIn(server, 'ada');
  const thief = openBrowser(server);
  thief.cookies.set('onrecord', ada.cookies.get('onrecord') ?? '');
  t.equal((await thief.get('/desk')).status, 200);
  const left = await ada.post('/desk/sign-out', { _csrf: field(await ada.get('/desk'), '_csrf') });
  t.equal(left.headers.get('clear-site-data'), '"cache"');
  t.equal((await thief.get('/desk')).status, 303);
});

t.test('an administrator ends every session of a person', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'author');
  await hire(server.office, 'oona', 'administrator');
  const [one, other, oona] = [await signedIn(server, 'ada'), await signedIn(server, 'ada'), await signedIn(server, 'oona')];
  const form = { _csrf: field(await oona.get('/desk/people/ada'), '_csrf') };
  t.equal((await oona.post('/desk/people/ada/sessions-end', form)).status, 303);
  t.same([(await one.get('/desk')).status, (await other.get('/desk')).status, (await oona.get('/desk')).status], [303, 303, 200]);
});

t.test('no site echoes a request, and an address that a stranger claims is not believed', async (t) => {
  const lines: string[] = [];
  const server = await openTestServer(t, {}, { perAddress: 2, overall: 300 }, logTo(lines));
  for (const url of [server.deskUrl, server.opsUrl, server.publicUrl]) {
    const raw = await sendRaw(url, `TRACE / HTTP/1.1\r\nHost: ${new URL(url).host}\r\nX-Canary: zzcanary\r\nConnection: close\r\n\r\n`);
    t.ok(statusOf(raw) >= 400 && statusOf(raw) < 500, url);
    t.notMatch(raw, /zzcanary/);
  }
  const fail = async (n: number) =>
    (await openBrowser(server).post('/desk/sign-in', { name: 'nobody', password: 'x', code: '1' }, { 'x-forwarded-for': `198.51.100.${n}` })).status;
  t.same([await fail(1), await fail(2), await fail(3)], [401, 401, 429]);
  t.match(
    lines.map((line) => JSON.parse(line)).filter(({ wrong }) => wrong),
    [{ address: '127.0.0.1' }, { address: '127.0.0.1' }],
  );
});

const Line = z.object({ msg: z.string(), person: z.string().nullish(), address: z.string().optional(), wrong: z.string().optional() });

t.test('each sign-in, proof of presence and sign-out is logged: who, from where, what was wrong, and no secret', async (t) => {
  const lines: string[] = [];
  const proxy = { ONRECORD_TRUST_PROXY: '127.0.0.1' };
  const server = await openTestServer(t, proxy, { perAddress: 100, overall: 300 }, logTo(lines));
  await hire(server.office, 'ada', 'author');
  await hire(server.office, 'ben', 'author');
  lines.length = 0;
  const from = { 'x-forwarded-for': '198.51.100.7' };
  const enter = async (id: string, change: Record<string, string> = {}) => {
    const browser = openBrowser(server);
    return {
      browser,
      code: (await credentials(server, id)).code,
      answer: await browser.post('/desk/sign-in', { ...(await credentials(server, id)), ...change }, from),
    };
  };
  const { browser: ada, code } = await enter('ada');
  await enter('ada', { name: 'zz\n{"msg":"signed in"}' });
  await enter('ada', { password: 'another heron and a lantern' });
  await enter('ada');
  server.clock.forward(minute);
  await enter('ada', { code: '000000' });
  await disablePerson(server.office, 'ben');
  await enter('ben');
  server.clock.forward(minute);
  const token = field(await ada.get('/desk'), '_csrf');
  await ada.post('/desk/step-up', { _csrf: token, ...(await credentials(server, 'ada')) }, from);
  const cookie = ada.cookies.get('onrecord') ?? '';
  t.match(cookie, /^[\w-]{43}$/);
  await ada.post('/desk/sign-out', { _csrf: field(await ada.get('/desk'), '_csrf') }, from);
  const told = lines.map((line) => Line.parse(JSON.parse(line)));
  t.strictSame(
    told.map(({ msg, person, wrong }) => [msg, person ?? null, wrong ?? null]),
    [
      ['signed in', 'ada', null],
      ['sign-in failed', null, 'name'],
      ['sign-in failed', 'ada', 'password'],
      ['sign-in failed', 'ada', 'too early'],
      ['sign-in failed', 'ada', 'code'],
      ['sign-in failed', 'ben', 'disabled'],
      ['presence proved', 'ada', null],
      ['signed out', 'ada', null],
    ],
  );
  t.ok(told.every(({ address }) => address === '198.51.100.7'));
  for (const secret of [passwordOf('ada'), 'another heron', code, cookie, 'zz']) t.notOk(lines.join('').includes(secret), secret);
});
