import fc from 'fast-check';
import t from 'tap';
import { comment } from '../../src/desk/comment.ts';
import { discard, openFirstDraft, openNextDraft, recall, saveText, submit } from '../../src/desk/draft.ts';
import { disablePerson } from '../../src/desk/person.ts';
import { makeLink, openLink, revokeLink } from '../../src/desk/preview-links.ts';
import { publish } from '../../src/desk/publish.ts';
import { redact, requestRedaction } from '../../src/desk/redact.ts';
import { approve } from '../../src/desk/review.ts';
import { withdraw } from '../../src/desk/withdraw.ts';
import { OnrecordError } from '../../src/errors.ts';
import { agentOf } from '../../src/http/preview-link-site.ts';
import type { Office } from '../../src/office.ts';
import type { Statement } from '../../src/statement/facts.ts';
import type { Actor } from '../../src/statement/guards.ts';
import type { Content } from '../../src/statement/schema.ts';
import { hire } from '../support/accounts.ts';
import { amina, claire, jonas } from '../support/people.ts';
import { sendRaw, statusOf } from '../support/raw-socket.ts';
import { draftOf, readyContent, seenOf, withText } from '../support/statements.ts';
import { field, openBrowser, openTestServer, signedIn, type TestServer } from '../support/test-server.ts';

/** One revision of a draft for one person outside: what the address shows, and everything that it must not. */

const minute = 60_000;
const paula: Actor = { id: 'paula', roles: ['publisher'], recent: true };
const wide = { perAddress: 100_000, overall: 100_000 };

async function open(t: Parameters<typeof openTestServer>[0], limits = wide, links = 'yes'): Promise<TestServer> {
  const server = await openTestServer(t, { ONRECORD_PREVIEW_LINKS: links, ONRECORD_LANGUAGES: 'en,fr' }, limits);
  for (const { id, roles } of [amina, claire, jonas, paula]) await hire(server.office, id, ...roles);
  await hire(server.office, 'tomas', 'administrator');
  return server;
}

const later = (office: Office, minutes: number): string => new Date(office.now() + minutes * minute).toISOString();
const contentOf = (office: Office, title: string): Content =>
  withText(readyContent({ awareAt: later(office, -60), nextUpdate: { type: 'by', at: later(office, 100) } }), {
    title,
    summary: `${title}. Nothing has been verified.`,
  });

const begin = (office: Office, title: string): Promise<Statement> =>
  openFirstDraft(office, amina, office.random(10).toString('hex'), 'holding', contentOf(office, title));

const linkTo = (office: Office, statement: Statement, recipient = 'Hélène Aubry', hours = 2): Promise<string> =>
  makeLink(office, claire, statement.id, office.random(12).toString('hex'), seenOf(statement), { recipient, reason: 'She asked.', hours });

