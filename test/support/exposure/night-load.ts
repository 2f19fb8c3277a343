import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDice } from './asking.ts';
import { uncoded } from './canaries.ts';

/** A process of its own that asks as readers, archives and attackers do on election night; tells on its output what it met. */

export type Load = {
  publicUrl: string;
  host: string;
  deskUrl: string | null;
  seconds: number;
  paths: readonly string[];
  pollsASecond: number;
  pagesASecond: number;
};
export type Met = {
  answers: Readonly<Record<string, number>>;
  /** Of readers: anything but the page, its 304, or that there is none. The first of each kind with its count. */
  errors: Readonly<Record<string, number>>;
  /** Milliseconds to the last byte, by what was asked. */
  latency: Readonly<Record<string, { count: number; p50: number; p99: number; most: number }>>;
  /** Requests sent once more, as browsers do, because the connection that they were sent on had been idle and was closed meanwhile. */
  again: number;
  /** Of those who never finish: how long their connections stood, in seconds. */
  slow: { closed: number; longest: number };
};

const load: Load = JSON.parse(process.argv[2] ?? '');
const end = performance.now() + load.seconds * 1_000;
const isOver = (): boolean => performance.now() > end;
const answers = new Map<string, number>();
const errors = new Map<string, number>();
const times = new Map<string, number[]>();
const slow = { closed: 0, longest: 0 };
let again = 0;
const dice = createDice(Date.now());
const add = (map: Map<string, number>, key: string): unknown => map.set(key, (map.get(key) ?? 0) + 1);
const pick = <Item>(items: readonly Item[]): Item => {
  const item = items[dice(items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
};

type Got = { status: number; etag: string; body: Buffer; coding: string | undefined };
function get(url: string, agent: Agent | false, path: string, headers: Record<string, string>, form?: string): Promise<Got> {
  const { hostname, port } = new URL(url);
  const body =
    form === undefined ? {} : { origin: url, 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(form)) };
  return new Promise((resolve, reject) => {
    const options = { agent, hostname, port, path, method: form === undefined ? 'GET' : 'POST', headers: { host: load.host, ...body, ...headers } };
    const sent = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode: status = 0, headers: got } = response;
        resolve({ status, etag: got.etag ?? '', body: Buffer.concat(chunks), coding: got['content-encoding'] });
      });
    });
    sent.on('error', (error) => {
      if (!sent.reusedSocket || agent === false) return reject(error);
      again += 1;
      resolve(get(url, false, path, headers, form));
    });
    sent.end(form);
  });
}

/** One request of a reader: `fine` are the statuses that are no error. */
async function read(kind: string, agent: Agent, path: string, headers: Record<string, string>, fine: readonly number[]): Promise<Got | null> {
  const begun = performance.now();
  try {
    const got = await get(load.publicUrl, agent, path, headers);
    const took = times.get(kind) ?? [];
    took.push(performance.now() - begun);
    times.set(kind, took);
    add(answers, `${kind} ${got.status}`);
    if (!fine.includes(got.status)) add(errors, `${kind} ${got.status} ${path.split('?')[0]}`);
    else if (got.status === 200 && uncoded(got.body, got.coding).length === 0) add(errors, `${kind} empty ${path}`);
    return got;
  } catch (error) {
    add(errors, `${kind} ${error instanceof Error && 'code' in error ? error.code : error}`);
    return null;
  }
}

/** Does something again and again, so often a second in all, whatever the answers take. */
async function repeat(often: number, act: () => Promise<unknown>): Promise<void> {
  const begun = performance.now();
  const waiting = new Set<Promise<unknown>>();
  for (let count = 0; !isOver(); count += 1) {
    const due = begun + (count * 1_000) / often;
    if (due > performance.now()) await sleep(due - performance.now());
    const asked = act().finally(() => waiting.delete(asked));
    waiting.add(asked);
  }
  await Promise.all(waiting);
}

