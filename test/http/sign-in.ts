import t from 'tap';
import { disablePerson, setRoles } from '../../src/desk/person.ts';
import { refuse } from '../../src/errors.ts';
import { codeOf, hire, passwordOf } from '../support/accounts.ts';
import { credentials, field, openBrowser, openTestServer, signedIn } from '../support/test-server.ts';

const minute = 60_000;

t.test('a person signs in with name, password and code, lands where they were going, and signs out', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'author');
  const browser = openBrowser(server);
  const away = await browser.get('/desk/statements/new');
  t.equal(away.status, 303);
  t.equal(away.headers.get('location'), '/desk/sign-in?next=%2Fdesk%2Fstatements%2Fnew');
  const form = await browser.get(away.headers.get('location') ?? '');
  t.equal(form.status, 200);
  t.equal(form.headers.getSetCookie().length, 0, 'nobody gets a cookie for looking');
  const entered = await browser.post('/desk/sign-in', { ...(await credentials(server, 'ada')), next: field(form, 'next') });
  t.equal(entered.status, 303);
  t.equal(entered.headers.get('location'), '/desk/statements/new');
  const desk = await browser.get('/desk');
  t.equal(desk.status, 200);
  const left = await browser.post('/desk/sign-out', { _csrf: field(desk, '_csrf') });
  t.equal(left.headers.get('location'), '/desk/sign-in');
  t.equal((await browser.get('/desk')).status, 303);
});

t.test('whatever was wrong, the answer is the same', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'author');
  await hire(server.office, 'ben', 'author');
  await disablePerson(server.office, 'ben');
  const right = await credentials(server, 'ada');
  const attempts = [
    { ...right, name: 'nobody' },
    { ...right, name: '../../etc' },
    { ...right, code: '000000' },
    { ...right, password: 'another heron and a lantern' },
    await credentials(server, 'ben'),
  ];
  const answers = [];
  for (const attempt of attempts) answers.push(await openBrowser(server).post('/desk/sign-in', attempt));
  t.same(new Set(answers.map(({ status }) => status)), new Set([401]));
  t.equal(new Set(answers.map(({ text }) => text)).size, 1);
  t.ok(answers.every(({ headers }) => headers.getSetCookie().length === 0));
});

t.test('next leads to pages of the desk and nowhere else', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'author');
  for (const next of ['https://evil.test/', '//evil.test', '/desk//evil.test', '/desk/../x', '/desk\\evil', '/other', 'javascript:alert(1)', '/desk/x\r\ny']) {
    const shown = await openBrowser(server).get(`/desk/sign-in?next=${encodeURIComponent(next)}`);
    t.equal(field(shown, 'next'), '/desk', next);
    const entered = await openBrowser(server).post('/desk/sign-in', { ...(await credentials(server, 'ada')), next });
    t.equal(entered.headers.get('location'), '/desk', next);
    server.clock.forward(minute);
  }
});

t.test('a request that does not come from the desk changes nothing, signed in or not', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'author');
  const outside: Record<string, string>[] = [
    { origin: 'https://evil.test' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'null' },
  ];
  const ada = await signedIn(server, 'ada');
  const token = field(await ada.get('/desk'), '_csrf');
  for (const headers of outside) {
    t.equal((await openBrowser(server).post('/desk/sign-in', await credentials(server, 'ada'), headers)).status, 403, JSON.stringify(headers));
    t.equal((await ada.post('/desk/sign-out', { _csrf: token }, headers)).status, 403, JSON.stringify(headers));
  }
  t.equal((await ada.get('/desk')).status, 200);
});

t.test('a form with an old token is kept and offered again, not lost and not carried out', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'author');
  const ada = await signedIn(server, 'ada');
  const kept = await ada.post('/desk/statements', { _csrf: 'of-another-session', template: 'holding' });
  t.equal(kept.status, 403);
  t.equal((await server.office.store.list()).length, 0);
  t.equal(field(kept, 'template'), 'holding');
  const sent = await ada.post('/desk/statements', { _csrf: field(kept, '_csrf'), template: field(kept, 'template') });
  t.equal(sent.status, 303);
  t.equal((await server.office.store.list()).length, 1);
});

t.test('a form sent after the session ended survives the sign-in, byte for byte', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'author');
  const ada = await signedIn(server, 'ada');
  const token = field(await ada.get('/desk'), '_csrf');
  server.clock.forward(16 * minute);
  const text = '\n« Données » "volées" <b>&amp;\n\n  fin ';
  const asked = await ada.post('/desk/statements/abcdefgh/draft', { _csrf: token, 'texts.fr.known': text, password: 'must not stay in a page' });
  t.equal(asked.status, 401);
  t.notMatch(asked.text, 'must not stay');
  const again = { carried: field(asked, 'carried'), carriedTo: field(asked, 'carriedTo') };
  const wrong = await ada.post('/desk/sign-in/again', { ...again, name: 'ada', password: 'wrong wrong wrong wrong', code: '123456' });
  t.equal(wrong.status, 401);
  t.equal(field(wrong, 'carried'), again.carried, 'a wrong password loses nothing either');
  await server.office.people.edit('ada', (ada) => ada ?? refuse('person_unknown', 'nobody'));
  server.clock.forward(2_000);
  const entered = await ada.post('/desk/sign-in/again', { ...again, ...(await credentials(server, 'ada')) });
  t.equal(entered.status, 200);
  t.match(entered.text, 'action="/desk/statements/abcdefgh/draft"');
  t.equal(field(entered, 'texts.fr.known'), text);
});

