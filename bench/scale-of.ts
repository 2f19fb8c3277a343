import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { letPoolWait, warmLinterSoon } from '../src/cli/readers-first.ts';
import { openFirstDraft, saveText } from '../src/desk/draft.ts';
import { type RunningServer, startServer } from '../src/server.ts';
import { emptyTexts } from '../src/statement/schema.ts';
import { codeOf, passwordOf, quickCost } from '../test/support/accounts.ts';
import { amina } from '../test/support/people.ts';
import { draftOf, readyContent } from '../test/support/statements.ts';
import { openBrowser } from '../test/support/test-server.ts';
import { archiveConfig, say } from './archive.ts';

/**
 * One archive in one process: what a start, a publication, the desk and a search cost there. Says it as a line of JSON. Arguments: the archive,
 * how many publications, then variables as NAME=VALUE.
 */
const [directory = '', publications = '200', ...variables] = process.argv.slice(2);

/** The value below which this share of all lies. */
function quantile(numbers: readonly number[], share: number): number {
  return numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? Number.NaN;
}

async function times(count: number, work: (n: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const begun = performance.now();
    await work(n);
    taken.push(performance.now() - begun);
  }
  return taken;
}

/** From the act to bytes that a reader is sent: the act answers when pages are out, so the read comes after it. */
async function publish({ office, publicUrl }: RunningServer): Promise<{ toVisible: number[]; advance: number[] }> {
  const advance: number[] = [];
  const timed = {
    ...office,
    press: {
      ...office.press,
      advance: async (statement: Parameters<typeof office.press.advance>[0]) => {
        const begun = performance.now();
        await office.press.advance(statement);
        advance.push(performance.now() - begun);
      },
    },
  };
  const toVisible: number[] = [];
  const record = office.store.record;
  let begun = 0;
  // The clock starts when the commit does: what people do before it is another matter.
  timed.store = {
    ...office.store,
    record: (id, change) => {
      begun = performance.now();
      return record(id, change);
    },
  };
  for (let n = 0; n < Number(publications); n += 1) {
    const { reference } = await say(timed, undefined, 1_000_000 + n, Date.now());
    const [page, feed] = await Promise.all(
      [`/statements/${reference}`, '/feeds/updates.atom'].map(async (path) =>
        (await fetch(publicUrl + path, { headers: { 'Accept-Encoding': 'identity' } })).text(),
      ),
    );
    if (!page?.includes(`${1_000_000 + n}`) || !feed?.includes(`${reference}`)) throw new Error('acknowledged, not visible');
    toVisible.push(performance.now() - begun);
    await office.press.settled();
  }
  return { toVisible, advance };
}

const config = archiveConfig(directory, Object.fromEntries(variables.map((each) => each.split('=', 2))));
warmLinterSoon();
const begun = performance.now();
const server = await startServer(config, { ports: { public: 0, desk: 0, operations: 0 }, passwordCost: quickCost });
const start = performance.now() - begun;
const { press } = server.office;
await press.settled();
// Of an archive that was made with a press that stood still, when it is opened first: every CSAF document is still to be cleared.
while ((press.csaf()?.owed ?? 0) > 0) await press.goOnWithCsaf();
letPoolWait();
// In the seconds after a start the linter is compiled, which stays; the thread that drew pictures goes after a quarter of a minute.
const early = process.memoryUsage().rss / 1e6;
await setTimeout(30_000);
const rss = process.memoryUsage().rss / 1e6;
// What this process reads with is no part of what is measured.
for (const path of ['/', '/feeds/updates.atom']) await (await fetch(server.publicUrl + path)).text();

const { toVisible, advance } = await publish(server);

const browser = openBrowser(server);
await browser.post('/desk/sign-in', { name: amina.id, password: passwordOf(amina.id), code: await codeOf(server.office, amina.id) });
const opened = await server.office.store.list({ public: true });
const list = await times(40, () => browser.get('/desk'));
const open = await times(40, (n) => browser.get(`/desk/statements/${opened[(n * 7919) % opened.length]?.id}`));

const drafted = await openFirstDraft(server.office, amina, server.office.random(10).toString('hex'), 'holding', { ...readyContent(), languages: ['en'] });
let { revision, content } = draftOf(drafted);
const save = await times(40, async (n) => {
  const text = { ...content, texts: { ...content.texts, en: { ...emptyTexts, ...content.texts.en, title: `Saved ${n}` } } };
  ({ revision, content } = draftOf(await saveText(server.office, amina, drafted.id, revision, 'first', text)));
});

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const words = ['system', 'données', 'case 7', 'access', 'circulating', 'compte', 'tuesday', 'operator', 'xyzzy', 'dossier 12'];
const search = await times(60, async (n) => (await fetch(`${server.publicUrl}/search?q=${encodeURIComponent(words[n % words.length] ?? '')}`)).text());
delay.disable();

process.stdout.write(
  `${JSON.stringify({
    statements: opened.length,
    startMs: start,
    rssAtStartMb: early,
    rssMb: rss,
    advanceMedian: quantile(advance, 0.5),
    visibleP99: quantile(toVisible, 0.99),
    visibleMedian: quantile(toVisible, 0.5),
    visibleMax: Math.max(...toVisible),
    listP95: quantile(list, 0.95),
    openP95: quantile(open, 0.95),
    saveP95: quantile(save, 0.95),
    searchP95: quantile(search, 0.95),
    searchLoopMax: delay.max / 1e6,
    rssAfterMb: process.memoryUsage().rss / 1e6,
    mem: process.memoryUsage(),
  })}\n`,
);
await server.close(0);
process.exit(0);
