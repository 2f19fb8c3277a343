import { request } from 'node:http';

/** What is asked of each server: a page and a feed, in every coding, and again by a poller who has it. */
export type Case = { what: string; path: string; headers: Record<string, string>; answer: Raw };
export type Raw = { status: number; headers: string[]; body: Buffer };

const places = { page: '/', feed: '/feeds/updates.atom' } as const;

export async function casesOf(port: number): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for (const [kind, path] of Object.entries(places)) {
    for (const coding of ['identity', 'gzip', 'br']) {
      const headers: Record<string, string> = coding === 'identity' ? {} : { 'Accept-Encoding': coding };
      cases.push({ what: `${kind} ${coding}`, path, headers, answer: await fetchRaw(port, path, headers) });
    }
    const held = await fetchRaw(port, path, { 'Accept-Encoding': 'gzip' });
    const tag = held.headers[held.headers.findIndex((name) => name.toLowerCase() === 'etag') + 1] ?? '';
    const headers = { 'Accept-Encoding': 'gzip', 'If-None-Match': tag };
    cases.push({ what: `${kind} 304`, path, headers, answer: await fetchRaw(port, path, headers) });
  }
  return cases;
}

export function fetchRaw(port: number, path: string, headers: Record<string, string>): Promise<Raw> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.rawHeaders, body: Buffer.concat(parts) }));
    })
      .on('error', reject)
      .end();
  });
}

/** Headers without those that each server adds by itself. */
export function ownHeaders({ headers }: Raw): string[] {
  const others = new Set(['date', 'connection', 'keep-alive', 'server']);
  return headers.flatMap((name, index) => (index % 2 === 0 && !others.has(name.toLowerCase()) ? [name, headers[index + 1] ?? ''] : []));
}
