import { Marked } from 'marked';
import t, { type Test } from 'tap';
import { placeHash } from '../../src/desk/comment.ts';
import { makeLink } from '../../src/desk/preview-links.ts';
import { instant, keptText } from '../../src/desk/statement.ts';
import { newText } from '../../src/desk/text.ts';
import { plainText } from '../../src/http/zod.ts';
import { cardSvg } from '../../src/press/cards/card-svg.ts';
import type { CardModel } from '../../src/press/cards/drawing.ts';
import { renderMarkdown } from '../../src/press/markdown.ts';
import { addComment } from '../../src/statement/commenting.ts';
import { openStatement } from '../../src/statement/drafting.ts';
import { places } from '../../src/statement/facts.ts';
import { textIssue } from '../../src/statement/text-gate.ts';
import { launchBrowser } from '../support/browser.ts';
import { openSession } from '../support/exposure/desk-cast.ts';
import { openDesk } from '../support/exposure/desk-trial.ts';
import { openDomCheck, type Paper } from '../support/exposure/dom-check.ts';
import { drawing, hostileArchive, hostileDraft } from '../support/exposure/hostile-record.ts';
import { corpus, refusedByGate } from '../support/exposure/markup-corpus.ts';
import { openTestPress } from '../support/press-fixtures.ts';
import { keepsPromise, trials } from '../support/promises.ts';
import { draftOf, seenOf } from '../support/statements.ts';

/** P7, what is typed: no text of a statement or a comment becomes anything but words, wherever it is shown. Our policy is off: the pages alone are judged. */

const rounds = trials({ commit: 36, full: corpus.length });
const html = (body: string): string => `<!doctype html><html lang="en"><title>x</title><main>${body}</main></html>`;

/** Every public page, feed, card, badge and frame of statements made of these texts. */
async function publicPapers(): Promise<readonly Paper[]> {
  const archive = hostileArchive(corpus, rounds);
  const cards: CardModel[] = [];
  const draw = async (drawn: { card: CardModel } | { svg: string }): Promise<Buffer> => {
    if ('card' in drawn) cards.push(drawn.card);
    return Buffer.from('89504e470d0a1a0a', 'hex');
  };
  const press = await openTestPress(archive, { now: () => Date.parse('2026-09-20T00:00:00.000Z'), draw });
  const papers: Paper[] = [];
  const take = async (path: string, query = ''): Promise<void> => {
    const made = (await press.ask(path, new URLSearchParams(query))) ?? press.ready(path) ?? (await press.cold(path));
    if (made === undefined || made.status !== 200) return;
    const { type, bytes } = made;
    const name = path + query;
    if (type.includes('html')) papers.push({ name, kind: 'html', text: bytes.toString() });
    else if (/atom|rss/.test(type)) papers.push({ name, kind: 'feed', text: bytes.toString() });
    else if (type.includes('svg')) papers.push({ name, kind: 'svg', text: bytes.toString() });
    else if (type.includes('json') && path.includes('/feeds/'))
      for (const { content_html: content } of JSON.parse(bytes.toString()).items) papers.push({ name, kind: 'html', text: html(String(content)) });
  };
  const feeds = ['updates.atom', 'updates.rss', 'updates.json', 'statements.atom', 'corrections.atom'].map((feed) => `/feeds/${feed}`);
  for (const path of ['/', '/corrections', '/archive', '/archive/2026/09', '/register', ...feeds, '/feeds/updates/archive/1.atom']) {
    for (const prefix of ['', '/fr']) await take(prefix + path);
  }
  for (const { reference } of archive.statements()) {
    const statement = `/statements/${reference}`;
    const own = ['', '/v/1', '/v/2', '/versions', '/diff/1..2', '/feed.atom', '/badge.svg', '/v/2/card.png'].map((end) => statement + end);
    for (const path of [...own, `/embed/${reference}`, `/claims/${reference}-A-1`, `/claims/${reference}-K-1`])
      for (const prefix of ['', '/fr']) await take(prefix + path);
  }
  for (const text of corpus.slice(0, rounds * 4)) for (const page of ['/search', '/verify']) await take(page, `q=${encodeURIComponent(text)}`);
  const measure = (text: string, _family: string, weight: number): number => text.length * (weight > 500 ? 0.6 : 0.5);
  return [...papers, ...cards.map((card, at): Paper => ({ name: `card ${at}`, kind: 'svg', text: cardSvg(card, measure) }))];
}

const screens = [
  '',
  '/draft',
  '/review',
  '/preview',
  '/preview/en',
  '/preview/fr',
  '/findings',
  '/findings/A-1',
  '/findings/C-1',
  '/findings/K-1',
  '/history',
  '/preview-links',
];

