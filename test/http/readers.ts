import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import t from 'tap';
import type { Found } from '../../src/http/reader-messages.ts';
import { createReaderPress } from '../../src/http/reader-press.ts';
import { type RunningServer, startServer } from '../../src/server.ts';
import { foundAgency, removeText, say, sayMore } from '../support/agency.ts';
import { publicPaths } from '../support/public-paths.ts';

/** Several processes answer readers: what one of them shows, all of them show when the act answers. */

async function childrenOf(pid: number): Promise<number[]> {
  const tasks = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8')));
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

async function readerPids(): Promise<number[]> {
  const pids = await childrenOf(process.pid);
  const named = await Promise.all(pids.map(async (pid) => ({ pid, line: await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') })));
  return named.filter(({ line }) => line.includes('reader-process.ts')).map(({ pid }) => pid);
}

/** What many readers see, each on a connection of its own: the kernel spreads them over the processes. */
async function seenByMany({ publicUrl }: RunningServer, path: string): Promise<readonly string[]> {
  const answers = Array.from({ length: 24 }, async () => {
    const response = await fetch(`${publicUrl}${path}`, { headers: { connection: 'close' } });
    return `${response.status} ${await response.text()}`;
  });
  return Promise.all(answers);
}

t.test('two processes answer every public address with the bytes of the one that renders', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start({ ONRECORD_WORKERS: '2' });
  const { id } = await say(server.office, 'Two processes');
  await sayMore(server.office, id, 'correction', 'Two processes, corrected');
  t.equal((await readerPids()).length, 2);
  const { press } = server.office;
  for (const path of await publicPaths(server.office)) {
    const made = press.ready(path) ?? (await press.cold(path)) ?? press.missing(path);
    const answer = await fetch(`${server.publicUrl}${path}`, { headers: { 'accept-encoding': 'identity' } });
    const body = Buffer.from(await answer.arrayBuffer());
    t.same([answer.status, body.equals(made.bytes)], [made.status, true], path);
  }
  for (const path of ['/search?q=processes', `/verify?q=2026-0001`]) t.match(await (await fetch(`${server.publicUrl}${path}`)).text(), '2026-0001', path);
  t.equal((await fetch(`${server.publicUrl}/fr`, { redirect: 'manual' })).headers.get('location'), '/fr/');
  t.equal((await fetch(`${server.publicUrl}/statements/2026-0002`)).status, 404);
  t.equal((await fetch(server.publicUrl, { method: 'POST' })).status, 405);
});

t.test('when an act answers, every process shows it; a redaction too', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start({ ONRECORD_WORKERS: '2' });
  const { id, reference } = await say(server.office, 'A first sentence');
  for (let n = 2; n <= 6; n += 1) {
    // Pages that a process keeps beside the hot set must not outlive what they say.
    await seenByMany(server, `/statements/${reference}/v/1`);
    await sayMore(server.office, id, 'update', `Sentence number ${n}`);
    for (const path of ['/', `/statements/${reference}`, '/feeds/updates.atom'])
      t.ok(
        (await seenByMany(server, path)).every((text) => text.includes(`Sentence number ${n}`)),
        `${path} ${n}`,
      );
  }
  await removeText(server.office, id, 1);
  const first = await seenByMany(server, `/statements/${reference}/v/1`);
  t.ok(first.every((text) => text.startsWith('451') && !text.includes('A first sentence')));
});

t.test('a process that hangs or dies holds up no publication and shows nothing old; another one takes its place', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start({ ONRECORD_WORKERS: '2' });
  const { id, reference } = await say(server.office, 'Before');
  const [first = 0, second = 0] = await readerPids();
  process.kill(first, 'SIGSTOP');
  await sayMore(server.office, id, 'update', 'While one hangs');
  t.ok((await seenByMany(server, `/statements/${reference}`)).every((text) => text.includes('While one hangs')));
  process.kill(second, 'SIGKILL');
  await sayMore(server.office, id, 'update', 'While one dies');
  let pids: number[] = [];
  for (let tries = 0; pids.length < 2 && tries < 200; tries += 1) {
    await sleep(50);
    pids = await readerPids();
  }
  t.notOk(pids.includes(first) || pids.includes(second), 'others have taken their places');
  for (let tries = 0; tries < 100; tries += 1) {
    if (await fetch(server.publicUrl).catch(() => null)) break;
    await sleep(50);
  }
  t.ok((await seenByMany(server, `/statements/${reference}`)).every((text) => text.includes('While one dies')));
});

t.test('a process that answers readers is given neither configuration nor key, and ends with the one that has them', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start({ ONRECORD_WORKERS: '1' });
  const [pid = 0] = await readerPids();
  t.notMatch(await readFile(`/proc/${pid}/environ`, 'utf8'), 'ONRECORD');
  await server.close(0);
  t.same(await readerPids(), []);
});

t.test('a port that another program holds is named, with several processes as with one', async (t) => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen({ host: '127.0.0.1', port: 0 }, resolve));
  t.teardown(() => other.close());
  const address = other.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const agency = await foundAgency(t);
  const config = await agency.config({ ONRECORD_WORKERS: '2', ONRECORD_PUBLIC_PORT: String(port), ONRECORD_DESK_PORT: '0', ONRECORD_OPS_PORT: '0' });
  await t.rejects(startServer(config, { timer: false, log: pino({ level: 'silent' }) }), {
    code: 'config_invalid',
    issues: [{ field: 'ONRECORD_PUBLIC_PORT', code: 'not_a_free_port' }],
  });
});

t.test('whoever asks a process for what is not there by the thousand keeps nobody from a version, a search or a check', async (t) => {
  const asked: string[] = [];
  const press = createReaderPress({
    languages: ['en', 'fr'],
    missing: new Map(),
    // A writer that has much to do.
    find: (path) => {
      asked.push(path);
      return new Promise<Found>(() => undefined);
    },
    now: () => 0,
  });
  press.swap([], [], [['2026-0001', 2]]);
  const ask = (path: string): void => void press.cold(path).catch(() => asked.push('busy'));
  for (let n = 1; n <= 1_000; n += 1) {
    ask(`/statements/2026-${10_000 + n}/v/1`);
    ask(`/fr/statements/2026-0001/v/${2 + n}`);
    ask(`/statements/2026-0001/diff/1..${2 + n}`);
  }
  t.same(asked, [], 'nobody is asked for what was never published');
  for (let n = 1; n <= 1_000; n += 1) ask(`/claims/2026-0001-A-${n}`);
  await new Promise((resolve) => setImmediate(resolve));
  t.ok(asked.includes('busy'));
  asked.length = 0;
  ask('/statements/2026-0001/v/2.txt');
  press.ask('/verify', new URLSearchParams('q=2026-0001')).catch(() => asked.push('busy'));
  press.swap([], [], [['2026-0001', 3]]);
  ask('/statements/2026-0001/v/3');
  await new Promise((resolve) => setImmediate(resolve));
  t.same(asked, ['/statements/2026-0001/v/2.txt', '/verify', '/statements/2026-0001/v/3']);
});
