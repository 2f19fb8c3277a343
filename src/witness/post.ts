import { isLoopback } from '../config-checks.ts';

export type Posted = { status: number; type: string; body: Buffer };
export type PostOptions = { type: string; mostBytes: number; signal: AbortSignal };

const patienceMs = 5_000;

/** Whether we send anything there: https, or plain http on this machine. */
function isSendable(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

/** One POST to somebody else's server: five seconds for all of it, a bounded answer, no redirect followed. Throws what went wrong. */
export async function post(url: string, body: string | Buffer, { type, mostBytes, signal }: PostOptions): Promise<Posted> {
  if (!isSendable(url)) throw new RangeError('only https is used, except on this machine');
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : new Uint8Array(body),
    signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > mostBytes) throw new RangeError(`an answer of more than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return { status: response.status, type: response.headers.get('content-type') ?? '', body: Buffer.concat(chunks) };
}