type Answer = { status: number; text: string; headers: Record<string, string> };
async function look({ deskUrl }: TestServer, secret: string, options: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${deskUrl}/desk/preview-links/${secret}`, { redirect: 'manual', ...options });
  const { date: _date, ...headers } = Object.fromEntries(response.headers);
  return { status: response.status, text: await response.text(), headers };
}

async function publicNow(office: Office, statement: Statement): Promise<Statement> {
  const submitted = await submit(office, amina, statement.id, seenOf(statement));
  await approve(office, jonas, statement.id, seenOf(submitted));
  return publish(office, jonas, statement.id, seenOf(submitted), null);
}

t.test('a link shows the public preview of its revision, marked with its reader, and says nothing to anybody else', async (t) => {
  const server = await open(t);
  const { office } = server;
  const statement = await begin(office, 'Canary of Orval');
  const before = await office.store.read(statement.id);
  const secret = await linkTo(office, statement, '<b>Hélène</b> & "co"');
  t.match(secret, /^[\w-]{43}$/);
  const shown = await look(server, secret, { headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' } });
  t.equal(shown.status, 200);
  t.match(shown.text, 'Canary of Orval');
  t.match(shown.text, /Draft for &lt;b&gt;Hélène&lt;\/b&gt; &amp; &quot;co&quot;, revision 1\. Not public\. Expires on/);
  t.notMatch(shown.text, '<b>Hélène');
  t.match(shown.text, '<meta name="robots" content="noindex, nofollow, noarchive">');
  t.notMatch(shown.text, 'rel="canonical"');
  t.match(shown.headers, {
    'cache-control': 'private, no-store',
    'x-robots-tag': 'noindex, nofollow, noarchive',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'content-security-policy': /default-src 'none'.*form-action 'none'.*frame-ancestors 'none'/,
    'cross-origin-resource-policy': 'same-origin',
  });
  t.notOk('set-cookie' in shown.headers);
  const relative = [...shown.text.matchAll(/<a [^>]*href="(\/[^"]*)"/g)].map((match) => match[1]);
  t.same(relative, [], 'no link of the page leads further into the desk');
  t.match((await look(server, `${secret}?language=fr`)).text, /<html lang="fr">.*Brouillon pour/s);
  const [link] = await office.outbox.links(statement.id);
  t.match(link, {
    opened: 2,
    openings: [
      { agent: 'firefox', language: 'en' },
      { agent: 'program', language: 'fr' },
    ],
  });
  t.notMatch(JSON.stringify(link), secret, 'the secret is kept nowhere');
  t.notMatch(JSON.stringify(link), /127\.0\.0\.1|Gecko/);
  const after = await office.store.read(statement.id);
  t.equal(after?.generation, (before?.generation ?? 0) + 1, 'making it is an act of the statement, opening it is none');
});

t.test('every way in that is none has the same answer', async (t) => {
  const server = await open(t);
  const { office, clock } = server;
  const dead: Record<string, string> = { unknown: 'A'.repeat(43), short: 'A', 'not base64url': `${'A'.repeat(42)}.` };
  const one = await begin(office, 'Canary one');
  dead.changed = await linkTo(office, one);
  const { revision, content } = draftOf(one);
  const two = await saveText(office, amina, one.id, revision, 'first', withText(content, { title: 'Canary two' }));
  dead.revoked = await linkTo(office, two);
  const [link] = await office.outbox.links(two.id);
  await revokeLink(office, amina, two.id, link?.id ?? '');
  dead.discarded = await linkTo(office, two);
  await discard(office, amina, two.id, seenOf(two), 'no');
  const three = await begin(office, 'Canary three');
  dead.published = await linkTo(office, three);
  const live = await publicNow(office, three);
  const four = await openNextDraft(office, amina, live.id, 'update');
  dead.withdrawn = await linkTo(office, four);
  await withdraw(office, jonas, live.id, { version: 1, code: 'other', reason: { en: 'Gone.' } }, null);
  const five = await publicNow(office, await begin(office, 'Canary five'));
  await publicNow(office, await sayMore(office, five));
  const six = await openNextDraft(office, amina, five.id, 'update');
  dead.redacted = await linkTo(office, six);
  const asked = await requestRedaction(office, paula, five.id, { version: 1, ground: 'safety', reason: 'a threat' });
  await redact(office, jonas, five.id, { version: 1, askedAt: asked.redaction?.at ?? '' }, null);
  const seven = await begin(office, 'Canary seven');
  dead['made by somebody whose account is disabled'] = await makeLink(office, paula, seven.id, office.random(12).toString('hex'), seenOf(seven), {
    ...{ recipient: 'x', reason: 'y', hours: 2 },
  });
  await disablePerson(office, 'paula');
  dead.expired = await linkTo(office, await begin(office, 'Canary eight'), 'x', 1);
  clock.forward(60 * minute);
  const known = await look(server, dead.unknown ?? '');
  t.equal(known.status, 404);
  for (const [name, secret] of Object.entries(dead)) t.same(await look(server, secret), known, name);
  t.notMatch(known.text, /[A-Z]{20}|Canary/);
  for (const link of await office.outbox.links(two.id)) t.equal(link.opened, 0, 'what shows nothing is no opening');
});

async function sayMore(office: Office, statement: Statement): Promise<Statement> {
  const { revision, content } = draftOf(await openNextDraft(office, amina, statement.id, 'update'));
  const next = { ...contentOf(office, 'Canary more'), phase: 'update' as const, situation: content.situation };
  return saveText(office, amina, statement.id, revision, 'update', withText(next, { changeNote: 'More is known.' }));
}

t.test('HEAD tells nothing and is no opening, POST opens nothing, and no session matters', async (t) => {
  const server = await open(t);
  const { office } = server;
  const statement = await begin(office, 'Canary of Orval');
  const secret = await linkTo(office, statement);
  const head = await look(server, secret, { method: 'HEAD' });
  t.equal(head.status, 405);
  t.same(await look(server, 'A'.repeat(43), { method: 'HEAD' }), head, 'alive or not');
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    const [alive, unknown] = [await look(server, secret, { method }), await look(server, 'A'.repeat(43), { method })];
    t.equal(alive.status, unknown.status, method);
    t.notMatch(alive.text, 'Canary of');
  }
  for (const path of [
    `${secret}/`,
    `${secret}%00`,
    `${secret}.html`,
    // Another letter, encoded: of 64 secrets one begins with an A itself.
    `${secret.startsWith('A') ? '%42' : '%41'}${secret.slice(1)}`,
    `${secret}AAAAAAAAAAAA`,
    secret.toLowerCase().replace(/^./, '_'),
  ]) {
    const host = new URL(server.deskUrl).host;
    const answer = await sendRaw(server.deskUrl, `GET /desk/preview-links/${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    t.ok(statusOf(answer) !== 200, `${path} ${statusOf(answer)}`);
    t.notMatch(answer, 'Canary of');
  }
  t.equal((await office.outbox.links(statement.id))[0]?.opened, 0);
  const staff = await signedIn(server, 'tomas');
  for (const cookies of [new Map(staff.cookies), new Map([['onrecord', 'a'.repeat(43)]])]) {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const shown = await look(server, secret, { headers: { cookie, referer: 'https://elsewhere.example/', 'sec-fetch-site': 'cross-site' } });
    t.equal(shown.status, 200);
    t.notOk('set-cookie' in shown.headers, 'whatever the request brings');
    t.notMatch(shown.text, 'tomas');
  }
});

