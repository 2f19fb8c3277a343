import type { RequestListener, Server } from 'node:http';
import { bareHeaders, createListener, onlyCanonical } from './listener.ts';

/** `warnings`: what should be looked at and keeps nobody from publishing. */
export type Health = { ready: boolean; reasons: readonly string[]; warnings: readonly string[] };
type Answer = { status: number; type: string; body: string };
export type Operations = { health(): Promise<Health>; metrics(): Promise<string>; hosts: ReadonlySet<string> };

const plain = 'text/plain; charset=utf-8';

/** What watches the service: `/livez` says the process answers, `/readyz` that it can publish (with its reasons if not), `/metrics` for Prometheus. */
export function operationsSite({ health, metrics, hosts }: Operations): Server {
  const answers: Readonly<Record<string, () => Promise<Answer>>> = {
    '/livez': async () => ({ status: 200, type: 'application/json', body: '{"live":true}\n' }),
    '/readyz': async () => {
      const state = await health();
      return { status: state.ready ? 200 : 503, type: 'application/json', body: `${JSON.stringify(state)}\n` };
    },
    '/metrics': async () => ({ status: 200, type: 'text/plain; version=0.0.4; charset=utf-8', body: await metrics() }),
  };
  const answerRequest: RequestListener = (request, response) => {
    const send = ({ status, type, body }: Answer): void => {
      response.writeHead(status, { ...bareHeaders, 'content-type': type }).end(body);
    };
    const path = request.url?.split('?', 1)[0] ?? '';
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const answer = isRead && Object.hasOwn(answers, path) ? answers[path] : undefined;
    if (answer) answer().then(send, () => send({ status: 500, type: plain, body: 'Internal Server Error\n' }));
    else send({ status: 404, type: plain, body: 'Not Found\n' });
  };
  return createListener(onlyCanonical(answerRequest, hosts), { behindProxy: false });
}
