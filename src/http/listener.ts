import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type FastifyServerOptions, LogController } from 'fastify';
import { isCanonical } from './canonical-request.ts';
import { cutSlowReaders } from './slow-readers.ts';

export type ListenerOptions = {
  /** A proxy keeps connections open longer than we do unless told: 75 s behind one, 5 s without. */
  behindProxy: boolean;
};

/** Headers of an answer that is no page: nothing in it runs, and it stands in no frame. HSTS is not among them, for the host may be a stranger's. */
export const bareHeaders = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;
const bareLines = Object.entries(bareHeaders)
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join('');

const answers = { 400: 'Bad Request', 408: 'Request Timeout', 413: 'Content Too Large', 431: 'Request Header Fields Too Large' } as const;

const fixedText = { ...bareHeaders, 'content-type': 'text/plain; charset=utf-8', connection: 'close' } as const;

/** Makes every node:http server of the house; the values are those of docs/operate.md, "Limits". */
export function createListener(handler: RequestListener, { behindProxy }: ListenerOptions): Server {
  const lines: Lines = new WeakMap();
  const answer = refusingCrowds(handler, lines);
  const server: Server = createServer(
    {
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: behindProxy ? 75_000 : 5_000,
      maxHeaderSize: 8_192,
      requireHostHeader: true,
      insecureHTTPParser: false,
      joinDuplicateHeaders: false,
    },
    (request, response) => {
      if (ending.has(server)) response.shouldKeepAlive = false;
      answer(request, response);
    },
  );
  server.maxHeadersCount = 100;
  server.maxConnections = 2_000;
  cutSlowReaders(server, (socket) => lines.get(socket)?.at(-1)?.writableFinished !== true);
  server.on('clientError', (error, socket) => answerClientError(error, socket, socket instanceof Socket ? lines.get(socket)?.at(-1) : undefined));
  return server;
}

/** Servers that will close: each answer says that it is the last on its connection, so that nobody sends the next act into the end. */
const ending = new WeakSet<Server>();

export function announceEnd(server: Server): void {
  ending.add(server);
}

/** A flood of connections does not keep a server open. */
const longestQueueMs = 1_000;

/** Before a listener closes: takes the connections that wait in the kernel's queue. Closing resets them, with what was asked on them. */
export async function takeQueued(server: Server): Promise<void> {
  let came = true;
  const note = (): void => {
    came = true;
  };
  server.on('connection', note);
  for (const since = performance.now(); came && performance.now() - since < longestQueueMs; ) {
    came = false;
    // The loop takes one connection a turn; of two immediates the second has a whole turn before it.
    await new Promise(setImmediate);
    await new Promise(setImmediate);
  }
  server.off('connection', note);
}

/** Nobody who reads sends so many requests before the answer to the first: node:http answers all of a packet at once, and keeps what is not taken. */
const mostUnanswered = 16;

/** The answers of a connection that are not with the reader yet, oldest first, and in any case the newest one. */
type Lines = WeakMap<Socket, ServerResponse[]>;

/** Ends a connection that has more requests on the way than that, and answers none of the rest. Runs for each request: no listener, no timer. */
function refusingCrowds(handler: RequestListener, lines: Lines): RequestListener {
  return (request, response) => {
    const { socket } = request;
    if (socket.destroyed) return;
    let line = lines.get(socket);
    if (line === undefined) {
      line = [];
      lines.set(socket, line);
    }
    while (line[0]?.writableFinished) line.shift();
    line.push(response);
    if (line.length > mostUnanswered) socket.destroy();
    else handler(request, response);
  };
}

/** Lets a handler see canonical requests only; anything else is told so, and the connection closes. */
export function onlyCanonical(handler: RequestListener, hosts: ReadonlySet<string>): RequestListener {
  return (request, response) => {
    if (isCanonical(request, hosts)) {
      handler(request, response);
      return;
    }
    response.writeHead(400, fixedText).end('Bad Request\n');
  };
}

/** What the parser refused: a fixed answer that repeats nothing of the request, and the connection closes. An answer that is under way, that said it is the last one, or whose own request turns out to be wrong gets no second one behind it. */
function answerClientError(error: Error & { code?: string }, socket: Duplex, last: ServerResponse | undefined): void {
  const isUnderWay = last?.headersSent === true && !last.writableFinished;
  if (!socket.writable || error.code === 'ECONNRESET' || isUnderWay) {
    socket.destroy();
    return;
  }
  if (last?.headersSent === true && (!last.shouldKeepAlive || !last.req.complete)) {
    socket.end(() => socket.destroy());
    return;
  }
  const status = statusOf(error.code);
  const body = `${answers[status]}\n`;
  socket.end(
    `HTTP/1.1 ${status} ${answers[status]}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${body.length}\r\n${bareLines}Connection: close\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}

function statusOf(code: string | undefined): keyof typeof answers {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408;
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  return code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW' ? 413 : 400;
}

/** Fastify's options on both sites; the limits of the connection itself stand in `createListener`. */
export const siteOptions = {
  bodyLimit: 65_536,
  handlerTimeout: 10_000,
  return503OnClosing: true,
  forceCloseConnections: 'idle',
  onProtoPoisoning: 'error',
  onConstructorPoisoning: 'error',
  logController: new LogController({ disableRequestLogging: true }),
  exposeHeadRoutes: true,
  routerOptions: { maxParamLength: 80, caseSensitive: true, ignoreTrailingSlash: false, ignoreDuplicateSlashes: false },
  // createListener has answered; fastify would write a second time.
  clientErrorHandler: () => undefined,
  frameworkErrors: (_error, _request, reply) => {
    reply.raw.writeHead(400, fixedText).end('Bad Request\n');
  },
} as const satisfies FastifyServerOptions;