t.test('guessing is slowed down, without closing the sign-in; a live link goes on, up to what a reader can need', async (t) => {
  const server = await open(t, { perAddress: 5, overall: 50 });
  const { office, clock } = server;
  const statement = await begin(office, 'Canary of Orval');
  const secret = await linkTo(office, statement);
  const guesses: number[] = [];
  for (let n = 0; n < 7; n += 1) guesses.push((await look(server, `${n}${'A'.repeat(42)}`)).status);
  t.same(guesses, [404, 404, 404, 404, 404, 429, 429]);
  t.equal((await look(server, secret)).status, 200);
  await signedIn(server, 'amina');
  const openings = new Set<number>();
  for (let n = 0; n < 59; n += 1) openings.add((await look(server, secret)).status);
  t.same([...openings], [200]);
  const refused = await look(server, secret);
  t.equal(refused.status, 429);
  t.notMatch(refused.text, 'Canary');
  clock.forward(11 * minute);
  t.equal((await look(server, secret)).status, 200);
  t.equal((await office.outbox.links(statement.id))[0]?.opened, 61);
});

t.test('without the setting there is no such address, and nobody can make one', async (t) => {
  const server = await open(t, wide, 'no');
  const statement = await begin(server.office, 'Canary of Orval');
  const secret = await linkTo(server.office, statement);
  t.notMatch([200, 404], [(await look(server, secret)).status]);
  t.notMatch((await look(server, secret)).text, 'Canary');
  const browser = await signedIn(server, 'claire');
  t.equal((await browser.get(`/desk/statements/${statement.id}/preview-links`)).status, 404);
  t.notMatch((await browser.get(`/desk/statements/${statement.id}/preview`)).text, 'preview-links');
});

