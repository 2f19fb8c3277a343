import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { OnrecordError } from '../errors.ts';
import { Contents } from '../press/contents.ts';
import { largestPublic } from './fetch-public.ts';

/** The running public site as whoever copies it sees it. */
export type Site = {
  name: string;
  /** What a path answers, not packed. `etag`: what is there already, then 304 when it still is. @throws OnrecordError `not_found` when nobody answers */
  read(path: string, etag?: string): Promise<SiteAnswer>;
  close(): void;
};
export type SiteAnswer = { status: number; headers: Readonly<Record<string, string>>; body: Buffer };

/** How many requests run at once: the press makes four pages at a time. */
export const atOnce = 6;
const patience = 30_000;
/** A picture waits for those before it, and then is refused for a while. */
const tries = 40;
const mostVersions = 500_000;

/** @param host what the site is called where its address is another one, as behind a proxy */
export function openSite(from: URL, host: string | null): Site {
  const isSecure = from.protocol === 'https:';
  const options = { keepAlive: true, maxSockets: atOnce };
  const agent = isSecure ? new SecureAgent({ ...options, ...(host !== null && { servername: host.replace(/:\d+$/, '') }) }) : new PlainAgent(options);
  const headers = { 'accept-encoding': 'identity', ...(host !== null && { host }) };

  const once = (path: string, etag: string | undefined): Promise<SiteAnswer> =>
    new Promise((resolve, reject) => {
      const refuse = (cause: Error): void => reject(new OnrecordError('not_found', `${from.origin}${path}: ${cause.message || String(cause)}`, { cause }));
      const all = { ...headers, ...(etag !== undefined && { 'if-none-match': etag }) };
      const asked = (isSecure ? secureRequest : plainRequest)(new URL(path, from), { agent, headers: all, timeout: patience }, (response) => {
        readBody(response).then((body) => resolve({ status: response.statusCode ?? 0, headers: plainOf(response), body }), refuse);
      });
      asked.on('timeout', () => asked.destroy(new Error('no answer')));
      asked.on('error', refuse);
      asked.end();
    });

  return {
    name: from.origin,
    read: async (path, etag) => {
      for (let left = tries; ; left -= 1) {
        const answer = await once(path, etag);
        if (answer.status !== 503 || left === 0) return answer;
        await sleep(250);
      }
    },
    close: () => agent.destroy(),
  };
}

async function readBody(response: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response) {
    size += part.length;
    if (size > largestPublic) throw new Error('the answer is too long');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function plainOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** What a site holds, and the tag of that answer; null while it is what `etag` says. @throws OnrecordError `not_found` where no site tells it */
export async function readContents(site: Site, etag?: string): Promise<{ contents: Contents; etag: string } | null> {
  const { status, headers, body } = await site.read('/contents.json', etag);
  if (status === 304) return null;
  if (status === 400) throw new OnrecordError('not_found', `${site.name} answers under another name: give it with --host`);
  if (status !== 200) throw new OnrecordError('not_found', `${site.name}/contents.json answers ${status}: no Onrecord of this version is there`);
  const read = Contents.safeParse(parsed(body));
  if (!read.success) throw new OnrecordError('not_found', `${site.name}/contents.json is not what this version reads`, { cause: read.error });
  // Each has a dozen paths: a number that anybody can write must not take all memory.
  if (read.data.statements.reduce((sum, { versions }) => sum + versions, 0) > mostVersions)
    throw new OnrecordError('not_found', `${site.name}/contents.json names more than ${mostVersions} versions`);
  return { contents: read.data, etag: headers.etag ?? '' };
}

/** Undefined for what is no JSON, such as the page of a proxy that says that the site is being mended. */
function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
