import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { OnrecordError } from '../errors.ts';
import { decodeUtf8 } from '../ledger/utf8.ts';
import type { Witness } from '../witness/witness.ts';
import { bareHeaders, createListener, onlyCanonical } from './listener.ts';

export type WitnessSiteOptions = { witness: Witness; hosts: ReadonlySet<string>; behindProxy: boolean; log: Pick<Logger, 'error'> };

const largestBody = 65_536;
const plain = 'text/plain; charset=utf-8';

/** Where other logs hand their checkpoints in: `POST /add-checkpoint` of c2sp.org/tlog-witness, and nothing else. */
export function witnessSite({ witness, hosts, behindProxy, log }: WitnessSiteOptions): Server {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url !== '/add-checkpoint') return end(request, response, 404, 'Not Found\n');
    if (request.method !== 'POST') return end(request, response, 405, 'Method Not Allowed\n', { allow: 'POST' });
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') return end(request, response, 415, 'Unsupported Media Type\n');
    const bytes = await readBody(request);
    if (bytes === null) return end(request, response, 413, 'Content Too Large\n');
    const body = decodeUtf8(bytes);
    if (body === undefined) return end(request, response, 400, 'Bad Request\n');
    const { status, type, body: text } = await witness.addCheckpoint(body);
    end(request, response, status, text, { 'content-type': type });
  }

  const handler: RequestListener = (request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return;
      if (!(error instanceof OnrecordError && error.code === 'busy')) log.error({ err: error }, 'a checkpoint could not be witnessed');
      end(request, response, 503, 'Service Unavailable\n', { 'retry-after': '2' });
    });
  };
  return createListener(onlyCanonical(handler, hosts), { behindProxy });
}

/** Fixed text that repeats nothing of the request; the connection closes where a body was left unread. */
function end(request: IncomingMessage, response: ServerResponse, status: number, body: string, headers: Readonly<Record<string, string>> = {}): void {
  const closing = request.complete ? {} : { connection: 'close' };
  const own = { ...bareHeaders, 'content-type': plain, 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...own, ...closing, ...headers }).end(body);
}

/** The whole body; null as soon as it is too large. Rejects when the other side leaves. */
function readBody(request: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > largestBody) {
        request.pause();
        resolve(null);
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}