t.test('Claire makes a link at the desk, sees the address once, and takes it back', async (t) => {
  const server = await open(t);
  const { office, clock } = server;
  const statement = await begin(office, 'Canary of Orval');
  const here = `/desk/statements/${statement.id}/preview-links`;
  const browser = await signedIn(server, 'claire');
  const page = await browser.get(here);
  const values = (name: string): string => field(page, name);
  const form = {
    _csrf: values('_csrf'),
    revision: values('revision'),
    hash: values('hash'),
    key: values('key'),
    recipient: 'Hélène Aubry',
    reason: 'She asked.',
    hours: '24',
  };
  for (const [change, status] of [
    [{ hours: '73' }, 400],
    [{ hours: '' }, 400],
    [{ recipient: '' }, 422],
    [{ recipient: 'two\nlines' }, 400],
    [{ recipient: 'x'.repeat(121) }, 413],
    [{ reason: '' }, 422],
    [{ revision: '9' }, 409],
  ] as const) {
    const refused = await browser.post(here, { ...form, ...change });
    t.equal(refused.status, status, JSON.stringify(change));
    t.match(refused.text, /<div class="error-summary".*<a href="#f-(hours|recipient|reason|revision)">/s, JSON.stringify(change));
    if (!('reason' in change)) t.match(refused.text, 'value="She asked."');
  }
  t.same(await office.outbox.links(statement.id), []);
  const made = await browser.post(here, form);
  t.equal(made.status, 201);
  const secret = /preview-links\/([\w-]{43})</.exec(made.text)?.[1] ?? '';
  t.equal((await look(server, secret)).status, 200);
  const again = await browser.post(here, form);
  t.equal(again.status, 409, 'a form that is sent again makes no second one');
  t.equal((await office.outbox.links(statement.id)).length, 1);
  const list = await browser.get(here);
  t.notMatch(list.text, secret);
  t.match(list.text, /Hélène Aubry.*can be opened.*Openings: 1/s);
  t.match((await browser.get(`/desk/statements/${statement.id}/history`)).text, /Preview link made.*Hélène Aubry, 24 h: She asked\./s);
  const action = /action="([^"]+\/revocation)"/.exec(list.text)?.[1] ?? '';
  t.equal((await browser.post(action, { _csrf: form._csrf })).status, 303);
  t.equal((await browser.post(action, { _csrf: form._csrf })).status, 303);
  t.equal((await look(server, secret)).status, 404);
  t.match((await browser.get(here)).text, /revoked.*Revoked by claire Test/s);
  t.equal((await office.store.read(statement.id))?.timeline.filter(({ act }) => act === 'preview-link-revoked').length, 1);

  clock.forward(6 * minute);
  const late = await browser.post(here, { ...form, key: office.random(12).toString('hex') });
  t.equal(late.status, 403, 'five minutes after the sign-in it takes another one');
  t.match(late.text, /name="carriedTo"/);
  for (const [person, status] of [
    ['amina', 403],
    ['tomas', 403],
  ] as const) {
    clock.forward(31_000);
    const other = await signedIn(server, person);
    const token = field(await other.get('/desk'), '_csrf');
    t.equal((await other.post(here, { ...form, _csrf: token, key: office.random(12).toString('hex') })).status, status, person);
  }
  t.equal((await openBrowser(server).get(here)).status, 303);
});

t.test('what happens while the page is made counts: a save, a revocation', async (t) => {
  const server = await open(t);
  const { office } = server;
  const during = (act: () => Promise<unknown>): Office => {
    const preview: Office['press']['preview'] = async (...asked) => {
      const shown = await office.press.preview(...asked);
      await act();
      return shown;
    };
    return { ...office, press: { ...office.press, preview } };
  };
  const statement = await begin(office, 'Canary of Orval');
  const secret = await linkTo(office, statement);
  t.match(
    await openLink(
      during(async () => undefined),
      secret,
      undefined,
      'firefox',
    ),
    'Canary of Orval',
  );
  const [link] = await office.outbox.links(statement.id);
  t.equal(
    await openLink(
      during(() => revokeLink(office, amina, statement.id, link?.id ?? '')),
      secret,
      undefined,
      'firefox',
    ),
    null,
  );
  const other = await linkTo(office, statement);
  const { revision, content } = draftOf(statement);
  const save = (): Promise<Statement> => saveText(office, amina, statement.id, revision, 'first', withText(content, { title: 'Other words' }));
  t.equal(await openLink(during(save), other, undefined, 'firefox'), null);
  t.same(
    (await office.outbox.links(statement.id)).map(({ opened }) => opened),
    [1, 2],
    'and the try is noted',
  );
});

