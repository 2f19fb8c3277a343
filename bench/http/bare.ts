import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The floor: a bare node:http server that answers every request with the same status, headers and bytes, as its parent last told it. */
export type BareAnswer = { status: number; headers: string[]; body: string };

let answer: { status: number; headers: string[]; body: Buffer } = { status: 200, headers: [], body: Buffer.alloc(0) };
process.on('message', ({ status, headers, body }: BareAnswer) => {
  answer = { status, headers, body: Buffer.from(body, 'base64') };
  process.send?.('told');
});
const server = createServer((_request, response) => {
  response.writeHead(answer.status, answer.headers);
  if (answer.status === 304) response.end();
  else response.end(answer.body);
});
server.listen({ host: '127.0.0.1', port: 0 }, () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
