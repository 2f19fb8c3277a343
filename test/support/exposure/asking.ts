import { Agent, request } from 'node:http';
import { uncoded } from './canaries.ts';

/** One request to a site, and all that came back but what time alone decides. */
export type Question = { method: string; path: string; headers?: Readonly<Record<string, string>>; body?: string };
export type Reply = { status: number; headers: readonly string[]; body: Buffer; text: string };

export type Asker = { ask(question: Question): Promise<Reply>; close(): void };

/** Asks one listener over connections that stay open. @param host what the Host header says */
export function openAsker(url: string, host: string, sockets = 6): Asker {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets });
  const { hostname, port } = new URL(url);
  const ask = ({ method, path, headers = {}, body }: Question, isLast = false): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const sent = request({ agent: isLast ? false : agent, hostname, port, method, path, headers: { host, ...length, ...headers } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const whole = Buffer.concat(chunks);
          const { rawHeaders, statusCode = 0 } = response;
          const lines = rawHeaders.flatMap((name, at) => (at % 2 === 0 && name.toLowerCase() !== 'date' ? [`${name}: ${rawHeaders[at + 1]}`] : []));
          const text = uncoded(whole, response.headers['content-encoding']).toString('latin1');
          resolve({ status: statusCode, headers: lines, body: whole, text });
        });
      });
      // A connection that was idle may be closed as the next request is sent on it: browsers send it again, and so does this.
      sent.on('error', (error) => {
        if (isLast || !sent.reusedSocket || !/ECONNRESET|EPIPE/.test(error.message)) reject(error);
        else ask({ method, path, headers, ...(body !== undefined && { body }) }, true).then(resolve, reject);
      });
      sent.end(body);
    });
  return { ask: (question) => ask(question), close: () => agent.destroy() };
}

/** In what two replies differ; null where they are the same. */
export function differenceOf(one: Reply, other: Reply): string | null {
  if (one.status !== other.status) return `status ${one.status} and ${other.status}`;
  const headers = [one.headers.filter((line) => !other.headers.includes(line)), other.headers.filter((line) => !one.headers.includes(line))].flat();
  if (headers.length > 0) return `headers ${headers.join(' / ')}`;
  if (one.headers.join('\n') !== other.headers.join('\n')) return 'the order of the headers';
  return one.body.equals(other.body) ? null : `${one.body.length} and ${other.body.length} bytes`;
}

/** Does a piece of work for each item, some at a time, in order of the items. */
export async function eachOf<Item>(items: Iterable<Item>, atOnce: number, work: (item: Item) => Promise<void>): Promise<void> {
  const left = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = left.next(); !next.done; next = left.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** A reproducible source of numbers below `n`. */
export function createDice(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * n);
  };
}
