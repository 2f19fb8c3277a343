import { type IncomingHttpHeaders, type RequestListener, request } from 'node:http';
import type { Test } from 'tap';
import { createAnswerPublic } from '../../src/http/answer-public.ts';
import { createListener } from '../../src/http/listener.ts';
import { publicSite } from '../../src/http/public-site.ts';
import type { Press, PressOptions } from '../../src/press/press.ts';
import { type Archive, createArchive, openTestPress } from './press-fixtures.ts';

export type Answer = { status: number; headers: IncomingHttpHeaders; names: string[]; body: Buffer };
export type PublicSite = {
  url: string;
  press: Press;
  archive: Archive;
  /** The status of every answer, as it was counted. */
  counts: number[];
  /** Every request that reached the server, as `GET /path`. */
  requests: string[];
  ask(path: string, headers?: Record<string, string>, method?: string): Promise<Answer>;
};

/** The public site on a free port, over an archive; without one, a statement of two versions of which the first is in both languages. */
export async function openPublicSite(t: Test, archive: Archive = smallArchive(), options: Partial<PressOptions> = {}): Promise<PublicSite> {
  const press = await openTestPress(archive, { now: () => Date.parse('2026-09-20T00:00:00.000Z'), ...options });
  const [hosts, counts, requests] = [new Set<string>(), [] as number[], [] as string[]];
  const count = (status: number): unknown => counts.push(status);
  const answer = createAnswerPublic({ press, hosts, count });
  const log = { error: (...line: unknown[]) => t.fail('the site logged an error', { line }) };
  const recording =
    (handler: RequestListener): RequestListener =>
    (request, response) => {
      requests.push(`${request.method} ${request.url}`);
      handler(request, response);
    };
  const app = publicSite({ press, answer, count, log, listen: (handler) => createListener(recording(handler), { behindProxy: false }) });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  hosts.add(new URL(url).host);
  t.teardown(() => app.close());
  return { url, press, archive, counts, requests, ask: (path, headers = {}, method = 'GET') => send(url, path, headers, method) };
}

function smallArchive(): Archive {
  const archive = createArchive();
  archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z', texts: { en: {}, fr: {} } });
  archive.publish('2026-0001', { at: '2026-09-14T16:10:00.000Z', texts: { en: {} } });
  return archive;
}

/** One request on a connection of its own. */
export function send(url: string, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const sent = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const names = response.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
        resolve({ status: response.statusCode ?? 0, headers: response.headers, names, body: Buffer.concat(chunks) });
      });
    });
    sent.on('error', reject).end();
  });
}