t.test('proof of presence takes a new code and keeps the session, under a new id and with the same end', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'author');
  const code = await codeOf(server.office, 'ada');
  const ada = openBrowser(server);
  await ada.post('/desk/sign-in', { name: 'ada', password: passwordOf('ada'), code });
  const before = ada.cookies.get('onrecord');
  const page = await ada.get('/desk/step-up');
  const form = { _csrf: field(page, '_csrf'), password: passwordOf('ada') };
  t.equal((await ada.post('/desk/step-up', { ...form, code })).status, 401, 'a used code');
  server.clock.forward(minute);
  const proved = await ada.post('/desk/step-up', { ...form, code: await codeOf(server.office, 'ada'), next: '/desk/statements/new' });
  t.equal(proved.status, 303);
  t.equal(proved.headers.get('location'), '/desk/statements/new');
  t.not(ada.cookies.get('onrecord'), before);
  const old = openBrowser(server);
  old.cookies.set('onrecord', before ?? '');
  t.equal((await old.get('/desk')).status, 303, 'the old id is dead');
});

t.test('failures from one address are limited; a right sign-in is not counted', async (t) => {
  const server = await openTestServer(t, {}, { perAddress: 5, overall: 300 });
  await hire(server.office, 'ada', 'author');
  for (let round = 0; round < 8; round += 1) {
    t.equal((await openBrowser(server).post('/desk/sign-in', await credentials(server, 'ada'))).status, 303);
    server.clock.forward(minute);
  }
  for (let round = 0; round < 5; round += 1) t.equal((await openBrowser(server).post('/desk/sign-in', { name: 'x', password: 'y', code: 'z' })).status, 401);
  const refused = await openBrowser(server).post('/desk/sign-in', await credentials(server, 'ada'));
  t.equal(refused.status, 429);
  t.ok(refused.headers.has('retry-after'));
});

t.test('a change of rights ends the session; roles are those of this instant', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'author');
  const ada = await signedIn(server, 'ada');
  t.equal((await ada.get('/desk')).status, 200);
  await setRoles(server.office, 'ada', ['auditor']);
  t.equal((await ada.get('/desk')).status, 303);
});

t.test('programs get codes instead of pages', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'author');
  const json = { accept: 'application/json' };
  const nobody = await openBrowser(server).get('/desk', json);
  t.same([nobody.status, JSON.parse(nobody.text)], [401, { code: 'not_signed_in', issues: [] }]);
  const ada = await signedIn(server, 'ada');
  const missing = await ada.get('/desk/nothing-here', json);
  t.same([missing.status, JSON.parse(missing.text).code], [404, 'not_found']);
  const token = await ada.post('/desk/statements', { template: 'holding' }, json);
  t.same([token.status, JSON.parse(token.text).code], [403, 'csrf']);
});

t.test('the desk speaks the language that a person chose', async (t) => {
  const server = await openTestServer(t);
  const browser = openBrowser(server);
  t.match((await browser.get('/desk/sign-in')).text, '<html lang="fr">');
  const chosen = await browser.post('/desk/language', { language: 'en', next: '/desk/sign-in' });
  t.equal(chosen.headers.get('location'), '/desk/sign-in');
  t.match((await browser.get('/desk/sign-in')).text, '<html lang="en">');
  t.equal((await browser.post('/desk/language', { language: 'xx' })).status, 400);
});

t.test('refusals of a signed-in person are remembered; those of strangers are not', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'auditor');
  await openBrowser(server).get('/desk/nothing-here');
  const ada = await signedIn(server, 'ada');
  await ada.get('/desk/nothing-here');
  t.match(await server.office.outbox.refusals(null, 10), [{ by: 'ada', code: 'not_found', statement: null }]);
});

t.test('a first visit is in the language the browser asks for, and the person’s own choice comes before it', async (t) => {
  const server = await openTestServer(t);
  const languageOf = async (headers: Record<string, string>): Promise<string | undefined> =>
    /<html lang="(\w+)"/.exec((await openBrowser(server).get('/desk/sign-in', headers)).text)?.[1];
  t.equal(await languageOf({ 'accept-language': 'en-GB,en;q=0.9' }), 'en');
  t.equal(await languageOf({ 'accept-language': 'de,fr;q=0.8,en;q=0.5' }), 'fr');
  t.equal(await languageOf({ 'accept-language': 'de' }), 'fr');
  t.equal(await languageOf({ 'accept-language': 'fr', cookie: 'desk-language=en' }), 'en');
});

t.test('a program that sends what no form can hold gets a clean refusal; what a form can hold is kept', async (t) => {
  const server = await openTestServer(t);
  await hire(server.office, 'ada', 'author');
  const { cookies } = await signedIn(server, 'ada');
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const body = JSON.stringify({ _csrf: ['x', { x: 1 }, null], title: ['kept', { toString: 1 }, null], revision: { toString: 1 } });
  for (const path of ['/desk/statements', '/desk/statements/1a2bd0789c3139ac387e/draft', '/desk/nowhere/']) {
    const answer = await fetch(server.deskUrl + path, {
      method: 'POST',
      headers: { cookie, origin: server.deskUrl, 'content-type': 'application/json' },
      body,
    });
    t.equal(answer.status, 403, path);
    const text = await answer.text();
    t.match(text, /name="title">\nkept<\/textarea>/, path);
    t.notMatch(text, /object Object|name="revision"/, path);
  }
});
