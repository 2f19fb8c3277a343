import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { resetPerson } from '../../src/desk/person.ts';
import { hire, quickCost } from '../support/accounts.ts';
import { credentials, field, openBrowser, openTestServer, signedIn } from '../support/test-server.ts';

const minute = 60_000;

t.test('a session ends after 15 minutes without a request, and after 8 hours in any case', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'author');
  const idle = await signedIn(server, 'ada');
  server.clock.forward(14 * minute);
  t.equal((await idle.get('/desk')).status, 200);
  server.clock.forward(14 * minute);
  t.equal((await idle.get('/desk')).status, 200, 'a request keeps it alive');
  server.clock.forward(15 * minute + 1);
  t.equal((await idle.get('/desk')).status, 303);
  const busy = await signedIn(server, 'ada');
  for (let passed = 0; passed < 8 * 60; passed += 10) {
    t.equal((await busy.get('/desk')).status, 200, `after ${passed} minutes`);
    server.clock.forward(10 * minute);
  }
  server.clock.forward(1);
  t.equal((await busy.get('/desk')).status, 303);
});

t.test('requests that a timer sends do not keep a session alive', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'author');
  const ada = await signedIn(server, 'ada');
  for (let round = 0; round < 3; round += 1) {
    server.clock.forward(5 * minute);
    t.equal((await ada.get('/desk', { 'x-onrecord-passive': '1' })).status, 200);
  }
  server.clock.forward(1);
  t.equal((await ada.get('/desk')).status, 303);
});

t.test('the cookie is HttpOnly and strict; its value is nowhere on disk', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'author');
  const browser = openBrowser(server);
  const entered = await browser.post('/desk/sign-in', await credentials(server, 'ada'));
  const [line = ''] = entered.headers.getSetCookie();
  t.match(line, /^onrecord=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  const stored = await readFile(join(server.directory, 'people/_sessions.json'), 'utf8');
  t.notMatch(stored, browser.cookies.get('onrecord') ?? 'no cookie');
});

t.test('behind TLS the cookie is bound to host and https, and without https there is none', async (t) => {
  const server = await openTestServer(t, { ONRECORD_DESK_URL: 'https://desk.test', ONRECORD_TRUST_PROXY: '127.0.0.1' });
  await hire(server.office, 'ada', 'author');
  const proxied = { origin: server.deskUrl.replace('http:', 'https:'), 'x-forwarded-proto': 'https' };
  const entered = await openBrowser(server).post('/desk/sign-in', await credentials(server, 'ada'), proxied);
  t.equal(entered.status, 303);
  t.match(entered.headers.getSetCookie()[0], /^__Host-onrecord=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
  t.ok(entered.headers.has('strict-transport-security'));
  server.clock.forward(minute);
  const plain = await openBrowser(server).post('/desk/sign-in', await credentials(server, 'ada'), { origin: proxied.origin });
  t.equal(plain.headers.getSetCookie().length, 0);
});

t.test('an id that somebody else chose is not taken over at sign-in', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'author');
  const planted = 'A'.repeat(43);
  const browser = openBrowser(server);
  browser.cookies.set('onrecord', planted);
  await browser.post('/desk/sign-in', await credentials(server, 'ada'));
  t.not(browser.cookies.get('onrecord'), planted);
  t.equal((await browser.get('/desk')).status, 200);
  const thief = openBrowser(server);
  thief.cookies.set('onrecord', planted);
  t.equal((await thief.get('/desk')).status, 303);
});

t.test('a token of one session is worth nothing in another', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'author');
  await hire(server.office, 'ben', 'author');
  const [ada, ben] = [await signedIn(server, 'ada'), await signedIn(server, 'ben')];
  const token = field(await ben.get('/desk'), '_csrf');
  t.equal((await ada.post('/desk/statements', { _csrf: token, template: 'holding' })).status, 403);
  t.equal((await server.office.store.list()).length, 0);
});

t.test('a session that ended while a request was running is not written back by it', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'author');
  const ada = await signedIn(server, 'ada');
  server.clock.forward(5 * minute);
  const running = Array.from({ length: 8 }, () => ada.get('/desk'));
  await resetPerson(server.office, 'ada', 'another heron and lantern', quickCost);
  await Promise.all(running);
  t.equal((await ada.get('/desk')).status, 303);
});

t.test('pages of the desk are private, and their policy is the promised one', async (t) => {
  const server = await openTestServer(t);
  const { headers } = await openBrowser(server).get('/desk/sign-in');
  t.equal(headers.get('cache-control'), 'private, no-store');
  t.equal(headers.get('server'), null);
  t.equal(
    headers.get('content-security-policy'),
    "default-src 'none';script-src 'self' 'wasm-unsafe-eval';worker-src 'self';connect-src 'self';img-src 'self';style-src 'self';form-action 'self';" +
      "frame-src 'self';base-uri 'none';frame-ancestors 'none';require-trusted-types-for 'script';trusted-types onrecord",
  );
});