/** Feed readers and open pages: they keep what they have and ask whether it is still so. */
function poll(): Promise<unknown> {
  const pollers = Array.from({ length: 24 }, () => ({ agent: new Agent({ keepAlive: true, maxSockets: 1 }), known: new Map<string, string>() }));
  const places = ['/feeds/updates.atom', '/feeds/updates.json', '/', '/log/checkpoint', '/api/v1/statements', '/feeds/corrections.atom'];
  return repeat(load.pollsASecond, async () => {
    const [{ agent, known }, path] = [pick(pollers), pick(places)];
    const etag = known.get(path);
    const got = await read('poll', agent, path, { 'accept-encoding': 'br, gzip', ...(etag && { 'if-none-match': etag }) }, [200, 304]);
    if (got?.status === 200) known.set(path, got.etag);
  });
}

function browse(): Promise<unknown> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const codings = ['br, gzip', 'gzip', 'identity'];
  return repeat(load.pagesASecond, () => read('page', agent, pick(load.paths), { 'accept-encoding': pick(codings) }, [200]));
}

/** What is made for whoever asks: searches, questions, comparisons, and addresses that lead nowhere. */
function askCold(): Promise<unknown> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const words = ['files', 'institute', 'circulating', 'night', 'nothing', 'verified'];
  const asks = [
    () => `/search?q=${pick(words)}+${dice(1_000)}`,
    () => `/verify?q=2026-${String(dice(30)).padStart(4, '0')}`,
    () => `/statements/2026-${String(1_000 + dice(9_000))}`,
    () => `/nowhere/${dice(1_000_000)}`,
  ];
  return repeat(Math.max(1, load.pagesASecond / 10), () => read('cold', agent, pick(asks)(), {}, [200, 404]));
}

/** Wrong passwords, faster than anybody types; that they are refused is no error. */
function floodSignIn(deskUrl: string): Promise<unknown> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const host = new URL(deskUrl).host;
  return repeat(10, async () => {
    const form = `name=${pick(['amina', 'jonas', 'nobody'])}&password=${dice(1_000_000)}&code=${dice(1_000_000)}`;
    const got = await get(deskUrl, agent, '/desk/sign-in', { host }, form).catch(() => null);
    add(answers, `sign-in ${got?.status ?? 'cut'}`);
    if (got !== null && ![401, 429, 503].includes(got.status)) add(errors, `sign-in ${got.status}`);
  });
}

/** Half a request, then a byte a second: the house has to end it. */
async function dribble(url: string, head: string): Promise<void> {
  const { hostname, port } = new URL(url);
  while (!isOver()) {
    const begun = performance.now();
    const socket = connect(Number(port), hostname);
    const drip = setInterval(() => socket.writable && socket.write('x'), 1_000);
    socket.write(head);
    socket.on('error', () => undefined).resume();
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    await Promise.race([closed, sleep(Math.max(0, end - performance.now()))]);
    clearInterval(drip);
    if (socket.closed) slow.closed += 1;
    slow.longest = Math.max(slow.longest, (performance.now() - begun) / 1_000);
    socket.destroy();
  }
}

function summary(took: number[]): Met['latency'][string] {
  took.sort((a, b) => a - b);
  const at = (share: number): number => Math.round((took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0) * 10) / 10;
  return { count: took.length, p50: at(0.5), p99: at(0.99), most: at(1) };
}

const { publicUrl, deskUrl, host } = load;
const desk = deskUrl === null ? [] : [floodSignIn(deskUrl)];
const body = (site: string): string =>
  `POST /desk/sign-in HTTP/1.1\r\nHost: ${new URL(site).host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\nname=`;
const slowOnes =
  deskUrl === null
    ? []
    : [publicUrl, publicUrl, deskUrl, deskUrl].map((url) => dribble(url, url === deskUrl ? body(url) : `GET / HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `));
await Promise.all([poll(), browse(), askCold(), ...desk, ...slowOnes]);
const met: Met = {
  answers: Object.fromEntries(answers),
  errors: Object.fromEntries(errors),
  latency: Object.fromEntries([...times].map(([kind, took]) => [kind, summary(took)])),
  again,
  slow: { closed: slow.closed, longest: Math.round(slow.longest * 10) / 10 },
};
process.stdout.write(`${JSON.stringify(met)}\n`, () => process.exit(0));