t.test('browsers by family, and programs by what they call themselves', async (t) => {
  const families = {
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0': 'edge',
    'Mozilla/5.0 (X11; Linux) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36': 'chrome',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0) AppleWebKit/605.1.15 Version/26.0 Mobile/15E148 Safari/604.1': 'safari',
    'Mozilla/5.0 (compatible; SomeBot/2.1)': 'program',
    'curl/8.5': 'program',
    '': 'program',
    'Mozilla/5.0 (Else)': 'other',
  };
  for (const [name, family] of Object.entries(families)) t.equal(agentOf(name), family, name);
});

t.test('whatever happens to a draft, a dead link never shows a byte of it', { timeout: 240_000 }, async (t) => {
  const server = await open(t);
  const { office, clock } = server;
  const acts = [
    'save',
    'save',
    'submit',
    'approve',
    'publish',
    'recall',
    'discard',
    'reopen',
    'withdraw',
    'link',
    'link',
    'link',
    'revoke',
    'wait',
    'comment',
  ] as const;
  const gone = await look(server, 'A'.repeat(43));
  let count = 0;
  let [shown, hidden] = [0, 0];

  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...acts), { minLength: 5, maxLength: 14 }), async (steps) => {
      const title = (): string => {
        count += 1;
        return `Canary ${count} of Orval`;
      };
      let statement = await begin(office, title());
      const { id } = statement;
      let links: { secret: string; number: string; title: string; until: number; isDead: boolean }[] = [];
      const doAct: Record<(typeof acts)[number], () => Promise<Statement | undefined>> = {
        save: async () => {
          const { revision, kind } = draftOf(statement);
          return saveText(office, amina, id, revision, kind, withText(contentOf(office, title()), { changeNote: 'More.' }));
        },
        submit: () => submit(office, amina, id, seenOf(statement)),
        approve: () => approve(office, jonas, id, seenOf(statement)),
        publish: () => publish(office, jonas, id, seenOf(statement), null),
        recall: () => recall(office, amina, id, seenOf(statement)),
        discard: () => discard(office, jonas, id, seenOf(statement), 'no'),
        reopen: () => openNextDraft(office, amina, id, 'update'),
        withdraw: () => withdraw(office, jonas, id, { version: statement.versions.length, code: 'other', reason: { en: 'Gone.' } }, null),
        comment: () => comment(office, claire, id, { ...seenOf(statement), place: 'facts', words: 'Hm.' }),
        link: async () => {
          const secret = await linkTo(office, statement);
          const [newest] = await office.outbox.links(id);
          const words = draftOf(statement).content.texts.en?.title ?? '';
          links = [...links, { secret, number: newest?.id ?? '', title: words, until: office.now() + 120 * minute, isDead: false }];
          return undefined;
        },
        revoke: async () => {
          const [first] = links;
          if (first) await revokeLink(office, amina, id, first.number);
          links = links.map((link) => (link === first ? { ...link, isDead: true } : link));
          return undefined;
        },
        wait: async () => {
          clock.forward(50 * minute);
          return undefined;
        },
      };
      for (const step of steps) {
        clock.forward(1_000);
        try {
          await doAct[step]();
          const ends = step === 'save' || step === 'publish' || step === 'discard' || step === 'withdraw';
          if (ends) links = links.map((link) => ({ ...link, isDead: true }));
        } catch (error) {
          // A refused act leaves everything as it was; a draft that is not there has nothing to be asked about.
          if (!(error instanceof OnrecordError) && !(error instanceof Error && error.message === 'no open draft')) throw error;
        }
        statement = (await office.store.read(id)) ?? statement;
        for (const link of links) {
          const answer = await look(server, link.secret);
          if (link.isDead || link.until <= office.now()) {
            if (JSON.stringify(answer) !== JSON.stringify(gone)) throw new Error(`a dead link answers ${answer.status} after ${step}`);
            hidden += 1;
          } else {
            if (answer.status !== 200 || !answer.text.includes(link.title)) throw new Error(`a live link answers ${answer.status} after ${step}`);
            shown += 1;
          }
        }
      }
    }),
    { numRuns: 25 },
  );
  t.ok(shown > 20 && hidden > 20, `${shown} openings, ${hidden} refusals`);
});