/** The screens of the desk over drafts of these texts, with comments, names and reasons, and forms that come back. */
async function deskPapers(t: Test): Promise<readonly Paper[]> {
  const { office, app } = await openDesk(t);
  const papers: Paper[] = [];
  const cookie = await openSession(office, { id: 'eva', roles: [] });
  const headers = { host: 'localhost:8081', origin: 'http://localhost:8081', cookie };
  const { payload } = await app.inject({ url: '/desk/session', headers: { ...headers, accept: 'application/json' } });
  const token = String(JSON.parse(payload).csrf);
  const take = (name: string, text: string): unknown => text.startsWith('<!') && papers.push({ name, kind: 'html', text });
  const [amina, claire] = [{ id: 'amina', roles: ['author'], recent: true } as const, { id: 'claire', roles: ['reviewer'], recent: true } as const];
  for (let round = 0; round < rounds; round += 1) {
    const draw = drawing(corpus, round);
    for (const id of ['amina', 'claire']) await office.people.edit(id, (person) => ({ ...(person ?? fail()), name: draw(80) }));
    const text = newText(office, 'first', hostileDraft(draw));
    const id = office.random(10).toString('hex');
    const at = instant(office);
    const opened = openStatement(id, amina, 'holding', text, at);
    const commented = places.reduce((statement, place) => {
      const said = placeHash(draftOf(statement), place);
      return addComment(statement, claire, { ...seenOf(statement), place, said, words: draw() }, at);
    }, opened);
    const statement = await office.store.edit(id, () => ({ statement: { ...commented, generation: 0 }, texts: [keptText(text)] }));
    const asked = { recipient: draw(120), reason: draw(), hours: 24 };
    const secret = await makeLink(office, { id: 'jonas', roles: ['publisher'], recent: true }, id, office.random(12).toString('hex'), seenOf(statement), asked);
    for (const screen of screens) {
      const answer = await app.inject({ url: `/desk/statements/${id}${screen}`, headers });
      take(`desk${screen}`, answer.payload);
    }
    take('preview link', (await app.inject({ url: `/desk/preview-links/${secret}`, headers: { host: headers.host } })).payload);
    const typed = Object.fromEntries(Object.entries(hostileDraft(draw).texts.en ?? {}).map(([name, words]) => [`texts.en.${name}`, words]));
    for (const wrong of [{ 'awareAt.at': 'tomorrow', revision: '1' }, { revision: '9' }, { _csrf: 'none', revision: '1' }]) {
      const form = new URLSearchParams({ _csrf: token, ...typed, pressContact: draw(), ...wrong });
      const posted = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
      take(
        `desk, sent back ${Object.keys(wrong)}`,
        (await app.inject({ method: 'POST', url: `/desk/statements/${id}/draft`, headers: posted, payload: form.toString() })).payload,
      );
    }
  }
  for (const path of ['/desk', '/desk/register', '/desk/people', '/desk/account']) take(path, (await app.inject({ url: path, headers })).payload);
  return papers;
}

const fail = (): never => {
  throw new Error('nobody');
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What the same texts would do where nobody looks after them. */
function carelessPapers(): readonly Paper[] {
  const careless = new Marked({ gfm: true, async: false });
  return corpus.flatMap((text, at): Paper[] => [
    { name: `careless Markdown ${at}`, kind: 'html', text: html(String(careless.parse(text))) },
    { name: `careless page ${at}`, kind: 'html', text: html(`<input value="${text}"><p>${text}</p>`) },
    { name: `careless feed ${at}`, kind: 'feed', text: `<feed><entry><content type="html">${escaped(String(careless.parse(text)))}</content></entry></feed>` },
    { name: `careless drawing ${at}`, kind: 'svg', text: `<svg xmlns="http://www.w3.org/2000/svg"><text>${text}</text></svg>` },
  ]);
}

await t.test('a text is words wherever it is shown', async (t) => {
  t.ok(new Set(corpus).size >= 150, `${corpus.length} texts`);
  t.same(
    corpus.filter((text) => textIssue(text) !== null),
    [],
    'all of them pass the text gate',
  );
  t.same(
    refusedByGate.filter((text) => plainText(20_000).safeParse(text).success),
    [],
    'and the gate refuses what hides or breaks',
  );

  const fragments = corpus.map((text, at): Paper => ({ name: `Markdown ${at}`, kind: 'html', text: html(renderMarkdown(text)) }));
  const papers = [...fragments, ...(await publicPapers()), ...(await deskPapers(t))];
  const browser = await launchBrowser();
  t.teardown(() => browser.close());
  const check = await openDomCheck(browser);
  const found = await check.objections(papers);
  t.same(found.slice(0, 20), []);
  const shown = papers.filter(({ name, kind }) => kind === 'html' && /^\/statements\/[^/]+$|^\/embed|^desk\/preview|^desk\/review|^Markdown/.test(name));
  const ran = await check.run(shown);
  t.same(ran.slice(0, 10), [], 'nothing runs, loads or asks, though nothing forbids it');
  for (const kind of ['html', 'feed', 'svg'] as const)
    t.ok(
      papers.some((paper) => paper.kind === kind),
      `some are ${kind}`,
    );

  const careless = await openDomCheck(browser);
  const [seen, alarms] = [await careless.objections(carelessPapers()), await careless.run(carelessPapers().filter(({ kind }) => kind === 'html'))];
  t.ok(seen.length > corpus.length, `${seen.length} objections where nobody looks after the texts`);
  t.ok(alarms.some((alarm) => alarm.startsWith('a dialog')) && alarms.some((alarm) => alarm.startsWith('a request')), `${alarms.length} alarms`);
  for (const kind of ['Markdown', 'page', 'feed', 'drawing'])
    t.ok(
      seen.some((line) => line.startsWith(`careless ${kind}`)),
      `careless ${kind} is seen`,
    );

  keepsPromise(t, {
    promise: 'P7',
    what: `${corpus.length} hostile texts in every field: pages, feeds, cards, frames and screens parsed and run by a browser`,
    trials: papers.length,
    violations: found.length + ran.length,
    control: `the same texts without a sanitiser: ${seen.length} objections, ${alarms.length} alarms`,
  });
});
