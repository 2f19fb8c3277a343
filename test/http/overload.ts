import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { openFirstDraft } from '../../src/desk/draft.ts';
import { decoyPassword, isPassword } from '../../src/desk/password.ts';
import { firstContent } from '../../src/desk/template.ts';
import { hire, passwordOf } from '../support/accounts.ts';
import { amina } from '../support/people.ts';
import { until } from '../support/place.ts';
import { credentials, field, openTestServer, signedIn } from '../support/test-server.ts';

/** What happens when more is asked than can be done: what matters goes first, what can wait is told so. */

const costly = decoyPassword({ N: 2 ** 14, r: 8, p: 1 });

t.test('a flood of strangers at the door does not keep a signed-in person from proving presence', async (t) => {
  const order: string[] = [];
  const strangers = Array.from({ length: 40 }, () =>
    isPassword('anything at all here', costly).then(
      () => order.push('stranger'),
      () => order.push('refused'),
    ),
  );
  const person = isPassword('anything at all here', costly, 'person').then(() => order.push('person'));
  await Promise.all([...strangers, person]);
  t.same([order.filter((who) => who === 'refused').length, order.filter((who) => who === 'stranger').length], [18, 22]);
  t.ok(order.filter((who) => who !== 'refused').indexOf('person') < 6, 'those who wait come after');
});

/** A failed sign-in from another address of this machine. */
async function failFrom(deskUrl: string, address: string, name: string): Promise<number> {
  const body = new URLSearchParams({ name, password: 'not the password at all', code: '000000' }).toString();
  const { hostname, port, host } = new URL(deskUrl);
  const headers = { host, origin: deskUrl, 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) };
  const sent = request({ hostname, port, path: '/desk/sign-in', method: 'POST', headers, localAddress: address, agent: false });
  sent.end(body);
  const [response] = await once(sent, 'response');
  response.resume();
  return response.statusCode;
}

t.test('strangers from everywhere who fail shut out strangers, not the office that signed in today', async (t) => {
  const server = await openTestServer(t, {}, { perAddress: 5, overall: 12 });
  for (const id of ['amina', 'claire']) await hire(server.office, id, 'author');
  const amina = await signedIn(server, 'amina');
  for (let n = 0; n < 12; n += 1) t.equal(await failFrom(server.deskUrl, `127.0.0.${10 + n}`, 'nobody'), 401);
  t.equal(await failFrom(server.deskUrl, '127.0.0.99', 'nobody'), 429, 'one more stranger');
  server.clock.forward(31_000);
  await signedIn(server, 'claire');
  const page = await amina.get('/desk/step-up');
  t.equal((await amina.post('/desk/step-up', { _csrf: field(page, '_csrf'), password: passwordOf('amina'), code: '000000' })).status, 401, 'is looked at');
});

t.test('a stranger who fails in somebody’s name keeps them from signing in for a moment, and never from proving presence', async (t) => {
  const server = await openTestServer(t, {}, { perAddress: 50, overall: 500 });
  await hire(server.office, 'amina', 'author');
  const amina = await signedIn(server, 'amina');
  const _csrf = field(await amina.get('/desk/step-up'), '_csrf');
  const stepUp = async (wrong: { password?: string; code?: string } = {}): Promise<number> => {
    const { password, code } = { ...(await credentials(server, 'amina')), ...wrong };
    return (await amina.post('/desk/step-up', { _csrf, password, code })).status;
  };
  const waits = async (): Promise<boolean> => {
    const notBefore = (await server.office.people.find('amina'))?.failures.notBefore ?? null;
    return notBefore !== null && Date.parse(notBefore) > server.office.now();
  };
  for (let n = 0; n < 6; n += 1) {
    server.clock.forward(33_000);
    t.equal(await failFrom(server.deskUrl, '127.0.0.30', 'amina'), 401);
    await until(waits);
  }
  t.equal(await stepUp({ password: 'not the password at all' }), 401);
  await until(async () => (await server.office.people.find('amina'))?.failures.byStranger === undefined);
  t.equal(await stepUp(), 401, 'their own failure makes them wait');
  server.clock.forward(40_000);
  t.equal(await failFrom(server.deskUrl, '127.0.0.30', 'amina'), 401);
  await until(waits);
  t.equal(await stepUp(), 303, 'that of a stranger does not');
});

t.test('while the event loop is late, what can wait is refused; publishing and withdrawing are not', async (t) => {
  const server = await openTestServer(t, { ONRECORD_LANGUAGES: 'en' });
  for (const [id, ...roles] of [
    ['amina', 'author'],
    ['jonas', 'reviewer', 'publisher'],
  ] as const)
    await hire(server.office, id, ...roles);
  const content = firstContent(server.office, 'holding', { exercise: false });
  const { id } = await openFirstDraft(server.office, amina, 'abcdefgh0123456789', 'holding', content);
  const [author, publisher] = [await signedIn(server, 'amina'), await signedIn(server, 'jonas')];
  const _csrf = field(await publisher.get('/desk'), '_csrf');
  const preview = `/desk/statements/${id}/preview/en`;
  t.equal((await author.get(preview)).status, 200);

  // The thread stands still as if it worked, and takes nothing from what runs beside this test.
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  const hold = setInterval(() => Atomics.wait(nothing, 0, 0, 600), 1);
  t.teardown(() => clearInterval(hold));
  await sleep(2_500);
  const refused = await author.get(preview);
  t.same([refused.status, refused.headers.get('retry-after')], [503, '5']);
  t.equal((await fetch(`${server.publicUrl}/archive/2020/01`)).status, 503, 'nothing new is made for readers');
  t.equal((await fetch(`${server.publicUrl}/`)).status, 200, 'what is ready is answered');
  // Nobody has approved the text, and nothing is public yet: that is what they hear, not that the house is busy.
  for (const act of ['publication', 'withdrawal'])
    t.equal((await publisher.post(`/desk/statements/${id}/${act}`, { _csrf, revision: '1', version: '1' })).status < 500, true, act);
  clearInterval(hold);
  await sleep(2_500);
  t.equal((await author.get(preview)).status, 200, 'afterwards it is there again');
});
