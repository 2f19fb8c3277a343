import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AtDesk } from './served-agency.ts';

/** One POST at the desk, byte by byte, so that its connection can be destroyed at a chosen moment. */

/** How much of the request is sent, and how long it is waited for an answer before the connection is destroyed. */
export type Cut = { share: number; waitMs: number };
export type Asked = { path: string; form: Readonly<Record<string, string>>; key: string | null };
/** `none`: it was sent, and no answer came; `unreachable`: there was no connection to send it on, so that nothing was asked. */
export type Answered = { status: number; body: string } | 'none' | 'unreachable';

/**
 * Sends it and waits for the answer, unless it is cut.
 * @param pauseMs how long the connection stands before anything is sent: one that nobody took from the queue of a listener that closes is
 * then told from one that was taken
 */
export async function ask(deskUrl: string, { browser, token }: AtDesk, { path, form, key }: Asked, cut: Cut | null = null, pauseMs = 0): Promise<Answered> {
  const { host, hostname, port } = new URL(deskUrl);
  const body = `${new URLSearchParams({ _csrf: token, ...form })}`;
  const head = [
    `POST ${path} HTTP/1.1`,
    ...[`host: ${host}`, `origin: ${deskUrl}`, 'accept: application/json', 'connection: close'],
    `cookie: ${[...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')}`,
    ...['content-type: application/x-www-form-urlencoded', `content-length: ${Buffer.byteLength(body)}`],
    ...(key === null ? [] : [`idempotency-key: ${key}`]),
  ];
  const request = `${head.join('\r\n')}\r\n\r\n${body}`;
  const socket = connect({ host: hostname, port: Number(port) });
  let text = '';
  let isSent = false;
  const closed = new Promise<void>((resolve) => {
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('error', () => {}).on('close', () => resolve());
    socket.on('connect', async () => {
      await sleep(pauseMs);
      // Where this loop is late, the end of the connection may have come before the timer.
      await new Promise(setImmediate);
      if (socket.destroyed) return;
      isSent = true;
      socket.write(cut === null ? request : request.slice(0, Math.ceil(request.length * cut.share)));
      if (cut !== null) sleep(cut.waitMs).then(() => socket.destroy());
    });
  });
  await closed;
  const answer = /^HTTP\/1\.1 (\d{3}) [\s\S]*?\r\n\r\n([\s\S]*)$/.exec(text);
  if (answer) return { status: Number(answer[1]), body: answer[2] ?? '' };
  return isSent ? 'none' : 'unreachable';
}

export const isDone = (answer: Answered): boolean => typeof answer === 'object' && answer.status === 200;
